"""Minutes (berita acara): every number from the recap, every circumstance from the meeting."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import Any, Final

import segno
import typst

from mutakhir import regions
from mutakhir.recap import calendar
from mutakhir.recap.figure import Figure
from mutakhir.recap.identities import ensure
from mutakhir.recap.labels import label
from mutakhir.recap.meeting import Meeting
from mutakhir.recap.table import Count, Recap, Row
from mutakhir.rules.law import Law

_KINDS: Final = {"kabkota": "kecamatan", "provinsi": "kabupaten/kota"}
_BELOW_KINDS: Final = {"kabkota": "desa/kelurahan", "provinsi": "kecamatan"}
_INSIDE: Final = ("masuk_dalam", "keluar_dalam", "jk_masuk", "jk_keluar")
_CORRECTED_ONCE: Final = (
    "Seorang pemilih dapat diperbaiki lebih dari satu jenis datanya; pada baris jumlah ia dihitung"
    " sekali."
)
_ARTICLE: Final = re.compile(r"\b(UU|PKPU) (\d+)/(\d{4})")
_LAWS: Final = {"UU": "Undang-Undang", "PKPU": "Peraturan Komisi Pemilihan Umum"}


@dataclass(frozen=True, slots=True)
class SourceUsed:
    """A source taken in for the period: what it is, and its receipt's counts."""

    name: str
    read: int
    accepted: int
    held: int
    rejected: int


def pdf(values: dict[str, Any]) -> bytes:
    """The document as PDF. The same values give the same bytes."""
    with as_file(files("mutakhir.recap") / "templates") as folder:
        return typst.compile(
            folder / "minutes.typ",
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(values, ensure_ascii=False, sort_keys=True)},
            timestamp=datetime.fromisoformat(values["dated"]),
            pdf_standards=["a-2a"],
        )


def values(
    recap: Recap, code: str, meeting: Meeting, sources: Sequence[SourceUsed], law: Law
) -> dict[str, Any]:
    """Everything the template shows about the region ``code`` (kabupaten/kota or provinsi).

    Raises RefusedError when an identity of the recap fails, KeyError for a region not in it.
    """
    ensure(recap)
    row = recap.row(code)
    if row is None:
        raise KeyError(code)
    return {
        "title": _title(row, meeting),
        "coverage": _coverage(recap, row),
        "dated": _dated(recap, meeting),
        "edition": asdict(recap.edition) | {"as_of": _as_of(recap)},
        "meeting": _meeting(meeting),
        "legal_basis": list(meeting.legal_basis or _legal_basis(law)),
        "totals": _totals(row),
        "flow": _flow(row, law),
        "new": _whole(row, "baru", law, "Sebab"),
        "gone": _whole(row, "tms", law, "Sebab"),
        "corrections": _whole(row, "perbaikan", law, "Jenis data", _CORRECTED_ONCE),
        "memo": _memo(row, law),
        "sources": [_source(source) for source in sources],
        "sources_total": _source(_all(sources)),
        "annex": _annex(recap, row, law),
        "qr": qr(recap, row, meeting.url),
    }


def _title(row: Row, meeting: Meeting) -> dict[str, str]:
    return {
        "office": f"Komisi Pemilihan Umum {row.title}",
        "short": f"KPU {row.title}",
        "region": row.title,
        "number": meeting.number(row.name, row.code),
        "below": _KINDS[row.level],
        "below_that": _BELOW_KINDS[row.level],
    }


def _coverage(recap: Recap, row: Row) -> str:
    """What is not in the roll, said before any figure; nothing when all parts are."""
    present, known = len(recap.below(row)), len(regions.load().children(row.code))
    if present >= known:
        return ""
    return (
        f"Rekapitulasi ini memuat {Figure(present).both} dari {Figure(known).both}"
        f" {_KINDS[row.level]} di {row.title}."
    )


def _dated(recap: Recap, meeting: Meeting) -> str:
    """The document's date, for its metadata: the meeting's, else the period's end."""
    if meeting.opened is not None:
        return meeting.opened.replace(tzinfo=UTC).isoformat()
    return f"{recap.edition.as_of}T00:00:00+00:00"


def _as_of(recap: Recap) -> str:
    return calendar.long_date(datetime.fromisoformat(recap.edition.as_of).date())


def _meeting(meeting: Meeting) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "address": meeting.address,
        "city": meeting.city,
        "place": meeting.place,
        "chair": meeting.chair,
        "decree": meeting.decree,
        "zone": meeting.zone,
        "remark": meeting.remark,
        "amends": meeting.amends,
        "commissioners": [asdict(person) for person in meeting.commissioners],
        "attendees": [asdict(attendee) for attendee in meeting.attendees],
        "objections": [asdict(objection) for objection in meeting.objections],
    }
    if meeting.opened is not None:
        day = meeting.opened.date()
        shown |= {
            "day": calendar.day_name(day),
            "spelt_date": calendar.spelt_date(day),
            "date": calendar.long_date(day),
            "hour": calendar.hour(meeting.opened),
            "spelt_hour": calendar.spelt_hour(meeting.opened),
        }
    return shown


def _legal_basis(law: Law) -> list[str]:
    """The law's articles spelt out: ``UU 7/2017`` as ``Undang-Undang Nomor 7 Tahun 2017``."""
    return [_ARTICLE.sub(_spelt, article.strip()) for article in law.article.split(";")]


def _spelt(article: re.Match[str]) -> str:
    kind, number, year = article.groups()
    return f"{_LAWS[kind]} Nomor {number} Tahun {year}"


