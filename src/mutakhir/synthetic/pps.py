"""Update workbooks of village committees (PPS): sheets SARING, UBAH, BARU, PINDAH, in one ZIP."""

from mutakhir.synthetic.arealists import known_in, struck
from mutakhir.synthetic.claims import News, of_events
from mutakhir.synthetic.events import qualified_events
from mutakhir.synthetic.layouts import Rng, Scene, dirtied, in_file, layout, sheet_of
from mutakhir.synthetic.rows import Rows, joined
from mutakhir.synthetic.sourcefile import SourceFile

_LEAVES = ("died", "moved_out", "moved_within", "joined_tni", "joined_polri")


def workbooks(rng: Rng, news: News, desas: list[int]) -> SourceFile:
    """The archive of one workbook per desa; a desa without news sends none."""
    books = [_workbook(rng, news, desa) for desa in desas]
    members = [book for book in books if any(len(sheet.rows) for sheet in book.sheets)]
    name = f"pemutakhiran_pps_{news.quarter.period}.zip"
    return SourceFile(name, "zip", layout("pps").layout, members=members)


def _workbook(rng: Rng, news: News, desa: int) -> SourceFile:
    where = news.world.population.where
    form = layout("pps")
    sheets = []
    for name, rows in _pages(rng, news, desa).items():
        rows.columns["dpid"] = [news.world.dpid(person) for person in rows.person]
        scene = Scene(where, news.quarter.period, desa, {"page": name})
        page = dirtied(rng, form, where, rows)
        sheets.append(sheet_of(rng, form, scene, page, _columns(form.columns, name)))
    return in_file(form, Scene(where, news.quarter.period, desa), sheets)


def _columns(common: tuple[tuple[str, str], ...], page: str) -> tuple[tuple[str, str], ...]:
    """BARU has no dpid yet; PINDAH ends with the old and the new TPS."""
    if page == "BARU":
        return tuple(column for column in common if column[1] != "dpid")
    if page == "PINDAH":
        return (*common[:-1], ("tps_lama", "tps"), ("tps_baru", "tps_to"))
    return common


def _pages(rng: Rng, news: News, desa: int) -> dict[str, Rows]:
    new = known_in(rng, news, desa, "turned_17", "married_under_17", "registered")
    arrived = known_in(rng, news, desa, "moved_in")
    arrived = qualified_events(news.world, arrived, news.quarter.last)
    news.tell("in", [event.person for event in new + arrived])
    moved = known_in(rng, news, desa, "wrong_tps")
    home = news.world.population.fields["tps"]
    pages = {
        "SARING": struck(rng, news, desa, _LEAVES),
        "UBAH": of_events(news, known_in(rng, news, desa, "corrected", "married"), "correction"),
        "BARU": joined(
            [of_events(news, new, "real_new"), of_events(news, arrived, "real_move_in")]
        ),
        "PINDAH": of_events(news, moved, "wrong_tps"),
    }
    for name, mark in (("UBAH", "U"), ("BARU", "B"), ("PINDAH", "P")):
        pages[name].columns["keterangan"] = [mark] * len(pages[name])
    pages["PINDAH"].columns["tps"] = [home[event.person].as_py() for event in moved]
    pages["PINDAH"].columns["tps_to"] = [event.tps_to for event in moved]
    return pages
