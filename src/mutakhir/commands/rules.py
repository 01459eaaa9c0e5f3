"""``mutakhir rules`` and ``mutakhir rules check``."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from mutakhir import rules as law

#: Keys of the rules files in words for people; a label needs none.
WORDS = {
    "label": "",
    "name": "nama",
    "age": "umur",
    "married_any_age": "kawin pada umur berapa pun",
    "oldest_unquestioned": "umur tertua tanpa pertanyaan",
    "recap_months": "rekap tiap (bulan)",
    "plenary_months": "pleno tiap (bulan)",
    "voters": "pemilih",
    "statute": "menurut undang-undang",
    "factor": "kali",
    "mode": "pembulatan",
    "ballots": "surat suara",
    "rank": "urutan",
    "removes": "mencoret",
    "leaves": "keluar dari daftar",
    "documents": "dokumen",
    "two_people": "dua orang",
    "same": "sama",
    "kinds": "jenis",
    "share": "bagian salah terbanyak",
    "sample": "contoh",
    "confidence": "keyakinan",
    "periods": "periode diingat",
}
app = typer.Typer(help="Aturan sebagai data: pasal, masa berlaku dan sumbernya.")


@app.callback(invoke_without_command=True)
def rules(
    context: typer.Context,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Tanggal; bawaannya hari ini.")
    ] = None,
) -> None:
    """Aturan yang berlaku pada suatu tanggal, dengan pasalnya."""
    if context.invoked_subcommand is not None:
        return
    day = on.date() if on else date.today()  # noqa: DTZ011 - the office's own calendar day
    known = law.load()
    try:
        held = known.at(day)
    except law.RulesError:
        typer.echo(f"Tidak ada aturan untuk {day}. Pilih tanggal lain dengan --on.", err=True)
        raise typer.Exit(1) from None
    table = Table(
        "Topik", "Butir", "Isi", "Pasal", "Berlaku sejak", title=f"{held.label} ({held.name})"
    )
    for entry in known.entries:
        if entry.holds(day):
            mark = "" if entry.verified else " *"
            table.add_row(
                entry.topic, entry.id, _says(entry.values), entry.article + mark, str(entry.first)
            )
    console = Console()
    console.print(table)
    console.print("* pengetahuan umum: angka, tanggal atau nomor pasalnya belum dibaca di naskah")
    console.print(f"SHA-256 {known.digest}", soft_wrap=True)


@app.command()
def check(folder: Annotated[Path, typer.Argument(help="Folder aturan (*.toml).")]) -> None:
    """Periksa folder aturan: kunci, pasal, sumber, tumpang tindih dan celah tanggal."""
    if not folder.is_dir():
        typer.echo(f"{folder} bukan folder. Sebutkan folder yang berisi *.toml.", err=True)
        raise typer.Exit(2)
    problems = law.check(folder)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        typer.echo(f"{len(problems)} kesalahan; aturan ini tidak dipakai.", err=True)
        raise typer.Exit(1)
    loaded = law.load(folder)
    typer.echo(f"{len(loaded.entries)} aturan, tanpa kesalahan. SHA-256 {loaded.digest}")


def _says(values: dict[str, Any]) -> str:
    if "codes" in values:
        codes = ", ".join(f"{row['code']} {row['label']}" for row in values["codes"])
        return f"versi {'/'.join(values['versions'])}: {codes}"
    said = (f"{WORDS.get(key, key)} {_shown(value)}" for key, value in values.items())
    return ", ".join(part.strip() for part in said)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "/".join(value) if isinstance(value, list) else str(value)
