"""What a row claims: from its own words, else from what heads its sheet."""

import re
from dataclasses import dataclass, replace
from typing import Final

from mutakhir.intake.plan import Plan
from mutakhir.intake.record import CLAIMS, Claim
from mutakhir.intake.values.parsed import clean, number
from mutakhir.rules import CodeList, Law, Meaning

Said = tuple[Claim | None, str | None, str | None]  # claim, reason, issue code

_EFFECT: Final[dict[str, Claim]] = {
    "leaves": "ineligible",
    "moves_inside": "move",
    "changes": "change",
    "new": "new",
}
#: KPU RI's derived candidates. Whether a potential voter turned 17 or was never listed is not
#: said by the file: no reason.
_CATEGORIES: Final[dict[str, tuple[Claim, str | None]]] = {
    "PINDAH MASUK": ("new", "pindah_masuk"),
    "PEMILIH POTENSIAL": ("new", None),
    "POTENSIAL": ("new", None),
    "PEMULA": ("new", "genap_17"),
    "PINDAH KELUAR": ("ineligible", "pindah_domisili"),
    "MENINGGAL": ("ineligible", "meninggal"),
    "MENINGGAL DUNIA": ("ineligible", "meninggal"),
}
_DOCUMENTS: Final = (
    (re.compile(r"AKTA|AKTE"), "akta_kematian"),
    (re.compile(r"\bRT\b|RUKUN TETANGGA"), "rt_statement"),
    (re.compile(r"DESA|LURAH|KADES|KELURAHAN|SUKET"), "village_letter"),
    (re.compile(r"PENSIUN|PURNAWIRA|BERHENTI"), "sk_pensiun"),
    (re.compile(r"SK.*POLRI|KEP.*POLRI"), "sk_polri"),
    (re.compile(r"SK.*TNI|KEP.*TNI|SKEP"), "sk_tni"),
    (re.compile(r"PINDAH|SKPWNI"), "surat_pindah"),
    (re.compile(r"PUTUSAN"), "putusan_pengadilan"),
    (re.compile(r"NIKAH"), "buku_nikah"),
    (re.compile(r"BIODATA"), "biodata"),
    (re.compile(r"KTP"), "ktp_el"),
    (re.compile(r"^KK$|KARTU KELUARGA"), "kk"),
)


#: Lists that a remark is looked up in, in this order of fields of Marks.
MARK_LISTS: Final = ("tms", "mark", "new_reason")


@dataclass(frozen=True)
class Marks:
    """The code lists under which a sheet's marks are read."""

    tms: CodeList
    mark: CodeList
    new_reason: CodeList

    def said(self, raw: str) -> Said:
        """What a remark says: a TMS code, U, B, P, a reason in words, or nothing."""
        text = number(raw)
        if not text or text == "0":
            return None, None, None
        meaning = self.mark.meaning(text) or self.tms.meaning(text) or self.new_reason.meaning(text)
        if meaning is None:
            # a digit or a lone letter is meant as a code; longer words are a free remark
            return None, None, "code_unknown" if text.isdecimal() or len(text) == 1 else None
        return _meant(meaning)


def _meant(meaning: Meaning) -> Said:
    if meaning.effect == "not_collected":
        return None, None, "code_not_collected"
    claim = _EFFECT.get(meaning.effect)
    # the marks U, B and P say what to do and no reason
    return claim, None if meaning.word in ("ubah", "baru", "pindah") else meaning.word, None


def category(raw: str) -> Said:
    """What KPU RI's KATEGORI column says."""
    text = clean(raw).upper().replace("_", " ")
    if not text:
        return None, None, "category_unknown"
    claim, reason = _CATEGORIES.get(text, (None, None))
    return claim, reason, None if claim else "category_unknown"


def canonical_claim(raw: str) -> Said:
    """Our own word for a claim, in files this software wrote."""
    text = clean(raw).lower()
    found = next((claim for claim in CLAIMS if claim == text), None)
    return found, None, None if found or not text else "category_unknown"


def document(raw: str) -> str | None:
    """The kind of document behind a row, in the words of the evidence ladder."""
    text = clean(raw).upper()
    return next((word for pattern, word in _DOCUMENTS if pattern.search(text)), None)


