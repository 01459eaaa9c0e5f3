"""What happens to people in a quarter, and what the office has been told so far."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.synthetic import names
from mutakhir.synthetic.arrays import Bools, Ints, chance, near, pick, sample
from mutakhir.synthetic.families import (
    CHILD_STATE,
    DEAD,
    GONE,
    MILITARY,
    OUTSIDE,
    UNREGISTERED,
    age_on,
)
from mutakhir.synthetic.population import Population
from mutakhir.synthetic.rates import EVENTS

EVENT_SCHEMA = pa.schema(
    [
        pa.field("person_id", pa.int64()),
        pa.field("period", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("date", pa.string()),
        pa.field("desa_to", pa.string()),
        pa.field("tps_to", pa.string()),
        pa.field("other_region", pa.string()),
        pa.field("field", pa.string()),
        pa.field("old", pa.string()),
        pa.field("new", pa.string()),
    ]
)


@dataclass(frozen=True)
class Happening:
    """One event of one person (an index into the population)."""

    person: int
    kind: str
    day: str
    desa_to: str | None = None
    tps_to: str | None = None
    other_region: str | None = None
    field: str | None = None
    old: str | None = None
    new: str | None = None


@dataclass
class World:
    """The population as it changes. ``listed``: on the roll if the office believed all true news.

    ``opening_source``: source_id of the opening list; ``opening_row``: person -> row in it or 0.
    """

    population: Population
    alive: Bools
    resident: Bools
    military: Bools
    listed: Bools
    opening_source: str
    opening_row: Ints
    untold_dead: set[int] = field(default_factory=set)
    late: list[Happening] = field(default_factory=list)
    struck_dead: list[int] = field(default_factory=list)

    @classmethod
    def at_opening(cls, population: Population, source: str, rows: Ints) -> "World":
        """The world on the day of the opening roll."""
        state = population.state
        dead = np.flatnonzero((state == DEAD) & population.listed)
        return cls(
            population,
            alive=state != DEAD,
            resident=~np.isin(state, [OUTSIDE, GONE]) & ~population.people.gone,
            military=state == MILITARY,
            listed=population.listed.copy(),
            opening_source=source,
            opening_row=rows,
            untold_dead=set(dead.tolist()),
        )

    def voters(self) -> Ints:
        """Living residents who are listed."""
        return np.flatnonzero(self.alive & self.resident & self.listed & ~self.military)

    def dpid(self, person: int) -> str | None:
        """The person's DPID as the office's own printed lists show it; None for newcomers."""
        row = self.opening_row[person]
        if not row:
            return None
        return hashlib.sha256(f"dpid|{self.opening_source}:0:{row}".encode()).hexdigest()[:16]

    def absent(self) -> Ints:
        """People that sources may still name although they are off the roll: gone or dead."""
        return np.flatnonzero(~self.listed & (~self.alive | self.population.people.gone))


@dataclass
class Quarter:
    """One quarter's events by kind."""

    period: str
    number: int
    first: date
    last: date
    events: dict[str, list[Happening]] = field(default_factory=dict)

    def people(self, kind: str) -> Ints:
        """Whom events of this kind befell."""
        return np.array([event.person for event in self.events.get(kind, [])], dtype=np.int64)


def _days(rng: np.random.Generator, first: date, last: date, size: int) -> list[str]:
    start = np.datetime64(first)
    offsets = rng.integers(0, (last - first).days + 1, size).astype("timedelta64[D]")
    return [str(day) for day in start + offsets]


