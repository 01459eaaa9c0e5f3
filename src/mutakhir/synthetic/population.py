"""The population at the opening: everyone who is, was or will be on the roll, with truth."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from mutakhir.synthetic import families, names, numbers
from mutakhir.synthetic.arrays import (
    Bools,
    Days,
    Ints,
    chance,
    iso,
    near,
    pick,
    sample,
    stream,
    strings,
    zero_padded,
)
from mutakhir.synthetic.families import (
    CHILD,
    CHILD_STATE,
    DEAD,
    ELDER,
    GONE,
    HEAD,
    MILITARY,
    OUTSIDE,
    STATES,
    TWIN,
    UNREGISTERED,
    VOTER,
    Households,
    age_on,
)
from mutakhir.synthetic.places import Homes, Places, places, settle
from mutakhir.synthetic.rates import PEOPLE

#: Disability words and how common each is (domain list of 2023).
DISABILITIES = ("fisik", "intelektual", "mental", "wicara", "rungu", "netra")
_DISABILITY_WEIGHTS = (40, 8, 18, 12, 10, 12)


@dataclass(frozen=True)
class Crossing:
    """A person who moved here from another kab of the run, with the fields a mover keeps."""

    quarter: int
    person_id: int  # over there
    kab: str
    day: str
    fields: dict[str, str]


@dataclass
class Population:
    """People of one kabupaten/kota as arrays of one length; ``fields`` holds their text.

    ``fields``: name -> text column (person.PERSON_FIELDS, names with titles). ``doubled``: people
    who stand twice on the opening roll. ``related``: twin_of, namesake_of, parent_of_same_name:
    index of the other person or -1. ``crossed``: newcomers who left another kab of the run.
    """

    where: Places
    opening: np.datetime64
    people: Households
    state: Ints
    listed: Bools
    desa: Ints
    tps: Ints
    fields: dict[str, pa.StringArray]
    doubled: Ints
    related: dict[str, Ints]
    unknown_birthday: Bools
    crossed: dict[int, Crossing] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.people)

    def person_id(self, index: Ints) -> Ints:
        """Identity in the truth files: kab code and index."""
        return np.asarray(int(self.where.kab) * 10_000_000 + index, dtype=np.int64)


def populate(
    kab: str,
    *,
    kabs: tuple[str, ...],
    voters: int,
    seed: int,
    opening: np.datetime64,
    quarters: int,
) -> Population:
    """People of ``kab`` whose opening roll has exactly ``voters`` lines."""
    where = places(stream(seed, kab, "places"), kab, kabs)
    doubles = max(1, round(PEOPLE["double_on_roll"] * voters))
    rng = stream(seed, kab, "families")
    people = families.draw(rng, voters, opening, quarters)
    state, listed = _states(stream(seed, kab, "states"), people, opening)
    end = int(np.searchsorted(np.cumsum(listed), voters - doubles)) + 1
    if end > len(people):
        raise AssertionError("families drawn too few")
    people, state, listed = people.take(np.arange(end)), state[:end], listed[:end]
    homes = settle(stream(seed, kab, "homes"), where, _voters_per_family(people, listed))
    fields, related = _fields(stream(seed, kab, "fields"), where, people, homes, opening)
    month_day = np.datetime_as_string(people.birth, unit="D").astype("U10")
    return Population(
        where=where,
        opening=opening,
        people=people,
        state=state,
        listed=listed,
        desa=homes.desa[people.family],
        tps=homes.tps[people.family],
        fields=fields,
        doubled=sample(stream(seed, kab, "doubles"), np.flatnonzero(listed), doubles),
        related=related,
        unknown_birthday=np.isin(
            np.char.partition(month_day, "-")[:, 2], ["07-01", "12-31", "01-01"]
        ),
    )


def _voters_per_family(people: Households, listed: Bools) -> Ints:
    """Listed members of each family; also makes family numbers count from 0 without gaps."""
    _, people.family = np.unique(people.family, return_inverse=True)
    return np.bincount(people.family, weights=listed).astype(np.int64)


def _states(
    rng: np.random.Generator, people: Households, opening: np.datetime64
) -> tuple[Ints, Bools]:
    """What each person is at the opening, and whether the opening roll lists them."""
    age = age_on(people.birth, opening)
    size = len(people)
    qualified = (age >= 17) | (people.marital != "B")
    state = np.where(qualified, VOTER, CHILD_STATE)
    soldier = qualified & ~people.female & (age >= 18) & (age < 58)
    state[soldier & (rng.random(size) < PEOPLE["military"] * 3)] = MILITARY
    state[(state == VOTER) & (rng.random(size) < PEOPLE["unregistered"])] = UNREGISTERED
    dying = np.where(age > 70, 6.0, np.where(age > 50, 2.0, 0.3)) * PEOPLE["dead_on_roll"]
    state[(state == VOTER) & (rng.random(size) < dying)] = DEAD
    state[people.arrives >= 0] = OUTSIDE
    state[people.gone] = GONE
    state[people.gone & (rng.random(size) < 0.15)] = DEAD
    listed = ((state == VOTER) | (state == DEAD)) & ~people.gone
    minors = np.flatnonzero(state == CHILD_STATE)
    listed[sample(rng, minors, round(PEOPLE["minor_on_roll"] * size))] = True
    return state, listed


def _fields(
    rng: np.random.Generator,
    where: Places,
    people: Households,
    homes: Homes,
    opening: np.datetime64,
) -> tuple[dict[str, pa.StringArray], dict[str, Ints]]:
    """Every text of every person, and who resembles whom."""
    drawn, related = _names(rng, people, opening)
    family = people.family
    home_families = len(homes.desa)
    kecamatan = np.array([where.own_kecamatan.index(code[:6]) for code in where.desa])
    home_region = kecamatan[homes.desa]
    nkk = numbers.family_numbers(rng, where.own_kecamatan, home_region, opening)
    own = rng.random(home_families) < PEOPLE["first_registered_here"]
    far = near(rng, len(where.far_kecamatan), home_families)
    stranger = (rng.random(len(people)) < 0.12) | (people.arrives >= 0)
    elsewhere = near(rng, len(where.far_kecamatan), len(people))
    kin = ~own[family] & (people.role < CHILD)
    region = np.where(kin, len(where.own_kecamatan) + far[family], home_region[family])
    alone = stranger & ((people.role < CHILD) | (people.role == ELDER))
    region = np.where(alone, len(where.own_kecamatan) + elsewhere, region)
    fields = {
        "nkk": nkk.take(pa.array(family)),
        "nik": _niks(rng, where, people, region),
        "name": drawn,
        "birth_place": _birth_places(rng, where, region),
        "birth_date": iso(people.birth),
        "sex": strings(["L", "P"], people.female.astype(np.int64)),
        "marital": pa.array(people.marital, pa.string()),
        "address": homes.address.take(pa.array(family)),
        "rt": zero_padded(homes.rt, 3).take(pa.array(family)),
        "rw": zero_padded(homes.rw, 3).take(pa.array(family)),
        "desa": strings(where.desa, homes.desa[family]),
        "tps": zero_padded(homes.tps, 3).take(pa.array(family)),
        "disability": _disabilities(rng, len(people)),
        "ktp_el": _ktp_el(rng, age_on(people.birth, opening)),
    }
    return fields, related


def _names(
    rng: np.random.Generator, people: Households, opening: np.datetime64
) -> tuple[pa.StringArray, dict[str, Ints]]:
    """Names, with the namesakes, the fathers and sons, and the oddities among them."""
    age = age_on(people.birth, opening)
    drawn = names.load().draw(rng, people.female, age).to_pylist()
    everyone = np.arange(len(people))
    related = {"twin_of": _twins(people), "namesake_of": np.full(len(people), -1)}
    _alike_twins(related["twin_of"], drawn)
    related["parent_of_same_name"] = _sons_like_fathers(rng, people, age, drawn)
    names.with_apostrophes(rng, drawn, people.female, chance(rng, everyone, PEOPLE["apostrophe"]))
    letters = "ABDEHINOSY"
    for person in sample(rng, everyone, max(2, round(PEOPLE["one_letter_name"] * len(people)))):
        drawn[person] = letters[rng.integers(len(letters))]
    titled = chance(rng, everyone[age >= 24], PEOPLE["title"])
    names.with_titles(rng, drawn, people.female, titled)
    _namesakes(rng, people, drawn, related)
    return pa.array(drawn, pa.string()), related


def _twins(people: Households) -> Ints:
    """Index of the elder twin, or -1."""
    is_twin = (people.role >= TWIN) & (people.role < ELDER)
    key = people.family * 100 + people.role
    elder = np.searchsorted(key, key - (TWIN - CHILD))
    return np.where(is_twin, elder, -1)


def _alike_twins(elder: Ints, drawn: list[str]) -> None:
    """Twins share all but the first word: HASAN MAULANA, HUSEN MAULANA."""
    for twin in np.flatnonzero(elder >= 0):
        first, *rest = drawn[twin].split(" ")
        drawn[twin] = " ".join([first, *(drawn[elder[twin]].split(" ")[1:] or rest)])


def _sons_like_fathers(
    rng: np.random.Generator, people: Households, age: Ints, drawn: list[str]
) -> Ints:
    father = np.full(len(people), -1)
    first = np.searchsorted(people.family, people.family)
    sons = (people.role == CHILD) & ~people.female & (people.role[first] == HEAD)
    sons &= ~people.female[first] & (age >= 17)
    for son in chance(rng, np.flatnonzero(sons), PEOPLE["son_named_as_father"] * 2.5):
        father[son] = first[son]
        drawn[son] = drawn[first[son]]
    return father


def _namesakes(
    rng: np.random.Generator, people: Households, drawn: list[str], related: dict[str, Ints]
) -> None:
    """Different people of one name, sex and birth date, in different families."""
    adults = np.flatnonzero((people.role <= CHILD) & (related["parent_of_same_name"] < 0))
    chosen = rng.permutation(adults)[: 2 * max(1, round(PEOPLE["namesake"] * len(people) / 2))]
    alike = people.role[chosen] * 2 + people.female[chosen]
    chosen = chosen[np.argsort(alike, kind="stable")]
    for one, other in chosen.reshape(-1, 2):
        if people.female[one] == people.female[other] and people.role[one] == people.role[other]:
            drawn[other] = drawn[one]
            people.birth[other] = people.birth[one]
            people.marital[other] = people.marital[one]
            related["namesake_of"][other] = one


def _niks(
    rng: np.random.Generator, where: Places, people: Households, region: Ints
) -> pa.StringArray:
    """NIK as given at first registration: date and sex were corrected later for a few."""
    shift = np.where(
        rng.random(len(people)) < PEOPLE["nik_of_older_date"], rng.integers(1, 400, len(people)), 0
    )
    shift[_twins(people) >= 0] = 0
    flipped = rng.random(len(people)) < PEOPLE["nik_of_other_sex"]
    days: Days = people.birth + shift.astype("timedelta64[D]")
    codes = where.own_kecamatan + where.far_kecamatan
    return numbers.numbers(codes, region, days, people.female ^ flipped)


def _birth_places(rng: np.random.Generator, where: Places, region: Ints) -> pa.StringArray:
    """Mostly the own town; for people registered elsewhere, mostly another."""
    elsewhere = region >= len(where.own_kecamatan)
    other = near(rng, len(where.towns), len(region))
    moved = rng.random(len(region)) < np.where(elsewhere, 0.8, 0.1)
    return strings(where.towns, np.where(moved, other, 0))


def _disabilities(rng: np.random.Generator, size: int) -> pa.StringArray:
    kind = pick(rng, _DISABILITY_WEIGHTS, size)
    return strings(list(DISABILITIES), np.where(rng.random(size) < PEOPLE["disability"], kind, -1))


def _ktp_el(rng: np.random.Generator, age: Ints) -> pa.StringArray:
    missing = rng.random(len(age)) < np.where(age < 18, 0.4, PEOPLE["no_ktp_el"])
    return strings(["S", "B"], missing.astype(np.int64))


def _same_as(population: Population) -> pa.Array:
    other = np.full(population.size, -1, dtype=np.int64)
    for person, crossing in population.crossed.items():
        other[person] = crossing.person_id
    return pa.array(other, mask=other < 0)


def people_table(population: Population) -> pa.Table:
    """The truth about people at the opening: one row each (docs/reference/synthetic.md)."""
    index = np.arange(population.size)

    def other(name: str) -> pa.Array:
        related = population.related[name]
        return pa.array(population.person_id(related), mask=related < 0)

    return pa.table(
        {
            "person_id": population.person_id(index),
            **population.fields,
            "family": population.people.family,
            "state": strings(list(STATES), population.state),
            "on_roll": population.listed,
            "twice_on_roll": np.isin(index, population.doubled),
            "twin_of": other("twin_of"),
            "namesake_of": other("namesake_of"),
            "parent_of_same_name": other("parent_of_same_name"),
            "same_as": _same_as(population),
            "unknown_birthday": population.unknown_birthday,
        }
    )
