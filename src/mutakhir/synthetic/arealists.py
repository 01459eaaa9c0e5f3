"""Whole lists of one kelurahan: DPS workbook, one sheet per TPS, Sidalih XLS, village register."""

import numpy as np

from mutakhir.synthetic.arrays import Ints, chance, sample
from mutakhir.synthetic.claims import News, of_events
from mutakhir.synthetic.dirt import soil, write_dates
from mutakhir.synthetic.events import Happening
from mutakhir.synthetic.layouts import Rng, grid
from mutakhir.synthetic.rates import REPORTS
from mutakhir.synthetic.rows import Cell, Rows, about, joined
from mutakhir.synthetic.sourcefile import Sheet, SourceFile

_REGISTER_CAP = 800
_DISABILITY_CODES = ("fisik", "intelektual", "mental", "wicara", "rungu", "netra")


def residents(rng: Rng, news: News, desa: int) -> Rows:
    """A list of the desa's voters as its officers keep it: newcomers on it, most of the gone off.

    Some of the dead whom nobody reported still stand there.
    """
    world = news.world
    here = world.population.desa == desa
    voters = news.voters[here[news.voters]]
    dead = np.array(sorted(world.untold_dead), dtype=np.int64)
    dead = chance(rng, dead[here[dead] & world.listed[dead]], REPORTS["dead_still_on_lists"])
    new = [e for kind in ("turned_17", "registered") for e in in_desa(news, kind, desa)]
    new = [event for event in new if rng.random() < REPORTS["new_on_lists"]]
    news.tell("in", [event.person for event in new])
    rows = joined(
        [
            about(world.population, voters, "already_on_roll", sumber="DPT"),
            about(world.population, dead, "dead_on_roll", sumber="DPT"),
            of_events(news, new, "real_new", sumber="BARU"),
        ]
    )
    keys = list(zip(rows.columns["tps"], rows.columns["nkk"], rows.columns["nik"], strict=True))
    return rows.take(sorted(range(len(rows)), key=lambda row: keys[row]))


def in_desa(news: News, kind: str, desa: int) -> list[Happening]:
    """Events of a kind that befell people whose home is this desa."""
    home = news.world.population.desa
    return [event for event in news.quarter.events.get(kind, []) if home[event.person] == desa]


def _numbers(rows: Rows, *columns: str) -> None:
    """Values that a spreadsheet holds as numbers."""
    for column in columns:
        values = rows.columns[column]
        rows.columns[column] = [int(v) if isinstance(v, str) and v.isdigit() else v for v in values]


def _disability(rows: Rows) -> list[Cell]:
    """Codes of 2023; 0 for none."""
    return [
        _DISABILITY_CODES.index(word) + 1 if word else 0 for word in rows.columns["disability"]
    ]


def _named(news: News, desa: int) -> str:
    return news.world.population.where.desa_names[desa].replace(" ", "_")


def dps_2021(rng: Rng, news: News, desa: int) -> SourceFile:
    """DPS workbook of 2021: one header row, all TPS together, a stray cell in the last row."""
    rows = soil(rng, residents(rng, news, desa), spreadsheet=True)
    write_dates(rng, rows, "birth_date", "pipe")
    rows.columns["difabel"] = _disability(rows)
    _numbers(rows, "rt", "rw", "tps")
    header: list[Cell] = ["NKK", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "KAWIN", "JENIS KELAMIN"]
    header += ["ALAMAT", "RT", "RW", "DIFABEL", "KETERANGAN", "SUMBER DATA", "TPS"]
    columns = ("nkk", "nik", "name", "birth_place", "birth_date", "marital", "sex", "address", "rt", "rw")
    cells = grid(rows, (*columns, "difabel", None, "sumber", "tps"))
    name = f"DPS_{_named(news, desa)}_{news.quarter.period}.xlsx"
    sheet = Sheet("DPS", [header], cells, rows)
    region = news.world.population.where.desa[desa]
    return SourceFile(name, "xlsx", "dps_xlsx_2021", [sheet], region=region, stray_cell=True)


def per_tps(rng: Rng, news: News, desa: int) -> SourceFile:
    """DPT workbook with one sheet per TPS; names of the region stand in K5, K6 and K7."""
    where = news.world.population.where
    rows = soil(rng, residents(rng, news, desa), spreadsheet=True)
    write_dates(rng, rows, "birth_date", "pipe")
    rows.columns["difabel"] = _disability(rows)
    rows.columns["id"] = [f"{1_000_000 + row}" for row in range(len(rows))]
    columns = ("id", "#", "nkk", "nik", "name", "birth_place", "birth_date", "marital", "sex", "address")
    titles: list[Cell] = ["ID_DATA", "NO", "NO_KK", "NIK", "NAMA", "TEMPAT_LAHIR", "TANGGAL_LAHIR"]
    titles += ["STATUS_KAWIN", "JENIS_KELAMIN", "ALAMAT", "RT", "RW", "DISABILITAS", "STATUS_PEREKAMAN"]
    titles += ["KETERANGAN"]
    sheets = []
    for tps in sorted(set(rows.columns["tps"])):
        page = rows.where("tps", tps)
        above: list[list[Cell]] = [
            ["DAFTAR PEMILIH TETAP"],
            [f"KABUPATEN/KOTA {where.kab_name}"],
            [],
            [],
            _at_j("KECAMATAN", where.kecamatan_names[desa]),
            _at_j("KELURAHAN", where.desa_names[desa]),
            _at_j("TPS", tps),
            [],
            titles,
            [*range(1, 16)],
        ]
        below: list[list[Cell]] = [[], ["JUMLAH", None, None, None, len(page)]]
        cells = grid(page, (*columns, "rt", "rw", "difabel", "ktp_el", None))
        sheets.append(Sheet(f"TPS {tps}", above, cells, page, below))
    name = f"DPT_per_TPS_{_named(news, desa)}_{news.quarter.period}.xlsx"
    return SourceFile(name, "xlsx", "dpt_xlsx_per_tps_sheets", sheets)


