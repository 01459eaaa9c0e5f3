"""The build of one roll version in a store: gather, check, build, check, write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir.casework import decision_file
from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision import ON_PERIOD, Decision
from mutakhir.casework.effect import effects, fold_until
from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.intake.sources import read_records
from mutakhir.person import PERSON_FIELDS
from mutakhir.roll import checks, gate, snapshot
from mutakhir.roll.findings import BuildRefusedError, Finding
from mutakhir.roll.gate import Gated
from mutakhir.roll.inputs import Builder, BuildInputs, Roll
from mutakhir.roll.root import NO_ROOT
from mutakhir.roll.snapshot import Manifest
from mutakhir.rules import Rules
from mutakhir.rules.period import Period
from mutakhir.store import Store, StoreError


@dataclass(frozen=True)
class Built:
    """A built version, with what it stands on and what its checks found."""

    roll: Roll
    manifest: Manifest
    findings: list[Finding]


def build_version(store: Store, period: str, builder: Builder, rules: Rules) -> Built:
    """Build the roll of ``period`` and write it as the version of that period.

    Rebuilding a period gives the same version again, or, while it is open, the version with the
    decisions since. Raises BuildRefusedError when a check stops it; the store is then as it was.
    """
    with store.writing():
        chain = snapshot.decided(store)
        built = _build(store, period, builder, rules, chain)
        _keep_history(store, built, chain)
        snapshot.write(store, built.roll, built.manifest, built.findings)
    return built


def roll_as_of(store: Store, day: date, builder: Builder, rules: Rules) -> Roll:
    """The roll as the decisions sealed up to the end of ``day`` make it (in memory only).

    Days are those of the decisions' own clock. Empty when nothing was decided by then.
    """
    chain = snapshot.decided(store)
    until = [d for d in chain.decisions if d.at[:10] <= day.isoformat()]
    roll, built_on = Roll.empty(), 0
    for version in store.versions():
        manifest = snapshot.manifest(store, version)
        if manifest.decisions["last"] <= len(until):
            roll, built_on = snapshot.read(store, version), manifest.decisions["last"]
    periods = {d.period for d in until[built_on:]} - {""}
    for period in sorted(p for p in periods if p >= roll.period):
        base = roll if period > roll.period else roll_before(store, period)
        inputs = gather(store, period, base, until, rules)
        _stop(checks.before(inputs))
        roll = builder.build(inputs)
    return roll


def gather(
    store: Store, period: str, previous: Roll, decisions: Iterable[Decision], rules: Rules
) -> BuildInputs:
    """All that the build of ``period`` on ``previous`` may look at."""
    decisions = list(decisions)
    law = rules.at(Period.parse(period).last)
    found = effects(decisions, period, law)
    adopted = fold_until(decisions, period).adopted if previous.version == 0 else {}
    return BuildInputs(
        previous=previous,
        period=period,
        adopted=_adopted(store, adopted),
        records=_records(store, set(found["record_id"].drop_null().to_pylist())),
        effects=found,
        adoptions={kab: decision.seq for kab, decision in adopted.items()},
    )


def _build(
    store: Store, period: str, builder: Builder, rules: Rules, chain: decision_file.Chain
) -> Built:
    previous = roll_before(store, period)
    before = _trusted_root(store, previous, builder)
    inputs = gather(store, period, previous, chain.decisions, rules)
    found = checks.before(inputs)
    _stop(found)
    roll = builder.build(inputs)
    book = fold_until(chain.decisions, period)
    found += checks.after(previous, roll)
    if previous.version == 0:
        found += _left_out(store, book.adopted)
    found += gate.gate(Gated(inputs, roll, book, rules.at(Period.parse(period).last)))
    _stop(found)
    root = builder.root(roll, before)
    manifest = Manifest(
        version=roll.version,
        period=period,
        as_of=_as_of(chain.decisions, period),
        **snapshot.rooted(root),
        counts=snapshot.counts_of(roll),
        sources=_sources(inputs),
        decisions=_until(chain, period),
        rules=rules.digest,
        closed=_closed(book, period, list(root.kabs)),
    )
    return Built(roll, manifest, found)


def _left_out(store: Store, adopted: Mapping[str, Decision]) -> list[Finding]:
    """Rows of an adopted list that lie in a kab/kota nobody adopted it for."""
    kabs_of: dict[str, set[str]] = {}
    for kab, decision in adopted.items():
        kabs_of.setdefault(decision.source or "", set()).add(kab)
    found = []
    for source, kabs in sorted(kabs_of.items()):
        desas = pq.read_table(store.source(source) / "records.parquet", columns=["desa"])["desa"]
        inside = pc.is_in(pc.utf8_slice_codeunits(desas, 0, 4), pa.array(sorted(kabs)))
        outside = len(desas) - pc.sum(inside).as_py()
        if outside:
            text = f"{outside} baris di luar {', '.join(sorted(kabs))} tidak ikut diadopsi"
            found.append(Finding("look", "di_luar_kab", f"sumber {source}", text))
    return found


def _stop(found: list[Finding]) -> None:
    stopping = sorted(finding for finding in found if finding.severity == "stop")
    if stopping:
        raise BuildRefusedError(stopping)


def _trusted_root(store: Store, previous: Roll, builder: Builder) -> str:
    """The root that ``previous`` was written with; its rows must still give it."""
    if not previous.version:
        return NO_ROOT
    told = snapshot.manifest(store, previous.version)
    if builder.root(previous, told.previous).root != told.root:
        text = "isinya tidak lagi memberi akarnya; pulihkan gudang dari cadangan"
        raise BuildRefusedError([Finding("stop", "riwayat", f"versi {previous.version}", text)])
    return told.root


def _keep_history(store: Store, built: Built, chain: decision_file.Chain) -> None:
    """A version is replaced only by decisions made since, and never once another stands on it."""
    version, period = built.roll.version, built.manifest.period
    if version not in store.versions():
        return
    told = snapshot.manifest(store, version)
    later = [v for v in store.versions() if v > version]
    since = [d for d in chain.decisions[told.decisions["last"] :] if d.period <= period]
    if told.period != period:
        text = f"sudah memuat {told.period}; periode sebelumnya tidak bisa disisipkan lagi"
        raise BuildRefusedError([Finding("stop", "riwayat", f"versi {version}", text)])
    if told.root == built.manifest.root:
        return
    if later:
        text = (
            f"versi {later[0]} sudah berdiri di atasnya; batalkan keputusan pada periode berjalan"
        )
        raise BuildRefusedError([Finding("stop", "riwayat", f"versi {version}", text)])
    if told.rules == built.manifest.rules and {d.act for d in since} <= ON_PERIOD:
        text = "keputusannya sama tetapi akarnya lain: sumber berubah; pulihkan dari cadangan"
        raise BuildRefusedError([Finding("stop", "riwayat", f"versi {version}", text)])


def too_late_to_reopen(store: Store, period: str) -> str | None:
    """Why decisions in ``period`` come too late, in words for the office; None when they don't."""
    later = [v for v in store.versions() if snapshot.manifest(store, v).period > period]
    if not later:
        return None
    return (
        f"versi {later[0]} sudah berdiri di atas periode {period}, maka periode itu tidak dapat"
        " dibuka kembali; batalkan keputusan yang keliru pada periode berjalan"
    )


