"""Look-up on one version: by number, by name as people write it, inside the caller's area."""

import shutil
from datetime import date

import pyarrow as pa
import pytest

from lib.cases import proposal, proposals
from lib.histories import FEED, NEW, OPENING, B, S, settled
from lib.office import Q2, Q3, Q4, Office, no_outcomes
from lib.people import BUDI, SITI, record
from mutakhir.casework.desk import casebook
from mutakhir.casework.draft import Proposals
from mutakhir.roll import lookup_names, plain
from mutakhir.roll.as_of import voter_as_of
from mutakhir.roll.lookup import Lookup, build_lookup, fresh
from mutakhir.roll.lookup_names import Narrowed
from mutakhir.roll.steps import roll_as_of
from mutakhir.roll.timeline import Document, FieldChange, proposals_on, timeline
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_FIELDS
from mutakhir.store import StoreBusyError, StoreError

KOTA = ("3673",)
OTHER_DESA = "3673021001"


@pytest.fixture
def office(tmp_path):
    return settled(tmp_path / "store")


@pytest.fixture
def lookup(office):
    build_lookup(office.store, 2)
    return Lookup.open(office.store, 2)


def test_a_voter_is_found_by_each_number_with_every_field(lookup):
    found = lookup.by_dpid(B, KOTA)
    assert set(found) == {*DEPARTED_SCHEMA.names, "departed"}
    assert (found["name"], found["tps"], found["departed"]) == ("BUDI S.", "009", False)
    assert found["reason"] is None
    assert lookup.by_nik(BUDI["nik"], KOTA) == [found]
    assert [row["dpid"] for row in lookup.by_nkk(BUDI["nkk"], KOTA)] == [B, NEW, S]


def test_who_has_left_is_found_and_says_why(lookup):
    found = lookup.by_dpid(S, KOTA)
    assert {name: found[name] for name in VOTER_FIELDS if name in SITI} == SITI
    assert found["departed"]
    gone = [found[name] for name in ("reason", "left", "rung")]
    assert gone == ["meninggal", "2026-Q3", "akta_kematian"]


def test_several_come_in_the_order_asked_and_the_unknown_are_left_out(lookup):
    found = lookup.by_dpids([NEW, "f" * 16, B], KOTA)
    assert [row["dpid"] for row in found] == [NEW, B]


def test_nobody_outside_the_area_is_found(lookup):
    for area in ((), ("3604",), ("11", "3602")):
        assert lookup.by_dpid(B, area) is None
        assert lookup.by_nik(BUDI["nik"], area) == []
        assert lookup.by_nkk(BUDI["nkk"], area) == []
        assert lookup.search("BUDI", area).rows == []
        assert lookup.counts(area) == []
    assert lookup.by_dpid(B, ("36",)) is not None
    assert lookup.search("BUDI", ("3604",), region="3673").rows == []


def test_an_area_is_two_or_four_digits(lookup):
    for area in (("",), ("36730",), ("x1",)):
        with pytest.raises(ValueError, match="2 atau 4 angka"):
            lookup.by_dpid(B, area)
        with pytest.raises(ValueError, match="2 atau 4 angka"):
            lookup.search("BUDI", area)
        with pytest.raises(ValueError, match="2 atau 4 angka"):
            lookup.counts(area)


def test_places_are_counted_without_the_departed(lookup):
    (of_kecamatan,) = lookup.counts(KOTA)
    assert (of_kecamatan.code, of_kecamatan.L, of_kecamatan.P) == ("367301", 1, 1)
    assert of_kecamatan.total == 2
    assert [each.code for each in lookup.counts(KOTA, level="desa")] == [SITI["desa"]]
    assert lookup.counts(KOTA, level="desa", region="367302") == []


def test_a_version_without_an_index_or_with_an_old_one_says_so(office):
    with pytest.raises(StoreError, match="belum diindeks"):
        Lookup.open(office.store, 2)
    build_lookup(office.store, 2)
    assert fresh(office.store, 2)
    office.overturn(4, Q3)
    office.build(Q3)
    assert not fresh(office.store, 2)
    with pytest.raises(StoreError, match="berubah sejak diindeks"):
        Lookup.open(office.store, 2)
    build_lookup(office.store, 2)
    assert Lookup.open(office.store, 2).by_dpid(B, KOTA)["name"] == "BUDI SANTOSO"


