"""Figures as minutes write them."""

from lib.spec_docs import Table
from mutakhir.recap.figure import Figure

PAGE = "reference/minutes.md"
TITLE = "Figures, by example"

TABLES = [
    Table(
        "Digits and words come from one value; dots separate thousands.",
        ("value",),
        ("digits", "words"),
        [
            (0, "0", "nol"),
            (11, "11", "sebelas"),
            (1_000, "1.000", "seribu"),
            (301_803, "301.803", "tiga ratus satu ribu delapan ratus tiga"),
            (303_862, "303.862", "tiga ratus tiga ribu delapan ratus enam puluh dua"),
            (1_001_011, "1.001.011", "satu juta seribu sebelas"),
            (
                2_372_615,
                "2.372.615",
                "dua juta tiga ratus tujuh puluh dua ribu enam ratus lima belas",
            ),
        ],
        lambda value: (Figure(value).digits, Figure(value).words),
    ),
    Table(
        "A difference carries its sign.",
        ("value",),
        ("shown",),
        [(648, "+648"), (-1871, "−1.871"), (0, "0")],
        lambda value: Figure(value).signed,
    ),
]
