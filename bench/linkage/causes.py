"""What makes one group's links harder than another's, told from the lists and the truth."""

from dataclasses import dataclass

import duckdb

_INVALID = "not regexp_full_match(coalesce({0}.nik, ''), '[0-9]{{16}}') or {0}.nik[13:16] = '0000'"

#: By name: what is true of a person (``p``), whatever the lists say.
OF_PEOPLE = {
    "born on 1 January, 1 July or 31 December": (
        "p.birth_date[6:10] in ('01-01', '07-01', '12-31')"
    ),
    "single name": "p.single_name",
    "twin": "p.twin is not null",
    "namesake born the same day": "count(*) over (partition by p.name, p.birth_date) > 1",
}

#: By name: what a pair of lines of one person shows, left (``a``) and right (``b``).
OF_LINES = {
    "moved": "a.desa is distinct from b.desa",
    "other family card": "a.nkk is distinct from b.nkk",
    "NIK cut, wrong or missing": (
        f"a.nik is distinct from b.nik or {_INVALID.format('a')} or {_INVALID.format('b')}"
    ),
    "name written otherwise": "a.name is distinct from b.name",
    "birth date written otherwise": "a.birth_date is distinct from b.birth_date",
}
ALONE = "not on the other list"
#: A slip in a number makes it a living person's; the more are born in a year, the likelier.
BORNE = "own NIK on another's line"
NAMES = (*OF_PEOPLE, *OF_LINES, ALONE, BORNE)


@dataclass(frozen=True)
class Cause:
    """How often one cause is met: shares of the worst group, of the best, of all whom it struck."""

    name: str
    worst: float
    best: float
    struck: float


def load(con: duckdb.DuckDBPyConnection) -> None:
    """Table ``causes``: for every person which causes are met on any pair of their lines."""
    lines = ", ".join(f'bool_or({sql}) as "{name}"' for name, sql in OF_LINES.items())
    people = ", ".join(f'{sql} as "{name}"' for name, sql in OF_PEOPLE.items())
    shown = ", ".join(f'coalesce(c."{name}", false) as "{name}"' for name in OF_LINES)
    con.execute(
        f"""
        create or replace temp table causes as
        with compared as (
            select t.person, {lines} from true_pairs t
            join left_lines a on a.id = t.left_id join right_lines b on b.id = t.right_id
            group by t.person
        ), borne as (
            select l.person, r.person as other from left_lines a join right_lines b using (nik)
            join left_side l on l.id = a.id join right_side r on r.id = b.id
            where l.person <> r.person and a.id <> b.id
        ), met_by_number as (select person from borne union select other from borne)
        select p.person, {people}, {shown}, c.person is null as "{ALONE}",
            n.person is not null as "{BORNE}"
        from people p left join compared c on c.person = p.person
        left join met_by_number n on n.person = p.person
        """
    )


def causes(con: duckdb.DuckDBPyConnection, trait: str, worst: str, best: str) -> list[Cause]:
    """Shares of both groups; ``trait`` is an expression on people, ``met`` who met the error."""
    told = [_shares(con, f"{trait} = ?", group) for group in (worst, best)]
    told.append(_shares(con, "met.id is not null"))
    return [Cause(name, *shares) for name, *shares in zip(NAMES, *told, strict=True)]


def _shares(con: duckdb.DuckDBPyConnection, condition: str, *values: str) -> tuple[float, ...]:
    columns = ", ".join(f'coalesce(avg(c."{name}"::int), 0)' for name in NAMES)
    sql = f"""
        select {columns} from met join people p on p.person = met.person
        join causes c on c.person = met.person where {condition}
    """
    found: tuple[float, ...] = con.execute(sql, list(values)).fetchall()[0]
    return found


def expected(con: duckdb.DuckDBPyConnection, trait: str, group: str) -> float:
    """How many of a group would be struck, were each as often as all with the same causes."""
    # A cause that is the trait itself would explain it by itself.
    told = [name for name in NAMES if name not in OF_PEOPLE or OF_PEOPLE[name] not in trait]
    columns = ", ".join(f'c."{name}"' for name in told)
    sql = f"""
        with kinds as (
            select met.id, {trait} as trait, hash({columns}) as kind
            from met join people p on p.person = met.person
            join causes c on c.person = met.person
        ), rates as (select kind, count(id) / count(*) as rate from kinds group by kind)
        select coalesce(sum(rate), 0) from kinds join rates using (kind) where trait = ?
    """
    found: float = con.execute(sql, [group]).fetchall()[0][0]
    return found
