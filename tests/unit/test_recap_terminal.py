import io
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from mutakhir import rules
from mutakhir.recap import terminal
from mutakhir.recap.bulletin import bulletin
from mutakhir.recap.identities import findings
from mutakhir.recap.table import Count, Edition, Recap, Row

LAW = rules.load().at(date(2026, 9, 30))
EDITION = Edition("2026-Q3", "Triwulan III Tahun 2026", "2026-09-30", 2, 1, "ab" * 32, True)
BIARO = "Kabupaten Kepulauan Siau Tagulandang Biaro"


def row(code: str, level, name: str, units: dict[str, int], size: tuple[int, int, int]) -> Row:
    total, new, gone = size
    men = total // 2
    counts = {
        "akhir": Count(men, total - men, total),
        "awal": Count(men - new, total - men + gone, total - new + gone),
        "baru": Count(new, 0, new),
        "baru.genap_17": Count(new, 0, new),
        "tms": Count(0, gone, gone),
        "tms.meninggal": Count(0, gone, gone),
        "perbaikan": Count(),
        "pemula": Count(),
        "ktp_el.S": Count(men, total - men, total),
    }
    return Row(code, level, name, counts, {"tps": 7_909, "previous_tps": 7_900} | units)


def big() -> Recap:
    """A kabupaten of one kecamatan of one desa, with the longest name and a province's size."""
    size = (9_174_132, 123_456, 98_765)
    return Recap(
        EDITION,
        (
            row("7108", "kabkota", BIARO, {"kecamatan": 1, "desa_kel": 1}, size),
            row("710801", "kecamatan", "Siau", {"desa_kel": 1}, size),
            row("7108012001", "desa", "Ulu", {}, size),
        ),
    )


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_of_millions_keeps_names_and_whole_numbers(width):
    shown = io.StringIO()
    recap = big()
    terminal.show(Console(file=shown, width=width), recap, recap.rows[0], [recap.rows[0]], LAW)
    text = shown.getvalue()
    assert "…" not in text
    assert {"9.174.132", "123.456", "98.765", "+24.691", "Kabupaten"} <= {*text.split()}
    assert ("Tidak muat di layar ini: TPS, Ubah." in text) == (width == 80)
    assert ("7.909" in text) == (width == 120)


def changed_by_one(recap: Recap):
    """The recap with each of its numbers raised by one, one at a time."""
    for at, row in enumerate(recap.rows):
        copies = [
            (f"{cell}.{sex}", {"counts": row.counts | {cell: replace(n, **{sex: more})}})
            for cell, n in row.counts.items()
            for sex in ("L", "P", "total")
            for more in [getattr(n, sex) + 1]
        ]
        copies += [(unit, {"units": row.units | {unit: n + 1}}) for unit, n in row.units.items()]
        for what, change in copies:
            rows = (*recap.rows[:at], replace(row, **change), *recap.rows[at + 1 :])
            yield f"{row.code} {what}", replace(recap, rows=rows)


def test_no_number_of_a_recap_can_be_changed_by_one_unseen():
    assert findings(big()) == []
    assert [what for what, recap in changed_by_one(big()) if not findings(recap)] == []


def test_the_bulletin_of_a_region_without_first_time_voters_says_so_in_words():
    text = bulletin(big(), "7108", LAW).plain
    assert "Tidak ada pemilih yang belum cukup umur" in text
    assert "0 laki-laki" not in text


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ((5, 4, 3), "meninggal dunia (5); ganda (4); pindah domisili (3)."),
        ((5, 4, 3, 2), "meninggal dunia (5); ganda (4); pindah domisili (3); selebihnya sebab"),
    ],
)
def test_the_bulletin_names_three_reasons_and_that_there_are_others(gone, told):
    recap = big()
    words = ("meninggal", "ganda", "pindah_domisili", "tni")
    parts = {f"tms.{w}": Count(0, n, n) for w, n in zip(words, gone, strict=False)}
    whole = Count(0, sum(gone), sum(gone))
    rows = []
    for row in recap.rows:
        now = row.counts["akhir"]
        before = Count(now.L, now.P + whole.total, now.total + whole.total)
        changes = {"tms": whole, "baru": Count(), "baru.genap_17": Count(), "awal": before}
        rows.append(replace(row, counts=row.counts | changes | parts))
    assert told in bulletin(replace(recap, rows=tuple(rows)), "7108", LAW).plain
