"""Look-up of one voter among many: time and size of the index, time of each kind of question.

    ./mutakhir bench lookup [--kabkota KODE] [--voters N] [--write]

Makes the demonstration's store in a fresh folder, indexes it and asks as screens do: people
drawn at random, by number and by name as it is mistyped, the record as of a day and the
timeline. ``--write`` puts the table into docs/benchmarks.md. Budget: under 10 ms by number,
300 ms by name, 100 ms a timeline, each at the 95th percentile of 2.4 million voters.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.lib.measure import Steps, machine, record  # noqa: E402

from mutakhir import rules  # noqa: E402
from mutakhir.casework.desk import casebook  # noqa: E402
from mutakhir.demo import Demo, steps  # noqa: E402
from mutakhir.roll import snapshot  # noqa: E402
from mutakhir.roll.as_of import voter_as_of  # noqa: E402
from mutakhir.roll.lookup import Lookup, build_lookup  # noqa: E402
from mutakhir.roll.timeline import proposals_on, timeline  # noqa: E402
from mutakhir.rules.period import Period  # noqa: E402
from mutakhir.store import Store  # noqa: E402

ASKED = 1_000
LETTERS = "ABDEGHIKLMNRSTUY"


@dataclass
class Asked:
    """Questions timed so far: what was asked, and milliseconds; for names how it went."""

    rows: list[tuple[str, list[float], str]] = field(default_factory=list)

    def ask(self, label: str, questions: Iterable[Any], question: Callable[[Any], Any]) -> None:
        """Ask each; a True is a success that the table counts."""
        took, went = [], []
        for each in questions:
            started = time.perf_counter()
            went.append(question(each))
            took.append(1000 * (time.perf_counter() - started))
        told = [each for each in went if isinstance(each, str)]
        share = ", ".join(
            f"{kind} {told.count(kind) / len(told):.1%}" for kind in sorted(set(told))
        )
        self.rows.append((label, took, share))

    def table(self) -> str:
        """The rows as a Markdown table."""
        lines = ["| Question | n | p50 ms | p95 ms | max ms | |", "|---|---:|---:|---:|---:|---|"]
        for label, took, share in self.rows:
            p50, p95, most = np.percentile(took, [50, 95, 100])
            lines.append(
                f"| {label} | {len(took):,} | {p50:.1f} | {p95:.1f} | {most:.0f} | {share} |"
            )
        return "\n".join(lines)


def main() -> None:
    """Measure and print; write when asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--voters", type=int, default=2_400_000)
    parser.add_argument("--kabkota", default="3603")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    measured, asked = Steps(), Asked()
    with tempfile.TemporaryDirectory() as home:
        demo = Demo(Path(home), (given.kabkota,), given.voters)
        for step in steps(demo):
            if step.period > demo.periods[-1]:
                break  # what the next quarter begins with is not looked at
            if step.title == "Bangun daftar":
                with measured.step("index of version 1, nothing decided yet"):
                    build_lookup(Store(demo.store), 1)
                _since(asked, demo)
            said = step.run(lambda _: None)
            print(f"{step.period} {step.title}: {said}", file=sys.stderr)
        with measured.step("index of version 2, after a quarter"):
            build_lookup(Store(demo.store), 2)
        store = Store(demo.store)
        sizes = {name: _mib(store.lookup / name) for name in ("people/0002", "history")}
        _numbers(asked, store, given.kabkota)
        _names(asked, store, given.kabkota)
        _stories(asked, store, given.kabkota)
    told = ", ".join(f"`{name}` {mib:.0f} MiB" for name, mib in sizes.items())
    command = f"./mutakhir bench lookup --kabkota {given.kabkota} --voters {given.voters}"
    body = (
        f"`{command}`, one run. {machine('pyarrow', 'numpy', 'rapidfuzz')}.\n\n"
        f"{measured.table()}\n\nOn disk: {told}.\n\n{asked.table()}\n\n"
        "Found: the person is among the first 50. Slip: one letter more, less or other, at any "
        "place. Budget at p95: 10 ms by number, 300 ms by name, 100 ms a timeline. "
        f"Load average (5 min) at the end: {os.getloadavg()[1]:.1f}."
    )
    print(body)
    if given.write:
        record(ROOT / "docs" / "benchmarks.md", f"Look-up among {given.voters:,} voters", body)


