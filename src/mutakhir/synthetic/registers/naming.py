"""Names of families: by origin, sex and age, with what children take from their parents."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.synthetic.arrays import Array, Ints, strings
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.families import (
    CHILDREN,
    FATHER,
    FIRST,
    TWIN,
    Members,
    elder_of,
)
from mutakhir.synthetic.registers.rates import share
from mutakhir.synthetic.registers.vocabulary import Vocabulary, common_table

LONGEST: Final = 4
#: Shares of names of one to four words by age: under 40, under 60, older.
_LENGTHS: Final = (
    (40, (0.15, 0.45, 0.32, 0.08)),
    (60, (0.23, 0.47, 0.25, 0.05)),
    (999, (0.34, 0.46, 0.17, 0.03)),
)
_ONLY, _FIRST, _MIDDLE, _LAST, _ELDER = range(5)
_PEOPLE_AT_ONCE: Final = 1_000_000


def name_words(dice: Dice, vocabulary: Vocabulary, people: Members) -> Array:
    """Word codes (int32), 4 rows by people; -1 after the last word."""
    words = np.full((LONGEST, len(people)), -1, dtype=np.int32)
    for start in range(0, len(people), _PEOPLE_AT_ONCE):
        part = slice(start, min(start + _PEOPLE_AT_ONCE, len(people)))
        words[:, part] = _own_words(dice, vocabulary, people, part)
    _inherit_clans(dice, vocabulary, people, words)
    _take_from_father(dice, people, words)
    _name_sons_as_fathers(dice, people, words)
    _name_twins(dice, vocabulary, people, words)
    return words


def text(vocabulary: Vocabulary, words: Array) -> pa.StringArray:
    """The names as text: the words of each column, joined."""
    return pc.binary_join_element_wise(
        *(strings(vocabulary.words, row) for row in words), " ", null_handling="skip"
    )


def _own_words(dice: Dice, vocabulary: Vocabulary, people: Members, part: slice) -> Ints:
    person = np.arange(part.start, part.stop)
    female, origin = people.female[part], people.origin[part]
    age = people.age[part]
    count = _counts(dice, person, age)
    count = np.maximum(count, 2 - vocabulary.origin_column("single")[origin])
    words = np.full((LONGEST, len(person)), -1, dtype=np.int64)
    own = np.where(
        female,
        vocabulary.origin_column("words", 1)[origin],
        vocabulary.origin_column("words", 0)[origin],
    )
    elder = np.clip((age - 40) / 60, 0.0, 0.5)
    for slot in range(LONGEST):
        place = np.where(count == slot + 1, _LAST if slot else _ONLY, _MIDDLE if slot else _FIRST)
        table = common_table(female, 0) + place
        which = dice.uniform(f"table {slot}", person)
        share_of_own = vocabulary.origin_column("own")[origin]
        table = np.where(which < share_of_own + elder, common_table(female, _ELDER), table)
        table = np.where(which < share_of_own, own, table)
        drawn = vocabulary.draw(dice, f"word {slot}", person, table)
        again = (words[:slot] == drawn).any(axis=0)
        words[slot] = np.where((slot < count) & ~again, drawn, -1)
    _set_before(dice, vocabulary, people, part, words)
    return _closed_up(words)


def _counts(dice: Dice, person: Ints, age: Ints) -> Ints:
    count = np.zeros(len(person), dtype=np.int64)
    youngest = 0
    for limit, shares in _LENGTHS:
        here = (age >= youngest) & (age < limit)
        count[here] = dice.pick("length", person[here], shares) + 1
        youngest = limit
    return count


def _set_before(
    dice: Dice, vocabulary: Vocabulary, people: Members, part: slice, words: Array
) -> None:
    """What always stands first in the origin: I WAYAN, NI MADE."""
    person, female, origin = (
        np.arange(part.start, part.stop),
        people.female[part],
        people.origin[part],
    )
    tables = [vocabulary.origin_column("before", sex)[origin] for sex in (0, 1)]
    first = vocabulary.draw(dice, "before", person, np.where(female, tables[1], tables[0]))
    words[0] = np.where(first >= 0, first, words[0])


def _closed_up(words: Array) -> Ints:
    """No gaps where a word was not taken twice."""
    order = np.argsort(words < 0, axis=0, kind="stable")
    return np.take_along_axis(words, order, axis=0)


def _length(words: Array) -> Ints:
    length: Ints = (words >= 0).sum(axis=0)
    return length


def _set_last(words: Array, who: Ints, word: Ints) -> None:
    """``word`` in place of the last one, or after the only one."""
    length = _length(words[:, who])
    words[np.maximum(length - 1, 1), who] = word


def _inherit_clans(dice: Dice, vocabulary: Vocabulary, people: Members, words: Array) -> None:
    clans = vocabulary.origin_column("clans")
    bearers = np.flatnonzero(clans[people.origin] >= 0)
    # A mother, and a grandmother's line, bring their own.
    inherits = np.isin(people.role[bearers], (FATHER, *CHILDREN))
    line = np.where(inherits, people.family[bearers].astype(np.int64) * 2, bearers * 2 + 1)
    _set_last(words, bearers, vocabulary.draw(dice, "clan", line, clans[people.origin[bearers]]))


def _take_from_father(dice: Dice, people: Members, words: Array) -> None:
    """Some children carry the father's last word, some a word of the eldest child."""
    father, eldest = elder_of(people, FATHER), elder_of(people, FIRST)
    children = np.flatnonzero(np.isin(people.role, CHILDREN) & (_length(words) > 1))
    drawn = dice.uniform("father's word", children)
    fathers_rate = share("people", "fathers_last_word")
    heirs = children[(drawn < fathers_rate) & (father[children] >= 0)]
    of_father = words[:, father[heirs]]
    last = of_father[np.maximum(_length(of_father) - 1, 0), np.arange(len(heirs))]
    _set_last(words, heirs, last)
    sisters = (drawn >= fathers_rate) & (drawn < fathers_rate + share("people", "sisters_word"))
    like = children[sisters & (eldest[children] >= 0)]
    like = like[people.female[like] == people.female[eldest[like]]]
    words[0, like] = words[0, eldest[like]]