def live(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    """Let the quarter happen: its events are drawn and the world changes."""
    _come_of_age(world, quarter)
    _die(rng, world, quarter)
    _move(rng, world, quarter)
    _serve(rng, world, quarter)
    _change(rng, world, quarter)
    _register(rng, world, quarter)


def _add(quarter: Quarter, kind: str, people: Ints, days: list[str]) -> None:
    found = [Happening(int(p), kind, day) for p, day in zip(people, days, strict=True)]
    quarter.events.setdefault(kind, []).extend(found)


def _come_of_age(world: World, quarter: Quarter) -> None:
    birth = world.population.people.birth
    before = age_on(birth, np.datetime64(quarter.first) - 1)
    now = age_on(birth, np.datetime64(quarter.last))
    child = (world.population.state == CHILD_STATE) & ~world.listed & world.resident
    turned = np.flatnonzero(child & (before < 17) & (now >= 17))
    days = [f"{int(str(day)[:4]) + 17}{str(day)[4:]}" for day in birth[turned]]
    _add(quarter, "turned_17", turned, days)


def _die(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    voters = world.voters()
    age = age_on(world.population.people.birth[voters], np.datetime64(quarter.first))
    risk = np.where(age > 75, 9.0, np.where(age > 60, 3.6, np.where(age > 45, 1.1, 0.25)))
    dead = voters[rng.random(len(voters)) < risk * EVENTS["died"] * 0.88]
    _add(quarter, "died", dead, _days(rng, quarter.first, quarter.last, len(dead)))
    world.alive[dead] = False
    world.untold_dead.update(dead.tolist())


def _move(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    """Whole families leave, arrive and move inside; some people move alone."""
    around = world.population.where.kabs_around
    left = _kin(rng, world, EVENTS["moved_out"])
    arrived = np.flatnonzero(world.population.people.arrives == quarter.number)
    for kind, people in (("moved_out", left), ("moved_in", arrived)):
        days = _days(rng, quarter.first, quarter.last, len(people))
        far = near(rng, len(around), len(people))
        quarter.events[kind] = [
            Happening(int(p), kind, day, other_region=around[where])
            for p, day, where in zip(people, days, far, strict=True)
        ]
    _cross(rng, world, quarter)
    world.resident[left] = False
    world.resident[arrived] = True
    _move_within(rng, world, quarter)


def _cross(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    """Some leave for the next kab of the run; some newcomers are those who left the one before."""
    following = world.population.where.next_kab
    if following is not None:
        left = quarter.events["moved_out"]
        chosen = rng.random(len(left)) < EVENTS["moved_to_next_kab"]
        quarter.events["moved_out"] = [
            replace(event, other_region=following) if crosses else event
            for event, crosses in zip(left, chosen, strict=True)
        ]
    for number, event in enumerate(quarter.events["moved_in"]):
        crossing = world.population.crossed.get(event.person)
        if crossing is not None:
            came = replace(event, day=crossing.day, other_region=crossing.kab)
            quarter.events["moved_in"][number] = came


def _kin(rng: np.random.Generator, world: World, rate: float) -> Ints:
    """About ``rate`` of the voters, in whole families."""
    family = world.population.people.family
    moving = rng.random(int(family.max()) + 1) < rate
    voters = world.voters()
    return voters[moving[family[voters]]]


def _move_within(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    population = world.population
    where = population.where
    stations = np.zeros(len(where.desa), dtype=np.int64)
    np.maximum.at(stations, population.desa, population.tps)
    inside = _kin(rng, world, EVENTS["moved_within"])
    family = population.people.family[inside]
    desa = (family * 2654435761 % 4294967291) % len(where.desa)
    days = _days(rng, quarter.first, quarter.last, len(inside))
    quarter.events["moved_within"] = [
        Happening(int(p), "moved_within", day, where.desa[d], f"{1 + f % max(stations[d], 1):03d}")
        for p, f, d, day in zip(inside, family, desa, days, strict=True)
        if d != population.desa[p]
    ]
    wrong = chance(rng, world.voters(), EVENTS["wrong_tps"])
    quarter.events["wrong_tps"] = [
        Happening(
            int(p),
            "wrong_tps",
            str(quarter.last),
            tps_to=f"{_next_tps(population, p, stations):03d}",
        )
        for p in wrong
        if stations[population.desa[p]] > 1
    ]


def _next_tps(population: Population, person: int, stations: Ints) -> int:
    return int(population.tps[person] % stations[population.desa[person]] + 1)


def _serve(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    """Into and out of TNI and Polri, into prison, and the rare court that takes the right."""
    people = world.population.people
    voters = world.voters()
    age = age_on(people.birth[voters], np.datetime64(quarter.first))
    young = voters[(age >= 18) & (age <= 24) & ~people.female[voters]]
    share = len(voters) / max(len(young), 1)
    soldiers = np.flatnonzero(world.military & world.alive)
    drawn = {
        "joined_tni": chance(rng, young, EVENTS["joined_tni"] * share),
        "joined_polri": chance(rng, young, EVENTS["joined_polri"] * share),
        "left_tni_polri": chance(rng, soldiers, EVENTS["left_tni_polri"]),
        "imprisoned": chance(rng, voters[~people.female[voters]], 2 * EVENTS["imprisoned"]),
        "right_revoked": chance(rng, voters, EVENTS["right_revoked"]),
    }
    drawn["joined_polri"] = np.setdiff1d(drawn["joined_polri"], drawn["joined_tni"])
    for kind, who in drawn.items():
        _add(quarter, kind, who, _days(rng, quarter.first, quarter.last, len(who)))
    for kind in ("joined_tni", "joined_polri"):
        world.military[drawn[kind]] = True
    world.military[drawn["left_tni_polri"]] = False


def _change(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    """Marriages and corrections: details change, the total does not."""
    population = world.population
    voters = world.voters()
    age = age_on(population.people.birth[voters], np.datetime64(quarter.first))
    single = voters[(population.people.marital[voters] == "B") & (age >= 18) & (age <= 35)]
    rate = EVENTS["married"] * len(voters) / max(len(single), 1)
    married = chance(rng, single, rate)
    quarter.events["married"] = [
        Happening(int(p), "married", day, field="marital", old="B", new="S")
        for p, day in zip(
            married, _days(rng, quarter.first, quarter.last, len(married)), strict=True
        )
    ]
    _marry_young(rng, world, quarter)
    corrected = np.setdiff1d(chance(rng, voters, EVENTS["corrected"]), married)
    kinds = ("name", "address", "birth_date", "birth_place", "nkk", "disability")
    which = pick(rng, (30, 30, 15, 10, 10, 5), len(corrected))
    found = [
        _correction(rng, population, int(p), kinds[k], str(quarter.last))
        for p, k in zip(corrected, which, strict=True)
    ]
    quarter.events["corrected"] = [event for event in found if event.old != event.new]


def _marry_young(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    """Girls of 16 who marry: they may vote though not yet 17."""
    people = world.population.people
    age = age_on(people.birth, np.datetime64(quarter.last))
    child = (world.population.state == CHILD_STATE) & ~world.listed & world.resident
    girls = np.flatnonzero(child & people.female & (age == 16))
    brides = chance(rng, girls, EVENTS["married_under_17"])
    quarter.events["married_under_17"] = [
        Happening(int(p), "married_under_17", str(quarter.last), field="marital", old="B", new="S")
        for p in brides
    ]
    people.marital[brides] = "S"


def _correction(
    rng: np.random.Generator, population: Population, person: int, what: str, day: str
) -> Happening:
    old = population.fields[what][person].as_py()
    neighbour = int(rng.integers(population.size))
    if what == "name":
        new = respelt(rng, old)
    elif what == "birth_date":
        new = f"{old[:8]}{int(rng.integers(1, 29)):02d}"
    elif what == "nkk":
        new = f"{old[:12]}{int(old[12:]) + 500:04d}"
    elif what == "disability":
        new = "fisik"
    else:
        new = population.fields[what][neighbour].as_py()
    return Happening(person, "corrected", day, field=what, old=old, new=new)


def respelt(rng: np.random.Generator, name: str) -> str:
    """The name with one word spelt another attested way; doubled or single letters otherwise."""
    words = name.split(" ")
    table = names.variants()
    choices = [(i, other) for i, word in enumerate(words) for other in table.get(word, ())]
    if choices:
        at, other = choices[int(rng.integers(len(choices)))]
        words[at] = other
        return " ".join(words)
    for old, new in (("U", "OE"), ("Y", "I"), ("I", "Y"), ("A", "AA"), ("E", "EE")):
        if old in words[-1]:
            words[-1] = words[-1].replace(old, new, 1)
            break
    return " ".join(words)


def _register(rng: np.random.Generator, world: World, quarter: Quarter) -> None:
    """The never listed come forward; some newcomers register a second time."""
    state = world.population.state
    waiting = np.flatnonzero((state == UNREGISTERED) & ~world.listed & world.alive)
    waiting = waiting[
        age_on(world.population.people.birth[waiting], np.datetime64(quarter.last)) >= 17
    ]
    waiting = waiting[world.resident[waiting]]
    at_last = chance(rng, waiting, EVENTS["registers_at_last"])
    _add(quarter, "registered", at_last, _days(rng, quarter.first, quarter.last, len(at_last)))
    newcomers = np.r_[quarter.people("moved_in"), quarter.people("turned_17")]
    twice = sample(rng, np.sort(newcomers), round(EVENTS["registers_twice"] * len(newcomers)))
    _add(quarter, "double_registered", twice, [str(quarter.last)] * len(twice))


def qualified_events(world: World, events: list[Happening], day: date) -> list[Happening]:
    """Events of people who may vote on ``day`` (Law 7/2017 Art. 198: 17, or ever married)."""
    people = world.population.people
    who = np.array([event.person for event in events], dtype=np.int64)
    may = (age_on(people.birth[who], np.datetime64(day)) >= 17) | (people.marital[who] != "B")
    return [event for event, yes in zip(events, may, strict=True) if yes]


def happened(world: World, quarter: Quarter) -> None:
    """Moves inside and changed details become the truth that later quarters start from."""
    population = world.population
    changes: dict[str, dict[int, str]] = {}
    for kind in ("corrected", "married", "married_under_17", "moved_within", "wrong_tps"):
        for event in quarter.events.get(kind, []):
            if event.field is not None and event.new is not None:
                changes.setdefault(event.field, {})[event.person] = event.new
            if event.tps_to is not None:
                changes.setdefault("tps", {})[event.person] = event.tps_to
                population.tps[event.person] = int(event.tps_to)
            if event.desa_to is not None:
                changes.setdefault("desa", {})[event.person] = event.desa_to
                population.desa[event.person] = population.where.desa.index(event.desa_to)
    for name, values in changes.items():
        people = sorted(values)
        mask = np.zeros(population.size, dtype=bool)
        mask[people] = True
        new = pa.array([values[person] for person in people], pa.string())
        population.fields[name] = pc.replace_with_mask(population.fields[name], pa.array(mask), new)


def table(population: Population, quarters: list[Quarter]) -> pa.Table:
    """All events of all quarters (EVENT_SCHEMA)."""
    rows = [
        {
            "person_id": int(population.where.kab) * 10_000_000 + event.person,
            "period": quarter.period,
            "kind": event.kind,
            "date": event.day,
            **{name: getattr(event, name) for name in EVENT_SCHEMA.names[4:]},
        }
        for quarter in quarters
        for kind in sorted(quarter.events)
        for event in quarter.events[kind]
    ]
    return pa.Table.from_pylist(rows, schema=EVENT_SCHEMA)
