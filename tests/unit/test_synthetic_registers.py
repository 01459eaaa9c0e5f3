"""The generator of register pairs: same seed same rows, true truth, every hard case, rates."""

import re
from datetime import date
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from mutakhir.person import PERSON_FIELDS
from mutakhir.synthetic.registers import (
    make_registers,
    true_duplicates,
    true_links,
    write_registers,
    wrong_kind,
)
from mutakhir.synthetic.registers.draws import Dice
from mutakhir.synthetic.registers.rates import group
from mutakhir.synthetic.registers.wrong_dates import wrong_date
from mutakhir.synthetic.registers.wrong_names import wrong_name
from mutakhir.synthetic.registers.wrong_numbers import wrong_nik

FILES = ("roll", "register", "roll_truth", "register_truth", "people")


@pytest.fixture(scope="module")
def made():
    """20,000 lines a side."""
    return make_registers(1, size=20_000)


@pytest.fixture(scope="module")
def pairs(made):
    """Each true pair with both lines, as dicts of columns ``left_*`` and ``right_*``."""
    left = made.left.rename_columns([f"left_{name}" for name in made.left.column_names])
    right = made.right.rename_columns([f"right_{name}" for name in made.right.column_names])
    left = left.append_column("person", made.left_truth["person"])
    right = right.append_column("person", made.right_truth["person"])
    return left.join(right, "person", join_type="inner").to_pylist()


def share(pairs, field):
    differing = sum(pair[f"left_{field}"] != pair[f"right_{field}"] for pair in pairs)
    return differing / len(pairs)


def families(made):
    found = {}
    for person in made.people.to_pylist():
        found.setdefault(person["family"], []).append(person)
    return found.values()


def test_the_same_seed_gives_the_same_rows_and_another_gives_others():
    one, again, other = (make_registers(seed, size=500) for seed in (7, 7, 8))
    assert one.left.equals(again.left)
    assert one.right.equals(again.right)
    assert one.people.equals(again.people)
    assert not one.left.equals(other.left)


def test_rows_do_not_depend_on_how_many_are_written_at_a_time(tmp_path):
    for rows in (97, 10_000):
        write_registers(tmp_path / str(rows), size=1_000, seed=3, rows_at_once=rows)
    for name in FILES:
        few, many = (
            pq.read_table(tmp_path / str(rows) / f"{name}.parquet") for rows in (97, 10**4)
        )
        assert few.equals(many), name


def test_a_folder_holds_what_memory_holds(tmp_path):
    write_registers(tmp_path, size=1_000, seed=3)
    made = make_registers(3, size=1_000)
    assert pq.read_table(tmp_path / "roll.parquet").equals(made.left)
    assert pq.read_table(tmp_path / "register.parquet").equals(made.right)
    links, doubles = true_links(tmp_path), true_duplicates(tmp_path)
    assert set(zip(*(column.to_pylist() for column in links.columns), strict=True)) == made.links
    assert set(zip(*(c.to_pylist() for c in doubles.columns), strict=True)) == made.duplicates


@pytest.mark.parametrize("size", [1, 2, 50, 3_000])
def test_each_list_has_the_lines_asked_for(size):
    made = make_registers(1, size=size)
    assert made.left.num_rows == made.right.num_rows == size


def test_ids_are_of_one_form_and_unique(made):
    dpids, records = (t[c].to_pylist() for t, c in ((made.left, "dpid"), (made.right, "record_id")))
    assert len(set(dpids)) == len(set(records)) == 20_000
    assert all(re.fullmatch(r"[0-9a-f]{16}", dpid) for dpid in dpids)
    assert all(re.fullmatch(r"b{16}:0:[0-9]+", record) for record in records)


def test_nine_tenths_of_each_list_stand_on_the_other(made):
    left, right = (set(t["person"].to_pylist()) for t in (made.left_truth, made.right_truth))
    assert len(left & right) == 18_000
    assert left | right == set(made.people["person"].to_pylist())


