"""``mutakhir intake``: take files in and hand out receipts."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table

from mutakhir.casework.casebook import CasebookError, fold
from mutakhir.casework.decision_file import DecisionFileError
from mutakhir.casework.decision_file import read as read_decisions
from mutakhir.intake import take_in
from mutakhir.intake.mapping import MappingError
from mutakhir.intake.options import OptionError
from mutakhir.intake.options import Progress as Told
from mutakhir.intake.receipt import Receipt, totals
from mutakhir.numerals import dots
from mutakhir.rules import RulesError
from mutakhir.store import Store, StoreBusyError, StoreError

_STATUS = {
    "taken": "masuk",
    "held": "ditahan seluruhnya",
    "already": "sudah pernah masuk",
    "refused": "ditolak",
}


def intake(  # noqa: PLR0917 (Typer's options are parameters)
    files: Annotated[list[Path], typer.Argument(help="Berkas CSV, XLS, XLSX, ODS, Parquet, ZIP.")],
    store: Annotated[Path, typer.Option(help="Folder penyimpanan; dibuat bila belum ada.")],
    layout: Annotated[
        str | None, typer.Option("--as", help="Susunan kolom, bila pengenalan otomatis keliru.")
    ] = None,
    codes: Annotated[str, typer.Option(help="Versi daftar kode: 2017 atau 2023.")] = "2023",
    region: Annotated[
        str | None, typer.Option(help="Kode wilayah berkas, misalnya 36.73 atau 36.73.01.1001.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="Berkas pemetaan kolom (TOML).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tanda terima sebagai JSON.")] = False,
) -> None:
    """Menerima berkas apa adanya; setiap baris diterima, ditahan, atau ditolak dengan alasan.

    Kode keluar: 0 semua baris diterima; 1 ada baris atau berkas yang ditahan atau ditolak; 2 tidak
    ada yang dapat diterima, atau perintahnya keliru.
    """
    try:
        with _no_empty_store(store), _progress(shown=not as_json) as told:
            opened = Store.open(store, create=True)
            receipts = take_in(
                files,
                opened,
                layout=layout,
                codes=codes,
                region=region,
                mapping=mapping,
                withdrawn=fold(read_decisions(opened.decisions).decisions).withdrawn.keys(),
                progress=told,
            )
    except (OptionError, MappingError, RulesError, StoreError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except (DecisionFileError, CasebookError) as error:
        typer.echo(f"Berkas keputusan rusak: {error}. Pulihkan dari cadangan.", err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        typer.echo(
            f"Gudang data tidak dapat ditulis ({error.strerror}). Periksa ruang dan izin.", err=True
        )
        raise typer.Exit(2) from None
    if as_json:
        _print_json(receipts)
    else:
        _print_tables(receipts)
    raise typer.Exit(exit_code(receipts))


@contextmanager
def _no_empty_store(root: Path) -> Iterator[None]:
    """Where there was no store and nothing went in, leave none behind."""
    had_folder, had_store = root.exists(), (root / "store.json").exists()
    try:
        yield
    finally:
        if not had_store and (root / "store.json").exists():
            _sweep(root, whole=not had_folder)


def _sweep(root: Path, *, whole: bool) -> None:
    """Take an empty store away; another command's work, begun meanwhile, stays."""
    with suppress(StoreBusyError, OSError), Store(root).writing():
        sources = root / "sources"
        if sources.exists():
            sources.rmdir()  # raises when something went in
        (root / "store.json").unlink()
        (root / ".lock").unlink()
        if whole:
            root.rmdir()


def exit_code(receipts: list[Receipt]) -> int:
    """0 all rows accepted; 1 some rows or files held or refused; 2 every file refused."""
    if all(receipt.status == "refused" for receipt in receipts):
        return 2
    whole = all(
        receipt.status == "already"
        or (
            receipt.status == "taken"
            and receipt.totals["read"] == receipt.totals["accepted"]
            and not receipt.refused_members
        )
        for receipt in receipts
    )
    return 0 if whole else 1


@contextmanager
def _progress(*, shown: bool) -> Iterator[Told]:
    bars = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*bars, console=Console(stderr=True), disable=not shown, transient=True) as bar:
        tasks = {}

        def told(name: str, share: float) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(escape(name), total=1.0)
            bar.update(tasks[name], completed=share)

        yield told


def _print_json(receipts: list[Receipt]) -> None:
    content = {**totals(receipts), "files": [receipt.to_json() for receipt in receipts]}
    json.dump(content, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _print_tables(receipts: list[Receipt]) -> None:
    console = Console()
    table = Table(title="Tanda terima", title_justify="left")
    for heading in ("Berkas", "Status"):
        table.add_column(heading, overflow="fold")
    for heading in ("Lembar", "Dibaca", "Diterima", "Ditahan", "Ditolak"):
        table.add_column(heading, justify="right", no_wrap=True)
    for receipt in receipts:
        _add_receipt(table, receipt)
    table.add_section()
    summed = totals(receipts)
    counts = (summed[name] for name in ("read", "accepted", "held", "rejected"))
    table.add_row("Jumlah", "", "", *(dots(count) for count in counts))
    console.print(table)
    for receipt in receipts:
        _print_notes(console, receipt)


def _add_receipt(table: Table, receipt: Receipt) -> None:
    """One line a file; its sheets stand in receipt.json."""
    sheets = sum(sheet.read > 0 for sheet in receipt.sheets)
    counts = map(dots, (sheets, *receipt.totals.values())) if receipt.sheets else ()
    table.add_row(escape(receipt.file), _STATUS[receipt.status], *counts)


def _print_notes(console: Console, receipt: Receipt) -> None:
    lines = []
    if receipt.error:
        lines.append(f"{receipt.error['message']} {receipt.error['action']}")
    for member in receipt.refused_members:
        lines.append(
            f"Anggota arsip {member['member']!r} tidak dibaca: "
            f"{member['message']} {member['action']}"
        )
    for (message, action), rows in _reasons(receipt).items():
        lines.append(f"{dots(rows)} baris: {message}. {action}")
    for finding in receipt.damage.findings():
        if finding["alarm"]:
            share = f"{finding['share']:.1%}".replace(".", ",")
            lines.append(f"Kerusakan, {share} baris: {finding['message']}")
    layouts = sorted({sheet.layout for sheet in receipt.sheets if sheet.layout})
    if layouts:
        lines.insert(0, f"Sumber {receipt.source_id}, susunan: {', '.join(layouts)}")
    if "mapping" in receipt.made:
        lines.append(f"Periksa pemetaan {receipt.made['mapping']}, lalu serahkan dengan --map.")
    if "mend" in receipt.made:
        lines.append(f"Baris untuk diperbaiki: {receipt.made['mend']}")
    if lines:
        console.print(f"\n[bold]{escape(receipt.file)}[/]")
    for line in lines:
        console.print(f"  • {escape(line)}", soft_wrap=True, highlight=False)


def _reasons(receipt: Receipt) -> dict[tuple[str, str], int]:
    """Rows by message and action, most first."""
    counts: dict[tuple[str, str], int] = {}
    for row in receipt.rows:
        key = (row["message"], row["action"])
        counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))