def test_an_index_whose_history_is_gone_is_not_fresh_and_is_made_again(office):
    build_lookup(office.store, 2)
    shutil.rmtree(office.store.lookup / "history" / "0001")
    assert not fresh(office.store, 2)
    build_lookup(office.store, 2)
    assert fresh(office.store, 2)


def test_a_second_builder_is_told_so(office):
    with office.store.indexing(), pytest.raises(StoreBusyError, match="sedang dibuat"):
        build_lookup(office.store, 2)


def test_no_version_no_index(office):
    with pytest.raises(StoreError, match="versi 9 tidak ada"):
        build_lookup(office.store, 9)


NAMES = [
    *("MUHAMMAD RIZKI PRATAMA", "SITI NURHAYATI", "SOEKARNO DJOJOHADIKOESOEMO", "A"),
    *("HJ. SA'DIAH, S.PD", "BAMBANG", "NUR HAYATI", "ABDUL RAHMAN SALEH", "JAFAR"),
]


@pytest.fixture
def named(tmp_path):
    kota = Office(tmp_path / "store")
    lines = [
        record(
            {**SITI, "name": name, "nik": f"99999957088500{n:02d}", "sex": "LP"[n % 2]},
            row=n + 2,
            dpid=f"{n:016x}",
            birth_date=f"19{60 + n}-08-17",
            desa=SITI["desa"] if n < 5 else OTHER_DESA,
        )
        for n, name in enumerate(NAMES)
    ]
    kota.source(*lines)
    kota.adopt("a" * 16)
    kota.build(Q2)
    build_lookup(kota.store, 1)
    return Lookup.open(kota.store, 1)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("MOH. RIZKY PRATAMA", "MUHAMMAD RIZKI PRATAMA"),
        ("M. RIZKI", "MUHAMMAD RIZKI PRATAMA"),
        ("PRATAMA RIZKI", "MUHAMMAD RIZKI PRATAMA"),
        ("rizki pratana", "MUHAMMAD RIZKI PRATAMA"),
        ("SUKARNO JOYOHADIKUSUMO", "SOEKARNO DJOJOHADIKOESOEMO"),
        ("SADIAH", "HJ. SA'DIAH, S.PD"),
        ("Dra. Hj. SA'DIYAH", "HJ. SA'DIAH, S.PD"),
        ("BAMBNAG", "BAMBANG"),
        ("NURHAYATI", "NUR HAYATI"),
        ("SITI NUR HAYATI", "SITI NURHAYATI"),
        ("ABDURRAHMAN SALEH", "ABDUL RAHMAN SALEH"),
        ("SALIH ABDULRAHMAN", "ABDUL RAHMAN SALEH"),
        ("ABDUL RAHMANSALEH", "ABDUL RAHMAN SALEH"),
        ("JAFER", "JAFAR"),
        ("A", "A"),
    ],
)
def test_a_name_is_found_as_people_write_it(named, asked, name):
    assert name in [row["name"] for row in named.search(asked, KOTA).rows]


def test_of_an_endless_name_only_the_first_words_are_looked_up(named):
    endless = " ".join(["BAMBANG", *(f"KATA{'AB'[n % 2]}{'CD' * n}" for n in range(500))])
    assert named.search(endless, KOTA).rows[0]["name"] == "BAMBANG"


def test_the_likeliest_comes_first_with_its_score(named):
    found = named.search("BAMBANG", KOTA)
    assert [(row["name"], row["departed"]) for row in found.rows] == [("BAMBANG", False)]
    assert found.scores == [100.0]
    assert (found.total, found.more, found.too_many) == (1, False, False)


def test_region_birth_date_and_sex_narrow_a_search(named):
    def names(**narrow):
        return [row["name"] for row in named.search("NUR HAYATI", KOTA, **narrow).rows]

    assert names() == ["NUR HAYATI", "SITI NURHAYATI"]
    assert names(region="3673021") == names(region=OTHER_DESA) == ["NUR HAYATI"]
    assert names(region="367301") == ["SITI NURHAYATI"]
    assert names(region="36") == names()
    assert names(born="1966") == names(born="1966-08") == ["NUR HAYATI"]
    assert names(born="1966-09") == names(born="1966-08-18") == []
    assert names(sex="L") == ["NUR HAYATI"]
    assert names(sex="P") == ["SITI NURHAYATI"]


