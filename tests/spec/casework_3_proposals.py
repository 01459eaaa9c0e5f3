"""What one record leads to."""

from typing import Any

from lib.people import BUDI, SITI, record, records, voter, voters
from lib.spec_docs import Table
from mutakhir import rules
from mutakhir.casework.propose import propose
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.roll.voter import DEPARTED_SCHEMA
from mutakhir.rules.period import Period

PAGE = "reference/casework.md"
TITLE = "Proposals"

LAW = rules.load().at(Period.parse("2026-Q3").last)
DPID = "00000000000000a1"
HERE, NEXT_DESA, NEXT_KAB = "3673011001", "3673011002", "3604011001"
_OTHERS = [
    voter(BUDI, dpid="00000000000000b1"),
    voter(BUDI, dpid="00000000000000b2", desa=NEXT_KAB),
]


def _run(stands: str, band: str | None, **said: Any) -> tuple[Any, ...]:
    """Propose on a roll of Siti (who ``stands`` there somehow) and one record about her."""
    kept = {"aktif": [voter(SITI)], "ditangguhkan": [voter(SITI, status="ditangguhkan")]}
    gone = [] if stands in ("absent", *kept) else [_stone(stands)]
    line = record(SITI, **{"claim": "listed", **said})
    found = propose(
        period="2026-Q3",
        voters=voters(*_OTHERS, *kept.get(stands, [])),
        departed=DEPARTED_SCHEMA.empty_table().from_pylist(gone, schema=DEPARTED_SCHEMA),
        records=records(line),
        links=_links(line["record_id"], band),
        duplicates=LINK_SCHEMA.empty_table(),
        law=LAW,
        alike=lambda _: LINK_SCHEMA.empty_table(),
    )
    (outcome,) = found.outcomes["outcome"].to_pylist()
    rows = found.proposals.to_pylist()
    kinds = tuple(sorted(row["kind"] for row in rows))
    return outcome, kinds, tuple(sorted({r["reason"] for r in rows})), _band(rows)


def _band(rows: list[dict[str, Any]]) -> str | None:
    return rows[0]["band"] if rows else None


def _stone(reason: str) -> dict[str, Any]:
    return {**voter(SITI), "reason": reason, "left": "2026-Q1", "decision": 1, "rung": None}


def _links(record_id: str, band: str | None):
    link = {"left_id": DPID, "right_id": record_id, "weight": 9.0, "probability": 0.9}
    more = {"band": band, "rule": "nik", "evidence": "nik=10.2"}
    return LINK_SCHEMA.empty_table().from_pylist(
        [{**link, **more}] if band else [], schema=LINK_SCHEMA
    )


def _new(born: str, marital: str, reason: str | None, origin: str | None) -> tuple[Any, ...]:
    more = {"birth_date": born, "marital": marital, "reason": reason, "other_region": origin}
    return _run("absent", None, claim="new", **more)


def _known(stands: str, band: str, claim: str, differs: str) -> tuple[Any, ...]:
    changed = dict(part.split("=") for part in differs.split()) if differs else {}
    return _run(stands, band, claim=claim, **changed)


def _leaving(
    stands: str, band: str | None, reason: str | None, document: str | None, to: str | None
) -> tuple[Any, ...]:
    more = {"reason": reason, "evidence": document}
    tps = to if to and len(to) == 3 else None
    region = to if to and len(to) > 3 else None
    return _run(stands, band, claim="ineligible", tps_to=tps, other_region=region, **more)


