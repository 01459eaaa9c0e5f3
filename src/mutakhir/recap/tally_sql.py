"""The tally's SQL: each function is named for the relation it gives.

Facts are rows ``(desa, sex, cell, n)``; ``voters``, ``opening``, ``departed``, ``ledger`` and
``changes`` are registered tables of the roll's schemas.
"""

from typing import Final

from mutakhir.roll.ledger import OPENING, OUTSIDE, SEX_CORRECTED

#: Upper age of each band; the last has none. Unknown years of birth stand apart.
BANDS: Final = ((16, "di_bawah_17"), (20, "17_20"), (30, "21_30"), (40, "31_40"))
OLDER_BANDS: Final = ((50, "41_50"), (60, "51_60"), (70, "61_70"))
LAST_BAND: Final = "di_atas_70"
UNKNOWN: Final = "tidak_diketahui"

#: What a corrected field is called in a recap. Desa and TPS are moves, not corrections.
KINDS: Final = {
    "name": "nama",
    "nik": "nik",
    "nkk": "nkk",
    "birth_place": "tempat_lahir",
    "birth_date": "tanggal_lahir",
    "sex": "jenis_kelamin",
    "marital": "status_perkawinan",
    "address": "alamat",
    "rt": "alamat",
    "rw": "alamat",
    "disability": "disabilitas",
    "ktp_el": "ktp_el",
}


def people() -> str:
    """Voters grouped to what the recap tells apart. Parameters: day, voting age, polling day.

    Days are numbers YYYYMMDD: their difference, divided by 10,000, is the age in full years. Where
    the month of birth is unknown 1 July is taken, where the day is, the 1st, as registers do.
    """
    bands = " ".join(f"WHEN age <= {upto} THEN '{word}'" for upto, word in BANDS + OLDER_BANDS)
    return f"""
        WITH born AS (
            SELECT *, try_cast(birth_date[1:4] AS INTEGER) AS y,
                   try_cast(birth_date[6:7] AS INTEGER) AS m,
                   try_cast(birth_date[9:10] AS INTEGER) AS d
            FROM voters
        ), aged AS (
            SELECT desa, sex, status, ktp_el, disability,
                   CASE WHEN y > 0 THEN
                       y * 10000 + CASE WHEN m = 0 THEN 701 ELSE m * 100 + greatest(d, 1) END
                   END AS birth
            FROM born
        ), known AS (SELECT *, ($day - birth) // 10000 AS age FROM aged)
        SELECT desa, sex, status,
               coalesce(ktp_el, '{UNKNOWN}') AS ktp_el, disability,
               CASE WHEN age IS NULL THEN '{UNKNOWN}' {bands} ELSE '{LAST_BAND}' END AS band,
               coalesce(($polling - birth) // 10000 < $voting_age, false) AS first_time,
               count(*) AS n
        FROM known GROUP BY ALL
    """  # noqa: S608 (constants of this module)


def standing() -> str:
    """Facts about who is on the roll, from ``people``."""
    return """
        SELECT desa, sex, 'akhir' AS cell, n FROM people
        UNION ALL BY NAME SELECT desa, sex, 'usia.' || band AS cell, n FROM people
        UNION ALL BY NAME SELECT desa, sex, 'ktp_el.' || ktp_el AS cell, n FROM people
        UNION ALL BY NAME
            SELECT desa, sex, unnest(['disabilitas', 'disabilitas.' || disability]) AS cell, n
            FROM people WHERE disability IS NOT NULL
        UNION ALL BY NAME SELECT desa, sex, 'pemula' AS cell, n FROM people WHERE first_time
        UNION ALL BY NAME
            SELECT desa, sex, 'ditangguhkan' AS cell, n FROM people WHERE status = 'ditangguhkan'
    """


def opening() -> str:
    """Facts about the roll before: ``awal``."""
    return "SELECT desa, sex, 'awal' AS cell, count(*) AS n FROM opening GROUP BY ALL"


def movements() -> str:
    """The ledger's two sides: each line leaves one account and enters another."""
    return f"""
        SELECT account_from[1:10] AS desa_from, account_to[1:10] AS desa_to, sex_from, sex_to,
               reason, account_from = '{OUTSIDE}{OPENING}' AS opens,
               starts_with(account_from, '{OUTSIDE}') AS arrives,
               starts_with(account_to, '{OUTSIDE}') AS leaves,
               account_from <> account_to AS other_tps, count(*) AS n
        FROM ledger GROUP BY ALL
    """  # noqa: S608 (constants)


