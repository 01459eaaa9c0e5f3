"""``compare.py`` in SQL: each function returns one expression over ``l``, ``r`` (people) and
``a``, ``b`` (their names). Levels are the numbers of LEVELS. Only functions on which engines
agree: equality, whole-number arithmetic, levenshtein, starts_with, lists.
"""

from mutakhir.linkage.model import FIELDS, Model, level


def _case(field: str, *branches: tuple[str, str], other: str) -> str:
    """CASE over (condition, level) in order."""
    whens = " ".join(f"WHEN {cond} THEN {level(field, word)}" for cond, word in branches)
    return f"CASE {whens} ELSE {level(field, other)} END"


def _padded(column: str) -> str:
    return f"lpad(CAST({column} AS VARCHAR), 16, '0')"


def _distance(column: str) -> str:
    return f"levenshtein({_padded('l.' + column)}, {_padded('r.' + column)})"


def _equal(field: str) -> str:
    return _case(
        field,
        (f"l.{field} IS NULL OR r.{field} IS NULL", "missing"),
        (f"l.{field} = r.{field}", "equal"),
        other="differ",
    )


def _nik() -> str:
    return _case(
        "nik",
        ("l.nik = r.nik", "equal"),
        ("l.nik_head IS NULL OR r.nik_head IS NULL", "missing"),
        ("(l.nik IS NULL OR r.nik IS NULL) AND l.nik_head = r.nik_head", "prefix"),
        ("l.nik IS NULL OR r.nik IS NULL", "missing"),
        ("l.nik_head = r.nik_head", "sibling"),
        (f"{_distance('nik')} = 1", "typo"),
        (f"{_distance('nik')} = 2", "near"),
        other="differ",
    )


def _nkk() -> str:
    return _case(
        "nkk",
        ("l.nkk IS NULL OR r.nkk IS NULL", "missing"),
        ("l.nkk = r.nkk", "equal"),
        (f"{_distance('nkk')} <= 2", "close"),
        other="differ",
    )


def _covers(short: str, long: str) -> str:
    stands = f"len(list_filter({long}.tokens, lambda o: {_stands_for('w', 'o')})) > 0"
    return (
        f"(len(list_filter({short}.tokens,"
        f" lambda w: len(w) > 1 AND list_contains({long}.tokens, w))) > 0"
        f" AND len(list_filter({short}.tokens, lambda w: NOT ({stands}))) = 0)"
    )


def _stands_for(word: str, other: str) -> str:
    initial = f"(least(len({word}), len({other})) = 1 AND left({word}, 1) = left({other}, 1))"
    return f"({word} = {other} OR {initial})"


def _cut(short: str, long: str) -> str:
    return f"(len({short}.compact) >= 10 AND starts_with({long}.compact, {short}.compact))"


def _name() -> str:
    close = "8 * levenshtein(a.compact, b.compact) <= greatest(len(a.compact), len(b.compact))"
    slip = "greatest(len(a.compact), len(b.compact)) > 3 AND levenshtein(a.compact, b.compact) = 1"
    covers = f"{_covers('a', 'b')} OR {_covers('b', 'a')} OR {_cut('a', 'b')} OR {_cut('b', 'a')}"
    return _case(
        "name",
        ("a.name IS NULL OR b.name IS NULL", "missing"),
        ("a.name = b.name", "equal"),
        ("a.compact = b.compact OR a.sorted = b.sorted", "sounds"),
        (close, "close"),
        (covers, "covers"),
        (slip, "slip"),
        ("l.given = r.given", "given"),
        other="differ",
    )


def _part(side: str, part: str) -> str:
    date = f"coalesce({side}.birth_date, 0)"
    return {"y": f"{date} // 10000", "m": f"{date} // 100 % 100", "d": f"{date} % 100"}[part]


def _whole(side: str) -> str:
    return " AND ".join(f"{_part(side, part)} > 0" for part in "ymd")


def _both(part: str) -> str:
    return f"({_part('l', part)} > 0 AND {_part('r', part)} > 0)"


def _same(part: str) -> str:
    return f"({_part('l', part)} = {_part('r', part)})"


def _clash(part: str) -> str:
    return f"({_both(part)} AND NOT {_same(part)})"


def _birth_date() -> str:
    whole = f"{_whole('l')} AND {_whole('r')}"
    year_apart = f"abs({_part('l', 'y')} - ({_part('r', 'y')})) = 1"
    swapped = (
        f"{_same('y')} AND {_part('l', 'm')} = {_part('r', 'd')}"
        f" AND {_part('l', 'd')} = {_part('r', 'm')}"
    )
    agreeing = " + ".join(f"CAST({_same(part)} AS INTEGER)" for part in "ymd")
    heaped = "l.birth_date % 10000 IN (101, 701, 1231)"
    return _case(
        "birth_date",
        (f"l.birth_date = r.birth_date AND {whole} AND {heaped}", "heaped"),
        (f"l.birth_date = r.birth_date AND {whole}", "equal"),
        (f"{whole} AND {swapped}", "swapped"),
        (f"{whole} AND {_distance('birth_date')} = 1", "close"),
        (f"{whole} AND {agreeing} = 2", "part"),
        (whole, "differ"),
        (f"{_clash('m')} OR {_clash('d')}", "differ"),
        (f"{_clash('y')} AND {year_apart} AND NOT {_both('m')} AND NOT {_both('d')}", "age"),
        (_clash("y"), "differ"),
        (f"{_both('y')} AND {_both('m')}", "month"),
        (_both("y"), "year"),
        (f"{_both('m')} AND {_both('d')}", "day"),
        other="missing",
    )


