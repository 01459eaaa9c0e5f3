"""Values of this room as words: standings of files, reasons, what to do about them."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mutakhir.casework.proposal import KINDS
from mutakhir.intake.issues import EMPTY, ISSUES
from mutakhir.intake.plan import FIELDS
from mutakhir.intake.record import Claim
from mutakhir.intake.set_aside import LABELS
from mutakhir.intake.unknown import TriedRow
from mutakhir.rules import Law
from mutakhir_web.common.domain_words import document_label, said


@dataclass(frozen=True, slots=True)
class Standing:
    """How a file stands: words, badge colour, icon."""

    words: str | Promise
    colour: str
    icon: str


STANDINGS: Final[dict[str, Standing]] = {
    "receiving": Standing(_("unggahan belum lengkap"), "yellow", "upload"),
    "whole": Standing(_("sedang dikerjakan"), "azure", "clock"),
    "tried": Standing(_("diuji coba, menunggu pilihan"), "azure", "help"),
    "failed": Standing(_("pekerjaan gagal"), "red", "alert-triangle"),
    "refused": Standing(_("ditolak"), "red", "ban"),
    "unmapped": Standing(_("ditahan: kolom belum dipetakan"), "orange", "columns"),
    "held": Standing(_("ditahan seluruhnya"), "orange", "lock"),
    "taken": Standing(_("diterima"), "green", "check"),
    "adopted": Standing(_("daftar awal"), "blue", "home"),
    "withdrawing": Standing(_("penarikan menunggu persetujuan"), "yellow", "clock"),
    "withdrawn": Standing(_("ditarik"), "secondary", "arrow-back-up"),
}

OUTCOMES: Final = {"held": _("ditahan"), "rejected": _("ditolak")}
#: Lines that are no data, by class.
SKIPPED: Final = {
    "blank": _("kosong"),
    "heading": _("kepala surat dan judul kolom"),
    "header": _("judul kolom yang diulang"),
    "numbering": _("nomor kolom"),
    "total": _("jumlah"),
    "footer": _("tanda tangan dan catatan"),
    "text": _("tulisan lain"),
}

#: Kinds of signs in a cell (``mutakhir.intake.issues.value_class``).
_SIGNS: Final = {"angka": _("angka"), "huruf": _("huruf"), "tanda lain": _("tanda lain")}

#: What a file says of the people it lists.
CLAIMS: Final[dict[Claim, str | Promise]] = {
    "listed": _("terdaftar (daftar lengkap)"),
    "new": _("pemilih baru"),
    "ineligible": _("tidak memenuhi syarat"),
    "change": _("data berubah"),
    "move": _("pindah TPS atau desa di dalam kabupaten/kota"),
}
_TRIED: Final = {
    "accepted": (_("diterima"), "green"),
    "held": (_("ditahan"), "orange"),
    "rejected": (_("ditolak"), "red"),
}
#: Words of the command line, and what stands in their place on a screen.
_ON_SCREEN: Final = (
    (
        r"catat dengan `mutakhir odd-but-true`",
        "minta pengelola mencatatnya sebagai ganjil tetapi benar",
    ),
    (r"atau beri --region KODE", "atau pilih wilayah berkas ketika menyerahkan"),
    (
        r"Serahkan lagi dengan --region KODE kabupaten/kota \(misalnya --region 36\.73\)",
        "Serahkan lagi dengan wilayah berkas yang benar",
    ),
    (r"di luar wilayah --region", "di luar wilayah berkas"),
    (r"perbaiki --region", "perbaiki wilayah berkas"),
    (r"pilihan --codes 2017 atau 2023", "versi kode (2017 atau 2023) ketika menyerahkan"),
    (
        r"Periksa berkas pemetaan yang dibuat, lalu serahkan dengan --map",
        "Buka pemetaan kolom, periksa, lalu simpan",
    ),
    (r"Hilangkan --as agar", "Pilih «Dikenali dari isinya» agar"),
    (r"Periksa dengan `mutakhir recap check`", "Periksa di ruang Rekap"),
    (
        r"sudah diserahkan dengan --codes (\d+)(?: --region (\d+))?",
        r"sudah diserahkan dengan pilihan lain (versi kode \1, wilayah \2)",
    ),
    (r"tarik sumbernya \(`mutakhir withdraw`\)", "minta penarikan sumbernya"),
    (r"--region \S+: ", ""),
    (r"--codes \S+: ", ""),
    (r"--as \S+: ", ""),
)


def on_screen(text: str) -> str:
    """A message of intake without options of the command line."""
    for pattern, words in _ON_SCREEN:
        text = re.sub(pattern, words, text)
    return said(text)


def field_words(name: str) -> str:
    """A field's name as a heading writes it: NIK, TANGGAL LAHIR."""
    return said(LABELS.get(name, name))


def field_choices() -> list[tuple[str, str]]:
    """Fields for a select. Those that only our own files carry are left out."""
    ours = ("claim", "reason", "evidence", "origin")
    words = {name: field_words(name) for name in FIELDS if name not in ours}
    return [(name, w.capitalize() if len(w) > 4 else w) for name, w in words.items()]