_OUT = ("outcome", "proposals", "reasons", "band")
# fmt: off
# ruff: noqa: E501 - one line a row reads as a table
TABLES = [
    Table(
        "Somebody new: claim `new`, no link to anybody. The period ends on 2026-09-30.",
        ("born", "marital", "reason said", "from"),
        _OUT,
        [
            ("2009-09-30", "B", None, None, "proposal", ("add",), ("genap_17",), "sure"),
            ("2009-10-01", "B", None, None, "not_eligible", (), (), None),
            ("2009-10-01", "S", None, None, "proposal", ("add",), ("kawin",), "sure"),
            ("1985-08-17", "S", None, None, "proposal", ("add",), ("belum_terdaftar",), "sure"),
            ("1985-08-17", "S", "sipil", None, "proposal", ("add",), ("sipil",), "sure"),
            ("1985-08-17", "S", None, "3604", "proposal", ("add",), ("pindah_masuk",), "sure"),
            ("2009-00-00", "B", None, None, "proposal", ("add",), ("belum_terdaftar",), "review"),
        ],
        _new,
    ),
    Table(
        "Somebody on the roll, or gone from it: what a record that lists the person leads to. A "
        "feed does not correct names: only a `change` does.",
        ("stands", "link", "claim", "differs"),
        _OUT,
        [
            ("aktif", "sure", "listed", "", "confirmed", (), (), None),
            ("aktif", "sure", "new", "", "confirmed", (), (), None),
            ("aktif", "sure", "listed", "name=SITTI", "confirmed", (), (), None),
            ("aktif", "sure", "listed", "marital=P", "proposal", ("correct",), ("ubah_data",), "sure"),
            ("aktif", "sure", "change", "name=SITTI", "proposal", ("correct",), ("ubah_data",), "sure"),
            ("aktif", "review", "change", "name=SITTI", "proposal", ("correct",), ("ubah_data",), "review"),
            ("aktif", "review", "new", "", "proposal", ("add",), ("belum_terdaftar",), "review"),
            ("aktif", "sure", "move", "tps_to=007", "proposal", ("relocate",), ("pindah_dalam",), "sure"),
            ("aktif", "sure", "move", "", "incomplete", (), (), None),
            ("aktif", "sure", "new", f"desa={NEXT_DESA}", "proposal", ("relocate",), ("pindah_dalam",), "sure"),
            ("aktif", "sure", "new", f"desa={NEXT_KAB}", "proposal", ("add", "remove"), ("pindah_domisili", "pindah_masuk"), "sure"),
            ("meninggal", "sure", "listed", "", "proposal", ("conflict",), ("meninggal",), "sure"),
            ("meninggal", "review", "new", "", "proposal", ("conflict",), ("meninggal",), "review"),
            ("pindah_domisili", "sure", "new", "", "proposal", ("restore",), ("kembali",), "sure"),
            ("absent", "", "change", "name=SITTI", "not_on_roll", (), (), None),
            ("absent", "", "new", "desa=1101012001", "outside", (), (), None),
        ],
        _known,
    ),
    Table(
        "Somebody who should leave (claim `ineligible`). `to`: another region, or another TPS.",
        ("stands", "link", "reason said", "document", "to"),
        _OUT,
        [
            ("absent", None, "meninggal", "akta_kematian", None, "not_on_roll", (), (), None),
            ("aktif", "sure", "meninggal", "akta_kematian", None, "proposal", ("remove",), ("meninggal",), "sure"),
            ("aktif", "sure", "meninggal", "rt_statement", None, "proposal", ("suspend",), ("meninggal",), "sure"),
            ("aktif", "sure", "meninggal", None, None, "proposal", ("suspend",), ("meninggal",), "sure"),
            ("aktif", "review", "meninggal", "akta_kematian", None, "proposal", ("remove",), ("meninggal",), "review"),
            ("ditangguhkan", "sure", "meninggal", "rt_statement", None, "confirmed", (), (), None),
            ("ditangguhkan", "sure", "meninggal", "akta_kematian", None, "proposal", ("remove",), ("meninggal",), "sure"),
            ("meninggal", "sure", "meninggal", "akta_kematian", None, "departed_already", (), (), None),
            ("aktif", "sure", "tni", None, None, "proposal", ("remove",), ("tni",), "sure"),
            ("aktif", "sure", "pindah_domisili", None, NEXT_KAB, "proposal", ("remove",), ("pindah_domisili",), "sure"),
            ("aktif", "sure", "pindah_domisili", None, NEXT_DESA, "proposal", ("relocate",), ("pindah_dalam",), "sure"),
            ("aktif", "sure", "salah_penempatan_tps", None, "007", "proposal", ("relocate",), ("salah_penempatan_tps",), "sure"),
            ("aktif", "sure", "salah_penempatan_tps", None, None, "incomplete", (), (), None),
            ("aktif", "sure", None, None, None, "incomplete", (), (), None),
        ],
        _leaving,
    ),
]
