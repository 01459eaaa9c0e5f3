"""``mutakhir decide adopt withdraw overturn approve retract close``: acts that are sealed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from mutakhir import regions, rules
from mutakhir.casework import office
from mutakhir.casework.casebook import CasebookError
from mutakhir.casework.decision import Decision
from mutakhir.casework.decision_book import DecisionBook
from mutakhir.casework.decision_file import DecisionFileError
from mutakhir.casework.desk import read_proposals
from mutakhir.casework.seal import SealError, SealReceipt, seal
from mutakhir.casework.verdict_file import VerdictFileError, read_verdicts
from mutakhir.roll.snapshot import built_until, decided
from mutakhir.roll.steps import too_late_to_reopen
from mutakhir.rules.period import Period
from mutakhir.store import Store, StoreError

StoreOption = Annotated[Path, typer.Option("--store", help="Folder gudang data.")]
PeriodOption = Annotated[str, typer.Option("--period", help="Triwulan, misalnya 2026-Q3.")]


def _kab(code: str) -> str:
    region = regions.load().get(code)
    if region is None or region.level != "kabkota":
        raise typer.BadParameter(f"{code} bukan kode kabupaten/kota; misalnya 36.73")
    return region.code


KabOption = Annotated[
    str, typer.Option("--kab", callback=_kab, help="Kode kabupaten/kota, misalnya 36.73.")
]
ByOption = Annotated[str, typer.Option("--by", help="Nama petugas yang memutuskan.")]
NoteOption = Annotated[str, typer.Option("--reason", help="Alasan, satu kalimat.")]
BasisOption = Annotated[str, typer.Option("--basis", help="Pasal atau nomor surat.")]
AtOption = Annotated[str | None, typer.Option("--at", help="Waktu RFC 3339; bawaan: sekarang.")]


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what can go wrong into a clear line and an exit code: 1 refused, 2 unreadable."""
    try:
        yield
    except SealError as error:
        typer.echo(f"Ditolak: {error}", err=True)
        raise typer.Exit(1) from None
    except (DecisionFileError, CasebookError) as error:
        typer.echo(f"Berkas keputusan rusak: {error}. Pulihkan dari cadangan.", err=True)
        raise typer.Exit(2) from None
    except (StoreError, VerdictFileError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except rules.RulesError as error:
        typer.echo(f"Tidak ada aturan untuk ini: {error}", err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        text = f"Berkas{place} tidak dapat dibaca atau ditulis ({error.strerror or error})"
        typer.echo(f"{text}; periksa nama, izin dan ruang disk, lalu ulangi.", err=True)
        raise typer.Exit(2) from None


def law_of(period: str) -> rules.Law:
    """The law on the last day of a period."""
    return rules.load().at(Period.parse(period).last)


def _now(at: str | None) -> str:
    return at or datetime.now().astimezone().isoformat(timespec="seconds")


def _said(decision: Decision, waits: bool) -> None:
    typer.echo(f"Keputusan {decision.seq} disegel: {decision.act}.")
    if waits:
        typer.echo(f"Menunggu orang kedua: `mutakhir approve {decision.seq}`.")


def decide(
    file: Annotated[Path, typer.Argument(help="Putusan: CSV atau JSON per baris.")],
    store: StoreOption,
    period: PeriodOption,
    at: AtOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tanda terima sebagai JSON.")] = False,
) -> None:
    """Segel putusan atas usulan; yang tidak boleh ditolak dengan alasan."""
    with refusals():
        opened = Store.open(store)
        verdicts = read_verdicts(file)
        with opened.writing():
            receipt = seal(
                _book(opened),
                period=period,
                kab=None,
                proposals=read_proposals(opened, period),
                verdicts=verdicts,
                law=law_of(period),
                at=_now(at),
            )
    _show(receipt, as_json)
    if receipt.refused:
        raise typer.Exit(1)


def _show(receipt: SealReceipt, as_json: bool) -> None:
    refused = [
        {"proposal_id": r.proposal_id, "act": r.act, "reason": r.reason} for r in receipt.refused
    ]
    if as_json:
        value = {"sealed": len(receipt.sealed), "refused": refused, "head": receipt.head}
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{len(receipt.sealed)} putusan disegel, {len(refused)} ditolak.")
    for each in refused:
        typer.echo(f"  {each['proposal_id']} {each['act']}: {each['reason']}")


def adopt(
    source: Annotated[str, typer.Argument(help="Sumber yang menjadi daftar awal.")],
    *,
    store: StoreOption,
    period: PeriodOption,
    kab: KabOption,
    by: ByOption,
    at: AtOption = None,
) -> None:
    """Jadikan sebuah sumber daftar awal (DPT terakhir) satu kab/kota."""
    with _deciding(store, period, kab, by, at) as (opened, common):
        _known(opened, source)
        _said(office.adopt(source=source, **common), waits=False)


def withdraw(
    source: Annotated[str, typer.Argument(help="Sumber yang ditarik.")],
    *,
    store: StoreOption,
    period: PeriodOption,
    kab: KabOption,
    by: ByOption,
    reason: NoteOption,
    at: AtOption = None,
) -> None:
    """Tarik sebuah sumber beserta semua yang hanya bersandar padanya."""
    with _deciding(store, period, kab, by, at) as (opened, common):
        _known(opened, source)
        made = office.withdraw(source=source, note=reason, **common)
        _said(made, waits=True)


def overturn(
    seq: Annotated[int, typer.Argument(help="Nomor keputusan yang dibatalkan.")],
    *,
    store: StoreOption,
    period: PeriodOption,
    kab: KabOption,
    by: ByOption,
    reason: NoteOption,
    at: AtOption = None,
) -> None:
    """Batalkan sebuah keputusan; berlaku setelah disetujui orang kedua."""
    with _deciding(store, period, kab, by, at) as (_, common):
        made = office.overturn(seq=seq, note=reason, **common)
        _said(made, waits=True)


def approve(
    seq: Annotated[int, typer.Argument(help="Nomor keputusan yang disetujui.")],
    *,
    store: StoreOption,
    period: PeriodOption,
    kab: KabOption,
    by: ByOption,
    at: AtOption = None,
) -> None:
    """Persetujuan orang kedua atas sebuah keputusan."""
    with _deciding(store, period, kab, by, at) as (_, common):
        _said(office.approve(seq=seq, **common), waits=False)


def retract(
    seqs: Annotated[list[int], typer.Argument(help="Nomor keputusan sendiri.")],
    *,
    store: StoreOption,
    period: PeriodOption,
    kab: KabOption,
    by: ByOption,
    at: AtOption = None,
) -> None:
    """Tarik kembali putusan sendiri yang baru dibuat: usulannya kembali seperti semula."""
    with _deciding(store, period, kab, by, at) as (opened, common):
        until = built_until(opened)
        for made in office.retract(seqs=seqs, built_until=until, **common):
            typer.echo(f"Keputusan {made.target} ditarik kembali (keputusan {made.seq}).")


def close(
    store: StoreOption,
    period: PeriodOption,
    kab: KabOption,
    by: ByOption,
    at: AtOption = None,
) -> None:
    """Tutup periode sebuah kab/kota: tidak ada keputusan lagi."""
    with _deciding(store, period, kab, by, at) as (_, common):
        _said(office.close(**common), waits=False)


def reopen(
    *,
    store: StoreOption,
    period: PeriodOption,
    kab: KabOption,
    by: ByOption,
    reason: NoteOption,
    basis: BasisOption,
    at: AtOption = None,
) -> None:
    """Buka kembali periode yang sudah ditutup atau dilewati, dengan alasan dan dasarnya."""
    with _deciding(store, period, kab, by, at) as (opened, common):
        if late := too_late_to_reopen(opened, period):
            raise SealError(late)
        _said(office.reopen(note=reason, basis=basis, **common), waits=False)


def skip(
    *,
    store: StoreOption,
    period: PeriodOption,
    kab: KabOption,
    by: ByOption,
    reason: NoteOption,
    basis: BasisOption,
    at: AtOption = None,
) -> None:
    """Lewati sebuah periode: tidak ada pleno dan berita acaranya; kasusnya dibawa terus."""
    with _deciding(store, period, kab, by, at) as (_, common):
        _said(office.skip(note=reason, basis=basis, **common), waits=False)


@contextmanager
def _deciding(
    store: Path, period: str, kab: str, by: str, at: str | None
) -> Iterator[tuple[Store, dict[str, Any]]]:
    """The store held for writing, and what every act of an office carries."""
    with refusals():
        opened = Store.open(store)
        common = {"period": period, "kab": kab, "by": by, "law": law_of(period), "at": _now(at)}
        with opened.writing():
            yield opened, {"where": _book(opened), **common}


def _book(store: Store) -> DecisionBook:
    """The store's decisions, known to be those that its versions were built from."""
    return DecisionBook(store.decisions, decided(store))


def _known(store: Store, source: str) -> None:
    if not (store.source(source) / "records.parquet").exists():
        raise SealError(f"sumber {source} tidak ada; masukkan dengan `mutakhir intake`")
