"""A small office for tests: a store, sources as tables, people who decide. No files come in."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lib.people import records
from mutakhir import rules
from mutakhir.casework import office
from mutakhir.casework.draft import OUTCOME_SCHEMA, Proposals
from mutakhir.casework.seal import SealReceipt, seal
from mutakhir.casework.verdict import Verdict
from mutakhir.engines import engine
from mutakhir.intake.sources import sha256_of
from mutakhir.roll.steps import Built, build_version
from mutakhir.rules.period import Period
from mutakhir.store import Store, swapped_folder, write_json

KAB = "3673"
Q2, Q3, Q4 = "2026-Q2", "2026-Q3", "2026-Q4"
OPERATOR, CHECKER, STRANGER = "petugas-1", "petugas-2", "petugas-3"


def at(number: int) -> str:
    """The ``number``-th minute of the office's clock."""
    return f"2026-09-{1 + number // 1440:02d}T{number // 60 % 24:02d}:{number % 60:02d}:00+07:00"


class Office:
    """Does what the commands do, with its own clock."""

    def __init__(self, root: Path, engine_name: str = "duckdb") -> None:
        self.store = Store.open(root, create=True)
        self.engine = engine(engine_name)
        self.rules = rules.load()
        self.minute = 0

    def now(self) -> str:
        self.minute += 1
        return at(self.minute)

    def law(self, period: str = Q3) -> rules.Law:
        return self.rules.at(Period.parse(period).last)

    def source(self, *lines: dict[str, Any]) -> str:
        table = records(*lines)
        source_id = table["source_id"][0].as_py()
        with swapped_folder(self.store.source(source_id)) as folder:
            pq.write_table(table, folder / "records.parquet")
            told = {"file": "daftar.csv", "records": sha256_of(folder / "records.parquet")}
            write_json(folder / "manifest.json", told)
        return str(source_id)

    def adopt(self, source: str, period: str = Q2, kab: str = KAB) -> None:
        law = self.law(period)
        office.adopt(
            self.store.decisions,
            period=period,
            kab=kab,
            source=source,
            by=OPERATOR,
            law=law,
            at=self.now(),
        )

    def put(self, found: Proposals, period: str = Q3) -> None:
        """Lay proposals on the desk as ``propose_period`` does."""
        with swapped_folder(self.store.period(period)) as folder:
            pq.write_table(found.proposals, folder / "proposals.parquet")
            pq.write_table(found.outcomes, folder / "outcomes.parquet")

    def seal(
        self, proposals: pa.Table, verdicts: Iterable[Verdict], period: str = Q3, kab: str = KAB
    ) -> SealReceipt:
        return seal(
            self.store.decisions,
            period=period,
            kab=kab,
            proposals=proposals,
            verdicts=verdicts,
            law=self.law(period),
            at=self.now(),
        )

    def accept(
        self, proposals: pa.Table, period: str = Q3, document: str | None = None
    ) -> list[SealReceipt]:
        """Accept every proposal, then let the second person approve what waits for one."""
        ids = proposals["proposal_id"].to_pylist()
        first = [Verdict(i, "accept", OPERATOR, document=document) for i in ids]
        second = [Verdict(i, "approve", CHECKER) for i in ids]
        return [self.seal(proposals, first, period), self.seal(proposals, second, period)]

    def act(self, name: str, period: str = Q3, **more: Any) -> Any:
        """``overturn``, ``withdraw``, ``approve`` or ``close``."""
        given = {"period": period, "kab": KAB, "law": self.law(period), "at": self.now(), **more}
        return getattr(office, name)(self.store.decisions, **given)

    def overturn(self, seq: int, period: str = Q3) -> None:
        made = self.act("overturn", period, seq=seq, by=OPERATOR, note="keliru")
        self.act("approve", period, seq=made.seq, by=CHECKER)

    def withdraw(self, source: str, period: str = Q3) -> None:
        made = self.act("withdraw", period, source=source, by=OPERATOR, note="berkas salah")
        self.act("approve", period, seq=made.seq, by=CHECKER)

    def build(self, period: str = Q3) -> Built:
        return build_version(self.store, period, self.engine, self.rules)


def no_outcomes() -> pa.Table:
    """Outcomes of nobody."""
    return OUTCOME_SCHEMA.empty_table()
