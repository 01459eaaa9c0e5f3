"""Checks across entries: one rule a day for each thing, and no day without one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from mutakhir.rules.entry import FOREVER, Entry, Problem
from mutakhir.rules.topics import EVERY_DAY

_DAY = timedelta(days=1)


def problems_between(entries: Iterable[Entry]) -> list[Problem]:
    """Overlaps and gaps between (faultless) entries."""
    chains: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    topics: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.topic, entry.id, entry.first)):
        topics[entry.topic].append(entry)
        for name in _chain_names(entry):
            chains[entry.topic, name].append(entry)
    problems = [problem for chain in chains.values() for problem in _chain_problems(chain)]
    return problems + _uncovered(topics) + _death_documents(topics)


def _chain_names(entry: Entry) -> list[str]:
    """What must be said once a day: an id; of code lists, a list in a version."""
    if entry.topic != "codes":
        return [entry.id]
    return [f"{entry.values['list']} {version}" for version in entry.values["versions"]]


def _chain_problems(chain: list[Entry]) -> list[Problem]:
    problems = []
    for before, after in pairwise(chain):
        if after.first <= before.last:
            what = f"tumpang tindih dengan {before.where} di {before.file}"
            do = f"Akhiri yang itu pada {after.first - _DAY}, atau mulai yang ini kemudian."
            problems.append(Problem(after.file, after.where, what, do))
        elif after.first - _DAY > before.last:
            what = f"ada celah sejak {before.last + _DAY}, sesudah {before.where}"
            do = f"Mulai pada {before.last + _DAY}, atau tulis aturan untuk hari di antaranya."
            problems.append(Problem(after.file, after.where, what, do))
    return problems


def _uncovered(topics: dict[str, list[Entry]]) -> list[Problem]:
    laws = topics.get("law", [])
    if not laws:
        return [
            Problem("law.toml", "berkas", "tidak ada topik law", "Tulis sedikitnya satu butir.")
        ]
    problems = []
    for topic in EVERY_DAY:
        missing = _first_day_without(topics.get(topic, []), laws[0].first, laws[-1].last)
        if missing is not None:
            file = topics[topic][0].file if topics.get(topic) else f"{topic}.toml"
            what = f"celah: tidak ada yang berlaku pada {missing}"
            problems.append(Problem(file, topic, what, "Tulis butir yang mencakup hari itu."))
    return problems


def _first_day_without(entries: list[Entry], first: date, last: date) -> date | None:
    day = first
    for entry in sorted(entries, key=lambda entry: entry.first):
        if entry.first > day:
            return day
        if entry.last >= last or entry.last == FOREVER:
            return None
        day = max(day, entry.last + _DAY)
    return day


def _death_documents(topics: dict[str, list[Entry]]) -> list[Problem]:
    """The documents on which a death removes are the rungs that remove, said in two files."""
    problems = []
    for death in (entry for entry in topics["removal"] if entry.id == "meninggal"):
        rungs = [rung for rung in topics["rungs"] if rung.holds(death.first)]
        remove = {rung.id for rung in rungs if rung.values["removes"]}
        if set(death.values["documents"]) != remove:
            what = f"documents bukan anak tangga bukti yang mencoret ({', '.join(sorted(remove))})"
            problems.append(Problem(death.file, death.where, what, "Samakan dengan rungs."))
    return problems
