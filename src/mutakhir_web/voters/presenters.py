"""A voter in words: masked where personal, until somebody said why they open it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.rules import Law
from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import document_label, quarter_words, said
from mutakhir_web.common.templatetags.words import masked, region_name
from mutakhir_web.review import comparison
from mutakhir_web.voters.queries import Record, Row

LABELS: Final[Mapping[str, str | Promise]] = {
    "nkk": gettext_lazy("NKK"),
    "nik": gettext_lazy("NIK"),
    "name": gettext_lazy("Nama"),
    "birth_place": gettext_lazy("Tempat lahir"),
    "birth_date": gettext_lazy("Tanggal lahir"),
    "age": gettext_lazy("Umur"),
    "sex": gettext_lazy("Jenis kelamin"),
    "marital": gettext_lazy("Status perkawinan"),
    "address": gettext_lazy("Alamat"),
    "rt": gettext_lazy("RT"),
    "rw": gettext_lazy("RW"),
    "kecamatan": gettext_lazy("Kecamatan"),
    "desa": gettext_lazy("Desa/kelurahan"),
    "tps": gettext_lazy("TPS"),
    "disability": gettext_lazy("Disabilitas"),
    "ktp_el": gettext_lazy("KTP-el"),
    "status": gettext_lazy("Status"),
    "entered": gettext_lazy("Masuk daftar"),
    "dpid": gettext_lazy("DPID"),
}
#: Shown whole only after somebody said what for.
PERSONAL: Final = frozenset({"nik", "nkk", "birth_date", "address"})
_GROUPS: Final = (
    (
        gettext_lazy("Data diri"),
        ("name", "nik", "nkk", "birth_place", "birth_date", "age", "sex", "marital", "ktp_el"),
    ),
    (gettext_lazy("Tempat tinggal"), ("address", "rt", "rw", "desa", "kecamatan")),
    (gettext_lazy("Hak pilih"), ("tps", "disability", "status", "entered", "dpid")),
)
#: Codes of a voter in words.
CODES: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    **comparison.CODES,
    "status": {
        "aktif": gettext_lazy("Aktif"),
        "ditangguhkan": gettext_lazy("Ditangguhkan: laporan kematian menunggu dokumen"),
    },
}


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a record. ``hidden``: there is more of it than is shown."""

    name: str
    label: str
    value: str
    hidden: bool


def age(birth_date: str | None, on: date) -> int | None:
    """Full years on a day; by the year alone where month or day is unknown, None without one."""
    if not birth_date or birth_date.startswith("0000"):
        return None
    year, month, day = (int(part) for part in birth_date.split("-"))
    return on.year - year - ((on.month, on.day) < (month, day))


def shown(name: str, value: str | None, *, opened: bool) -> str:
    """A field's value as a person reads it."""
    if not value:
        return _("tidak ada") if name == "disability" else "–"
    if name in PERSONAL and not opened:
        return masked(value) if name in ("nik", "nkk") else _("tertutup")
    if name == "birth_date":
        return day_words(value)
    if name == "desa":
        return region_name(value)
    if name == "entered":
        return quarter_words(value)
    return str(CODES.get(name, {}).get(value, value))


def day_words(text: str) -> str:
    """``1985-08-17`` → 17 Agustus 1985; unknown parts stay open."""
    year, month, day = text.split("-")
    if "0000" in (year,) or "00" in (month, day):
        return _("%(day)s-%(month)s-%(year)s (tidak lengkap)") % {
            "day": day if day != "00" else "??",
            "month": month if month != "00" else "??",
            "year": year if year != "0000" else "????",
        }
    return date_format(date.fromisoformat(text), "j F Y")


def groups(row: Row, *, on: date, opened: bool) -> list[tuple[str, list[Field]]]:
    """All fields of a record in groups."""
    years = age(row["birth_date"], on)
    more = {
        "age": _("%(years)d tahun") % {"years": years}
        if years is not None
        else _("tidak diketahui"),
        "kecamatan": region_name(row["desa"][:6]),
    }
    return [
        (str(title), list(_fields(names, row, more, opened=opened))) for title, names in _GROUPS
    ]


def _fields(
    names: Iterable[str], row: Row, more: Mapping[str, str], *, opened: bool
) -> Iterable[Field]:
    for name in names:
        value = more.get(name) or shown(name, row.get(name), opened=opened)
        hidden = name in PERSONAL and not opened and bool(row.get(name))
        yield Field(name, str(LABELS[name]), value, hidden)


# -- the status


@dataclass(frozen=True, slots=True)
class Status:
    """Where a voter stands: in one sentence, with what stands behind it. ``tone``: of Tabler."""

    sentence: str
    tone: str
    more: tuple[str, ...] = ()


