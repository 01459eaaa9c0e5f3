from mutakhir.linkage import normalise


def test_a_name_is_never_emptied_by_dropping_titles():
    for title in sorted(normalise.shipped_words().before | normalise.shipped_words().after):
        assert normalise.canonical(title), title


def test_canonical_names_stay_as_they_are_when_normalised_again():
    for word in sorted(normalise.shipped_words().words.values()):
        assert normalise.canonical(word) == (word,)


def test_no_short_form_stands_for_two_words():
    data = normalise.shipped_words()
    assert not set(data.words) & set(data.words.values())


def test_streets_compare_without_the_word_for_street():
    assert normalise.place("JL. RAYA CILEGON NO. 5") == normalise.place("Jalan Raya Cilegon 5")
    assert normalise.place("KAB. SERANG") == normalise.place("SERANG")