def test_what_the_roll_does_not_know_of_a_birth_date_rules_nobody_out():
    born = pa.array([19610700, 701, 0, 19610701, 19610601], pa.int32())
    names = lookup_names.Names(pa.table({"born": born}), None, None)
    rows = names._born_then(names._born.argsort(), (1961, 7, 15))
    assert sorted(names._born[rows].tolist()) == [0, 19610700]


def test_pages_follow_each_other(named):
    whole = named.search("NUR HAYATI", KOTA)
    first = named.search("NUR HAYATI", KOTA, limit=1)
    second = named.search("NUR HAYATI", KOTA, limit=1, offset=1)
    assert first.more
    assert not second.more
    assert first.rows + second.rows == whole.rows


def test_what_is_no_name_or_no_date_is_refused_without_repeating_it(named):
    with pytest.raises(ValueError, match="satu kata dari nama"):
        named.search(" -. ", KOTA)
    for born in ("17-08-1985", "1984-8", "1984-08-1x"):
        with pytest.raises(ValueError, match="dicari sebagai 1985") as refused:
            named.search("BUDI", KOTA, born=born)
        assert born not in str(refused.value)


def test_words_that_everybody_has_alone_ask_for_more(named, monkeypatch):
    monkeypatch.setattr(lookup_names, "RANKED", 1)
    assert not named.search("BAMBANG", KOTA).too_many
    found = named.search("NURHAYATI", KOTA)
    assert found.too_many
    assert found.more
    assert found.total == 1
    assert not named.search("NURHAYATI", KOTA, region=OTHER_DESA).too_many
    monkeypatch.setattr(lookup_names, "LOOKED_AT", 1)
    found = named.search("NURHAYATI", KOTA)
    assert (found.rows, found.too_many) == ([], True)


def test_rare_words_bring_candidates_and_common_ones_only_confirm():
    words = [lookup_names._Word(None, None, weight) for weight in (9.0, 8.0, 2.0)]
    assert lookup_names._driving(words) == words[:2]
    assert lookup_names._driving(words[:1]) == words[:1]


def test_an_empty_roll_finds_nobody(tmp_path):
    names = lookup_names.Names(
        pa.table({"canonical": pa.array([], pa.string()), "words": pa.array([], pa.int8())}),
        pa.table({name: pa.array([], pa.string()) for name in ("word", "sound")})
        .append_column("first", pa.array([], pa.int64()))
        .append_column("end", pa.array([], pa.int64())),
        pa.table({"row": pa.array([], pa.int32())}),
    )
    assert len(names.search("BUDI", Narrowed([])).rows) == 0


def test_a_whole_day_can_be_told_of_one_voter(office):
    build_lookup(office.store, 2)
    lookup, book = Lookup.open(office.store, 2), casebook(office.store)

    def standing(dpid, day, area=KOTA):
        day = date.fromisoformat(day)
        return voter_as_of(lookup, dpid, day, area, book=book, rules=office.rules)

    assert standing(S, "2026-08-31").row is None
    assert standing(S, "2026-09-01").row["status"] == "aktif"
    assert standing(S, "2026-09-01").version == 1
    assert standing(S, "2026-09-11").row["reason"] == "meninggal"
    assert standing(B, "2026-09-11").row["name"] == "BUDI S."
    assert standing(NEW, "2026-09-01").row is None
    assert standing(NEW, "2026-09-11").row["entered"] == "2026-Q3"
    assert standing(B, "2026-09-11", ("3604",)).row is None


@pytest.mark.parametrize("built", [True, False])
def test_who_comes_without_a_station_stands_with_the_family_on_any_day(tmp_path, built):
    kota = Office(tmp_path / "store")
    family = {**SITI, "tps": "004"}
    kota.source(
        record(family, row=2, dpid=S),
        record({**BUDI, "nkk": None, "rt": "009"}, row=3, dpid=B),
        record({**BUDI, "tps": "002", "nkk": None, "rt": "009"}, row=4, dpid="b" * 16),
    )
    kota.adopt("a" * 16)
    kota.build(Q2)
    comes = record({**BUDI, "nkk": SITI["nkk"], "tps": None}, row=2, source_id="b" * 16)
    moves = record({**BUDI, "tps": None}, row=3, source_id="b" * 16, claim="move")
    kota.source(comes, moves)
    kota.minute = 1440
    kota.accept(
        proposals(
            proposal(kind="add", dpid=NEW, reason="pindah_masuk", record_id=f"{'b' * 16}:0:2"),
            proposal(
                proposal_id="2" * 16, kind="relocate", dpid=B, reason="pindah_dalam",
                record_id=f"{'b' * 16}:0:3",
            ),
        )
    )  # fmt: skip
    if built:
        kota.build(Q3)
    version = kota.store.versions()[-1]
    build_lookup(kota.store, version)
    lookup, book = Lookup.open(kota.store, version), casebook(kota.store)
    for day in (date(2026, 9, 1), date(2026, 9, 2)):
        roll = roll_as_of(kota.store, day, plain, kota.rules)
        stations = {row["dpid"]: row["tps"] for row in roll.voters.to_pylist()}
        for dpid in (S, B, NEW):
            found = voter_as_of(lookup, dpid, day, KOTA, book=book, rules=kota.rules)
            assert (found.row["tps"] if found.row else None) == stations.get(dpid)
    assert stations[NEW] == "004"
    if not built:
        (seq,) = voter_as_of(lookup, NEW, day, KOTA, book=book, rules=kota.rules).decisions
        assert book.decision(seq).dpid == NEW


