"""A rules file that is not understood is refused, naming file, entry and what to do."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mutakhir import rules
from mutakhir.rules import Rounding

SHIPPED = Path(rules.__file__).parent / "data"


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped rules to spoil."""
    for path in SHIPPED.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def only_problem(folder):
    problems = rules.check(folder)
    assert len(problems) == 1, problems
    return problems[0]


def test_the_shipped_rules_have_no_problem():
    assert rules.check(SHIPPED) == []


def test_the_shipped_rules_are_read_once():
    assert rules.load() is rules.load()


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("eligibility.toml", "age = 17", "age = 17\ncolour = 3", "kunci 'colour' tidak dikenal"),
        ("eligibility.toml", "age = 17\n", "", "tidak ada age"),
        ("eligibility.toml", "age = 17", 'age = "17"', "age salah jenis"),
        ("eligibility.toml", "age = 17", "age = true", "age salah jenis"),
        ("eligibility.toml", "age = 17", "age = 0", "age bernilai 0"),
        ("eligibility.toml", 'id = "voter"\n', "", "tidak ada id"),
        ("eligibility.toml", "from = 2017-08-16\n", "", "tidak ada from"),
        ("eligibility.toml", "from = 2017-08-16", "from = 2017-08-16T00:00:00", "from salah jenis"),
        ("budget.toml", 'share = "0.001"', 'share = "1"', "share '1' bukan angka antara 0 dan 1"),
        ("budget.toml", 'share = "0.001"', 'share = "few"', "share 'few' bukan angka"),
        ("budget.toml", '"0.95"', '"0.5"', "confidence '0.5' bukan angka antara 0.5 dan 1"),
        ("budget.toml", "sample = 74", "sample = 0", "sample bernilai 0"),
        ("budget.toml", '"remove", ', "", "pencoretan tanpa anggaran"),
        ("retraction.toml", "minutes = 30", "minutes = 0", "minutes bernilai 0"),
        ("budget.toml", '"remove", ', '"remove", "add", ', "jenis 'add' tidak dikenal"),
        ("budget.toml", "from = 2020-01-01", "from = 2024-01-01", "celah"),
        ("cadence.toml", 'article = "PKPU 6/2021"\n', "", "tidak ada article"),
        ("cadence.toml", 'article = "PKPU 6/2021"', 'article = " "', "article kosong"),
        ("stock.toml", 'source = "2,000 per election.', 'source = ""  # ', "source kosong"),
        ("eligibility.toml", 'topic = "eligibility"', 'topic = "weather"', "topik 'weather'"),
        ("eligibility.toml", "topic =", "version = 3\ntopic =", "kunci 'version' tidak dikenal"),
        ("eligibility.toml", "topic =", "topic ==", "bukan TOML"),
        ("rounding.toml", '"ceil"', '"guess"', "mode 'guess' tidak dikenal"),
        ("rounding.toml", '"1.02"', '"two percent"', "bukan angka"),
        ("removal.toml", "two_people = true", "two_people = false", "satu orang"),
        ("removal.toml", '["sk_tni"]', "[]", "tanpa dokumen"),
        ("removal.toml", '["sk_tni"]', '["claim"]', "tanpa dokumen"),
        ("removal.toml", '["sk_tni"]', '["hearsay"]', "dokumen 'hearsay' tidak dikenal"),
        ("addition.toml", '["sk_pensiun"]', '["hearsay"]', "dokumen 'hearsay' tidak dikenal"),
        ("removal.toml", '"akta_kematian", ', "", "anak tangga"),
        ("duplicates.toml", '["nik"]', '["shoe size"]', "kolom 'shoe size' tidak dikenal"),
        ("codes_tms.toml", 'list = "tms"', 'list = "tmz"', "daftar 'tmz' tidak dikenal"),
        ("codes_tms.toml", 'versions = ["2017"]', "versions = []", "versions tidak berisi"),
        ("codes_tms.toml", 'code = "2"', 'code = "1"', "kode '1' ada dua kali"),
        ("codes_tms.toml", 'code = "2"', 'code = "01"', "kode '01' ada dua kali"),
        ("codes_tms.toml", 'effect = "leaves"', 'effect = "vanishes"', "effect 'vanishes'"),
        ("codes_tms.toml", 'word = "ganda", ', "", "tidak ada word"),
        ("codes_tms.toml", 'word = "ganda"', "wrod = 3, word = '2'", "kunci 'wrod' tidak dikenal"),
    ],
)
def test_a_spoiled_file_is_refused_by_name(folder, name, old, new, what):
    spoil(folder, name, old, new)
    problem = only_problem(folder)
    assert what in problem.what
    assert problem.file == name
    assert problem.do.endswith((".", "..."))


def test_overlapping_days_of_one_entry_are_refused(folder):
    spoil(folder, "law.toml", "to = 2024-12-31", "to = 2025-01-01")
    problem = only_problem(folder)
    assert problem.entry == "law/pdpb@2025-01-01"
    assert "tumpang tindih" in problem.what
    assert "2024-12-31" in problem.do


def test_an_entry_without_end_overlaps_the_next(folder):
    spoil(folder, "cadence.toml", "to = 2024-12-31\n", "")
    assert "tumpang tindih" in only_problem(folder).what


