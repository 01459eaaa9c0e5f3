import pytest

from mutakhir.recap.figure import Figure, dots, words


@pytest.mark.parametrize(
    ("number", "digits", "spelt"),
    [
        (0, "0", "nol"),
        (11, "11", "sebelas"),
        (100, "100", "seratus"),
        (1000, "1.000", "seribu"),
        (1_001_011, "1.001.011", "satu juta seribu sebelas"),
        (303862, "303.862", "tiga ratus tiga ribu delapan ratus enam puluh dua"),
        (
            8842646,
            "8.842.646",
            "delapan juta delapan ratus empat puluh dua ribu enam ratus empat puluh enam",
        ),
        (
            9174133,
            "9.174.133",
            "sembilan juta seratus tujuh puluh empat ribu seratus tiga puluh tiga",
        ),
    ],
)
def test_a_figure_is_written_in_digits_and_words_as_minutes_do(number, digits, spelt):
    assert (dots(number), words(number)) == (digits, spelt)
    assert Figure(number).both == f"{digits} ({spelt})"


@pytest.mark.parametrize(("number", "signed"), [(648, "+648"), (-1871, "−1.871"), (0, "0")])
def test_a_difference_carries_its_sign(number, signed):
    assert Figure(number).signed == signed
