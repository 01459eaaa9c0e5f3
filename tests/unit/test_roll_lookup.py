"""Look-up on one version: by number, by name as people write it, inside the caller's area."""

import pyarrow as pa
import pytest
from test_roll_versions import NEW, B, S, office  # noqa: F401 - the fixture

from lib.office import Q2, Q3, Office
from lib.people import BUDI, SITI, record
from mutakhir.roll import lookup_names
from mutakhir.roll.lookup import Lookup, build_lookup, fresh
from mutakhir.roll.lookup_names import Narrowed
from mutakhir.roll.voter import DEPARTED_SCHEMA, VOTER_FIELDS
from mutakhir.store import StoreBusyError, StoreError

KOTA = ("3673",)
OTHER_DESA = "3673021001"


@pytest.fixture
def lookup(office):  # noqa: F811
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


def test_a_version_without_an_index_or_with_an_old_one_says_so(office):  # noqa: F811
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


def test_a_second_builder_is_told_so(office):  # noqa: F811
    with office.store.indexing(), pytest.raises(StoreBusyError, match="sedang dibuat"):
        build_lookup(office.store, 2)


def test_no_version_no_index(office):  # noqa: F811
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
