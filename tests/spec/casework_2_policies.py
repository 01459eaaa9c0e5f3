"""May this happen to this proposal?"""

from lib.spec_docs import Table
from mutakhir import rules
from mutakhir.casework.casebook import Casebook
from mutakhir.casework.policies import POLICIES, Question, decided_kind, needs_two
from mutakhir.casework.proposal import Proposed
from mutakhir.casework.verdict import Verdict
from mutakhir.rules.period import Period

PAGE = "reference/casework.md"
TITLE = "Policies"

LAW = rules.load().at(Period.parse("2026-Q3").last)


def _question(kind: str, reason: str, documents: tuple[str, ...], band: str, verdict: Verdict):
    evidence = tuple((f"{'b' * 16}:0:{row}", name) for row, name in enumerate(documents, 2))
    given = (verdict.proposal_id, "2026-Q3", "3673", kind, "00000000000000a1", reason, evidence)
    book = Casebook()
    return Question(verdict, "2026-Q3", "3673", Proposed(*given, band), book.case(""), book, LAW)


def _objecting(question: Question) -> str | None:
    return next((policy.__name__ for policy in POLICIES if policy(question)), None)


def _accept(kind: str, reason: str, documents: tuple[str, ...], seen: str | None):
    question = _question(
        kind, reason, documents, "sure", Verdict("1" * 16, "accept", "petugas", document=seen)
    )
    objection = _objecting(question)
    if objection:
        return objection, None, None
    decided = decided_kind(question)
    return None, decided, "two" if needs_two(decided, reason, LAW) else "one"


def _bulk(documents: tuple[str, ...], band: str, bulk: str) -> str | None:
    verdict = Verdict("1" * 16, "accept", "petugas", bulk=bulk)
    return _objecting(_question("remove", "meninggal", documents, band, verdict))


def text() -> str:
    """The policies in their order, each in its own words."""
    lines = [f"- `{policy.__name__}`: {policy.__doc__}" for policy in POLICIES]
    return "The first objection refuses the verdict; the others go through.\n\n" + "\n".join(lines)


TABLES = [
    Table(
        "Accepting: which policy objects, or what the decision is and how many people it takes. "
        "`seen`: a document the officer names in the verdict.",
        ("proposal", "reason", "documents", "seen"),
        ("objects", "decision", "people"),
        [
            ("remove", "meninggal", ("akta_kematian",), None, None, "remove", "two"),
            ("remove", "meninggal", ("civil_register",), None, None, "remove", "two"),
            ("remove", "meninggal", ("claim",), None, "document_for_removal", None, None),
            ("suspend", "meninggal", ("rt_statement",), None, None, "suspend", "one"),
            ("suspend", "meninggal", ("village_letter",), None, None, "suspend", "one"),
            ("suspend", "meninggal", ("claim",), "akta_kematian", None, "remove", "two"),
            ("conflict", "meninggal", ("claim",), None, "alive_before_return", None, None),
            ("conflict", "meninggal", ("ktp_el",), None, "alive_before_return", None, None),
            ("conflict", "meninggal", ("claim",), "alive", None, "restore", "two"),
            ("conflict", "meninggal", ("claim",), "biodata", None, "restore", "two"),
            ("remove", "pindah_domisili", ("surat_pindah",), None, None, "remove", "two"),
            ("remove", "pindah_domisili", ("claim",), None, "document_for_removal", None, None),
            ("remove", "pindah_domisili", ("claim",), "kk", None, "remove", "two"),
            ("remove", "tni", ("ktp_el",), None, "document_for_removal", None, None),
            ("remove", "tni", ("sk_tni",), None, None, "remove", "two"),
            ("remove", "ganda", (), "biodata", None, "remove", "two"),
            ("restore", "kembali", ("claim",), None, None, "restore", "two"),
            ("add", "genap_17", ("claim",), None, None, "add", "one"),
            ("correct", "ubah_data", ("kk",), None, None, "correct", "one"),
            ("relocate", "salah_penempatan_tps", ("claim",), None, None, "relocate", "one"),
        ],
        _accept,
    ),
    Table(
        "Deciding in bulk: the bulk's name states kind, reason and evidence, and every proposal in "
        "it must be just that.",
        ("documents", "band", "bulk"),
        ("objects",),
        [
            (("akta_kematian",), "sure", "remove/meninggal/akta_kematian", None),
            (("akta_kematian",), "review", "remove/meninggal/akta_kematian", "equal_bulk"),
            (("civil_register",), "sure", "remove/meninggal/akta_kematian", "equal_bulk"),
            (("akta_kematian", "claim"), "sure", "remove/meninggal/akta_kematian", "equal_bulk"),
        ],
        _bulk,
    ),
]