def test_an_index_older_than_the_day_says_so(office):
    build_lookup(office.store, 1)
    lookup, book = Lookup.open(office.store, 1), casebook(office.store)
    with pytest.raises(StoreError, match="indeks versi 2"):
        voter_as_of(lookup, S, date(2026, 9, 11), KOTA, book=book, rules=office.rules)


def told(office, dpid, area=KOTA):
    build_lookup(office.store, 2)
    lookup = Lookup.open(office.store, 2)
    found = proposals_on(office.store, dpid)
    return timeline(lookup, dpid, area, book=casebook(office.store), proposals=found)


def test_a_timeline_tells_what_happened_on_which_document_and_who_decided(office):
    came, proposed, accepted, approved, left = told(office, S)
    opening = Document(f"{OPENING}:0:2", "", OPENING, "daftar.csv", 2)
    certificate = Document(f"{FEED}:0:2", "akta_kematian", FEED, "daftar.csv", 2)
    assert (came.what, came.period, came.version, came.reason) == ("came", Q2, 1, "daftar_awal")
    assert (came.decision.act, came.documents) == ("adopt", (opening,))
    assert (proposed.what, proposed.kind, proposed.documents) == (
        "proposal", "remove", (certificate,),
    )  # fmt: skip
    assert [(e.what, e.decision.act) for e in (accepted, approved)] == [
        ("decision", "accept"), ("decision", "approve"),
    ]  # fmt: skip
    assert (left.what, left.origin, left.destination) == (
        "left", "3673011001.001", "luar.meninggal",
    )  # fmt: skip
    assert (left.decision, left.approval) == (accepted.decision, approved.decision)
    assert (left.at, left.documents) == (approved.at, (certificate,))


def test_a_timeline_tells_fields_before_and_after(office):
    on_roll = [event for event in told(office, B) if event.version == 2]
    assert [event.what for event in on_roll] == ["changed", "moved"]
    assert on_roll[0].fields == (FieldChange("name", "BUDI SANTOSO", "BUDI S."),)
    assert on_roll[1].fields == (FieldChange("tps", "001", "009"),)


def test_a_suspension_lifted_is_told_as_such(office):
    weak = proposal(
        proposal_id="9" * 16, kind="suspend", dpid=B, period=Q4, documents=["rt_statement"]
    )
    office.accept(proposals(weak), Q4)
    office.build(Q4)
    office.overturn(casebook(office.store).decisions_of(B)[-1].seq, "2027-Q1")
    office.build("2027-Q1")
    build_lookup(office.store, 4)
    lookup, book = Lookup.open(office.store, 4), casebook(office.store)
    events = timeline(lookup, B, KOTA, book=book)
    found = [(event.what, event.version) for event in events if (event.version or 0) > 2]
    assert found == [("suspended", 3), ("restored", 4)]


def test_a_timeline_stays_in_the_area(office):
    assert told(office, S, ("3604",)) == []
    assert told(office, S, ("36",)) != []
    assert told(office, "f" * 16) == []


def test_who_is_only_proposed_has_a_timeline_too(office):
    newcomer = proposal(
        kind="add", dpid="c" * 16, reason="pindah_masuk", record_id=f"{FEED}:0:2", documents=["kk"]
    )
    office.put(Proposals(proposals(newcomer), no_outcomes()))
    (event,) = told(office, "c" * 16)
    assert (event.what, event.reason, event.version) == ("proposal", "pindah_masuk", None)
    assert told(office, "c" * 16, ("3604",)) == []
