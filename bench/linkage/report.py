"""What was measured, as Markdown tables."""

from typing import Any

Row = dict[str, Any]


def costs(rows: list[Row]) -> str:
    """Seconds and memory of each tool, and how many times ours and the floor they take."""
    by_tool = {row["tool"]: row for row in rows}
    lines = [
        "| | s | of it training | peak MiB | x ours | x floor |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        training = row["stages"].get("train")
        lines.append(
            f"| {row['title']} | {row['seconds']:.1f} | {_optional(training, '.1f')}"
            f" | {row['peak_mib']:,.0f} | {_ratio(row, by_tool.get('ours'))}"
            f" | {_ratio(row, by_tool.get('floor'))} |"
        )
    return "\n".join(lines)


def accuracy(rows: list[Row], unit: str) -> str:
    """One line per tool and point, by record or by pair; wrong links by kind."""
    kinds = sorted({kind for row in rows for s in row[unit] for kind in s["kinds"]})
    heads = [
        f"by {unit[:-1]}",
        "at",
        "found",
        "wrong",
        "missed",
        "precision",
        "recall",
        "F1",
        "wrong per million",
    ]
    heads += [*kinds, "twins with two valid NIKs"]
    lines = [f"| {' | '.join(heads)} |", f"|---|---|{'---:|' * (len(heads) - 2)}"]
    for row in rows:
        lines += [_score(row["title"], score, kinds) for score in row[unit]]
    return "\n".join(lines)


def _score(title: str, score: Row, kinds: list[str]) -> str:
    cells = [
        title,
        score["point"],
        *(f"{score[name]:,}" for name in ("found", "wrong", "missed")),
        *(f"{score[name]:.5f}" for name in ("precision", "recall", "f1")),
        f"{score['wrong_per_million']:,.1f}",
        *(f"{score['kinds'].get(kind, 0):,}" for kind in kinds),
        f"{score['twins_with_two_niks']:,}",
    ]
    return f"| {' | '.join(cells)} |"


def queue(row: Row, unit: str) -> str:
    """The review band of ours in three sentences."""
    found = row["review"]
    return (
        f"Review: {found['size']:,} links, {found['share of rows']:.3%} of the roll's lines"
        f" (asked: under 0.5 %); {found['one person']:,} of them are one person."
        f" Of {found['not sure']:,} {unit} not surely found, review holds {found['held']:,},"
        f" {found['of not sure']:.1%} (asked: 90 %). In neither band: {found['missed']:,} {unit}."
    )


def fairness(row: Row) -> str:
    """Worst and best group by trait, for each kind of error; then what explains the widest."""
    lines = [
        "| error | by | worst | its rate | best | its rate | worst / best (95 %) | at most 1.25"
        " | by luck alone |",
        "|---|---|---|---:|---|---:|---:|---|---:|",
    ]
    told = []
    for error, gaps in row["fairness"].items():
        lines += [_gap(error, gap) for gap in gaps]
        told += [explanation(error, gap) for gap in gaps if gap["causes"]]
    return "\n\n".join(["\n".join(lines), *told])


def explanation(error: str, gap: Row) -> str:
    """Why one group is struck more often: how common the causes are in it and in the best."""
    worst, best = gap["worst"]["name"], gap["best"]["name"]
    shares = "; ".join(_cause(cause) for cause in gap["causes"])
    luck = (
        " (luck among so many groups could make as much)" if gap["ratio"] <= gap["chance"] else ""
    )
    return (
        f"{error.capitalize()} by {gap['trait']}: {worst} is struck {gap['ratio']:.2f} times as"
        f" often as {best}{luck}. Causes, as shares of {worst} / {best} / all struck: {shares}."
        f" Against people with the same causes, {gap['alike']:.2f} times are left."
    )


def _cause(cause: Row) -> str:
    return f"{cause['name']} " + " / ".join(
        f"{cause[of]:.1%}" for of in ("worst", "best", "struck")
    )


def _gap(error: str, gap: Row) -> str:
    worst, best = gap["worst"], gap["best"]
    held = "yes" if gap["fair"] else "no"
    return (
        f"| {error} | {gap['trait']} | {_group(worst)} | {_group(best)}"
        f" | {gap['ratio']:.2f} ({gap['low']:.2f}-{gap['high']:.2f}) | {held}"
        f" | {gap['chance']:.2f} |"
    )


def _group(group: Row) -> str:
    rate = group["struck"] / group["people"]
    return f"{group['name']} ({group['struck']:,} of {group['people']:,}) | {rate:.4%}"


def _ratio(row: Row, other: Row | None) -> str:
    return "" if other is None else f"{row['seconds'] / other['seconds']:.1f}"


def _optional(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)