def _at_j(label: str, value: str) -> list[Cell]:
    """``label`` in column J, ``: value`` in column K."""
    return [None] * 9 + [label, f": {value}"]


def sidalih_2018(rng: Rng, news: News, desa: int) -> SourceFile:
    """Sidalih's XLS of a desa, read by position, with saring codes of 2023; region not inside."""
    where = news.world.population.where
    rows = joined([residents(rng, news, desa), screened(rng, news, desa, [])])
    rows = soil(rng, rows, spreadsheet=True)
    write_dates(rng, rows, "birth_date", "dash")
    rows.columns["ttl"] = [
        f"{place or '-'}, {day or '-'}"
        for place, day in zip(rows.columns["birth_place"], rows.columns["birth_date"], strict=True)
    ]
    rows.columns["difabel"] = _disability(rows)
    rows.columns["dpid"] = [news.world.dpid(person) for person in rows.person]
    header: list[Cell] = ["NO", "DP_ID", "NKK", "NIK", "NAMA", "TTL", "STSKAWIN", "ALAMAT", "DUSUN", "RT"]
    header += ["RW", "TPS", "DISABILITAS", "SARING", "SUMBER"]
    columns = ("#", "dpid", "nkk", "nik", "name", "ttl", "marital", "address", None, "rt", "rw", "tps")
    cells = grid(rows, (*columns, "difabel", "keterangan", "sumber"))
    name = f"sidalih_{where.desa[desa]}_{_named(news, desa)}_{news.quarter.period}.xls"
    sheet = Sheet("Sheet1", [header], cells, rows)
    return SourceFile(name, "xls", "sidalih_dp_xls_2018", [sheet], region=where.desa[desa])


#: Saring codes of 2023 for what befalls people; the two of a wrong TPS is a move inside.
_CODES = {
    "died": ("1", "real_death", "dead"),
    "moved_out": ("4", "real_move_out", "out"),
    "moved_within": ("4", "real_move_within", "inside"),
    "joined_tni": ("6", "real_tni", "out"),
    "joined_polri": ("7", "real_polri", "out"),
    "wrong_tps": ("8", "wrong_tps", "inside"),
}


def screened(rng: Rng, news: News, desa: int, without: list[str]) -> Rows:
    """Those whom officers of the desa strike out, with the saring code of 2023."""
    population = news.world.population
    parts = []
    for kind, (code, truth, told) in _CODES.items():
        if kind in without:
            continue
        found = [e for e in in_desa(news, kind, desa) if rng.random() < REPORTS["village_knows"]]
        news.tell(told, [event.person for event in found])
        rows = about(
            population,
            [event.person for event in found],
            truth,
            keterangan=code,
            event_date=[event.day for event in found],
        )
        parts.append(rows)
    twice = population.doubled[population.desa[population.doubled] == desa]
    twice = twice[np.isin(twice, news.voters)] if news.quarter.number == 0 else twice[:0]
    parts.append(about(population, twice, "duplicate", keterangan="2"))
    return joined(parts)


def village_register(rng: Rng, news: News, desa: int) -> SourceFile:
    """OpenSID's register of residents: XLS, apostrophes before NIK and KK, ``-`` for missing."""
    population = news.world.population
    rows = residents(rng, news, desa)
    rows = rows.take(range(min(len(rows), _REGISTER_CAP)))
    rows = soil(rng, rows, spreadsheet=True)
    write_dates(rng, rows, "birth_date", "slash")
    rows.columns["dusun"] = ["-"] * len(rows)
    for column in ("nik", "nkk"):
        values = rows.columns[column]
        rows.columns[column] = [f"'{v}" if isinstance(v, str) and v.isdigit() else v for v in values]
    for column in ("rt", "rw", "birth_place", "address"):
        rows.columns[column] = [v if v not in (None, "000", "0") else "-" for v in rows.columns[column]]
    header: list[Cell] = ["ALAMAT", "DUSUN", "RW", "RT", "NAMA", "NO KK", "NIK", "JENIS KELAMIN"]
    header += ["TEMPAT LAHIR", "TANGGAL LAHIR", "STATUS KAWIN"]
    columns = ("address", "dusun", "rw", "rt", "name", "nkk", "nik", "sex", "birth_place", "birth_date")
    sheet = Sheet("BIP", [header], grid(rows, (*columns, "marital")), rows)
    name = f"opensid_bip_{_named(news, desa)}_{news.quarter.period}.xls"
    return SourceFile(name, "xls", "opensid_bip", [sheet], region=population.where.desa[desa])


def smallest(size: Ints, count: int) -> list[int]:
    """The desa with the fewest voters (but some), smallest first."""
    order = np.argsort(size, kind="stable")
    return [int(desa) for desa in order if size[desa] > 0][:count]


def others(rng: Rng, size: Ints, taken: list[int], count: int) -> list[int]:
    """``count`` further desa that have voters, drawn by chance, in code order."""
    free = np.setdiff1d(np.flatnonzero(size > 0), np.array(taken, dtype=np.int64))
    return [int(desa) for desa in sample(rng, free, count)]