def _mib(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*.arrow")) / 2**20


def _drawn(store: Store, version: int) -> list[dict[str, Any]]:
    """Voters drawn at random."""
    voters = snapshot.read(store, version).voters
    return voters.take(_some(range(voters.num_rows))).to_pylist()


def _some(every: Sequence[Any]) -> list[Any]:
    return random.Random(11).sample(every, min(ASKED, len(every)))


def _since(asked: Asked, demo: Demo) -> None:
    """Voters as of today, while the quarter's decisions are sealed and no roll is built yet."""
    store = Store(demo.store)
    lookup, book, law = Lookup.open(store, 1), casebook(store), rules.load()
    day = Period.parse(demo.periods[0]).last
    touched = _some(sorted(book.of_voter))
    area = (demo.kabs[0],)

    def ask(dpid: str) -> None:
        voter_as_of(lookup, dpid, day, area, book=book, rules=law)

    asked.ask("as of a day, decided on and not built yet", touched, ask)


def _numbers(asked: Asked, store: Store, kab: str) -> None:
    people = _drawn(store, 2)
    asked.ask("open", people, lambda _: Lookup.open(store, 2))
    lookup = Lookup.open(store, 2)
    asked.ask("by DPID", people, lambda person: lookup.by_dpid(person["dpid"], (kab,)))
    with_nik = [person for person in people if person["nik"]]
    asked.ask("by NIK", with_nik, lambda person: lookup.by_nik(person["nik"], (kab,)))
    with_nkk = [person for person in people if person["nkk"]]
    asked.ask("by NKK", with_nkk, lambda person: lookup.by_nkk(person["nkk"], (kab,)))
    asked.ask("counts by desa", people[:100], lambda _: lookup.counts((kab,), level="desa"))


def _names(asked: Asked, store: Store, kab: str) -> None:
    lookup, dice = Lookup.open(store, 2), random.Random(13)
    people = [person for person in _drawn(store, 2) if not _unknown(person["birth_date"])]

    def ask(write: Callable[[str], str], **narrow: Callable[[dict[str, Any]], str]) -> Any:
        def question(person: dict[str, Any]) -> str:
            narrowed = {name: of(person) for name, of in narrow.items()}
            found = lookup.search(write(person["name"]), (kab,), limit=50, **narrowed)
            if person["dpid"] in {row["dpid"] for row in found.rows}:
                return "found"
            return "too many" if found.too_many else "not found"

        return question

    def same(name: str) -> str:
        return name

    def slip(name: str) -> str:
        return _slip(name, dice)

    def year(person: dict[str, Any]) -> str:
        return str(person["birth_date"][:4])

    asked.ask("name", people, ask(same))
    asked.ask("name, birth date", people, ask(same, born=lambda person: person["birth_date"]))
    asked.ask("name, birth year", people, ask(same, born=year))
    asked.ask("name, desa", people, ask(same, region=lambda person: person["desa"]))
    asked.ask("name with a slip", people, ask(slip))
    asked.ask("name with a slip, birth year", people, ask(slip, born=year))
    asked.ask("words turned round, birth year", people, ask(_turned, born=year))
    asked.ask("MUHAMMAD alone", people[:100], ask(lambda _: "MUHAMMAD"))


def _stories(asked: Asked, store: Store, kab: str) -> None:
    lookup, book, law = Lookup.open(store, 2), casebook(store), rules.load()
    dpids = [*_some(sorted(book.of_voter)), *(person["dpid"] for person in _drawn(store, 2))]
    last = Period.parse(snapshot.manifest(store, 2).period).last

    def as_of(dpid: str) -> None:
        voter_as_of(lookup, dpid, last - timedelta(days=9), (kab,), book=book, rules=law)

    asked.ask("as of a day, an earlier version", dpids, as_of)
    asked.ask("timeline", dpids, lambda dpid: timeline(lookup, dpid, (kab,), book=book))
    asked.ask("proposals from the store's files", dpids[:200], lambda d: proposals_on(store, d))


def _unknown(born: str | None) -> bool:
    return born is None or born.startswith("0000") or "-00" in born


def _slip(name: str, dice: random.Random) -> str:
    place, letter = dice.randrange(len(name)), dice.choice(LETTERS)
    ways = (
        f"{name[:place]}{letter}{name[place:]}",
        f"{name[:place]}{name[place + 1 :]}",
        f"{name[:place]}{letter}{name[place + 1 :]}",
    )
    found = dice.choice(ways)
    return found if any(map(str.isalpha, found)) else name


def _turned(name: str) -> str:
    return " ".join(reversed(name.split()))


if __name__ == "__main__":
    main()