def roll_before(store: Store, period: str) -> Roll:
    """The last version of an earlier period; the empty roll when there is none."""
    earlier = [v for v in store.versions() if snapshot.manifest(store, v).period < period]
    return snapshot.read(store, earlier[-1]) if earlier else Roll.empty()


def _as_of(decisions: Iterable[Decision], period: str) -> str:
    """Time of the last decision that the version takes into account."""
    return max((d.at for d in decisions if d.period <= period), default="")


def _until(chain: decision_file.Chain, period: str) -> dict[str, Any]:
    """The last decision taken into account, by seq and hash of its line."""
    last = max((d.seq for d in chain.decisions if d.period <= period), default=0)
    return {"last": last, "head": chain.hashes[last - 1] if last else decision_file.NOTHING}


def _closed(book: Casebook, period: str, kabs: Iterable[str]) -> bool:
    return all((period, kab) in book.closed for kab in kabs)


def _sources(inputs: BuildInputs) -> list[str]:
    every = {*inputs.adopted["source_id"].to_pylist(), *inputs.records["source_id"].to_pylist()}
    return sorted(every - {BEFORE})


def _adopted(store: Store, adopted: Mapping[str, Decision]) -> pa.Table:
    parts = []
    for kab, decision in sorted(adopted.items()):
        table = _read_source(store, decision.source or "")
        parts.append(table.filter(pc.equal(pc.utf8_slice_codeunits(table["desa"], 0, 4), kab)))
    return pa.concat_tables([RECORD_SCHEMA.empty_table(), *parts])


def _read_source(store: Store, source: str) -> pa.Table:
    try:
        return read_records(store, source)
    except StoreError as error:
        found = Finding("stop", "sumber", f"sumber {source}", str(error))
        raise BuildRefusedError([found]) from None


#: Source name of rows that stand on an earlier roll version.
BEFORE: Final = "sebelum"


def _records(store: Store, wanted: set[str]) -> pa.Table:
    """The records called for, and old values of voters as records."""
    of_source: dict[str, set[str]] = {}
    for record in wanted:
        of_source.setdefault(record.partition(":")[0], set()).add(record)
    parts = [RECORD_SCHEMA.empty_table()]
    for source, ids in sorted(of_source.items()):
        if source == BEFORE:
            parts += [_voter_before(store, record) for record in sorted(ids)]
            continue
        table = _read_source(store, source)
        parts.append(table.filter(pc.is_in(table["record_id"], pa.array(sorted(ids)))))
    return pa.concat_tables(parts)


def _voter_before(store: Store, record_id: str) -> pa.Table:
    _, period, _ = record_id.split(":")
    return voter_as_record(roll_before(store, period), record_id)


def voter_as_record(roll: Roll, record_id: str) -> pa.Table:
    """The voter whom ``sebelum:<period>:<dpid>`` means as a record; ``roll`` is that before."""
    dpid = record_id.rpartition(":")[2]
    rows = roll.voters.filter(pc.equal(roll.voters["dpid"], dpid)).to_pylist()
    lines = [
        {
            **{name: row[name] for name in PERSON_FIELDS},
            "record_id": record_id,
            "source_id": BEFORE,
            "sheet": "",
            "row": 0,
            "claim": "change",
            "warnings": [],
        }
        for row in rows
    ]
    return pa.Table.from_pylist(lines, schema=RECORD_SCHEMA)
