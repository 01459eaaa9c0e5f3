"""What each source claims in a quarter: rows true, idle and false, before they become files."""

import math
from dataclasses import dataclass, field

import numpy as np

from mutakhir.synthetic.arrays import Ints, chance, near, sample
from mutakhir.synthetic.dirt import digit_wrong
from mutakhir.synthetic.events import Happening, Quarter, World, happened, qualified_events
from mutakhir.synthetic.families import CHILD_STATE, DEAD, MILITARY, UNREGISTERED, age_on
from mutakhir.synthetic.names import words
from mutakhir.synthetic.rates import CLAIMS, REPORTS, SIZES
from mutakhir.synthetic.rows import Rows, about, joined, shuffled

_REVOKED = "HAK PILIH DICABUT"
_NOBODY: Ints = np.array([], dtype=np.int64)


@dataclass
class News:
    """The quarter's true news that will be told, and the rows of each source so far."""

    world: World
    quarter: Quarter
    size: int  # lines of the opening roll: the base of all shares
    deaths: list[Happening]
    voters: Ints  # listed living residents to whom nothing happened
    told: dict[str, set[int]] = field(default_factory=dict)

    def tell(self, kind: str, people: Ints | list[int]) -> None:
        """Remember that some source told this about these people."""
        self.told.setdefault(kind, set()).update(int(person) for person in people)

    def share(self, name: str) -> int:
        """Rows that a share of SIZES gives; at least one."""
        return max(1, round(SIZES[name] * self.size))


def gather(rng: np.random.Generator, world: World, quarter: Quarter, size: int) -> News:
    """The news of the quarter: what will be told at all, deaths of earlier quarters included."""
    today = [event for event in quarter.events["died"] if rng.random() >= REPORTS["death_never"]]
    late = {event.person for event in today if rng.random() < REPORTS["death_late"]}
    deaths = [event for event in today if event.person not in late] + world.late
    opening_dead = world.population.state == DEAD
    old = np.array(sorted(p for p in world.untold_dead if opening_dead[p]), dtype=np.int64)
    found = chance(rng, old, REPORTS["old_death_found"])
    deaths += [
        Happening(int(p), "died", f"{quarter.first.year - 1}-11-{p % 28 + 1:02d}") for p in found
    ]
    world.late = [event for event in today if event.person in late]
    busy = {event.person for events in quarter.events.values() for event in events}
    voters = world.voters()
    idle = voters[~np.isin(voters, np.array(sorted(busy), dtype=np.int64))]
    return News(world, quarter, size, deaths, idle)


def of_events(news: News, events: list[Happening], truth: str, **extra: object) -> Rows:
    """Rows about events, with the new values the events brought."""
    population = news.world.population
    rows = about(
        population,
        [event.person for event in events],
        truth,
        event_date=[event.day for event in events],
        other_region=[event.other_region for event in events],
        **extra,
    )
    for row, event in enumerate(events):
        if event.field is not None:
            rows.columns[event.field][row] = event.new
        if event.desa_to is not None:
            rows.columns["desa"][row] = event.desa_to
            rows.columns["person_desa"][row] = population.where.desa.index(event.desa_to)
            rows.columns["tps"][row] = event.tps_to
    return rows


def _known(rng: np.random.Generator, events: list[Happening], rate: float) -> list[Happening]:
    return [event for event in events if rng.random() < rate]


def feed(rng: np.random.Generator, news: News) -> Rows:
    """The national commission's derived candidates of four categories."""
    kinds = (_pindah_masuk, _potensial, _pindah_keluar, _meninggal)
    return joined([shuffled(rng, kind(rng, news)) for kind in kinds])


def _filled(
    rng: np.random.Generator, news: News, parts: list[Rows], total: int, **extra: str
) -> Rows:
    """The parts, and people long on the roll up to ``total`` rows."""
    idle = sample(rng, news.voters, total - sum(len(part) for part in parts))
    days = [str(news.quarter.first)] * len(idle)
    stale = about(news.world.population, idle, "already_on_roll", event_date=days, **extra)
    return joined([*parts, stale])