def test_links_and_duplicates_join_lines_of_one_person_and_are_all_of_them(made):
    of_voter = dict(zip(*(c.to_pylist() for c in made.left_truth.columns), strict=True))
    of_record = dict(zip(*(c.to_pylist() for c in made.right_truth.columns), strict=True))
    assert all(of_voter[dpid] == of_record[record] for dpid, record in made.links)
    assert all(one < other and of_voter[one] == of_voter[other] for one, other in made.duplicates)
    bearers = {}
    for dpid, person in of_voter.items():
        bearers.setdefault(person, []).append(dpid)
    expected = {pair for ids in bearers.values() for pair in combinations(sorted(ids), 2)}
    assert made.duplicates == expected
    assert len(made.links) == sum(len(bearers.get(p, ())) for p in of_record.values())


@pytest.mark.parametrize("side", ["left", "right"])
def test_fields_have_their_canonical_form(made, side):
    forms = {
        "nkk": r"[0-9]{15,16}",
        "nik": r"[0-9]{15,16}",
        "birth_date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "sex": "[LP]",
        "marital": "[BSP]",
        "rt": "[0-9]{3}",
        "rw": "[0-9]{3}",
        "desa": "[0-9]{10}",
        "tps": "[0-9]{3}",
        "ktp_el": "[SB]",
    }
    table = getattr(made, side)
    assert set(PERSON_FIELDS) < set(table.column_names)
    for field in PERSON_FIELDS:
        assert table.schema.field(field).type == pa.string()
        values = table[field].drop_null()
        assert not pc.any(pc.equal(pc.utf8_trim_whitespace(values), "")).as_py(), field
        assert pc.all(pc.match_substring_regex(values, f"^({forms.get(field, '.+')})$")).as_py()
    names = table["name"]
    assert names.null_count == 0
    assert pc.all(pc.equal(names, pc.utf8_upper(names))).as_py()
    assert not pc.any(pc.match_substring(names, "  ")).as_py()


def test_dates_are_of_the_calendar_or_lack_their_day(made):
    days = set(made.left["birth_date"].drop_null().to_pylist())
    assert any(day.endswith("-00") for day in days)
    for day in days:
        date.fromisoformat(day.replace("-00", "-01"))


def test_each_fault_of_a_date_changes_what_it_says():
    days = np.arange("1950-01-01", "2008-01-01", dtype="datetime64[D]")
    right = days.astype(str).tolist()
    faults = {kind: place for place, kind in enumerate(group("birth_date"))}

    def written(kind):
        fault = np.full(len(days), faults[kind])
        index = np.arange(len(days))
        return wrong_date(Dice(1), index, index + int(days[0].astype(int)), fault).to_pylist()

    for old, new in zip(right, written("swapped"), strict=True):
        assert new == (f"{old[:4]}-{old[8:]}-{old[5:7]}" if int(old[8:]) <= 12 else old)
    for old, new in zip(right, written("digit"), strict=True):
        date.fromisoformat(new)
        one_digit = sum(a != b for a, b in zip(old[8:], new[8:], strict=True)) == 1
        assert (one_digit and old[:8] == new[:8]) or (old[8:] == new[8:] and old[5:7] != new[5:7])
    for old, new in zip(right, written("year"), strict=True):
        assert abs(int(old[:4]) - int(new[:4])) == 1
        assert old[4:] == new[4:] or old[4:] == "-02-29"
    assert written("no_day") == [f"{day[:8]}00" for day in right]
    assert written("heaped") == [f"{day[:4]}-07-01" for day in right]
    assert set(written("missing")) == {None}


def test_each_fault_of_a_nik_changes_what_it_says():
    right = np.array([3601010708610001, 3601015512990002, 3673062904750003] * 300)
    index, kinds = np.arange(len(right)), list(group("nik"))

    def written(kind):
        fault = np.full(len(right), kinds.index(kind))
        family, stranger = right + 1, right + 10**10
        found = wrong_nik(Dice(1), index, right, fault, of_family=family, of_stranger=stranger)
        return list(zip(map(str, right.tolist()), map(str, found.tolist()), strict=True))

    def differing(old, new):
        return [at for at in range(16) if old[at] != new[at]]

    assert all(len(differing(*pair)) == 1 for pair in written("one_digit"))
    swapped = [(old, new, differing(old, new)) for old, new in written("swapped")]
    assert sum(len(at) == 2 and at[1] == at[0] + 1 for _, _, at in swapped) > 0.9 * len(swapped)
    assert all(sorted(old) == sorted(new) for old, new, _ in swapped)
    assert all(new == old[:15] for old, new in written("cut"))
    assert all(old[:12] == new[:12] and old != new for old, new in written("serial"))
    assert all(abs(int(old[6:8]) - int(new[6:8])) == 40 for old, new in written("forty"))
    for old, new in written("date"):
        assert old[:6] + old[12:] == new[:6] + new[12:]
        assert old != new
    assert {new for _, new in written("missing")} == {"0"}
    assert all(int(new) == int(old) + 1 for old, new in written("of_family"))
    assert all(int(new) == int(old) + 10**10 for old, new in written("of_stranger"))


