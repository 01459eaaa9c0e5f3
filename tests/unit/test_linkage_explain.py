import re

import pytest

from lib.people import BUDI, record, records, voter, voters
from lib.registers import make_registers
from mutakhir.linkage import plain
from mutakhir.linkage.evidence import CHAIN, RIVALS, UNSAID, read_terms
from mutakhir.linkage.explain import deciding, kind_words, phrases, sentence, waterfall
from mutakhir.linkage.kinds import KINDS
from mutakhir.linkage.model_file import default_model, read_model

MODEL = default_model()
OTHER = read_model("""
format = 2
name = "pelanggan"
[table]
id = ["no"]
[prior]
least_people = 1024
[bands]
sure = 8.0
review = 2.0
margin = 1.0
most = 3
[queue]
share_most = 0.01
[[fields]]
name = "nama"
kind = "place"
label = "nama pelanggan"
label_en = "customer"
weights = { missing = 0.0, differ = -4.0, equal = 9.0 }
[[fields]]
name = "telepon"
kind = "code"
label = "nomor telepon"
label_en = "telephone"
weights = { missing = 0.0, differ = -1.0, close = 8.0, equal = 14.25 }
[[rules]]
name = "satu telepon"
then = "keep"
when = { telepon = "equal" }
[[rules]]
name = "cuma telepon"
then = "review"
when = { nama = "differ" }
[[blocks]]
name = "telepon"
keys = ["telepon"]
finer = "nama"
cap = 50
""")


def link(evidence, weight, band):
    return {"evidence": evidence, "weight": weight, "band": band}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_level_of_every_kind_has_words(language):
    for kind in KINDS.values():
        words = kind_words(kind.name)
        assert set(words) == set(kind.levels) - {"missing", UNSAID}
        assert all(level[language] for level in words.values())


def test_every_rule_of_the_shipped_model_has_words_and_no_other():
    assert set(phrases()["rules"]) == {rule.name for rule in MODEL.rules}
    assert all({"id", "en"} == set(words) for words in phrases()["rules"].values())


def test_a_found_link_is_told_field_by_field_with_what_could_not_be_compared():
    found = plain.link(
        voters(voter(BUDI)),
        records(record(BUDI, birth_date="1982-12-03", address=None)),
        MODEL,
    ).to_pylist()
    assert sentence(found[0], MODEL) == (
        "Hampir pasti orang yang sama: NIK sama; nama sama; tanggal lahir berbeda: hari dan bulan"
        " tertukar; jenis kelamin sama; NKK sama; desa/kelurahan, RW, dan RT sama; tempat lahir"
        " sama. Tidak dapat dibandingkan: alamat."
    )
    assert sentence(found[0], MODEL, "en") == (
        "Almost surely the same person: same NIK; same name; birth date differs: day and month"
        " swapped; same sex; same NKK; same village, RW and RT; same birth place. Could not be"
        " compared: address."
    )


def test_a_link_of_tier_1_says_what_was_not_looked_at():
    found = plain.link(voters(voter(BUDI)), records(record(BUDI)), MODEL).to_pylist()
    assert sentence(found[0], MODEL).endswith(" Tidak diperiksa: tempat lahir, alamat.")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_link_of_a_dirty_register_speaks_and_adds_up(language):
    registers = make_registers(5, roll=800, feed=400, doubled=0.1)
    between = plain.link(registers.left, registers.right, MODEL).to_pylist()
    within = plain.duplicates(registers.left, MODEL).to_pylist()
    assert {line["band"] for line in between} == {line["band"] for line in within}
    for line in between:
        assert sentence(line, MODEL, language).endswith(".")
    for line in within:
        assert sentence(line, MODEL, language, within=True).endswith(".")
    for line in [*between, *within]:
        steps = waterfall(line, MODEL, language)
        assert steps[-1].total == round(line["weight"] * 1000)
        assert sum(step.weight for step in steps) == steps[-1].total
        assert steps[0].weight < 0


def test_what_the_sum_did_not_decide_is_told_with_its_rule_or_mark():
    registers = make_registers(6, roll=800, feed=400, doubled=0.1)
    found = [(x, False) for x in plain.link(registers.left, registers.right, MODEL).to_pylist()]
    found += [(x, True) for x in plain.duplicates(registers.left, MODEL).to_pylist()]
    seen = 0
    for line, within in found:
        weight = round(line["weight"] * 1000)
        by_sum = "sure" if weight >= MODEL.sure else "review" if weight >= MODEL.review else "no"
        if line["band"] != by_sum and RIVALS not in line["evidence"]:
            seen += 1
            assert deciding(line, MODEL, within=within)
    assert seen > 5


def test_a_model_of_another_table_speaks_by_its_labels():
    told = link("nama!-4.000 telepon~8.000:close", 4.0, "review")
    assert sentence(told, OTHER) == (
        "Mungkin orang yang sama, perlu dilihat petugas: nama pelanggan berbeda;"
        " nomor telepon berbeda satu atau dua karakter."
    )
    assert sentence(told, OTHER, "en") == (
        "Possibly the same person, an officer must look: customer differs; telephone"
        " differs in one or two characters."
    )


def test_a_rule_without_words_is_told_by_its_name():
    held = link("nama!-4.000 telepon=14.250", 9.25, "review")
    kept = link("nama?0.000 telepon=14.250", 1.25, "review")
    assert sentence(held, OTHER).endswith('Menurut aturan: "cuma telepon".')
    assert 'Menurut aturan: "satu telepon"' in sentence(kept, OTHER)


def test_a_band_that_the_sum_gives_names_no_rule():
    assert "aturan" not in sentence(link("nama!-4.000 telepon=14.250", 3.25, "review"), OTHER)


@pytest.mark.parametrize(("mark", "words"), [(RIVALS, "Ada yang lain"), (CHAIN, "Rantai")])
def test_rivals_and_cut_chains_are_told(mark, words):
    told = sentence(link(f"nama=9.000 telepon=14.250 {mark}", 13.25, "review"), OTHER)
    assert f". {words}" in told
    assert len(waterfall(link(f"nama=9.000 {mark}", -1.0, "review"), OTHER)) == 2


def test_a_waterfall_begins_with_what_any_two_records_weigh():
    steps = waterfall(link("nama=9.000 telepon!-1.000", -2.0, "no"), OTHER)
    assert [(s.label, s.weight, s.total) for s in steps] == [
        ("dua baris sembarang", -10_000, -10_000),
        ("nama pelanggan sama", 9_000, -1_000),
        ("nomor telepon berbeda", -1_000, -2_000),
    ]


@pytest.mark.parametrize("evidence", ["umur=1.000", "nama~1.000:swapped"])
def test_evidence_of_another_model_is_refused(evidence):
    with pytest.raises(ValueError, match="pelanggan has no"):
        sentence(link(evidence, 1.0, "no"), OTHER)


def test_no_word_of_a_sentence_is_a_number_of_a_person():
    found = plain.link(voters(voter(BUDI)), records(record(BUDI, nik=None)), MODEL).to_pylist()
    assert found
    for line in found:
        assert not re.search(r"[0-9]{4}", sentence(line, MODEL))
        assert all(term.field in MODEL.field for term in read_terms(line["evidence"]))
