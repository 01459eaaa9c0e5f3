"""Two prepared people → levels, a weight and a band: the plain, readable form.

``duck.py`` says the same in SQL; tests hold the two together to the row. A person here is a line
of PEOPLE_SCHEMA as a dict with ``words`` (a line of NAMES_SCHEMA) in place.
"""

from typing import Any, TypeAlias

from rapidfuzz.distance import Levenshtein

from mutakhir.linkage.model import FIELDS, LEVELS, Model, level

Person: TypeAlias = dict[str, Any]
Levels: TypeAlias = dict[str, str]

_HEAPED = {101, 701, 1231}


def compare(a: Person, b: Person) -> Levels:
    """The level of each field (LEVELS) except ``claimed``. Symmetric."""
    return {
        "nik": _nik(a, b),
        "name": _name(a, b),
        "birth_date": _birth_date(a["birth_date"] or 0, b["birth_date"] or 0),
        "sex": _equal(a["sex"], b["sex"]),
        "nkk": _nkk(a["nkk"], b["nkk"]),
        "area": _area(a, b),
        "birth_place": _equal(a["birth_place"], b["birth_place"]),
        "address": _equal(a["address"], b["address"]),
    }


def _equal(a: int | None, b: int | None) -> str:
    if a is None or b is None:
        return "missing"
    return "equal" if a == b else "differ"


def _distance(a: int, b: int) -> int:
    return Levenshtein.distance(f"{a:016d}", f"{b:016d}")


def _nik(a: Person, b: Person) -> str:
    if a["nik_head"] is None or b["nik_head"] is None:
        return "missing"
    if a["nik"] is None or b["nik"] is None:
        return "prefix" if a["nik_head"] == b["nik_head"] else "missing"
    if a["nik"] == b["nik"]:
        return "equal"
    if a["nik_head"] == b["nik_head"]:
        return "sibling"
    # The women's 40 forgotten is one digit too.
    return {1: "typo", 2: "near"}.get(_distance(a["nik"], b["nik"]), "differ")


def _nkk(a: int | None, b: int | None) -> str:
    if a is None or b is None:
        return "missing"
    if a == b:
        return "equal"
    return "close" if _distance(a, b) <= 2 else "differ"


def _name(one: Person, other: Person) -> str:
    a, b = one["words"], other["words"]
    if a is None or b is None:
        return "missing"
    if a["name"] == b["name"]:
        return "equal"
    likeness = _likeness(a, b)
    if likeness is None:
        return "given" if one["given"] == other["given"] else "differ"
    return likeness


def _likeness(a: Person, b: Person) -> str | None:
    if a["compact"] == b["compact"] or a["sorted"] == b["sorted"]:
        return "sounds"
    longest = max(len(a["compact"]), len(b["compact"]))
    distance = Levenshtein.distance(a["compact"], b["compact"])
    if 8 * distance <= longest:
        return "close"
    if _covers(a, b) or _covers(b, a) or _cut(a, b) or _cut(b, a):
        return "covers"
    return "slip" if longest > 3 and distance == 1 else None


def _covers(short: Person, long: Person) -> bool:
    """Each word of ``short`` stands in ``long``, whole or as an initial; one at least whole."""
    words, others = short["tokens"], long["tokens"]
    whole = any(len(word) > 1 and word in others for word in words)
    return whole and all(any(_stands_for(w, other) for other in others) for w in words)


def _stands_for(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])


def _cut(short: Person, long: Person) -> bool:
    """``short`` is ``long`` cut off at the width of a column."""
    return len(short["compact"]) >= 10 and long["compact"].startswith(short["compact"])


def _birth_date(a: int, b: int) -> str:
    if a == b and _whole(a):
        return "heaped" if a % 10**4 in _HEAPED else "equal"
    if _whole(a) and _whole(b):
        return _two_dates(a, b)
    return _partial_dates(_parts(a), _parts(b))


def _parts(date: int) -> tuple[int, int, int]:
    return date // 10**4, date // 100 % 100, date % 100


def _whole(date: int) -> bool:
    return 0 not in _parts(date)


def _two_dates(a: int, b: int) -> str:
    (year, month, day), (other_year, other_month, other_day) = _parts(a), _parts(b)
    if (year, month, day) == (other_year, other_day, other_month):
        return "swapped"
    if _distance(a, b) == 1:
        return "close"
    agreeing = (year == other_year) + (month == other_month) + (day == other_day)
    return "part" if agreeing == 2 else "differ"