def _name_sons_as_fathers(dice: Dice, people: Members, words: Array) -> None:
    father = elder_of(people, FATHER)
    sons = np.flatnonzero(np.isin(people.role, CHILDREN) & ~people.female & (father >= 0))
    sons = sons[dice.uniform("son as father", sons) < share("people", "son_as_father")]
    words[:, sons] = words[:, father[sons]]


def _name_twins(dice: Dice, vocabulary: Vocabulary, people: Members, words: Array) -> None:
    """The twin's name is the other's but for one word.

    The first in a rhyming form, or the last another. A girl and a boy, and bearers of a clan
    name, share all but the first.
    """
    twins = np.flatnonzero(people.role == TWIN)
    own = words[:, twins]
    words[:, twins] = words[:, twins - 1]
    rhyme = vocabulary.rhyme[words[0, twins]]
    length = _length(words[:, twins])
    alike = people.female[twins] == people.female[twins - 1]
    rhymes = alike & (rhyme >= 0) & ((dice.uniform("rhyme", twins) < 0.6) | (length == 1))
    clan = vocabulary.origin_column("clans")[people.origin[twins]] >= 0
    slot = np.where(rhymes | clan | ~alike, 0, length - 1)
    own_word = own[np.where(slot == 0, 0, _length(own) - 1), np.arange(len(twins))]
    new = np.where(rhymes, rhyme, own_word)
    same = (words[:, twins] == new).any(axis=0)
    words[slot, twins] = np.where(same, (new + 1) % len(vocabulary.words), new)
