"""The accuracy of ours over several seeds and settings, beside what is asked of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from bench.linkage.evaluate import Score


@dataclass(frozen=True)
class Figures:
    """One setting, or the sum over several; all by record.

    ``queue``: links in review; ``held``: records not surely found that they hold; ``lines``: of
    the roll. ``cut``: NIKs damaged as in 2013, of which only the best F1 is asked.
    """

    name: str
    cut: bool
    sure: Score
    best: Score
    lines: int
    queue: int
    held: int

    @property
    def queue_share(self) -> float:
        return self.queue / self.lines if self.lines else 0.0

    @property
    def held_share(self) -> float:
        return self.held / self.sure.missed if self.sure.missed else 1.0


@dataclass(frozen=True)
class Asked:
    """A column: its figure, how it is written, and what the issue asks of it."""

    head: str
    value: Callable[[Figures], float]
    form: str
    asked: str
    met: Callable[[float], bool]


COLUMNS = (
    Asked("sure precision", lambda f: f.sure.precision, ".6f", "≥ 0.99995", lambda v: v >= 0.99995),
    Asked("wrong per million", lambda f: f.sure.wrong_per_million, ".1f", "≤ 5", lambda v: v <= 5),
    Asked("twins, two NIKs", lambda f: f.sure.twins_with_two_niks, "d", "0", lambda v: v == 0),
    Asked("sure recall", lambda f: f.sure.recall, ".5f", "≥ 0.997", lambda v: v >= 0.997),
    Asked("review, of lines", lambda f: f.queue_share, ".3%", "< 0.5 %", lambda v: v < 0.005),
    Asked("review holds", lambda f: f.held_share, ".1%", "≥ 90 %", lambda v: v >= 0.9),
    Asked("best F1", lambda f: f.best.f1, ".5f", "≥ 0.9997", lambda v: v >= 0.9997),
)
CUT_F1 = Asked("best F1", lambda f: f.best.f1, ".5f", "≥ 0.999", lambda v: v >= 0.999)


def figures(name: str, cut: bool, judged: dict[str, Any]) -> Figures:
    """From what judge.py told of one run of ours."""
    known = {field.name for field in fields(Score)}
    sure, *_, best = (
        Score(**{key: value for key, value in score.items() if key in known})
        for score in judged["records"]
    )
    queue = judged["review"]
    return Figures(name, cut, sure, best, queue["lines"], queue["size"], queue["held"])


def summed(name: str, parts: Iterable[Figures]) -> Figures:
    """Counts added up; the best F1 is where each setting is at its own best."""
    parts = list(parts)
    return Figures(
        name,
        all(part.cut for part in parts),
        _summed([part.sure for part in parts]),
        _summed([part.best for part in parts]),
        sum(part.lines for part in parts),
        sum(part.queue for part in parts),
        sum(part.held for part in parts),
    )


def _summed(scores: list[Score]) -> Score:
    kinds = {kind for score in scores for kind in score.kinds}
    return Score(
        scores[0].point,
        sum(score.found for score in scores),
        sum(score.wrong for score in scores),
        sum(score.total for score in scores),
        {kind: sum(score.kinds.get(kind, 0) for score in scores) for kind in sorted(kinds)},
        sum(score.twins_with_two_niks for score in scores),
    )


def table(rows: list[Figures]) -> str:
    """One line per setting; a figure that misses what is asked is bold."""
    heads = ["", "records", "found surely", "wrong", *(column.head for column in COLUMNS)]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    lines.append(f"| asked | | | | {' | '.join(column.asked for column in COLUMNS)} |")
    if any(row.cut for row in rows):
        blank = " |" * (len(COLUMNS) - 1)
        lines.append(f"| asked, NIKs as in 2013 | | | |{blank} {CUT_F1.asked} |")
    return "\n".join(lines + [_line(row) for row in rows])


def _line(row: Figures) -> str:
    counts = [f"{count:,}" for count in (row.sure.total, row.sure.found, row.sure.wrong)]
    return f"| {' | '.join([row.name, *counts, *(_cell(row, column) for column in COLUMNS)])} |"


def _cell(row: Figures, column: Asked) -> str:
    value = column.value(row)
    text = format(value, column.form)
    if row.cut:
        missed = column.head == CUT_F1.head and not CUT_F1.met(value)
    else:
        missed = not column.met(value)
    return f"**{text}**" if missed else text


def wrong_by_kind(total: Figures) -> str:
    """One sentence: whom the wrong sure links join."""
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in total.sure.kinds.items())
    return (
        f"Wrong sure links of all settings: {total.sure.wrong:,}{f' ({kinds})' if kinds else ''}."
    )
