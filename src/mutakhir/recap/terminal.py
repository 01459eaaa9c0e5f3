"""A recap as tables to read in a terminal."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from mutakhir.recap.figure import Figure, dots
from mutakhir.recap.labels import label
from mutakhir.recap.table import Recap, Row
from mutakhir.rules.law import Law

_INSIDE = ("masuk_dalam", "keluar_dalam", "jk_masuk", "jk_keluar")
_FLOW = ("awal", "baru", "tms", *_INSIDE, "akhir")


def show(console: Console, recap: Recap, whole: Row, rows: Sequence[Row], law: Law) -> None:
    """Print the rows of ``whole``, then its flow by reason."""
    edition = recap.edition
    console.print(f"[bold]{whole.name}, {edition.words}[/bold]")
    console.print(f"PDPB versi {edition.version}, per {edition.as_of}, akar {edition.root[:16]}")
    console.print(_regions(whole, rows))
    console.print(_flow(whole, law))


def _regions(whole: Row, rows: Sequence[Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False)
    table.add_column("Wilayah", footer=whole.name, overflow="fold")
    values = _columns(whole)
    for title, value in values.items():
        table.add_column(title, footer=value, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row.name, *_columns(row).values())
    return table


def _columns(row: Row) -> dict[str, str]:
    now, before = row.count("akhir"), row.count("awal")
    return {
        "TPS": dots(row.units["tps"]),
        "L": dots(now.L),
        "P": dots(now.P),
        "L + P": dots(now.total),
        "Baru": dots(row.count("baru").total),
        "TMS": dots(row.count("tms").total),
        "Ubah": dots(row.count("perbaikan").total),
        "Selisih": Figure(now.total - before.total).signed,
    }


def _flow(whole: Row, law: Law) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("Uraian", "L", "P", "L + P"):
        table.add_column(title, justify="left" if title == "Uraian" else "right")
    for cell in _FLOW:
        if cell in _INSIDE and not whole.count(cell).total:
            continue
        _add(table, whole, cell, law, "bold" if cell in {"awal", "akhir"} else "")
        for word, count in whole.parts(cell).items():
            if count.total:
                _add(table, whole, f"{cell}.{word}", law, "dim")
    return table


def _add(table: Table, row: Row, cell: str, law: Law, style: str) -> None:
    count = row.count(cell)
    indent = "  " if "." in cell else ""
    numbers = (dots(n) for n in (count.L, count.P, count.total))
    table.add_row(indent + label(cell, law), *numbers, style=style)
