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
    return problems + _uncovered(topics)


def _chain_names(entry: Entry) -> list[str]:
    """What must be said once a day: an id; of code lists, a list in a version."""
    if entry.topic != "codes":
        return [entry.id]
    return [f"{entry.values['list']} {version}" for version in entry.values["versions"]]


def _chain_problems(chain: list[Entry]) -> list[Problem]:
    problems = []
    for before, after in pairwise(chain):
        if after.first <= before.last:
            what = f"overlaps {before.where} in {before.file}"
            do = f"End that one on {after.first - _DAY} or begin this one later."
            problems.append(Problem(after.file, after.where, what, do))
        elif after.first - _DAY > before.last:
            what = f"leaves a gap after {before.where} from {before.last + _DAY}"
            do = f"Begin it on {before.last + _DAY}, or write the rule for the days between."
            problems.append(Problem(after.file, after.where, what, do))
    return problems


def _uncovered(topics: dict[str, list[Entry]]) -> list[Problem]:
    laws = topics.get("law", [])
    if not laws:
        return [Problem("law.toml", "file", "no law", "Write at least one entry of topic law.")]
    problems = []
    for topic in EVERY_DAY:
        missing = _first_day_without(topics.get(topic, []), laws[0].first, laws[-1].last)
        if missing is not None:
            file = topics[topic][0].file if topics.get(topic) else f"{topic}.toml"
            what = f"a gap: nothing in force on {missing}, when a law is"
            problems.append(Problem(file, topic, what, "Write an entry that covers that day."))
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