def test_everybody_is_seventeen(made):
    assert max(made.people["birth_date"].to_pylist()) <= "2009-06-30"


def test_numbers_given_are_unique_and_say_date_and_sex():
    clean = make_registers(2, size=5_000, dirt=0.0)
    lines = clean.right.to_pylist()
    people = clean.people.take(clean.right_truth["person"]).to_pylist()
    telling = sum(
        line["nik"][6:12]
        == f"{int(p['birth_date'][8:]) + 40 * (p['sex'] == 'P'):02d}"
        + p["birth_date"][5:7]
        + p["birth_date"][2:4]
        for line, p in zip(lines, people, strict=True)
    )
    assert 0.99 < telling / len(lines) < 1.0  # some dates were corrected after the NIK was given
    by_nik = {}
    for line, person in zip(lines, people, strict=True):
        by_nik.setdefault(line["nik"], set()).add(person["person"])
    assert all(len(bearers) == 1 for bearers in by_nik.values())
    assert clean.duplicates == frozenset()


def test_without_dirt_two_offices_write_a_person_alike():
    clean = make_registers(2, size=2_000, dirt=0.0)
    left = dict(zip(clean.left["dpid"].to_pylist(), clean.left.to_pylist(), strict=True))
    right = dict(zip(clean.right["record_id"].to_pylist(), clean.right.to_pylist(), strict=True))
    for field in ("nik", "name", "birth_date", "sex", "birth_place"):
        assert all(left[one][field] == right[other][field] for one, other in clean.links), field


def test_twins_share_date_and_most_of_the_name_and_have_neighbouring_numbers():
    clean = make_registers(2, size=20_000, dirt=0.0)
    numbers = dict(
        zip(clean.right_truth["person"].to_pylist(), clean.right["nik"].to_pylist(), strict=True)
    )
    pairs_of_twins = {}
    for person in clean.people.to_pylist():
        if person["twin"] is not None:
            pairs_of_twins.setdefault(person["twin"], []).append(person)
    whole = [twins for twins in pairs_of_twins.values() if len(twins) == 2]
    assert len(whole) > 10
    next_to = 0
    for one, other in whole:
        assert one["family"] == other["family"]
        assert one["birth_date"] == other["birth_date"]
        assert one["name"] != other["name"]
        niks = [numbers.get(twin["person"]) for twin in (one, other)]
        if None not in niks and one["sex"] == other["sex"]:
            next_to += int(niks[1]) - int(niks[0]) == 1
    assert next_to > 5
    shared = sum(bool(set(a["name"].split()) & set(b["name"].split())) for a, b in whole)
    assert shared > len(whole) / 2


def test_about_one_birth_in_a_hundred_gives_twins(made):
    children = sum(role in ("first", "second", "third") for role in made.people["role"].to_pylist())
    twins = made.people["role"].to_pylist().count("twin")
    assert 0.003 < twins / children < 0.02


def test_there_are_sons_with_the_fathers_very_name_and_children_with_his_last_word(made):
    people = made.people.to_pylist()
    namesakes = heirs = 0
    for family in families(made):
        father = next((one for one in family if one["role"] == "father"), None)
        for child in family:
            if father and child["father"] == father["person"]:
                namesakes += child["name"] == father["name"]
                heirs += child["name"].split()[-1] == father["name"].split()[-1]
    assert namesakes >= 2
    assert heirs > len(people) * 0.01


def test_there_are_strangers_of_one_name_and_birth_date():
    people = make_registers(1, size=50_000).people.to_pylist()
    bearers = {}
    for person in people:
        key = person["name"], person["birth_date"], person["sex"]
        bearers.setdefault(key, set()).add(person["family"])
    assert sum(len(found) > 1 for found in bearers.values()) >= 10


