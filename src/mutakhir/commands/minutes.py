"""``mutakhir minutes``: berita acara and bulletin of one period."""

from pathlib import Path
from typing import Annotated

import typer

from mutakhir.casework.decision_file import DecisionFileError
from mutakhir.recap import editions, meeting
from mutakhir.recap.documents import Documents, documents
from mutakhir.recap.identities import RefusedError
from mutakhir.regions import plain
from mutakhir.store import Store, StoreError


def minutes(
    store: Annotated[Path, typer.Option(help="Folder gudang data (store).")],
    kab: Annotated[
        str, typer.Option(help="Kode kabupaten/kota, misalnya 36.73; atau provinsi, misalnya 36.")
    ],
    out: Annotated[Path, typer.Option(help="Folder hasil.")],
    period: Annotated[str | None, typer.Option(help="Periode, misalnya 2026-Q3.")] = None,
    meeting_file: Annotated[
        Path | None, typer.Option("--meeting", help="Keterangan rapat pleno (TOML).")
    ] = None,
) -> None:
    """Buat berita acara (PDF) dan siaran pers dari angka rekap; ditolak bila tidak cocok."""
    try:
        held = meeting.read(meeting_file) if meeting_file else meeting.Meeting()
        made = _documents(Store.open(store), period, plain(kab), held)
    except (StoreError, DecisionFileError, meeting.MeetingError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except RefusedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    for path in made.write(out):
        typer.echo(f"Ditulis: {path}")


def _documents(store: Store, period: str | None, code: str, held: meeting.Meeting) -> Documents:
    version = editions.version_of(store, period=period)
    issue = editions.recap(store, version, editions.kabs_of(store, version, code))
    return documents(issue, code, held)
