"""Whole lists of one kelurahan, as its officers keep them, and whom they strike out."""

import numpy as np

from mutakhir.synthetic.arrays import Ints, chance, sample
from mutakhir.synthetic.claims import News, of_events
from mutakhir.synthetic.events import Happening
from mutakhir.synthetic.layouts import Rng
from mutakhir.synthetic.rates import REPORTS
from mutakhir.synthetic.rows import Rows, about, joined

_REGISTER_CAP = 800

#: Saring codes of 2023 for what befalls people, the truth of such a row, and how it counts as
#: told. Code 8 is the right person at the wrong TPS: a move inside the desa.
_CODES = {
    "died": ("1", "real_death", "dead"),
    "moved_out": ("4", "real_move_out", "out"),
    "moved_within": ("4", "real_move_within", "inside"),
    "joined_tni": ("6", "real_tni", "out"),
    "joined_polri": ("7", "real_polri", "out"),
    "wrong_tps": ("8", "wrong_tps", "inside"),
}
_NEW = ("turned_17", "married_under_17", "registered")


def in_desa(news: News, kind: str, desa: int) -> list[Happening]:
    """Events of a kind that befell people whose home is this desa."""
    home = news.world.population.desa
    return [event for event in news.quarter.events.get(kind, []) if home[event.person] == desa]


def known_in(rng: Rng, news: News, desa: int, *kinds: str) -> list[Happening]:
    """Those of them that the officers of the desa know of."""
    found = [event for kind in kinds for event in in_desa(news, kind, desa)]
    return [event for event in found if rng.random() < REPORTS["village_knows"]]


def residents(rng: Rng, news: News, desa: int) -> Rows:
    """Voters of the desa by TPS and family: newcomers on the list, most of the gone off.

    Some of the dead whom nobody reported still stand there.
    """
    world = news.world
    here = world.population.desa == desa
    voters = news.voters[here[news.voters]]
    dead = np.array(sorted(world.untold_dead), dtype=np.int64)
    dead = chance(rng, dead[here[dead] & world.listed[dead]], REPORTS["dead_still_on_lists"])
    new = [e for kind in _NEW for e in in_desa(news, kind, desa)]
    new = [event for event in new if rng.random() < REPORTS["new_on_lists"]]
    news.tell("in", [event.person for event in new])
    rows = joined(
        [
            about(world.population, voters, "already_on_roll", source="DPT"),
            about(world.population, dead, "dead_on_roll", source="DPT"),
            of_events(news, new, "real_new", source="BARU"),
        ]
    )
    keys = list(zip(rows.columns["tps"], rows.columns["nkk"], rows.columns["nik"], strict=True))
    return rows.take(sorted(range(len(rows)), key=lambda row: keys[row]))


def register(rng: Rng, news: News, desa: int) -> Rows:
    """The part of a village's own register that fits its program."""
    rows = residents(rng, news, desa)
    return rows.take(range(min(len(rows), _REGISTER_CAP)))


def screened_list(rng: Rng, news: News, desa: int) -> Rows:
    """The whole list with its struck lines at the end."""
    rows = joined([residents(rng, news, desa), struck(rng, news, desa, tuple(_CODES))])
    rows.columns["dpid"] = [news.world.dpid(person) for person in rows.person]
    return rows


def struck(rng: Rng, news: News, desa: int, kinds: tuple[str, ...]) -> Rows:
    """Those whom officers of the desa strike out, with the saring code of 2023."""
    population = news.world.population
    parts = []
    for kind in kinds:
        code, truth, told = _CODES[kind]
        found = known_in(rng, news, desa, kind)
        people = [event.person for event in found]
        news.tell(told, people)
        days = [event.day for event in found]
        parts.append(about(population, people, truth, keterangan=code, event_date=days))
    twice = population.doubled[population.desa[population.doubled] == desa]
    twice = twice[np.isin(twice, news.voters)] if news.quarter.number == 0 else twice[:0]
    parts.append(about(population, twice, "duplicate", keterangan="2"))
    return joined(parts)


def smallest(size: Ints, count: int) -> list[int]:
    """The desa with the fewest voters (but some), smallest first."""
    order = np.argsort(size, kind="stable")
    return [int(desa) for desa in order if size[desa] > 0][:count]


def others(rng: Rng, size: Ints, taken: list[int], count: int) -> list[int]:
    """``count`` further desa that have voters, drawn by chance, in code order."""
    free = np.setdiff1d(np.flatnonzero(size > 0), np.array(taken, dtype=np.int64))
    return [int(desa) for desa in sample(rng, free, count)]
