"""Take files in: each becomes a source in the store with its receipt, or is refused whole."""

import json
import shutil
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from mutakhir import __version__
from mutakhir.intake import mapping as mapping_file
from mutakhir.intake.guess import guess
from mutakhir.intake.header import is_recap
from mutakhir.intake.odd import load as load_odd
from mutakhir.intake.options import Options, Progress, options
from mutakhir.intake.plan import Head, Plan, head_of, is_table
from mutakhir.intake.readers import recognise
from mutakhir.intake.receipt import MOST_ROWS, Receipt
from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.set_aside import MendBook, read_back, reason_lines
from mutakhir.intake.sheets import Opened, Sheet, opened
from mutakhir.intake.sources import SourceManifest, sha256_of
from mutakhir.intake.work import FileWork
from mutakhir.store import Store, swapped_folder, write_json

Plans = dict[int, Plan | None]


@dataclass(frozen=True)
class _File:
    path: Path
    digest: str  # SHA-256 of its bytes

    @property
    def source_id(self) -> str:
        return self.digest[:16]


def take_in(
    paths: Iterable[Path],
    store: Store,
    *,
    layout: str | None = None,
    codes: str = "2023",
    region: str | None = None,
    mapping: Path | None = None,
    day: date | None = None,
    withdrawn: Collection[str] = (),
    progress: Progress | None = None,
) -> list[Receipt]:
    """Take each file into ``store``; one receipt per path, in their order.

    ``region`` is a code (dots allowed) that rows without kabupaten/kota lie in; ``codes`` the
    version of the code lists; ``mapping`` a mapping file; ``day`` that on which ages are looked
    at (today); ``withdrawn`` the source_ids that no longer count. A file that can't be taken in
    is refused by itself: the others still go in.

    Raises OptionError, MappingError, RulesError or StoreError before anything is read.
    """
    chosen = options(
        layout=layout,
        codes=codes,
        region=region,
        mapping=mapping,
        day=day,
        odd=load_odd(store),
        withdrawn=withdrawn,
        progress=progress,
    )
    with store.writing():
        return [_take(Path(path), store, chosen) for path in paths]


def _take(path: Path, store: Store, chosen: Options) -> Receipt:
    try:
        if not path.is_file():
            raise OSError
        digest = sha256_of(path)
    except OSError:
        missing = FileRefusedError(
            "unreadable", "Berkas tidak dapat dibuka.", "Periksa letak berkas dan izin membacanya."
        )
        return Receipt.refused(_shown(path), "", missing)
    source_id = digest[:16]
    try:
        if source_id in chosen.withdrawn:
            raise _withdrawn(source_id)
        before = _taken_before(store, source_id, chosen)
        if before is not None:
            return before
        with opened(path) as found:
            return _write(_File(path, digest), store, chosen, found, _plans(found.sheets, chosen))
    except FileRefusedError as refusal:
        return Receipt.refused(_shown(path), source_id, refusal)


def _shown(path: Path) -> str:
    """The file's name; bytes of old code pages in it, which no terminal prints, as ``?``."""
    return path.name.encode("utf-8", "replace").decode()


def _withdrawn(source_id: str) -> FileRefusedError:
    return FileRefusedError(
        "withdrawn",
        f"Sumber {source_id} sudah ditarik dengan keputusan; isinya tidak lagi dihitung.",
        "Minta berkas yang sudah diperbaiki. Bila penarikan itu keliru, simpan ulang berkas ini"
        " dalam bentuk lain (misalnya CSV menjadi XLSX), lalu serahkan sebagai sumber baru.",
    )


def _taken_before(store: Store, source_id: str, chosen: Options) -> Receipt | None:
    """A receipt that says so; None when the bytes are new, or nothing of them has gone in."""
    folder = store.source(source_id)
    if not (folder / "manifest.json").exists():
        return None
    manifest = SourceManifest.read_from(folder)
    if manifest.accepted == 0:
        return None
    if (manifest.codes, manifest.region) != (chosen.codes, chosen.region) or chosen.mapping:
        raise FileRefusedError(
            "taken_in_otherwise",
            f"Berkas ini sudah diserahkan dengan --codes {manifest.codes}"
            f"{f' --region {manifest.region}' if manifest.region else ''}.",
            "Bila pilihan itu keliru, tarik sumbernya (`mutakhir withdraw`), simpan ulang berkas"
            " dalam bentuk lain (misalnya CSV menjadi XLSX), lalu serahkan dengan pilihan baru.",
        )
    return Receipt.already(json.loads((folder / "receipt.json").read_text()))


# -- plans