def test_origins_single_names_and_heaped_dates_occur_in_their_shares(made):
    people = made.people.to_pylist()
    origins = [person["origin"] for person in people]
    assert len(set(origins)) == 8
    assert 0.3 < origins.count("sunda") / len(people) < 0.4
    elders = [p["single_name"] for p in people if p["birth_date"] < "1966-06-30"]
    assert 0.25 < sum(elders) / len(elders) < 0.34
    heaped = sum(p["birth_date"][5:] in ("01-01", "07-01", "12-31") for p in people)
    assert 0.03 < heaped / len(people) < 0.06
    assert set(made.people["name_decile"].to_pylist()) == set(range(1, 11))


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [
        ("nik", 0.022, 0.036),
        ("name", 0.08, 0.12),
        ("birth_date", 0.008, 0.016),
        ("sex", 0.0003, 0.002),
        ("desa", 0.055, 0.085),
        ("nkk", 0.09, 0.14),
        ("birth_place", 0.04, 0.065),
    ],
)
def test_offices_differ_as_often_as_stated(pairs, field, low, high):
    assert low < share(pairs, field) < high


def test_twice_the_dirt_gives_twice_the_faults(pairs):
    dirty = make_registers(1, size=20_000, dirt=2.0)
    left = dict(zip(dirty.left["dpid"].to_pylist(), dirty.left["name"].to_pylist(), strict=True))
    right = dict(
        zip(dirty.right["record_id"].to_pylist(), dirty.right["name"].to_pylist(), strict=True)
    )
    differing = sum(left[one] != right[other] for one, other in dirty.links) / len(dirty.links)
    assert 1.7 < differing / share(pairs, "name") < 2.2
    assert len(dirty.duplicates) == 160


def test_the_roll_is_dirtier_than_the_register(made):
    people = made.people["name"]
    wrong = [
        pc.sum(pc.not_equal(table["name"], people.take(truth["person"]))).as_py()
        for table, truth in ((made.left, made.left_truth), (made.right, made.right_truth))
    ]
    assert wrong[0] > 1.5 * wrong[1]


def test_movers_go_near_and_far_and_mostly_get_a_new_card(pairs):
    moved = [pair for pair in pairs if pair["left_desa"] != pair["right_desa"]]
    far = sum(pair["left_desa"][:4] != pair["right_desa"][:4] for pair in moved)
    assert 0.25 < far / len(moved) < 0.45
    new_card = sum(pair["left_nkk"] != pair["right_nkk"] for pair in moved)
    assert 0.75 < new_card / len(moved) < 0.95


def test_numbers_are_missing_short_or_somebody_elses(made, pairs):
    niks = [pair["left_nik"] for pair in pairs]
    assert None in niks
    assert any(nik and len(nik) == 15 for nik in niks)
    owner = {}
    for nik, person in zip(
        made.right["nik"].to_pylist(), made.right_truth["person"].to_pylist(), strict=True
    ):
        owner.setdefault(nik, person)
    strangers = sum(
        nik is not None and owner.get(nik, person) != person
        for nik, person in zip(
            made.left["nik"].to_pylist(), made.left_truth["person"].to_pylist(), strict=True
        )
    )
    assert 0.0008 < strangers / made.left.num_rows < 0.005


def test_the_damage_of_2013_cuts_a_third_of_the_rolls_numbers():
    damaged = make_registers(1, size=5_000, nik_damage="2013")
    short = {
        side: sum(nik is not None and len(nik) == 15 for nik in table["nik"].to_pylist()) / 5_000
        for side, table in (("roll", damaged.left), ("register", damaged.right))
    }
    assert 0.33 < short["roll"] < 0.39
    assert short["register"] < 0.01