def _pindah_masuk(rng: np.random.Generator, news: News) -> Rows:
    events = news.quarter.events
    known = _known(rng, events["moved_in"], REPORTS["feed_real_event"])
    arrived = qualified_events(news.world, known, news.quarter.last)
    grown = {event.person for event in arrived}
    children = [event for event in known if event.person not in grown]
    inside = _known(rng, events["moved_within"], REPORTS["feed_real_event"])
    news.tell("in", [event.person for event in arrived])
    kab = news.world.population.where.kab
    within = of_events(news, inside, "real_move_within", kategori="PINDAH MASUK")
    within.columns["other_region"] = [kab] * len(within)
    parts = [
        of_events(news, arrived, "real_move_in", kategori="PINDAH MASUK"),
        of_events(news, children, "too_young", kategori="PINDAH MASUK"),
        within,
    ]
    return _filled(rng, news, parts, news.share("feed_pindah_masuk"), kategori="PINDAH MASUK")


def _potensial(rng: np.random.Generator, news: News) -> Rows:
    world, events = news.world, news.quarter.events
    new = events["turned_17"] + events["registered"] + events["married_under_17"]
    new = _known(rng, new, REPORTS["feed_real_event"])
    civilians = _known(rng, events["left_tni_polri"], 0.3)
    total = news.share("feed_potensial")
    state = world.population.state
    young = np.flatnonzero((state == CHILD_STATE) & ~world.listed)
    young = np.setdiff1d(young, _come_of_age(news))
    young = sample(rng, young, round(CLAIMS["too_young"] * total))
    soldiers = np.flatnonzero((state == MILITARY) & world.military)
    soldiers = sample(rng, soldiers, round(CLAIMS["military_in_feed"] * total))
    dead = np.array(sorted(world.struck_dead), dtype=np.int64)
    # at least one, so that a small population shows it too
    returned = sample(rng, dead, math.ceil(REPORTS["dead_return"] * len(dead)))
    changed = _known(rng, events["corrected"], 0.3)
    news.tell("in", [event.person for event in new + civilians])
    news.tell("returned", returned)
    word = {"kategori": "PEMILIH POTENSIAL"}
    parts = [
        of_events(news, new, "real_new", **word),
        of_events(news, civilians, "real_civilian", **word),
        about(world.population, young, "too_young", **word),
        about(world.population, soldiers, "military", **word),
        about(world.population, returned, "dead_returns", **word),
        of_events(news, changed, "correction", **word),
        _second_registrations(rng, news, **word),
    ]
    return _filled(rng, news, parts, total, **word)


def _come_of_age(news: News) -> Ints:
    """Children at the opening who may vote now."""
    kinds = ("turned_17", "married_under_17")
    return np.concatenate([news.quarter.people(kind) for kind in kinds])


def _second_registrations(rng: np.random.Generator, news: News, **extra: str) -> Rows:
    """People who registered twice: again, with another NIK and another family number."""
    told = [e for e in news.quarter.events["double_registered"] if e.person in news.told["in"]]
    rows = of_events(news, told, "duplicate", **extra)
    for row in range(len(rows)):
        rows.soil(row, "nik", "second_registration", digit_wrong(rng, rows.columns["nik"][row]))
        rows.soil(row, "nkk", "second_registration", digit_wrong(rng, rows.columns["nkk"][row]))
    return rows


def _pindah_keluar(rng: np.random.Generator, news: News) -> Rows:
    world = news.world
    left = _known(rng, news.quarter.events["moved_out"], REPORTS["feed_real_event"])
    still = sample(rng, news.voters, news.share("false_move_out"))
    rest = news.share("feed_pindah_keluar") - len(left) - len(still)
    gone = sample(rng, world.absent(), rest)
    news.tell("out", [event.person for event in left])
    around = world.population.where.kabs_around
    day = str(news.quarter.first)
    idle = {"kategori": "PINDAH KELUAR", "event_date": day}

    def somewhere(size: int) -> list[str]:
        return [around[at] for at in near(rng, len(around), size)]

    parts = [
        of_events(news, left, "real_move_out", kategori="PINDAH KELUAR"),
        about(
            world.population, still, "false_move_out", other_region=somewhere(len(still)), **idle
        ),
        about(world.population, gone, "already_gone", other_region=somewhere(len(gone)), **idle),
    ]
    return joined(parts)