def service(raw: str) -> Said:
    """Into or out of TNI and Polri: who joins leaves the roll, who retires may come back."""
    text = clean(raw).upper()
    if re.search(r"PENSIUN|PURNA|BERHENTI|KELUAR|SIPIL", text):
        return "new", "sipil", None
    reason = institution(text)
    return ("ineligible", reason, None) if reason else (None, None, None)


def institution(raw: str) -> str | None:
    """``tni`` or ``polri`` as an active member's reason to leave the roll."""
    text = clean(raw).upper()
    if re.search(r"POLRI|POLISI|POLRES|POLDA|POLSEK|BRIMOB", text):
        return "polri"
    if re.search(r"TNI|\bA[DLU]\b|KODIM|KOREM|LANAL|LANUD|KOPASSUS|KORAMIL|DARAT|LAUT|UDARA", text):
        return "tni"
    return None


@dataclass(frozen=True)
class Words:
    """Our own words for reasons and for documents, as files that we wrote may hold them."""

    reasons: frozenset[str]
    evidence: frozenset[str]

    @classmethod
    def of(cls, law: Law, marks: Marks) -> "Words":
        """The words of a law and of the code lists in use."""
        lists = (marks.tms, marks.new_reason)
        coded = (meaning.word for codes in lists for meaning in codes.meanings.values())
        papers = [word for removal in law.removals.values() for word in removal.documents]
        papers += [word for addition in law.additions.values() for word in addition.documents]
        rungs = (rung.word for rung in law.rungs)
        return cls(
            frozenset((*law.removals, *law.additions, *filter(None, coded))),
            frozenset((*papers, *rungs, *(word for _, word in _DOCUMENTS), "claim")),
        )


_TITLES: Final[tuple[tuple[re.Pattern[str], Claim, str | None, str | None], ...]] = (
    (re.compile(r"AKTA KEMATIAN|AKTE KEMATIAN"), "ineligible", "meninggal", "akta_kematian"),
    (
        re.compile(r"(PERNYATAAN|KETERANGAN|SURAT|LAPORAN).*\bRT\b.*(KEMATIAN|MENINGGAL)"),
        "ineligible",
        "meninggal",
        "rt_statement",
    ),
    (re.compile(r"KETERANGAN KEMATIAN"), "ineligible", "meninggal", "village_letter"),
    (re.compile(r"MENINGGAL|KEMATIAN|WAFAT"), "ineligible", "meninggal", "claim"),
    (re.compile(r"PURNAWIRA|PENSIUN"), "new", "sipil", "sk_pensiun"),
    (re.compile(r"ANGGOTA TNI|PRAJURIT"), "ineligible", "tni", "claim"),
    (re.compile(r"ANGGOTA POLRI|PERSONEL POLRI|PERSONIL POLRI"), "ineligible", "polri", "claim"),
    (re.compile(r"SISWA|PELAJAR|MURID|PEMULA|GENAP 17"), "new", "genap_17", "claim"),
    (re.compile(r"PINDAH KELUAR"), "ineligible", "pindah_domisili", "claim"),
    (re.compile(r"PINDAH MASUK|PINDAH DATANG"), "new", "pindah_masuk", "claim"),
)


def headed(plan: Plan, title: str, headings: tuple[str, ...]) -> Plan:
    """``plan`` with the claim that title rows, or the columns themselves, make."""
    columns = " | ".join(headings).upper()
    for pattern, claim, reason, evidence in _TITLES:
        if pattern.search(title):
            found = _paper(columns) if reason == "meninggal" and evidence == "claim" else evidence
            return replace(plan, claim=claim, reason=reason, evidence=found)
    dead = re.search(r"MENINGGAL|KEMATIAN|WAFAT|AKTA MATI", columns)
    # candidates of several kinds say in a column of theirs which rows are deaths
    if dead and "category" not in plan.fields:
        return replace(plan, claim="ineligible", reason="meninggal", evidence=_paper(columns))
    if re.search(r"\bNRP\b|PANGKAT", columns):
        return replace(plan, claim="ineligible", reason="tni", evidence="claim")
    if re.search(r"NISN|SEKOLAH|\bKELAS\b", columns):
        return replace(plan, claim="new", reason="genap_17", evidence="claim")
    return plan


def _paper(columns: str) -> str:
    """The document behind a list of deaths whose title names none, by its headings."""
    if re.search(r"KETUA RT|PERNYATAAN RT", columns):
        return "rt_statement"
    return "village_letter" if re.search(r"SURAT|SUKET", columns) else "claim"
