"""A recap as tables to read in a terminal."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from mutakhir.numerals import dots
from mutakhir.recap.figure import Figure
from mutakhir.recap.labels import label
from mutakhir.recap.table import Recap, Row
from mutakhir.rules.law import Law

_INSIDE = ("masuk_dalam", "keluar_dalam", "jk_masuk", "jk_keluar")
#: Columns left out of a narrow terminal, first to last; numbers are never cut.
_SPARED = ("TPS", "Ubah", "Selisih")
_NAME_WIDTH = 12
_FLOW = ("awal", "baru", "tms", *_INSIDE, "akhir")


def show(console: Console, recap: Recap, whole: Row, rows: Sequence[Row], law: Law) -> None:
    """Print the rows of ``whole``, then its flow by reason."""
    edition = recap.edition
    console.print(f"[bold]{whole.name}, {edition.words}[/bold]")
    console.print(f"PDPB versi {edition.version}, per {edition.as_of}, akar {edition.root[:16]}")
    left_out = _left_out(console, whole, rows)
    console.print(_regions(whole, rows, left_out))
    if left_out:
        console.print(f"Tidak muat di layar ini: {', '.join(left_out)}. Lihat --format csv.")
    console.print(_flow(whole, law))


def _left_out(console: Console, whole: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    """As few columns as must go for the rest to fit."""
    boundless = console.options.update(width=1000)  # a measure never exceeds its own width
    for count in range(len(_SPARED)):
        table = _regions(whole, rows, _SPARED[:count])
        needed = console.measure(table, options=boundless).minimum
        if needed <= console.width:
            return _SPARED[:count]
    return _SPARED


def _regions(whole: Row, rows: Sequence[Row], left_out: tuple[str, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False)
    table.add_column("Wilayah", footer=whole.name, overflow="fold", min_width=_NAME_WIDTH)
    for title, value in _columns(whole, left_out).items():
        table.add_column(title, footer=value, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row.name, *_columns(row, left_out).values())
    return table


def _columns(row: Row, left_out: tuple[str, ...]) -> dict[str, str]:
    now, before = row.count("akhir"), row.count("awal")
    columns = {
        "TPS": dots(row.units["tps"]),
        "L": dots(now.L),
        "P": dots(now.P),
        "L + P": dots(now.total),
        "Baru": dots(row.count("baru").total),
        "TMS": dots(row.count("tms").total),
        "Ubah": dots(row.count("perbaikan").total),
        "Selisih": Figure(now.total - before.total).signed,
    }
    return {title: value for title, value in columns.items() if title not in left_out}


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