def _meninggal(rng: np.random.Generator, news: News) -> Rows:
    total = news.share("feed_meninggal")
    real = _known(rng, news.deaths, REPORTS["death_in_feed"])
    living = sample(rng, news.voters, round(CLAIMS["feed_false_death"] * total))
    gone = sample(rng, news.world.absent(), total - len(real) - len(living))
    return _deaths(rng, news, real, living, gone, kategori="MENINGGAL")


def _deaths(
    rng: np.random.Generator,
    news: News,
    real: list[Happening],
    living: Ints,
    gone: Ints,
    **extra: object,
) -> Rows:
    """Death claims: real, about the living, and about people who are off the roll anyway."""
    population = news.world.population
    news.tell("dead", [event.person for event in real])
    news.tell("living", living)
    span = (news.quarter.last - news.quarter.first).days

    def days(size: int) -> list[str]:
        start = np.datetime64(news.quarter.first)
        return [str(start + int(offset)) for offset in rng.integers(0, span, size)]

    return joined(
        [
            of_events(news, real, "real_death", **extra),
            about(population, living, "false_death", event_date=days(len(living)), **extra),
            about(population, gone, "already_gone", event_date=days(len(gone)), **extra),
        ]
    )


def akta(rng: np.random.Generator, news: News) -> Rows:
    """Death certificates of the civil registry."""
    real = _known(rng, news.deaths, REPORTS["death_akta"])
    news.tell("proven_dead", [event.person for event in real])
    gone = sample(rng, news.world.absent(), round(CLAIMS["akta_already_gone"] * len(real)))
    rows = _deaths(rng, news, real, _NOBODY, gone)
    kab, year = news.world.population.where.kab, news.quarter.first.year
    serials = rng.integers(1, 9999, len(rows))
    rows.columns["document"] = [f"{kab}-KM-{int(serial):05d}/{year}" for serial in serials]
    return shuffled(rng, rows)


def letters(rng: np.random.Generator, news: News) -> Rows:
    """Monthly death letters of villages."""
    known = _known(rng, news.deaths, REPORTS["death_village_letter"])
    rows = _deaths(rng, news, known, _NOBODY, _NOBODY)
    serials = rng.integers(1, 400, len(rows))
    rows.columns["document"] = [f"474.3/{int(n)}/KEL/{news.quarter.first.year}" for n in serials]
    return shuffled(rng, rows)


def rt_statements(rng: np.random.Generator, news: News) -> Rows:
    """Deaths that a head of RT put on paper."""
    known = _known(rng, news.deaths, REPORTS["death_rt_statement"])
    return shuffled(rng, _deaths(rng, news, known, _NOBODY, _NOBODY))


def bpjs(rng: np.random.Generator, news: News) -> Rows:
    """Bare death claims of an insurer; some of these people live."""
    total = news.share("bpjs")
    real = _known(rng, news.deaths, REPORTS["death_bpjs"])
    living = sample(rng, news.voters, round(CLAIMS["bpjs_false_death"] * total))
    gone = sample(rng, news.world.absent(), total - len(real) - len(living))
    return shuffled(rng, _deaths(rng, news, real, living, gone))


def tni_polri(rng: np.random.Generator, news: News) -> Rows:
    """Headquarters' list: who joined, who was pensioned, and a few strangers."""
    events = news.quarter.events
    news.tell("out", [e.person for kind in ("joined_tni", "joined_polri") for e in events[kind]])
    news.tell("in", [e.person for e in events["left_tni_polri"]])
    joiners = len(events["joined_tni"]) + len(events["joined_polri"])
    gone = sample(rng, news.world.absent(), round(CLAIMS["tni_list_stranger"] * joiners))
    return joined(
        [
            of_events(news, events["joined_tni"], "real_tni", status="MASUK TNI"),
            of_events(news, events["joined_polri"], "real_polri", status="MASUK POLRI"),
            of_events(news, events["left_tni_polri"], "real_civilian", status="PENSIUN"),
            about(
                news.world.population,
                gone,
                "already_gone",
                status="MASUK TNI",
                event_date=str(news.quarter.first),
            ),
        ]
    )


