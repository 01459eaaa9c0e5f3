"""Lines as an office writes them: the person's fields, with the faults that befall them."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.person import PERSON_FIELDS
from mutakhir.synthetic.arrays import Array, Bools, Ints, strings
from mutakhir.synthetic.registers import naming
from mutakhir.synthetic.registers.families import MOTHER
from mutakhir.synthetic.registers.homes_written import address, birth_place, padded
from mutakhir.synthetic.registers.lists import BEYOND, K1, K2, K3, ONCE
from mutakhir.synthetic.registers.places import RT_PER_RW, RT_PER_TPS
from mutakhir.synthetic.registers.rates import NONE, fault, kinds, office_share, share
from mutakhir.synthetic.registers.world import Copy, World
from mutakhir.synthetic.registers.wrong_dates import wrong_date
from mutakhir.synthetic.registers.wrong_names import SHORTENED, wrong_name
from mutakhir.synthetic.registers.wrong_numbers import (
    MISSING,
    cut_of_2013,
    one_digit,
    wrong_nik,
    wrong_nkk,
)

_DISABILITIES: Final = ("fisik", "intelektual", "mental", "wicara", "rungu", "netra")


def written(world: World, copy: Copy, rows: Ints) -> pa.Table:
    """The lines ``rows`` of a copy as text columns PERSON_FIELDS, in the order asked for."""
    line = _Line(world, copy, rows)
    columns = {
        "nkk": line.nkk(),
        "nik": line.nik(),
        "name": line.name(),
        "birth_date": line.birth_date(),
        **line.person(),
        **line.home(),
    }
    return pa.table({field: columns[field] for field in PERSON_FIELDS})


class _Line:
    """Some lines, column by column. Keys are the line's own, or of the line it repeats."""

    def __init__(self, world: World, copy: Copy, rows: Ints) -> None:
        self.world, self.dice, self.copy = world, world.dice, copy
        self.who = copy.lines.person[rows]
        self.double = copy.lines.double[rows]
        self.key = copy.key[rows]
        self.first_key = np.where(self.double == ONCE, self.key, self.key - 2)
        self.home_of, self.card, self.number = copy.home[rows], copy.card[rows], copy.number[rows]
        self.scale = office_share(copy.office) * world.plan.dirt
        members = world.people.members
        self.female = members.female[self.who]

    def fault(self, of: str, key: Ints | None = None) -> Ints:
        return fault(self.dice, of, self.key if key is None else key, self.scale)

    def nik(self) -> pa.StringArray:
        """The first line's number for K1, K2 and K3, some of K3 with a slip in it."""
        everyone, size = self.world.people, len(self.world.people)
        key = np.where(self.double == BEYOND, self.key, self.first_key)
        near = np.minimum(self.who + 1, size - 1)
        family = everyone.members.family
        near = np.where(family[near] == family[self.who], near, np.maximum(self.who - 1, 0))
        stranger = self.dice.below("stranger", key, size)
        # Who lives alone has only strangers.
        relative = np.where(family[near] == family[self.who], near, stranger)
        number = wrong_nik(
            self.dice,
            key,
            everyone.nik[self.number],
            self.fault("nik", key),
            of_family=everyone.nik[relative],
            of_stranger=everyone.nik[stranger],
        )
        slip = self._k3_slips() & (number >= 10**15)
        number = np.where(slip, one_digit(self.dice, "slip", self.key, number), number)
        if self.world.plan.nik_damage == "2013" and self.copy.office == "roll":
            cut = self.dice.uniform("cut of 2013", key) < share("damage", "cut_2013")
            number = cut_of_2013(number, cut)
        return _digits(number)

    def _k3_slips(self) -> Bools:
        slips: Bools = self.dice.uniform("k3", self.key) < share("doubles", "k3_slip")
        slips &= self.double == K3
        return slips

    def nkk(self) -> pa.StringArray:
        key = np.where(self.double == K1, self.first_key, self.key)
        right = self.world.homes.nkk[self.card]
        return _digits(wrong_nkk(self.dice, key, right, self.fault("nkk", key)))

    def name(self) -> pa.StringArray:
        """As the first line has it for K1, K2 and slips; misspelt for the rest of K3."""
        same = np.isin(self.double, (K1, K2)) | self._k3_slips()
        key = np.where(same, self.first_key, self.key)
        found = self.fault("name", key)
        misspelt = (self.double == K3) & ~same
        chance = self.dice.uniform("misspelt", self.key)
        misspelt |= (self.double == BEYOND) & (chance < share("doubles", "beyond_misspelt"))
        found = np.where(misspelt, kinds("name").index("letter"), found)
        words = self.world.people.words[:, self.who]
        names = naming.text(self.world.vocabulary, words)
        names = self._change(names, key, self._shortened(words, key), ["short"])
        return self._change(names, key, found, kinds("name"))

    def _shortened(self, words: Ints, key: Ints) -> Ints:
        known = self.world.vocabulary.words
        codes = [known.index(word) for word in SHORTENED]
        bears = np.isin(words, codes).any(axis=0)
        return np.where(bears, self.fault("short", key), NONE)

    def _change(
        self, names: pa.StringArray, key: Ints, found: Ints, kind: list[str]
    ) -> pa.StringArray:
        at = np.flatnonzero(found != NONE)
        dice = (self.dice.bits(f"name {kind[0]}", key[at]) >> np.uint64(16)).tolist()
        other = self._other_names(at, key).to_pylist()
        old = names.take(pa.array(at)).to_pylist()
        sex = ["P" if female else "L" for female in self.female[at]]
        new = [
            wrong_name(kind[found_kind], *rest)
            for found_kind, *rest in zip(found[at].tolist(), old, dice, sex, other, strict=True)
        ]
        mask = np.zeros(len(names), dtype=bool)
        mask[at] = True
        return pc.replace_with_mask(names, pa.array(mask), pa.array(new, pa.string()))

    def _other_names(self, at: Ints, key: Ints) -> pa.StringArray:
        """The father's name where he stands in the same family, else a stranger's."""
        people = self.world.people
        father = people.father[self.who[at]]
        stranger = self.dice.below("other name", key[at], len(people))
        other = np.where(father >= 0, father, stranger)
        return naming.text(self.world.vocabulary, people.words[:, other])

    def birth_date(self) -> pa.StringArray:
        born = self.world.people.members.birth[self.who]
        return wrong_date(self.dice, self.key, born, self.fault("birth_date"))

    def person(self) -> dict[str, pa.Array]:
        members, who = self.world.people.members, self.who
        wrong = self.fault("sex") != NONE
        ill = self.dice.uniform("disability", who) < share("people", "disability")
        which = self.dice.below("which disability", who, len(_DISABILITIES))
        no_card = self.dice.uniform("ktp-el", who) < share("people", "no_ktp_el")
        # A new family card without a move is a marriage or its end.
        married = (self.card != members.family[who]) | (members.role[who] <= MOTHER)
        return {
            "sex": strings(["L", "P"], (self.female ^ wrong).astype(np.int64)),
            "marital": strings(["B", "S"], married.astype(np.int64)),
            "disability": strings(list(_DISABILITIES), np.where(ill, which, -1)),
            "ktp_el": strings(["S", "B"], no_card.astype(np.int64)),
            "birth_place": birth_place(
                self.dice, self.world, who, self.key, self.fault("birth_place")
            ),
        }

    def home(self) -> dict[str, pa.Array]:
        homes, house = self.world.homes, self.home_of
        rt = homes.rt[house].astype(np.int64)
        zero = self.fault("rt") != NONE
        return {
            "address": address(self.dice, homes, house, self.key, self.fault("address")),
            "rt": padded(np.where(zero, 0, rt % RT_PER_RW + 1)),
            "rw": padded(np.where(zero, 0, rt // RT_PER_RW + 1)),
            "tps": padded(rt // RT_PER_TPS + 1),
            "desa": strings(self.world.places.desa, homes.desa[house]),
        }


def _digits(number: Array) -> pa.StringArray:
    return pa.array(number, mask=number == MISSING).cast(pa.string())
