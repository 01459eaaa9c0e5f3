import csv
import gzip
import re
from collections import Counter
from importlib.resources import files

import pytest

from mutakhir.linkage import normalise

ATTESTED = files("mutakhir.synthetic") / "data"  # source: SOURCE.txt beside it


def attested(name):
    return list(
        csv.DictReader(gzip.decompress((ATTESTED / name).read_bytes()).decode().split("\n"))
    )


def canonical(word):
    return " ".join(normalise.canonical(word))


def sound(word):
    return "".join(map(normalise.sound, normalise.canonical(word)))


def common_words(bearers):
    counted = Counter()
    for row in attested("positions.csv.gz"):
        counted[row["token"].upper()] += int(row["count"])
    return sorted(word for word, count in counted.items() if count >= bearers and word.isalpha())


def test_a_name_is_never_emptied_by_dropping_titles():
    for title in sorted(normalise.shipped_words().before | normalise.shipped_words().after):
        assert normalise.canonical(title), title


def test_canonical_names_stay_as_they_are_when_normalised_again():
    for word in sorted(normalise.shipped_words().names):
        assert normalise.canonical(word) == (word,)


def test_no_short_form_stands_for_two_words():
    data = normalise.shipped_words()
    assert not set(data.words) & data.names


@pytest.mark.parametrize(
    ("rule", "share"),
    [("vOS", 0.97), ("arab", 0.98), ("dbl", 0.98), ("iy", 0.98), ("wu", 1.0), ("x", 1.0)],
)
def test_attested_spellings_of_one_word_sound_alike(rule, share):
    pairs = [row for row in attested("variants.csv.gz") if row["rule_class"] == rule]
    heard = [sound(row["token_a"]) == sound(row["token_b"]) for row in pairs]
    assert sum(heard) >= share * len(heard) > 0


def test_no_two_common_words_become_one_name_unless_listed_old_or_doubled():
    names = normalise.shipped_words().names
    for word in common_words(200):
        todays = word.replace("DJ", "J").replace("OE", "U").replace("ABDUR", "ABDULR")
        spelt = re.sub(r"(.)\1+", r"\1", todays)
        assert canonical(word) in names or canonical(word) == spelt


def test_common_names_that_differ_in_a_short_vowel_do_not_sound_alike():
    distinct = ["EKA IKA", "ADE ADI", "DENI DINI", "DEDE DEDI DIDI", "RENI RINI", "YENI ENI"]
    distinct += ["DEA DIAH", "REZA RIZA", "JONI JUNI", "ANDRE ANDRI", "EVAN IVAN"]
    for names in distinct:
        assert len({sound(name) for name in names.split()}) == len(names.split())


def test_streets_compare_without_the_word_for_street():
    assert normalise.place("JL. RAYA CILEGON NO. 5") == normalise.place("Jalan Raya Cilegon 5")
    assert normalise.place("KAB. SERANG") == normalise.place("SERANG")


def test_what_is_remembered_of_words_is_bounded():
    for remembers in (normalise.canonical_word, normalise.sound):
        assert remembers.cache_info().maxsize == normalise.REMEMBERED