def _area() -> str:
    return _case(
        "area",
        ("l.desa IS NULL OR r.desa IS NULL", "missing"),
        ("l.desa = r.desa AND l.rw = r.rw AND l.rt = r.rt", "rt"),
        ("l.desa = r.desa AND l.rw = r.rw", "rw"),
        ("l.desa = r.desa", "desa"),
        ("l.desa // 10000 = r.desa // 10000", "kecamatan"),
        other="differ",
    )


def level_columns() -> str:
    """All levels but ``claimed``, as columns."""
    expressions = {
        "nik": _nik(),
        "name": _name(),
        "birth_date": _birth_date(),
        "sex": _equal("sex"),
        "nkk": _nkk(),
        "area": _area(),
        "birth_place": _equal("birth_place"),
        "address": _equal("address"),
    }
    return ",\n".join(f"{sql} AS {field}" for field, sql in expressions.items())


# From here on over the columns of levels, and ``worth``, ``part_worth`` of the two names.


def _is(field: str, *words: str) -> str:
    return f"{field} IN ({', '.join(str(level(field, word)) for word in words)})"


def _at_least(field: str, word: str) -> str:
    return f"{field} >= {level(field, word)}"


def exact() -> str:
    """See compare.exact."""
    return (
        f"({_is('nik', 'equal')} AND {_at_least('name', 'slip')}"
        f" AND NOT {_is('birth_date', 'missing', 'differ', 'part', 'close')}"
        f" AND NOT {_is('sex', 'differ')})"
    )


def name_worth(model: Model) -> str:
    """See compare.name_worth."""
    names = model.names
    in_family = f"{_is('nkk', 'equal')} AND NOT {_is('nik', 'equal')}"
    return (
        f"CASE WHEN {_is('name', 'close', 'covers', 'slip')} AND {in_family} THEN 0"
        f" WHEN {_is('name', 'equal')} THEN worth"
        f" WHEN {_is('name', 'sounds')} THEN greatest(worth + {names.sounds}, {names.least})"
        f" WHEN {_is('name', 'covers')} THEN part_worth"
        f" WHEN {_is('name', 'close')} THEN {names.close}"
        f" WHEN {_is('name', 'slip')} THEN {names.slip}"
        f" WHEN {_is('name', 'given')} THEN {names.given}"
        f" WHEN {_is('name', 'differ')} THEN {names.differ} ELSE {names.missing} END"
    )


def weight(model: Model) -> str:
    """See compare.weigh; ``name_worth`` is a column."""
    terms = [
        f"[{', '.join(map(str, model.weights[field]))}][{field} + 1]"
        for field in FIELDS
        if field != "name"
    ]
    return " + ".join(["name_worth", *terms])


def band(model: Model, *, within: bool) -> str:
    """See compare.band."""
    two_numbers = _is("nik", "differ", "sibling", "near", "typo") if within else "false"
    return (
        f"CASE WHEN {exact()} THEN 'sure'"
        f" WHEN {_is('nik', 'equal')} THEN"
        f" CASE WHEN weight >= {model.sure} AND NOT {_cautious()} THEN 'sure' ELSE 'review' END"
        f" WHEN weight < {model.review} OR {_two_people(within=within)} THEN 'no'"
        f" WHEN weight < {model.sure} OR {_cautious()} OR {two_numbers} THEN 'review'"
        f" ELSE 'sure' END"
    )


def _two_people(*, within: bool) -> str:
    dated = _is("birth_date", "equal", "heaped", "swapped")
    named = _at_least("name", "sounds")
    one_home = f"{_is('area', 'rt')} AND {_is('address', 'equal')}"
    household = f"({_at_least('nkk', 'close')} OR {one_home})"
    afar = f"{_is('nik', 'typo')} AND NOT {household} AND NOT {_at_least('area', 'desa')}"
    return (
        f"CASE WHEN {_is('nik', 'differ', 'sibling', 'near')}"
        f" THEN NOT ({dated} AND {named} AND {household})"
        f" WHEN {_is('nik', 'typo')} AND NOT {dated} AND NOT {named} THEN true"
        f" WHEN {str(within).lower()} AND {afar} THEN true"
        f" ELSE {household} AND {dated} AND NOT {named} AND {_is('sex', 'differ')} END"
    )


def _cautious() -> str:
    named, dated = _at_least("name", "close"), _at_least("birth_date", "year")
    alike = f"{_at_least('name', 'sounds')} AND {_is('nkk', 'equal')}"
    with_nik = f"NOT {_at_least('name', 'slip')} OR NOT {_at_least('birth_date', 'part')}"
    return (
        f"CASE WHEN {_is('sex', 'differ')} OR {_is('claimed', 'yes')} THEN true"
        f" WHEN {_is('nik', 'equal')} THEN {with_nik}"
        f" WHEN {_is('nik', 'near')} THEN NOT ({alike} AND {dated})"
        f" ELSE {_is('nik', 'differ', 'sibling')} OR NOT {named} OR NOT {dated} END"
    )
