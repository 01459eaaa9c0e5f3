"""Dirt: what typing, spreadsheets and other systems do to values on their way to the office."""

from collections.abc import Callable
from datetime import date

import numpy as np

from mutakhir.synthetic.events import respelt
from mutakhir.synthetic.names import without_title
from mutakhir.synthetic.rates import DIRT
from mutakhir.synthetic.rows import Cell, Rows

_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
_BLANKABLE = ("birth_place", "address", "marital")


def hit(rng: np.random.Generator, rows: Rows, rate: float) -> list[int]:
    """Positions of the rows that a chance of ``rate`` each befalls."""
    return np.flatnonzero(rng.random(len(rows)) < rate).tolist()


def digit_wrong(rng: np.random.Generator, number: str) -> str:
    """One digit typed wrong; the serial mostly, as people do at the end of a long number."""
    at = int(rng.integers(6, len(number)))
    wrong = (int(number[at]) + 1 + int(rng.integers(9))) % 10
    return f"{number[:at]}{wrong}{number[at + 1 :]}"


def transposed(rng: np.random.Generator, number: str) -> str:
    """Two neighbouring digits in the wrong order (the number itself when no two differ)."""
    places = [i for i in range(len(number) - 1) if number[i] != number[i + 1]]
    if not places:
        return number
    at = places[int(rng.integers(len(places)))]
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def typed_wrong(rng: np.random.Generator, name: str) -> str:
    """One letter left out, doubled or changed for its neighbour in the alphabet."""
    if len(name) < 3:
        return name
    at = int(rng.integers(1, len(name)))
    kind = int(rng.integers(3))
    letter = name[at]
    if kind == 0 or not letter.isalpha():
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + letter + name[at:]
    return name[:at] + (chr(ord(letter) + 1) if letter < "Z" else "A") + name[at + 1 :]


def misspelt_region(rng: np.random.Generator, name: str) -> str:
    """A place name as somebody wrote it down: spaces lost, split or a vowel dropped."""
    if " " in name and rng.random() < 0.6:
        return name.replace(" ", "")
    for at in range(2, len(name) - 1):
        if name[at] in "AEIOU" and name[at - 1].isalpha() and name[at + 1].isalpha():
            return name[:at] + name[at + 1 :] if rng.random() < 0.5 else name[: at + 1] + name[at:]
    return f"{name}."


def _change(
    rng: np.random.Generator,
    rows: Rows,
    column: str,
    kind: str,
    change: Callable[[str], Cell],
) -> None:
    values = rows.columns[column]
    for row in hit(rng, rows, DIRT[kind]):
        if isinstance(values[row], str):
            new = change(values[row])
            if new != values[row]:
                rows.soil(row, column, kind, new)


def soil(rng: np.random.Generator, rows: Rows, *, spreadsheet: bool = False) -> Rows:
    """Dirty the values at the stated rates; returns the rows with some repeated.

    ``spreadsheet``: NIK may be typed cells (numbers) instead of text.
    """
    if "nik" in rows.columns:
        _soil_numbers(rng, rows, spreadsheet=spreadsheet)
    _soil_names(rng, rows)
    if "birth_date" in rows.columns:
        _change(rng, rows, "birth_date", "date_swapped", _swapped)
        _change(rng, rows, "birth_date", "date_stars", lambda day: f"****{day[4:]}")
        _change(rng, rows, "birth_date", "date_zero_parts", lambda day: f"{day[:5]}00-00")
    for column in _BLANKABLE:
        if column in rows.columns:
            _change(rng, rows, column, "blank", lambda _: "-" if rng.random() < 0.5 else None)
    for column in ("rt", "rw"):
        _change(rng, rows, column, "rt_short", lambda value: str(int(value)))
    _change(rng, rows, "name", "trailing_space", lambda name: f"{name}  ")
    return _repeat(rng, rows)


def _soil_numbers(rng: np.random.Generator, rows: Rows, *, spreadsheet: bool) -> None:
    def as_number(nik: str) -> Cell:
        rounded = f"{nik[:15]}0"
        return int(rounded) if spreadsheet else rounded

    _change(rng, rows, "nik", "nik_digit", lambda nik: digit_wrong(rng, nik))
    _change(rng, rows, "nik", "nik_transposed", lambda nik: transposed(rng, nik))
    _change(rng, rows, "nik", "nik_apostrophe", lambda nik: f"'{nik}")
    _change(rng, rows, "nik", "nik_as_number", lambda nik: as_number(nik.lstrip("'")))
    _change(
        rng,
        rows,
        "nik",
        "nik_scientific",
        lambda nik: f"{nik.lstrip(chr(39))[0]}.{nik.lstrip(chr(39))[1]}E+15",
    )
    _change(rng, rows, "nik", "nik_missing", lambda _: None)
    if "nkk" in rows.columns:
        _change(rng, rows, "nkk", "nkk_zero", lambda _: 0 if spreadsheet else "0")


def _soil_names(rng: np.random.Generator, rows: Rows) -> None:
    _change(rng, rows, "name", "name_title_lost", without_title)
    _change(rng, rows, "name", "name_variant", lambda name: respelt(rng, name))
    _change(rng, rows, "name", "name_typo", lambda name: typed_wrong(rng, name))
    _change(rng, rows, "name", "name_first_word_only", lambda name: name.split(" ")[0])
    for column in ("name", "address"):
        _change(rng, rows, column, "curly_apostrophe", lambda text: text.replace("'", "’"))


def _swapped(day: str) -> str:
    year, month, date_ = day.split("-")
    return f"{year}-{date_}-{month}" if int(date_) <= 12 else day


def _repeat(rng: np.random.Generator, rows: Rows) -> Rows:
    """Some rows stand twice in the file, one after the other."""
    order = []
    again = set(hit(rng, rows, DIRT["repeated_row"]))
    for row in range(len(rows)):
        order += [row, row] if row in again else [row]
    repeated = rows.take(order)
    for at in range(1, len(order)):
        if order[at] == order[at - 1]:
            repeated.dirt[at].append("row:repeated_row")
    return repeated


def _form(day: str, form: str) -> str:
    year, month, date_ = day.split("-")
    return {
        "pipe": f"{date_}|{month}|{year}",
        "slash": f"{date_}/{month}/{year}",
        "dash": f"{date_}-{month}-{year}",
        "iso": day,
    }[form]


def _serial(day: str) -> int | None:
    if "*" in day or "-00" in day:
        return None
    try:
        return date.fromisoformat(day).toordinal() - _EXCEL_EPOCH
    except ValueError:
        return None


def write_dates(rng: np.random.Generator, rows: Rows, column: str, form: str) -> None:
    """Dates as this file writes them, some in another form, some as spreadsheet serials."""
    values = rows.columns[column]
    others = [other for other in ("slash", "iso", "dash") if other != form]
    other, serial = (set(hit(rng, rows, DIRT[k])) for k in ("date_other_form", "date_serial"))
    for row, day in enumerate(values):
        if not day:
            continue
        number = _serial(day) if row in serial else None
        if number is not None and number > 0:
            rows.soil(row, column, "date_serial", number)
        elif row in other:
            rows.soil(row, column, "date_other_form", _form(day, others[row % len(others)]))
        else:
            values[row] = _form(day, form)


def shift(rng: np.random.Generator, rows: Rows, cells: list[list[Cell]]) -> None:
    """In a few rows a cell is lost and all that follow stand one column too far left."""
    for row in hit(rng, rows, DIRT["shifted_columns"]):
        del cells[row][2]
        cells[row].append(None)
        rows.dirt[row].append("row:shifted_columns")