def reasons(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """Why rows were set aside, most first: outcome, rows, message, action."""
    return [
        {"outcome": OUTCOMES[outcome], "rows": rows, **_issue(code)}
        for code, outcome, rows in summary.get("reasons", [])
    ]


def warnings(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """What passed with a warning, added over sheets, most first."""
    counted: dict[tuple[str, str], int] = {}
    for sheet in summary.get("sheets", []):
        for each in sheet.get("warnings", []):
            key = (each["code"], each["field"])
            counted[key] = counted.get(key, 0) + each["rows"]
    return [
        {"field": field_words(field), "rows": rows, **_issue(code)}
        for (code, field), rows in sorted(counted.items(), key=lambda item: -item[1])
    ]


def first_rows(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """The first rows set aside. Cells by kind and length, never by value."""
    return [
        {
            **row,
            "outcome": OUTCOMES[row["outcome"]],
            "message": on_screen(row["message"]),
            "action": on_screen(row["action"]),
            "value_class": cell_words(row["value_class"]),
        }
        for row in summary.get("rows", [])
    ]


def cell_words(value_class: str) -> str:
    """A cell by kind and length: 15 angka, 7 huruf, kosong."""
    words = str(SKIPPED["blank"]) if value_class == EMPTY else value_class
    for kind, said_as in _SIGNS.items():
        words = words.replace(kind, str(said_as))
    return words


def refusal(error: dict[str, str]) -> dict[str, str]:
    """Why a file was refused, and what to do."""
    return {
        "message": on_screen(error.get("message", "")),
        "action": on_screen(error.get("action", "")),
    }


def sheets(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """Each sheet with its counts, and the columns that were read as pairs of heading and field."""
    return [
        {
            **sheet,
            "columns_read": [
                (heading, field_words(name)) for heading, name in sheet["columns"].items() if name
            ],
            "columns_left": [heading for heading, name in sheet["columns"].items() if not name],
            "skipped_count": sum(sheet["skipped_lines"].values()),
            "skipped": [
                (SKIPPED.get(kind, kind), count) for kind, count in sheet["skipped_lines"].items()
            ],
        }
        for sheet in summary.get("sheets", [])
    ]


def reason_words(code: str) -> tuple[str, str]:
    """What is wrong and what to do, by an issue's code."""
    issue = ISSUES[code]
    return on_screen(issue.message), on_screen(issue.action)


def _issue(code: str) -> dict[str, str]:
    message, action = reason_words(code)
    return {"message": message, "action": action}


def reason_choices(law: Law) -> list[tuple[str, str]]:
    """Reasons for leaving and coming in, as the law calls them."""
    reasons = {**law.removals, **law.additions}
    return [(word, said(reason.label)) for word, reason in reasons.items()]


def document_choices(law: Law) -> list[tuple[str, str]]:
    """Documents a row may stand on."""
    known = [rung.word for rung in law.rungs]
    for reason in (*law.removals.values(), *law.additions.values()):
        known += reason.documents
    return [(word, document_label(word, law)) for word in dict.fromkeys(known)]


def trial(result: dict[str, Any], law: Law) -> dict[str, Any]:
    """What a dry run found, in words: kinds of proposals and kecamatan before and after."""
    kinds = [{**each, "words": said(KINDS[each["key"]])} for each in result["kinds"]]
    sums = {name: sum(each[name] for each in kinds) for name in ("waiting", "new", "gone")}
    sample = [
        {**each, "kind": said(KINDS[each["kind"]]), "reason": reason_label(each["reason"], law)}
        for each in result["sample"]
    ]
    return {**result, "kinds": kinds, "sums": sums, "sample": sample}


def reason_label(word: str, law: Law) -> str:
    """A proposal's reason as the law calls it."""
    known = {**law.removals, **law.additions}
    return said(known[word].label) if word in known else word.replace("_", " ")


def counted(rows: list[TriedRow]) -> list[tuple[str | Promise, str, int]]:
    """How many tried rows would be accepted, held, rejected: words, colour, count."""
    return [
        (words, colour, count)
        for key, (words, colour) in _TRIED.items()
        if (count := sum(each.outcome == key for each in rows))
    ]


def tried_outcome(row: TriedRow | None) -> dict[str, Any]:
    """What would become of a row; lines that are no data are skipped."""
    if row is None:
        return {"words": _("dilewati"), "colour": "secondary", "why": []}
    words, colour = _TRIED[row.outcome]
    why = [reason_words(code)[0] for _field, code in row.reasons]
    return {"words": words, "colour": colour, "why": why}


def cell(raw: str, value: str | None) -> dict[str, str]:
    """A cell as it came and as it was read, where that differs; numbers of people hidden."""
    read = value if value is not None and value != raw else ""
    return {"raw": hidden_numbers(raw), "read": hidden_numbers(read)}


_NUMBER: Final = re.compile(r"\d(?:[ .-]?\d){9,}")


def hidden_numbers(cell: str) -> str:
    """A cell as it came, in which a person's numbers show their first four and last two digits."""

    def hide(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[0])
        return f"{digits[:4]}{'•' * (len(digits) - 6)}{digits[-2:]}"

    return _NUMBER.sub(hide, cell)
