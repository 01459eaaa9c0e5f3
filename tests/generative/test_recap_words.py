from hypothesis import given
from hypothesis import strategies as st

from mutakhir.recap.figure import Figure

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
ONES += ["sepuluh", "sebelas"]
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9}


def number_of(words: str) -> int:
    """Read Indonesian number words: a second, independent way back to the value."""
    total, group, unit = 0, 0, 0
    for word in words.replace("seribu", "satu ribu").replace("seratus", "satu ratus").split():
        if word in ONES:
            unit = ONES.index(word)
        elif word == "belas":
            unit += 10
        elif word == "puluh":
            group, unit = group + unit * 10, 0
        elif word == "ratus":
            group, unit = group + unit * 100, 0
        else:
            total, group, unit = total + (group + unit) * SCALES[word], 0, 0
    return total + group + unit


@given(st.integers(0, 999_999_999_999))
def test_words_read_back_are_the_number(number):
    assert number_of(Figure(number).words) == number


@given(st.integers(0, 10**12))
def test_digits_without_dots_are_the_number(number):
    assert int(Figure(number).digits.replace(".", "")) == number


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_two_numbers_never_share_words(one, other):
    assert (Figure(one).words == Figure(other).words) == (one == other)