def school(rng: np.random.Generator, news: News) -> Rows:
    """Pupils who turn 17, with some a little too young."""
    pupils = _known(rng, news.quarter.events["turned_17"], REPORTS["school"])
    news.tell("in", [event.person for event in pupils])
    world = news.world
    young = np.flatnonzero((world.population.state == CHILD_STATE) & ~world.listed)
    young = np.setdiff1d(young, _come_of_age(news))
    young = sample(rng, young, round(CLAIMS["school_too_young"] * len(pupils)))
    older = sample(rng, news.voters, len(pupils) // 20)
    rows = joined(
        [
            of_events(news, pupils, "real_new"),
            about(world.population, young, "too_young"),
            about(world.population, older, "already_on_roll"),
        ]
    )
    schools = words()["schools"]
    rows.columns["school"] = [schools[at] for at in rng.integers(len(schools), size=len(rows))]
    return shuffled(rng, rows)


def lapas(rng: np.random.Generator, news: News) -> Rows:
    """Inmates: most are voters who stay on the roll; a court took the right of very few."""
    events = news.quarter.events
    news.tell("out", [event.person for event in events["right_revoked"]])
    men = news.voters[~news.world.population.people.female[news.voters]]
    inmates = sample(rng, men, news.share("lapas"))
    day = str(news.quarter.first)
    held = {"keterangan": "TAHANAN", "event_date": day}
    rows = joined(
        [
            of_events(news, events["imprisoned"], "imprisoned", keterangan="NARAPIDANA"),
            about(news.world.population, inmates, "imprisoned", **held),
            of_events(news, events["right_revoked"], "real_revoked", keterangan=_REVOKED),
        ]
    )
    return shuffled(rng, rows)


def bawaslu(rng: np.random.Generator, news: News) -> Rows:
    """Suggestions of the supervisory agency: dead, gone or missing people, by name and address."""
    events = news.quarter.events
    total = news.share("bawaslu")
    dead = news.deaths[: total // 2]
    gone = events["moved_out"][: total // 4]
    missing = qualified_events(news.world, events["registered"], news.quarter.last)[: total // 6]
    living = sample(rng, news.voters, max(1, total - len(dead) - len(gone) - len(missing)))
    news.tell("dead", [event.person for event in dead])
    news.tell("living", living)
    news.tell("out", [event.person for event in gone])
    news.tell("in", [event.person for event in missing])
    rows = joined(
        [
            of_events(news, dead, "real_death", keterangan="MENINGGAL DUNIA"),
            of_events(news, gone, "real_move_out", keterangan="PINDAH DOMISILI"),
            of_events(news, missing, "real_new", keterangan="BELUM TERDAFTAR"),
            about(news.world.population, living, "false_death", keterangan="MENINGGAL DUNIA"),
        ]
    )
    birth = news.world.population.people.birth[rows.person]
    rows.columns["age"] = age_on(birth, np.datetime64(news.quarter.last)).tolist()
    return rows


def settle(news: News) -> None:
    """After the quarter: what was told is taken as done, on the roll and among the dead.

    New voters of whom nobody told stay unregistered and may register later.
    """
    world = news.world
    kinds = ("turned_17", "married_under_17", "moved_in")
    new = [event.person for kind in kinds for event in news.quarter.events[kind]]
    untold = sorted(set(new) - news.told.get("in", set()))
    world.population.state[untold] = UNREGISTERED
    dead = sorted(news.told.get("dead", set()))
    world.listed[sorted(news.told.get("in", set()))] = True
    world.listed[dead] = False
    world.listed[sorted(news.told.get("out", set()))] = False
    world.untold_dead -= set(dead)
    # a report without a deed only suspends: nobody is struck on it
    world.struck_dead = sorted({*world.struck_dead, *news.told.get("proven_dead", set())})
    happened(world, news.quarter)
    day = str(news.quarter.last)
    for kind, about_whom in (("false_death_report", "living"), ("revived_in_feed", "returned")):
        people = sorted(news.told.get(about_whom, set()))
        news.quarter.events[kind] = [Happening(person, kind, day) for person in people]