def _plans(sheets: list[Sheet], chosen: Options) -> tuple[Plans, str | None]:
    """A plan for each sheet, and a draft mapping when one had to be guessed."""
    heads = {sheet.number: head_of(sheet) for sheet in sheets}
    if not any(head.rows for head in heads.values()):
        raise FileRefusedError("empty_file", "Berkas tidak berisi satu baris pun.", "Minta ulang.")
    plans: Plans = {number: _plan(head, chosen) for number, head in heads.items()}
    unknown = {
        number: head for number, head in heads.items() if plans[number] is None and is_table(head)
    }
    known = any(plan is not None for plan in plans.values())
    tables = {number: head for number, head in unknown.items() if not is_recap(head)}
    if unknown and not tables and not known:
        raise FileRefusedError(
            "recap",
            "Berkas ini rekapitulasi, bukan daftar orang.",
            "Periksa dengan `mutakhir recap check`.",
        )
    if chosen.layout and not known:
        raise FileRefusedError(
            "layout_mismatch",
            f"Isi berkas tidak sesuai dengan susunan {chosen.layout}.",
            "Hilangkan --as agar susunan dikenali dari isi.",
        )
    draft = None
    for number, head in tables.items():
        plans[number], guesses = guess(head)
        draft = draft or mapping_file.draft(plans[number] or Plan("unknown", (), 1), guesses)
    if not known and not tables:
        raise FileRefusedError(
            "no_table", "Tidak ada tabel di dalam berkas.", "Minta ulang berkasnya."
        )
    return plans, draft


def _plan(head: Head, chosen: Options) -> Plan | None:
    if not head.rows:
        return None
    if chosen.mapping is not None:
        return mapping_file.plan_by(chosen.mapping, head)
    return recognise(head, chosen.layout)


# -- writing


def _write(
    file: _File,
    store: Store,
    chosen: Options,
    found: Opened,
    planned: tuple[Plans, str | None],
) -> Receipt:
    plans, draft = planned
    target = store.source(file.source_id)
    receipt = Receipt(_shown(file.path), file.source_id)
    receipt.refused_members = [
        {"member": name, **refusal.to_json()} for name, refusal in found.refused
    ]
    with swapped_folder(target) as folder:
        work = FileWork(file.source_id, folder, chosen, receipt)
        work.run(found.sheets, plans)
        if receipt.totals["read"] == 0:
            raise FileRefusedError(
                "no_rows", "Tidak ada baris data di dalam berkas.", "Minta ulang."
            )
        shutil.copyfile(file.path, folder / "raw")
        if sha256_of(folder / "raw") != file.digest:
            raise FileRefusedError(
                "changed", "Berkas berubah ketika sedang dibaca.", "Serahkan sekali lagi."
            )
        _list_aside(receipt, plans, folder, target)
        if draft is not None:
            (folder / "mapping.toml").write_text(draft, encoding="utf-8")
            receipt.made["mapping"] = str(target / "mapping.toml")
        if chosen.mapping_path is not None:
            # often the draft itself, corrected where it lay: it must outlive the swap
            shutil.copyfile(chosen.mapping_path, folder / "mapping.toml")
        if receipt.totals["accepted"] == 0:
            receipt.status = "held"
        write_json(folder / "receipt.json", receipt.to_json())
        manifest = _manifest(file, chosen, receipt, work.origins, folder / "records.parquet")
        write_json(folder / "manifest.json", asdict(manifest))
    return receipt


def _list_aside(receipt: Receipt, plans: Plans, folder: Path, target: Path) -> None:
    """Fill the receipt's rows, and make the spreadsheet to mend when there are any.

    Rows held for their layout are mended by a mapping: a spreadsheet of guesses would not do.
    """
    labels = {sheet.number: sheet.sheet for sheet in receipt.sheets}
    mendable = any(
        sheet.held + sheet.rejected and plan.sure
        for sheet in receipt.sheets
        if (plan := plans[sheet.number]) is not None
    )
    book = MendBook(folder / "perbaikan.xlsx", receipt.file) if mendable else None
    for count, row in enumerate(read_back(folder / "set_aside.parquet")):
        number = row["sheet_number"]
        plan = plans[number]
        assert plan is not None  # only sheets with a plan set rows aside
        if book is not None and plan.sure:
            book.add(number, labels[number], plan, row)
        if count < MOST_ROWS:
            receipt.rows += reason_lines(receipt.file, labels[number], plan, row)
    if book is not None:
        book.close()
        receipt.made["mend"] = str(target / "perbaikan.xlsx")


def _manifest(
    file: _File, chosen: Options, receipt: Receipt, origins: set[str], records: Path
) -> SourceManifest:
    totals: dict[str, Any] = receipt.totals
    return SourceManifest(
        source_id=receipt.source_id,
        file=_shown(file.path),
        sha256=file.digest,
        size=file.path.stat().st_size,
        taken_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reference_day=chosen.day.isoformat(),
        layouts=tuple(sorted({sheet.layout for sheet in receipt.sheets if sheet.layout})),
        codes=chosen.codes,
        region=chosen.region,
        mapped=chosen.mapping is not None,
        corrects=tuple(sorted({origin.split(":")[0] for origin in origins})),
        rules=chosen.rules.digest,
        records=sha256_of(records),
        software=__version__,
        **totals,
    )
