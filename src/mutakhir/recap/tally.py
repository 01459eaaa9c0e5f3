"""Tally: what a roll version adds up to, for every region at every level."""

from collections.abc import Iterable
from typing import Final

import pyarrow as pa

from mutakhir.engines.duckdb import connection
from mutakhir.recap import tally_sql as sql
from mutakhir.recap.elections import last_before
from mutakhir.recap.table import Count, Edition, Recap, Row
from mutakhir.regions import Level, Regions, dotted
from mutakhir.regions.region import LEVEL_OF_LENGTH
from mutakhir.roll.inputs import Roll
from mutakhir.rules.law import Law
from mutakhir.rules.period import Period

_ALWAYS = ("akhir", "awal", "baru", "tms", "masuk_dalam", "keluar_dalam", "jk_masuk", "jk_keluar")
#: Smaller units that a region of each level consists of.
_UNITS: Final[dict[Level, tuple[str, ...]]] = {
    "provinsi": ("kecamatan", "desa_kel", "tps", "previous_tps"),
    "kabkota": ("kecamatan", "desa_kel", "tps", "previous_tps"),
    "kecamatan": ("desa_kel", "tps", "previous_tps"),
    "desa": ("tps", "previous_tps"),
}
_MEMO = ("pindah_tps", "perbaikan", "pemula", "ditangguhkan", "disabilitas")


def tally(roll: Roll, previous: Roll | None, regions: Regions, law: Law, edition: Edition) -> Recap:
    """The recap of ``roll``; opening figures are counted anew from ``previous`` (None: nobody).

    ``roll.ledger`` and ``roll.changes`` hold all entries between the two. First-time voters are
    those not yet of age on the last polling day before the period's end (recap/elections.toml).
    """
    period = Period.parse(edition.period)
    days = {
        "day": _number(period.last.isoformat()),
        "polling": _number(last_before(period.last).day.isoformat()),
        "voting_age": law.eligibility.age,
    }
    facts, units = _count(roll, previous or Roll.empty(), days)
    counts: dict[str, dict[str, Count]] = {}
    for fact in facts.to_pylist():
        found = Count(fact["l"], fact["p"], fact["total"])
        counts.setdefault(fact["code"], {})[fact["cell"]] = found
    standing = {unit.pop("code"): unit for unit in units.to_pylist()}
    cells = _cells(facts.column("cell").unique().to_pylist(), law)
    rows = (_row(c, cells, counts[c], standing.get(c), regions) for c in _ordered(counts))
    return Recap(edition, tuple(rows))


def _number(day: str) -> int:
    return int(day.replace("-", ""))


def _ordered(codes: Iterable[str]) -> list[str]:
    """Codes by level; no provinsi of which the roll holds only one kabupaten/kota.

    Its row would give one kota's figures under a province's name.
    """
    listed = sorted(codes, key=lambda code: (len(code), code))
    kabs = [code for code in listed if len(code) == 4]
    return [c for c in listed if len(c) > 2 or sum(kab.startswith(c) for kab in kabs) > 1]


def _count(roll: Roll, previous: Roll, days: dict[str, int]) -> tuple[pa.Table, pa.Table]:
    """Counts by code and cell, and units by code."""
    with connection() as con:
        con.register("voters", roll.voters)
        con.register("departed", roll.departed)
        con.register("opening", previous.voters)
        con.register("ledger", roll.ledger)
        con.register("changes", roll.changes)
        con.execute(f"CREATE TABLE people AS {sql.people()}", days)
        con.execute(f"CREATE TABLE movements AS {sql.movements()}")
        parts = (sql.standing(), sql.opening(), sql.flows(), sql.corrections())
        con.execute(f"CREATE TABLE facts AS {' UNION ALL BY NAME '.join(f'({p})' for p in parts)}")
        return con.sql(sql.rolled_up()).to_arrow_table(), con.sql(sql.units()).to_arrow_table()


def _cells(found: list[str], law: Law) -> list[str]:
    """Every cell each row has, in the order documents show them; what the law lists comes first."""
    leaving = [word for word, rule in law.removals.items() if rule.leaves]
    bands = [word for _, word in sql.BANDS + sql.OLDER_BANDS]
    listed = [
        *_ALWAYS,
        *_MEMO,
        *(f"baru.{word}" for word in law.additions),
        *(f"tms.{word}" for word in leaving),
        *(f"usia.{word}" for word in (*bands, sql.LAST_BAND)),
        *("ktp_el.S", "ktp_el.B"),
        *(f"perbaikan.{kind}" for kind in dict.fromkeys(sql.KINDS.values())),
    ]
    return list(dict.fromkeys([*listed, *sorted(found)]))


def _row(
    code: str,
    cells: list[str],
    counts: dict[str, Count],
    units: dict[str, int] | None,
    regions: Regions,
) -> Row:
    region = regions.get(code)
    name = region.name if region else dotted(code)
    complete = {cell: counts.get(cell, Count()) for cell in cells}
    level = LEVEL_OF_LENGTH[len(code)]
    inside = {unit: (units or {}).get(unit, 0) for unit in _UNITS[level]}
    return Row(code, level, name, complete, inside)