def _figure(number: int) -> dict[str, str]:
    figure = Figure(number)
    return {"digits": figure.digits, "words": figure.words, "signed": figure.signed}


def _figures(count: Count) -> list[str]:
    return [Figure(n).digits for n in (count.L, count.P, count.total)]


def _totals(row: Row) -> dict[str, dict[str, str]]:
    now, before = row.count("akhir"), row.count("awal")
    numbers = {"L": now.L, "P": now.P, "total": now.total, **row.units}
    shown = {name: _figure(number) for name, number in numbers.items()}
    difference = now.total - before.total
    shown["previous"] = _figure(before.total)
    shown["difference"] = _figure(abs(difference)) | {"signed": Figure(difference).signed}
    shown["difference"]["verb"] = "naik" if difference > 0 else "turun" if difference else "tetap"
    shown["new"] = _figure(row.count("baru").total)
    shown["gone"] = _figure(row.count("tms").total)
    return shown


def _flow(row: Row, law: Law) -> list[dict[str, Any]]:
    """The ledger's balance as lines: opening, in, out, moves inside, closing."""
    cells = ["baru", "tms", *(cell for cell in _INSIDE if row.count(cell).total)]
    changes = [_line(row, cell, law, "change") for cell in cells]
    return [_line(row, "awal", law, "sum"), *changes, _line(row, "akhir", law, "sum")]


def _line(row: Row, cell: str, law: Law, kind: str) -> dict[str, Any]:
    sign = "+" if cell in {"baru", "masuk_dalam", "jk_masuk"} else "−"
    return {"label": label(cell, law), "kind": kind, "sign": sign, "n": _figures(row.count(cell))}


def _whole(row: Row, cell: str, law: Law, head: str, note: str = "") -> dict[str, Any]:
    """A count with its parts: reasons or kinds that count anybody."""
    return {
        "head": head,
        "label": label(cell, law),
        "lines": _parts(row, cell, law),
        "sum": _figures(row.count(cell)),
        "note": note,
    }


def _parts(row: Row, whole: str, law: Law) -> list[dict[str, Any]]:
    """Parts that count anybody, in the order of the law."""
    return [
        {"label": label(f"{whole}.{word}", law), "n": _figures(count)}
        for word, count in row.parts(whole).items()
        if count.total
    ]


def _memo(row: Row, law: Law) -> list[dict[str, Any]]:
    """What the total consists of; none of it changes the total."""
    groups = [
        {"title": "Kelompok usia", "lines": _parts(row, "usia", law)},
        {"title": "Kepemilikan KTP-el", "lines": _parts(row, "ktp_el", law)},
        {"title": "Pemilih disabilitas", "lines": _parts(row, "disabilitas", law)},
    ]
    special = [
        {"label": label(cell, law), "n": _figures(row.count(cell))}
        for cell in ("pemula", "ditangguhkan", "pindah_tps")
    ]
    return [*(g for g in groups if g["lines"]), {"title": "Keterangan lain", "lines": special}]


def _all(sources: Sequence[SourceUsed]) -> SourceUsed:
    sums = [sum(getattr(s, n) for s in sources) for n in ("read", "accepted", "held", "rejected")]
    return SourceUsed("Jumlah", *sums)


def _source(source: SourceUsed) -> dict[str, Any]:
    counts = (source.read, source.accepted, source.held, source.rejected)
    return {"name": source.name, "n": [Figure(n).digits for n in counts]}


def _annex(recap: Recap, row: Row, law: Law) -> dict[str, Any]:
    below = recap.below(row)
    return {
        "rows": [_annex_row(r) for r in below],
        "sum": _annex_row(row),
        "groups": [
            {"name": r.name, "rows": [_annex_row(d) for d in recap.below(r)], "sum": _annex_row(r)}
            for r in below
        ],
        "new": _by_reason(below, row, "baru", law),
        "gone": _by_reason(below, row, "tms", law),
    }


def _annex_row(row: Row) -> dict[str, Any]:
    units = {unit: Figure(number).digits for unit, number in row.units.items()}
    change = row.count("akhir").total - row.count("awal").total
    return {
        "name": row.name,
        "units": units,
        "n": _figures(row.count("akhir")),
        "previous": Figure(row.count("awal").total).digits,
        "new": Figure(row.count("baru").total).digits,
        "gone": Figure(row.count("tms").total).digits,
        "inside": Figure(row.count("masuk_dalam").total - row.count("keluar_dalam").total).signed,
        "change": Figure(change).signed,
        "corrected": Figure(row.count("perbaikan").total).digits,
    }


def _by_reason(below: list[Row], row: Row, whole: str, law: Law) -> dict[str, Any]:
    """A table of reasons (only those that count anybody) by region."""
    words = [word for word, count in row.parts(whole).items() if count.total]
    cells = [f"{whole}.{word}" for word in words] + [whole]
    return {
        "heads": [label(cell, law) for cell in cells[:-1]] + ["Jumlah"],
        "rows": [
            {"name": r.name, "n": [Figure(r.count(cell).total).digits for cell in cells]}
            for r in (*below, row)
        ],
    }


def qr(recap: Recap, row: Row, url: str) -> dict[str, str]:
    """The code that carries list, version and root, as SVG and as the text it says."""
    edition = recap.edition
    path = f"pdpb/{row.code}/{edition.period}/{edition.version}/{edition.root[:16]}"
    text = f"{url.rstrip('/')}/{path}" if url else f"mutakhir:{path}"
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return {"text": text, "svg": drawn.getvalue().decode()}
