"""Polling days, as data: first-time voters are counted from the last one."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Election:
    """A national polling day."""

    name: str
    day: date


@cache
def _all() -> tuple[Election, ...]:
    text = (files("mutakhir.recap") / "elections.toml").read_text()
    listed = tomllib.loads(text)["election"]
    return tuple(sorted((Election(e["name"], e["day"]) for e in listed), key=lambda e: e.day))


def last_before(day: date) -> Election:
    """The last election before ``day``. Raises ValueError when none is known so early."""
    past = [election for election in _all() if election.day < day]
    if not past:
        raise ValueError(f"no election before {day} in recap/elections.toml")
    return past[-1]
