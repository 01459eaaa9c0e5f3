"""The people as Splink gets them: cleaned columns, made in DuckDB as its users do.

Both Splink models start from this table, so that neither suffers from titles or commas.
"""

from pathlib import Path

import duckdb

#: Titles and honorifics that stand before or after a name and say nothing about the person.
TITLES = (
    "H HJ HAJI HAJJAH DR DRS DRA IR PROF KH KYAI USTAD USTADZ RADEN ALM ALMH SDR BAPAK IBU "
    "SE SH ST MM MH MT MSI MPD SPD SPDI SAG SKM SKOM SIP SSOS SSI AMD AMDKEB MKES SKEP"
)

#: Short and other forms of the two commonest names, as they stand in Indonesian lists.
SPELLINGS = {
    r"\b(M|MOH|MUH|MHD|MOCH|MUHAMAD|MOHAMAD|MOHAMMAD|MOCHAMAD|MOCHAMMAD|MUHAMMED)\b": "MUHAMMAD",
    r"\b(ST|SITTI)\b": "SITI",
    r"\b(ABD|ABDOEL)\b": "ABDUL",
}


def clean_people(con: duckdb.DuckDBPyConnection, name: str, path: Path, id_column: str) -> None:
    """Table ``name``: the columns both models compare or block on, one row per line of ``path``."""
    con.execute(
        f"""
        create table {name} as
        with written as (
            select *, {id_column} as unique_id, {_plain_name("name")} as plain
            from read_parquet('{path}')
        ), named as (
            select *, nullif(string_split(plain, ' '), ['']) as words from written
        )
        select unique_id, {_whole_number("nik")} as nik, nik[1:12] as nik_head,
            nik[7:16] as nik_tail, {_whole_number("nkk")} as nkk,
            nullif(plain, '') as name, words[1] as first_name, words[-1] as last_name,
            array_to_string(list_sort(words), ' ') as sorted_name, sex, rt, rw, desa,
            desa[1:6] as kecamatan, birth_date as dob
        from named
        """
    )


def _whole_number(column: str) -> str:
    """A number of 16 digits, or of 15 and ``?`` for the last one cut off; else missing."""
    return (
        f"case when regexp_full_match({column}, '[0-9]{{15,16}}') then rpad({column}, 16, '?') end"
    )


def _plain_name(column: str) -> str:
    """Upper case letters and single spaces, without titles, the common short forms written out."""
    titles = "|".join(TITLES.split())
    sql = f"upper({column})"
    # Dots first: S.PD is one title, not S and PD; a comma parts a name from its titles.
    sql = f"regexp_replace({sql}, '[.]', '', 'g')"
    sql = f"regexp_replace({sql}, '[^A-Z]+', ' ', 'g')"
    for pattern, word in SPELLINGS.items():
        sql = f"regexp_replace({sql}, '{pattern}', '{word}', 'g')"
    sql = f"regexp_replace({sql}, '\\b({titles})\\b', '', 'g')"
    return f"trim(regexp_replace({sql}, ' +', ' ', 'g'))"