def status(record: Record) -> Status:
    """The record's status in plain words."""
    if record.row is None:
        return Status(
            _("Belum ada di daftar pemilih pada %(day)s.")
            % {"day": date_format(record.day, "j F Y")},
            "secondary",
        )
    if record.row["departed"]:
        return _departed(record, record.row)
    told = {**_place(record.row), **_list(record)}
    sentence = _("Terdaftar di TPS %(tps)s, %(desa)s, Kecamatan %(kecamatan)s; %(list)s.") % told
    if record.row["status"] == "ditangguhkan":
        return Status(sentence, "warning", (str(CODES["status"]["ditangguhkan"]),))
    return Status(sentence, "success")


def _place(row: Row) -> dict[str, str]:
    return {
        "tps": row["tps"] or "–",
        "desa": region_name(row["desa"]),
        "kecamatan": region_name(row["desa"][:6]),
    }


def _list(record: Record) -> dict[str, str]:
    if not record.version:
        return {"list": _("belum ada versi daftar")}
    told = door.manifest(record.version)
    at = date_format(date.fromisoformat(told.as_of[:10]), "j F Y") if told.as_of else "–"
    return {
        "list": _("daftar versi %(version)d (%(period)s) per %(at)s")
        % {"version": record.version, "period": told.period, "at": at}
    }


def _departed(record: Record, row: Row) -> Status:
    law = door.law(row["left"])
    told = {
        "why": reason_words(row["reason"], law),
        "since": quarter_words(row["left"]),
        "document": document_label(row["rung"], law) if row["rung"] else _("tanpa dokumen"),
    }
    sentence = _("Tidak terdaftar lagi: %(why)s, sejak %(since)s, atas dasar %(document)s.") % told
    last = _("Terakhir di TPS %(tps)s, %(desa)s, Kecamatan %(kecamatan)s.") % _place(row)
    by = _by(row["decision"])
    listed = _list(record)["list"]
    return Status(
        sentence, "danger", (last, *((by,) if by else ()), listed[:1].upper() + listed[1:] + ".")
    )


def _by(seq: int | None) -> str:
    """Which decision, by whom, and who was the second person."""
    book = door.book()
    decision = book.decision(seq)
    if decision is None:
        return ""
    told = {"seq": decision.seq, "by": decision.by}
    on_it = book.history.get(decision.proposal or "", ())
    yes = next((each for each in on_it if each.act == "approve" and each.target == seq), None)
    if yes is None:
        return _("Keputusan nomor %(seq)d oleh %(by)s.") % told
    told |= {"second": yes.by, "yes": yes.seq}
    return (
        _("Keputusan nomor %(seq)d oleh %(by)s, disetujui %(second)s (keputusan %(yes)d).") % told
    )


def reason_words(reason: str, law: Law) -> str:
    """A reason of the ledger or of a decision in words."""
    for rules in (law.removals, law.additions):
        if reason in rules:
            return said(rules[reason].label)
    return str(_REASONS.get(reason, reason.replace("_", " ")))


_REASONS: Final[Mapping[str, str | Promise]] = {
    "daftar_awal": gettext_lazy("Daftar awal"),
    "perbaikan_jenis_kelamin": gettext_lazy("Perbaikan jenis kelamin"),
    "ubah_data": gettext_lazy("Ubah data"),
    "pindah_dalam": gettext_lazy("Pindah di dalam kabupaten/kota"),
    "kembali": gettext_lazy("Kembali memenuhi syarat"),
    "pembatalan": gettext_lazy("Pembatalan keputusan"),
    "penarikan_sumber": gettext_lazy("Penarikan sumber"),
}


def short(row: Row) -> tuple[str, str]:
    """A voter's status in a word or two, and its tone."""
    if row["departed"]:
        return _("Keluar: %(why)s") % {
            "why": reason_words(row["reason"], door.law(row["left"]))
        }, "red"
    if row["status"] == "ditangguhkan":
        return _("Ditangguhkan"), "yellow"
    return _("Terdaftar"), "green"


def hit(row: Row, *, on: date) -> dict[str, Any]:
    """A line of a list of voters."""
    words, tone = short(row)
    return {
        "dpid": row["dpid"],
        "name": row["name"],
        "nik": masked(row["nik"]),
        "sex": shown("sex", row["sex"], opened=False),
        "age": age(row["birth_date"], on),
        "desa": region_name(row["desa"]),
        "kecamatan": region_name(row["desa"][:6]),
        "tps": row["tps"],
        "departed": row["departed"],
        "status": words,
        "tone": tone,
        "fresh": row.get("fresh", False),
    }