def flows() -> str:
    """Facts about who came, left and moved, from ``movements``.

    An adopted list is the opening of its version: nobody on it is new. A reason is the entry's
    own: who comes back from ``luar.meninggal`` did not come by death.
    """
    return """
        SELECT desa_to AS desa, sex_to AS sex, 'awal' AS cell, n FROM movements WHERE opens
        UNION ALL BY NAME
        SELECT desa_to AS desa, sex_to AS sex, unnest(['baru', 'baru.' || reason]) AS cell, n
            FROM movements WHERE arrives AND NOT opens
        UNION ALL BY NAME
        SELECT desa_from AS desa, sex_from AS sex, unnest(['tms', 'tms.' || reason]) AS cell, n
            FROM movements WHERE leaves
        UNION ALL BY NAME
        SELECT desa_to AS desa, sex_to AS sex, 'masuk_dalam' AS cell, n
            FROM movements WHERE NOT arrives AND NOT leaves AND desa_from <> desa_to
        UNION ALL BY NAME
        SELECT desa_from AS desa, sex_from AS sex, 'keluar_dalam' AS cell, n
            FROM movements WHERE NOT arrives AND NOT leaves AND desa_from <> desa_to
        UNION ALL BY NAME
        SELECT desa_to AS desa, sex_to AS sex, 'pindah_tps' AS cell, n
            FROM movements WHERE NOT arrives AND NOT leaves AND desa_from = desa_to AND other_tps
        UNION ALL BY NAME
        SELECT desa_to AS desa, sex_to AS sex, 'jk_masuk' AS cell, n
            FROM movements WHERE desa_from = desa_to AND sex_from <> sex_to
        UNION ALL BY NAME
        SELECT desa_from AS desa, sex_from AS sex, 'jk_keluar' AS cell, n
            FROM movements WHERE desa_from = desa_to AND sex_from <> sex_to
    """


def corrections() -> str:
    """Facts about corrected details: voters by kind, and voters with any (each counted once).

    A corrected sex stands in the ledger, so it is taken from there too. A suspension is a mark, not
    a correction.
    """
    kinds = " ".join(f"WHEN '{name}' THEN '{kind}'" for name, kind in KINDS.items())
    return f"""
        WITH corrected AS (
            SELECT dpid, CASE field {kinds} ELSE field END AS kind FROM changes
            WHERE field <> 'status'
            UNION
            SELECT dpid, 'jenis_kelamin' FROM ledger
            WHERE reason = '{SEX_CORRECTED}'
        ), placed AS (
            SELECT dpid, kind, desa, sex FROM corrected JOIN
                (SELECT dpid, desa, sex FROM voters UNION ALL
                 SELECT dpid, desa, sex FROM departed) USING (dpid)
        )
        SELECT desa, sex, 'perbaikan.' || kind AS cell, count(DISTINCT dpid) AS n
            FROM placed GROUP BY ALL
        UNION ALL BY NAME
        SELECT desa, sex, 'perbaikan' AS cell, count(DISTINCT dpid) AS n FROM placed GROUP BY ALL
    """  # noqa: S608 (constants of this module)


def rolled_up() -> str:
    """Counts of every region at every level, from ``facts``."""
    return """
        SELECT left(desa, width) AS code, cell,
               coalesce(sum(n) FILTER (sex = 'L'), 0)::BIGINT AS l,
               coalesce(sum(n) FILTER (sex = 'P'), 0)::BIGINT AS p,
               sum(n)::BIGINT AS total
        FROM facts, (VALUES (2), (4), (6), (10)) AS levels(width)
        GROUP BY ALL ORDER BY code, cell
    """


def units() -> str:
    """How many kecamatan, desa and TPS each region at every level consists of.

    A desa whose last voter left is still a desa; a TPS without voters is none.
    """
    return """
        SELECT left(desa, width) AS code, count(DISTINCT desa[1:6]) AS kecamatan,
               count(DISTINCT desa) AS desa_kel, count(*) FILTER (now) AS tps,
               count(*) FILTER (NOT now) AS previous_tps
        FROM (SELECT DISTINCT desa, tps, true AS now FROM voters UNION ALL
              SELECT DISTINCT desa, tps, false AS now FROM opening),
             (VALUES (2), (4), (6), (10)) AS levels(width)
        GROUP BY ALL
    """


def stations() -> str:
    """The balance of every TPS: who stood there, came, left and stands there.

    An adopted list is the opening of its version, as in ``flows``.
    """
    return f"""
        WITH facts AS (
            SELECT desa || '.' || tps AS account, 'L' AS cell, count(*) AS n
                FROM voters WHERE sex = 'L' GROUP BY ALL
            UNION ALL BY NAME
            SELECT desa || '.' || tps AS account, 'P' AS cell, count(*) AS n
                FROM voters WHERE sex = 'P' GROUP BY ALL
            UNION ALL BY NAME
            SELECT desa || '.' || tps AS account, 'opening' AS cell, count(*) AS n
                FROM opening GROUP BY ALL
            UNION ALL BY NAME
            SELECT account_to AS account,
                   CASE WHEN account_from = '{OUTSIDE}{OPENING}' THEN 'opening'
                        WHEN starts_with(account_from, '{OUTSIDE}') THEN 'new'
                        ELSE 'arrived' END AS cell, count(*) AS n
                FROM ledger WHERE account_from <> account_to GROUP BY ALL
            UNION ALL BY NAME
            SELECT account_from AS account,
                   CASE WHEN starts_with(account_to, '{OUTSIDE}') THEN 'gone'
                        ELSE 'left' END AS cell, count(*) AS n
                FROM ledger WHERE account_from <> account_to GROUP BY ALL
        )
        SELECT split_part(account, '.', 1) AS desa, split_part(account, '.', 2) AS tps,
               {", ".join(_of_cell(cell) for cell in _STATION_CELLS)}
        FROM facts WHERE NOT starts_with(account, '{OUTSIDE}')
        GROUP BY account ORDER BY desa, tps
    """  # noqa: S608 (constants)


_STATION_CELLS: Final = ("opening", "new", "gone", "arrived", "left", "L", "P")


def _of_cell(cell: str) -> str:
    return f"coalesce(sum(n) FILTER (cell = '{cell}'), 0)::BIGINT AS \"{cell}\""