def test_each_kind_of_duplicate_stands_on_the_roll():
    dirty = make_registers(1, size=50_000, dirt=2.0)
    lines = {line["dpid"]: line for line in dirty.left.to_pylist()}
    doubled = [(lines[one], lines[other]) for one, other in dirty.duplicates]
    same = [
        tuple(one[field] == other[field] for field in ("nik", "nkk", "name"))
        for one, other in doubled
    ]
    assert len(doubled) == 400
    assert same.count((True, True, True)) > 60  # K1
    assert same.count((True, False, True)) > 60  # K2
    assert sum(nik and not name for nik, _, name in same) > 30  # K3, misspelt
    slips = seconds = 0
    for one, other in doubled:
        if one["nik"] and other["nik"] and one["nik"] != other["nik"]:
            wrong = sum(a != b for a, b in zip(one["nik"], other["nik"], strict=False))
            slips += wrong == 1
            seconds += wrong > 1
    assert slips > 20
    assert seconds > 40
    far = sum(one["desa"][:4] != other["desa"][:4] for one, other in doubled)
    assert 0.18 < far / len(doubled) < 0.32


def test_one_kabupaten_for_half_a_million_people_unless_said():
    def kabs(**how):
        homes = make_registers(1, size=4_000, **how).people["kecamatan"].to_pylist()
        return {kecamatan[:4] for kecamatan in homes}

    assert len(kabs()) == 1
    assert len(kabs(kab=3)) == 3


@pytest.mark.parametrize(
    ("kind", "name", "other", "expected"),
    [
        ("short", "MUHAMMAD SARIP", "", {"M. SARIP", "MOH. SARIP", "MUHAMAD SARIP"}),
        ("old_spelling", "SUJATI", "", {"SOEJATI", "SUDJATI"}),
        ("initial", "BUDI SANTOSO", "", {"BUDI S", "BUDI S."}),
        ("dropped", "BUDI SANTOSO", "", {"BUDI", "SANTOSO"}),
        ("turned", "BUDI SANTOSO", "", {"SANTOSO BUDI"}),
        ("descent", "SARIP", "KASAN MADI", {"SARIP BIN KASAN"}),
        ("cut", "MUHAMMAD SARIPUDIN HIDAYAT", "", {"MUHAMMAD SARIPUDIN"}),
        ("digit", "ODO", "", {"0DO", "OD0"}),
        ("joined", "BUDI SANTOSO", "", {"BUDISANTOSO"}),
        ("joined", "NURHAYATI", "", {"NURH AYATI"}),
        ("last_word", "SITI AMINAH", "KASAN MADI", {"SITI MADI"}),
        ("nickname", "SITI AMINAH", "KOKOM SARI", {"KOKOM"}),
        ("title", "SARIP", "", {"H. SARIP", "DRS. SARIP", "SARIP, S.PD"}),
        ("doubled", "AMINAH", "", {"AAMINAH", "AMMINAH", "AMIINAH", "AMINNAH", "AMINAAH"}),
        ("dropped", "SARIP", "", {"SARIP"}),
    ],
)
def test_a_fault_of_a_name_writes_it_as_offices_do(kind, name, other, expected):
    seen = {wrong_name(kind, name, dice, "L", other) for dice in range(2_000)}
    assert expected <= seen
    if len(expected) < 3:
        assert seen == expected


def test_an_attested_spelling_takes_the_place_of_a_word():
    seen = {wrong_name("spelling", "ABDULLAH", dice, "L", "") for dice in range(200)}
    assert "ABDULAH" in seen
    assert wrong_name("spelling", "XQXQ", 5, "L", "") == "XQXQ"


def test_every_kind_of_fault_of_names_can_be_written():
    for kind in group("name"):
        seen = {wrong_name(kind, "ABDUL JAELANI SURYADI", dice, "L", "KASAN") for dice in range(99)}
        assert any(name != "ABDUL JAELANI SURYADI" for name in seen), kind


def test_a_wrong_link_is_named_by_who_the_two_are():
    columns = {
        "twin": pa.array([1, 1, None, None, None], pa.int64()),
        "family": [5, 5, 5, 6, 7],
        "name": ["A", "B", "A", "A", "C"],
    }
    people = pa.table(columns)
    left, right = people.take([0, 0, 0, 2, 3]), people.take([1, 2, 3, 1, 4])
    assert wrong_kind(left, right).to_pylist() == ["twin", "family", "namesake", "family", "other"]


@pytest.mark.parametrize("wrong", [{"size": 0}, {"overlap": 1.5}, {"nik_damage": "2014"}])
def test_values_that_make_no_registers_are_refused(wrong):
    with pytest.raises(ValueError):
        make_registers(1, **{"size": 10, **wrong})
