"""The gate before the plenary: does the version keep the law? Findings, as in ``checks``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision import Decision, same_person
from mutakhir.casework.documents import document_labels
from mutakhir.casework.policies import removing_rungs
from mutakhir.roll.findings import Finding
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.rules import Law
from mutakhir.rules.eligibility import judge
from mutakhir.rules.period import Period


@dataclass(frozen=True)
class Gated:
    """A built roll with what it was built from and the decisions behind it."""

    inputs: BuildInputs
    roll: Roll
    book: Casebook
    law: Law


def departures_decided(gated: Gated) -> list[Finding]:
    """Whoever left in this version left by two people's decision, on a document the rule asks."""
    left = gated.roll.departed
    left = left.filter(pc.equal(left["left"], gated.roll.period))
    found = []
    for row in left.select(["dpid", "decision"]).to_pylist():
        decision = gated.book.decision(row["decision"])
        text = _undecided(decision, gated) if decision else "tidak ada keputusannya"
        if text:
            where = f"keputusan {row['decision']}, DPID {row['dpid']}"
            found.append(Finding("stop", "keluar_tanpa_dasar", where, text))
    return found


def _undecided(decision: Decision, gated: Gated) -> str | None:
    if decision.act == "approve":
        return None  # a reversal: its two people are an overturning's or a withdrawal's
    case = gated.book.case(decision.proposal or "")
    if case.effective is None or same_person(case.effective.by, decision.by):
        return "belum disetujui orang kedua"
    reason = decision.reason or ""
    asked = removing_rungs(gated.law) if reason == "meninggal" else _documents(reason, gated.law)
    if not {kind for _, kind in decision.evidence} & asked:
        named = document_labels(asked, gated.law)
        return f"tanpa dokumen yang diminta ({named}); batalkan atau lengkapi"
    return None


def _documents(reason: str, law: Law) -> frozenset[str]:
    return frozenset(law.removal(reason).documents)


def moves_balance(gated: Gated) -> list[Finding]:
    """A move across kab/kota of one store goes out of one and into the other."""
    moving = gated.inputs.effects
    moving = moving.filter(
        pc.is_in(moving["reason"], pa.array(["pindah_masuk", "pindah_domisili"]))
    )
    moving = moving.filter(pc.is_valid(moving["other_dpid"]))
    here = set(_among(gated.roll.voters, moving["other_dpid"])["dpid"].to_pylist())
    found = []
    for row in moving.select(["kind", "dpid", "other_dpid"]).to_pylist():
        if row["kind"] == "add" and row["other_dpid"] in here:
            text = f"masuk, tetapi masih terdaftar sebagai {row['other_dpid']}: putuskan keluarnya"
            found.append(Finding("look", "pindah_timpang", f"DPID {row['dpid']}", text))
        if row["kind"] == "remove" and row["other_dpid"] not in here:
            text = f"keluar karena pindah, tetapi belum masuk sebagai {row['other_dpid']}"
            found.append(Finding("look", "pindah_timpang", f"DPID {row['dpid']}", text))
    return found


def _among(table: pa.Table, dpids: pa.ChunkedArray) -> pa.Table:
    return table.filter(pc.is_in(table["dpid"], dpids.combine_chunks()))


def old_enough(gated: Gated) -> list[Finding]:
    """Under the age and not married on the period's last day."""
    day = Period.parse(gated.roll.period).last
    born = gated.roll.voters["birth_date"]
    # Only those born after this day can be too young, so only they are judged one by one.
    cutoff = f"{day.year - gated.law.eligibility.age:04d}-{day:%m-%d}"
    young = gated.roll.voters.filter(pc.fill_null(pc.greater(born, cutoff), False))
    return [
        Finding("look", "di_bawah_umur", row["dpid"], "belum cukup umur dan belum kawin")
        for row in young.select(["dpid", "birth_date", "marital"]).to_pylist()
        if judge(row["birth_date"], row["marital"], day, gated.law).answer == "under_age"
    ]


def not_too_old(gated: Gated) -> list[Finding]:
    """Older than goes unquestioned: real centenarians vote, others are overlooked dead."""
    day = Period.parse(gated.roll.period).last
    born = gated.roll.voters["birth_date"]
    oldest = gated.law.eligibility.oldest_unquestioned
    ancient = pc.less(born, f"{day.year - oldest:04d}")
    ancient = pc.and_(ancient, pc.greater(born, "0001"))
    old = gated.roll.voters.filter(pc.fill_null(ancient, False))
    return [
        Finding("look", "sangat_tua", row["dpid"], f"lebih dari {oldest} tahun: cek lapangan")
        for row in old.select(["dpid", "birth_date", "marital"]).to_pylist()
        if "older_than_unquestioned" in judge(row["birth_date"], None, day, gated.law).flags
    ]


GATES: Final[tuple[Callable[[Gated], list[Finding]], ...]] = (
    departures_decided,
    moves_balance,
    old_enough,
    not_too_old,
)


def gate(gated: Gated) -> list[Finding]:
    """What stands between this version and the plenary."""
    return [finding for each in GATES for finding in each(gated)]