def _partial_dates(a: tuple[int, ...], b: tuple[int, ...]) -> str:
    """At least one of the two has unknown parts, as zeros."""
    year, month, day = (x > 0 and y > 0 for x, y in zip(a, b, strict=True))
    if any(x > 0 and y > 0 and x != y for x, y in zip(a[1:], b[1:], strict=True)):
        return "differ"
    if year and a[0] != b[0]:
        return "age" if abs(a[0] - b[0]) == 1 and not month and not day else "differ"
    if year:
        return "month" if month else "year"
    return "day" if month and day else "missing"


def _area(a: Person, b: Person) -> str:
    if a["desa"] is None or b["desa"] is None:
        return "missing"
    if a["desa"] != b["desa"]:
        return "kecamatan" if a["desa"] // 10**4 == b["desa"] // 10**4 else "differ"
    if a["rw"] is None or a["rw"] != b["rw"]:
        return "desa"
    return "rt" if a["rt"] is not None and a["rt"] == b["rt"] else "rw"


def at_least(levels: Levels, field: str, word: str) -> bool:
    """Whether a field reached a level, in the order of LEVELS."""
    return level(field, levels[field]) >= level(field, word)


def exact(levels: Levels) -> bool:
    """Tier 1: the NIK is equal and nothing of name, birth date and sex speaks against it."""
    return (
        levels["nik"] == "equal"
        and at_least(levels, "name", "slip")
        and levels["birth_date"] not in ("missing", "differ", "part", "close")
        and levels["sex"] != "differ"
    )


def name_worth(levels: Levels, a: Person, b: Person, model: Model) -> int:
    """What the name's level is worth for these two names, in thousandths of a bit."""
    words, names = levels["name"], model.names
    in_family = levels["nkk"] == "equal" and levels["nik"] != "equal"
    if words in ("close", "covers", "slip") and in_family:
        return 0  # brothers, fathers and sons share half their names
    if words in ("equal", "sounds"):
        worth = min(a["words"]["worth"], b["words"]["worth"])
        return int(worth if words == "equal" else max(worth + names.sounds, names.least))
    if words == "covers":
        return int(min(a["words"]["part_worth"], b["words"]["part_worth"]))
    return int(getattr(names, words))


def weigh(levels: Levels, name: int, model: Model) -> int:
    """The sum of all weights but the prior, in thousandths of a bit."""
    fields = (f for f in FIELDS if f != "name")
    return name + sum(model.weights[f][LEVELS[f].index(levels[f])] for f in fields)


def band(levels: Levels, weight: int, model: Model, *, within: bool) -> str:
    """sure, review or no. ``within``: both stand on one list."""
    if exact(levels):
        return "sure"
    if levels["nik"] == "equal":
        return "sure" if weight >= model.sure and not _cautious(levels) else "review"
    if weight < model.review or _two_people(levels, within=within):
        return "no"
    if weight < model.sure or _cautious(levels) or (within and _two_numbers(levels)):
        return "review"
    return "sure"


def _two_numbers(levels: Levels) -> bool:
    return levels["nik"] in ("differ", "sibling", "near", "typo")


def _two_people(levels: Levels, *, within: bool) -> bool:
    """Two valid, different NIKs are two people unless household, name and date agree.

    A NIK one digit off is a slip of one person if name or date agree; brothers whose NIKs
    differ as their birth dates do are two. On one list the two must at least live in one desa.
    Twins of two sexes differ in the 40 alone.
    """
    dated = levels["birth_date"] in ("equal", "heaped", "swapped")
    named = at_least(levels, "name", "sounds")
    household = at_least(levels, "nkk", "close") or (
        levels["area"] == "rt" and levels["address"] == "equal"
    )
    if levels["nik"] in ("differ", "sibling", "near"):
        return not (dated and named and household)
    if levels["nik"] == "typo" and not dated and not named:
        return True
    if levels["nik"] == "typo" and within and not household:
        return not at_least(levels, "area", "desa")
    return household and dated and not named and levels["sex"] == "differ"


def _cautious(levels: Levels) -> bool:
    """Never sure, whatever the sum says: something speaks against it."""
    if levels["sex"] == "differ" or levels["claimed"] == "yes":
        return True
    if levels["nik"] == "equal":
        return not at_least(levels, "name", "slip") or not at_least(levels, "birth_date", "part")
    named = at_least(levels, "name", "close")
    dated = at_least(levels, "birth_date", "year")
    if levels["nik"] == "near":
        alike = at_least(levels, "name", "sounds") and levels["nkk"] == "equal"
        return not (alike and dated)
    return levels["nik"] in ("differ", "sibling") or not named or not dated