def test_a_gap_between_two_laws_is_refused(folder):
    spoil(folder, "law.toml", "to = 2024-12-31", "to = 2024-11-30")
    problem = only_problem(folder)
    assert "celah sejak 2024-12-01" in problem.what
    assert problem.file == "law.toml"


def test_a_topic_that_does_not_cover_the_law_is_refused(folder):
    spoil(folder, "eligibility.toml", "from = 2017-08-16", "from = 2021-01-01")
    problem = only_problem(folder)
    assert "celah" in problem.what
    assert "2020-01-01" in problem.what


def test_a_topic_that_ends_before_the_law_is_refused(folder):
    spoil(folder, "eligibility.toml", "from = 2017-08-16", "from = 2017-08-16\nto = 2030-12-31")
    assert "2031-01-01" in only_problem(folder).what


def test_a_missing_topic_is_refused(folder):
    (folder / "rounding.toml").unlink()
    assert only_problem(folder).file == "rounding.toml"


def test_an_entry_that_ends_before_it_begins_is_refused(folder):
    spoil(folder, "law.toml", "to = 2024-12-31", "to = 2019-12-31")
    assert "berakhir sebelum mulai" in only_problem(folder).what


def test_one_list_twice_in_one_version_is_refused(folder):
    spoil(folder, "codes_tms.toml", '["mutarlihjatim"]', '["2023"]')
    assert "tumpang tindih" in only_problem(folder).what


def test_all_problems_are_named_at_once(folder):
    spoil(folder, "eligibility.toml", "age = 17\n", "")
    spoil(folder, "rounding.toml", '"ceil"', '"guess"')
    with pytest.raises(rules.RulesError) as refused:
        rules.load(folder)
    assert "eligibility.toml" in str(refused.value)
    assert "rounding.toml" in str(refused.value)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(rules.RulesError, match=r"\*\.toml"):
        rules.load(tmp_path)


def test_a_file_without_entries_is_refused(folder):
    (folder / "stock.toml").write_text('topic = "stock"\n')
    assert "tidak punya [[entry]]" in only_problem(folder).what


def test_the_digest_follows_every_byte_and_nothing_else(folder):
    before = rules.load(folder).digest
    assert before == rules.load().digest
    (folder / "note.md").write_text("not a rule")
    assert rules.load(folder).digest == before
    spoil(folder, "eligibility.toml", 'topic = "eligibility"', 'topic = "eligibility"  # !')
    assert rules.load(folder).digest != before


def test_the_digest_follows_the_names_of_the_files(folder):
    before = rules.load(folder).digest
    (folder / "stock.toml").rename(folder / "stocks.toml")
    assert rules.load(folder).digest != before


@pytest.mark.parametrize(("mode", "ballots"), [("ceil", 257), ("floor", 256), ("half_up", 256)])
def test_rounding_follows_its_mode(mode, ballots):
    assert Rounding(Decimal("1.02"), mode, "x").needed(251) == ballots  # exactly 256.02


def test_rounding_halves_go_up():
    assert Rounding(Decimal("1.02"), "half_up", "x").needed(25) == 26  # exactly 25.50


def test_a_day_before_every_law_has_no_answer():
    with pytest.raises(rules.RulesError, match="2019-12-31"):
        rules.load().at(date(2019, 12, 31))


def test_a_reason_that_is_none_has_no_answer():
    law = rules.load().at(date(2026, 9, 30))
    with pytest.raises(rules.RulesError, match="bosan"):
        law.removal("bosan")
    with pytest.raises(rules.RulesError, match="bosan"):
        law.addition("bosan")


def test_no_code_list_is_read_without_a_known_version():
    with pytest.raises(rules.RulesError, match="2019"):
        rules.load().codes("tms", "2019")


def test_the_law_cannot_be_changed():
    law = rules.load().at(date(2026, 9, 30))
    with pytest.raises(AttributeError):
        law.eligibility.age = 16


def test_rungs_stand_weakest_first():
    rungs = rules.load().at(date(2026, 9, 30)).rungs
    words = [rung.word for rung in rungs]
    assert words == ["rt_statement", "village_letter", "akta_kematian", "civil_register"]
    assert [rung.rank for rung in rungs] == sorted(rung.rank for rung in rungs)


def test_every_tms_code_that_leaves_has_a_rule_for_leaving():
    loaded = rules.load()
    law = loaded.at(date(2026, 9, 30))
    for version in ("2017", "2023", "mutarlihjatim"):
        for meaning in loaded.codes("tms", version).meanings.values():
            assert meaning.word is not None
            assert law.removal(meaning.word).leaves == (meaning.effect != "moves_inside")


def test_every_new_voter_reason_has_a_rule_for_entering():
    loaded = rules.load()
    law = loaded.at(date(2026, 9, 30))
    for meaning in loaded.codes("new_reason", "2023").meanings.values():
        assert meaning.word in law.additions


def test_codes_that_were_not_verified_are_known():
    loaded = rules.load()
    assert loaded.codes("tms", "2017").unverified == {"9", "10"}
    assert loaded.codes("mark", "2017").unverified == {"11", "12"}
    assert loaded.codes("tms", "mutarlihjatim").unverified == set("1234567")
