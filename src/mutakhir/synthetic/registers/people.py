"""The people of a pair of registers: what is true of them, before any office writes it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from mutakhir.synthetic.arrays import Array, Ints, iso, strings
from mutakhir.synthetic.registers import naming
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.families import (
    CHILDREN,
    FATHER,
    MOTHER,
    ROLES,
    Members,
    elder_of,
    members,
    twin_groups,
)
from mutakhir.synthetic.registers.places import (
    Households,
    Places,
    first_registered,
    numbers,
    registered_again,
)
from mutakhir.synthetic.registers.rates import share
from mutakhir.synthetic.registers.vocabulary import Vocabulary


@dataclass(frozen=True)
class People:
    """Arrays over people. ``nik`` has more entries: second numbers stand behind the first."""

    members: Members
    words: Array  # names, see naming
    twin: Array  # group, or -1
    father: Array  # of children in one family with him; else -1
    nik: Ints
    kecamatan: Ints  # first registration, place in Places.kecamatan
    birth_town: Ints  # place in Places.towns

    def __len__(self) -> int:
        return len(self.members)


def named_members(dice: Dice, vocabulary: Vocabulary, size: int) -> tuple[Members, Array]:
    """``size`` people with their name words, some of them namesakes born on one day."""
    found = members(dice, vocabulary, size)
    words = naming.name_words(dice, vocabulary, found)
    _make_namesakes(dice, found, words)
    return found, words


def _make_namesakes(dice: Dice, found: Members, words: Array) -> None:
    """Some get the name and birth date of a stranger, half of them of one who lives near."""
    size = len(found)
    person = np.flatnonzero(
        dice.uniform("namesake", np.arange(size)) < share("people", "namesake") * 4
    )
    step = np.where(dice.uniform("near", person) < 0.5, min(2_000, size), size)
    model = (person + 1 + dice.below("model", person, step)) % size
    # Relatives have their ages and names from each other: these stay as they are.
    alone = (found.role == FATHER) | (found.role == MOTHER)
    free = alone[person] & alone[model] & (found.female[person] == found.female[model])
    free &= (found.family[person] != found.family[model]) & ~np.isin(model, person)
    person, model = person[free], model[free]
    words[:, person] = words[:, model]
    found.birth[person] = found.birth[model]
    found.origin[person] = found.origin[model]


def people(
    dice: Dice,
    where: Places,
    found: Members,
    words: Array,
    *,
    homes: Households,
    second: Ints,
) -> People:
    """The people with their numbers. ``second``: those who get another valid NIK besides."""
    person = np.arange(len(found))
    is_child = np.isin(found.role, CHILDREN)
    # Children were born into one home; parents come from wherever they come.
    key = np.where(is_child, found.family.astype(np.int64) * 2, person * 2 + 1)
    kecamatan = first_registered(dice, where, key, homes.desa[found.family])
    town = where.town_of_kecamatan[kecamatan]
    elsewhere = dice.uniform("born elsewhere", key) < 0.12
    town = np.where(elsewhere, dice.below("town", key, len(where.towns)), town)
    again = registered_again(dice, where, second, homes.desa[found.family[second]])
    days, forty = _as_first_registered(dice, found)
    nik = numbers(
        where,
        np.concatenate([kecamatan, again]),
        np.concatenate([days, found.birth[second].astype(np.int64)]),
        np.concatenate([forty, found.female[second]]),
    )
    return People(
        members=found,
        words=words,
        twin=twin_groups(found),
        father=np.where(is_child, elder_of(found, FATHER), -1),
        nik=nik,
        kecamatan=kecamatan.astype(np.int16),
        birth_town=town.astype(np.int16),
    )


def _as_first_registered(dice: Dice, found: Members) -> tuple[Ints, Array]:
    """Birth days and sex as the NIK keeps them: it stays when they are corrected."""
    person = np.arange(len(found))
    old = dice.uniform("older date", person) < share("people", "nik_of_older_date")
    step = dice.below("older by", person, 700) - 350
    turned = dice.uniform("other sex", person) < share("people", "nik_of_other_sex")
    return found.birth + np.where(old, step, 0), found.female ^ turned


def people_table(
    vocabulary: Vocabulary, where: Places, everyone: People, homes: Households, part: slice
) -> pa.Table:
    """Some people as rows of people.parquet."""
    found, person = everyone.members, np.arange(part.start, part.stop)
    female, twin, father = found.female[part], everyone.twin[part], everyone.father[part]
    desa = homes.desa[found.family[part]]
    names = [origin.name for origin in vocabulary.origins]
    words = everyone.words[:, part]
    columns = {
        "person": pa.array(person, pa.int64()),
        "family": pa.array(found.family[part].astype(np.int64)),
        "role": strings(list(ROLES), found.role[part]),
        "father": pa.array(father, mask=father < 0),
        "twin": pa.array(twin, mask=twin < 0),
        "name": naming.text(vocabulary, words),
        "birth_date": iso(found.birth[part].astype("datetime64[D]")),
        "sex": strings(["L", "P"], female.astype(np.int64)),
        "origin": strings(names, found.origin[part]),
        "kecamatan": strings(where.kecamatan, where.kecamatan_of_desa[desa]),
        "single_name": pa.array((words >= 0).sum(axis=0) == 1),
    }
    return pa.table(columns)


def name_deciles(words: Array) -> Ints:
    """1 for the tenth of the people with the rarest names, 10 for the most common.

    A name is as rare as its rarest word.
    """
    bearers = np.bincount(words[words >= 0])
    rarest = np.where(words >= 0, bearers[words], np.iinfo(np.int64).max).min(axis=0)
    rank = np.searchsorted(np.sort(rarest), rarest)
    deciles: Ints = rank * 10 // max(len(rarest), 1) + 1
    return deciles
