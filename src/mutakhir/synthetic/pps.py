"""Update workbooks of village committees (PPS): sheets SARING, UBAH, BARU, PINDAH, in one ZIP."""

from mutakhir.synthetic.arealists import in_desa, screened
from mutakhir.synthetic.claims import News, of_events
from mutakhir.synthetic.dirt import soil, write_dates
from mutakhir.synthetic.events import Happening, qualified_events
from mutakhir.synthetic.layouts import Rng, grid
from mutakhir.synthetic.rates import REPORTS
from mutakhir.synthetic.rows import Cell, Rows, joined
from mutakhir.synthetic.sourcefile import Sheet, SourceFile

_COLUMNS = (
    ("nkk", "nik", "name", "birth_place", "birth_date", "marital", "sex", "address", "rt", "rw")
    + ("difabel", "keterangan", "tps")
)
_TITLES = ["no_kk", "nik", "nama_lengkap", "tempat_lahir", "tanggal_lahir", "status_kawin", "jenis_kelamin", "alamat", "rt", "rw", "disabilitas", "keterangan", "tps"]
_DISABILITIES = ("fisik", "intelektual", "mental", "wicara", "rungu", "netra")


def workbooks(rng: Rng, news: News, desas: list[int]) -> SourceFile:
    """The archive of one workbook per desa."""
    members = [_workbook(rng, news, desa) for desa in desas]
    name = f"pemutakhiran_pps_{news.quarter.period}.zip"
    return SourceFile(name, "zip", "pemutakhiran_xlsx_4sheets", members=members)


def _known(rng: Rng, news: News, desa: int, *kinds: str) -> list[Happening]:
    found = [event for kind in kinds for event in in_desa(news, kind, desa)]
    return [event for event in found if rng.random() < REPORTS["village_knows"]]


def _workbook(rng: Rng, news: News, desa: int) -> SourceFile:
    where = news.world.population.where
    new = _known(rng, news, desa, "turned_17", "registered")
    arrived = qualified_events(news.world, _known(rng, news, desa, "moved_in"), news.quarter.last)
    moved = _known(rng, news, desa, "wrong_tps")
    news.tell("in", [event.person for event in new + arrived])
    changed = _known(rng, news, desa, "corrected", "married")
    fresh = [of_events(news, new, "real_new"), of_events(news, arrived, "real_move_in")]
    pages = {
        "SARING": screened(rng, news, desa, ["wrong_tps"]),
        "UBAH": of_events(news, changed, "correction", keterangan="U"),
        "BARU": joined(fresh),
        "PINDAH": of_events(news, moved, "wrong_tps", keterangan="P"),
    }
    pages["BARU"].columns["keterangan"] = ["B"] * len(pages["BARU"])
    pages["PINDAH"].columns["tps_to"] = [event.tps_to for event in moved]
    sheets = [_page(rng, news, desa, name, rows) for name, rows in pages.items()]
    name = f"{where.desa_names[desa].replace(' ', '_')}_{where.desa[desa]}.xlsx"
    return SourceFile(name, "xlsx", "pemutakhiran_xlsx_4sheets", sheets)


def _page(rng: Rng, news: News, desa: int, name: str, rows: Rows) -> Sheet:
    rows = soil(rng, rows, spreadsheet=True)
    write_dates(rng, rows, "birth_date", "pipe")
    rows.columns["difabel"] = [
        str(_DISABILITIES.index(word) + 1) if word else "0" for word in rows.columns["disability"]
    ]
    rows.columns["dpid"] = [news.world.dpid(person) for person in rows.person]
    known: tuple[str, ...] = () if name == "BARU" else ("dpid",)
    last: tuple[str, ...] = ("tps_to",) if name == "PINDAH" else ()
    titles: list[Cell] = ["no", *known, *_TITLES]
    if last:
        titles = [*titles[:-1], "tps_lama", "tps_baru"]
    return Sheet(
        name,
        [*_letterhead(news, desa, name), titles, [*range(1, len(titles) + 1)]],
        grid(rows, ("#", *known, *_COLUMNS, *last)),
        rows,
    )


def _letterhead(news: News, desa: int, name: str) -> list[list[Cell]]:
    """Eight rows, so that data begin in row 11."""
    where = news.world.population.where
    return [
        ["PEMUTAKHIRAN DATA PEMILIH BERKELANJUTAN"],
        [f"DAFTAR {name}"],
        ["PERIODE", None, f": {news.quarter.period}"],
        ["KABUPATEN/KOTA", None, f": {where.kab_name}"],
        ["KECAMATAN", None, f": {where.kecamatan_names[desa]}"],
        ["DESA/KELURAHAN", None, f": {where.desa_names[desa]}"],
        [],
        [],
    ]
