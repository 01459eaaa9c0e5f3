"""``mutakhir regions``: a code to its region, a name to its code."""

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from mutakhir import regions as listing
from mutakhir.numerals import dots
from mutakhir.regions import Ambiguous, Region, Resolved


def regions(
    what: Annotated[str, typer.Argument(metavar="NAMA|KODE", help="Nama atau kode wilayah.")],
    within: Annotated[str, typer.Option("--in", help="Kode wilayah induk.")] = "",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Tanggal kode itu ditulis; kode bisa berpindah."),
    ] = None,
) -> None:
    """Cari wilayah: kode ke nama dan isinya, atau nama ke kode di dalam induknya."""
    known = listing.load()
    if listing.plain(within) and known.get(within) is None:
        typer.echo(f"Kode induk {within} tidak ada dalam daftar wilayah.", err=True)
        raise typer.Exit(2)
    if listing.plain(what).isdigit():
        found = known.heirs(what, on.date() if on else None)
        # A region's own page lists what is inside it.
        inside = known.children(found[0].code) if len(found) == 1 else []
        _show([*found, *inside])
        _became(what, found)
    else:
        found = _named(known, what, within)
        _show(found)
    if not found:
        typer.echo(f"Tidak ada wilayah {what} di sini. Periksa ejaan atau --in.", err=True)
    elif len(found) > 1:
        typer.echo("Lebih dari satu kemungkinan: pilih kode, atau persempit dengan --in.", err=True)
    if len(found) != 1:
        raise typer.Exit(1)


def _became(code: str, found: tuple[Region, ...]) -> None:
    """Say that a code leads elsewhere, and when that is not from a published list."""
    now = [region.code for region in found]
    if not now or now == [listing.plain(code)]:
        return
    changes = listing.load().history.changes
    known = [one for one in changes if one.old == listing.plain(code) and one.new in now]
    unread = any(one.basis == "unverified" for one in known)
    note = " (pengetahuan umum, belum dibaca di daftar resmi)" if unread else ""
    was = listing.dotted(listing.plain(code))
    typer.echo(f"Kode {was} kini {', '.join(region.dotted for region in found)}{note}.")


def _named(known: listing.Regions, name: str, within: str) -> tuple[Region, ...]:
    answer = known.find(name, within)
    if isinstance(answer, Resolved):
        return (answer.region,)
    if isinstance(answer, Ambiguous):
        return answer.candidates
    for region in answer.suggestions:
        typer.echo(f"Mirip: {region.dotted} {region.name} ({region.level})", err=True)
    return ()


def _show(found: list[Region] | tuple[Region, ...]) -> None:
    if not found:
        return
    table = Table("Kode", "Nama", "Tingkat", "Di dalam", "Penduduk", "Luas km²")
    for region in found:
        table.add_row(
            region.dotted,
            region.name,
            region.level,
            _above(region),
            "" if region.population is None else dots(region.population),
            "" if region.area_km2 is None else f"{region.area_km2:.1f}".replace(".", ","),
        )
    Console().print(table)


def _above(region: Region) -> str:
    """Names of the parents, nearest first: two desa of one name are told apart by them."""
    known = listing.load()
    names = []
    parent = region.parent
    while parent is not None:
        above = known.get(parent)
        names.append("" if above is None else above.name)
        parent = None if above is None else above.parent
    return ", ".join(names)
