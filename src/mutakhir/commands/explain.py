"""``mutakhir explain``: why two records are linked, in a sentence and as a sum."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mutakhir.linkage.explain import Step, sentence, waterfall
from mutakhir.linkage.files import InputError
from mutakhir.linkage.model import Model, ModelError
from mutakhir.linkage.model_file import load_model

_BARS = 24  # characters of the bars
_WIDTH = 80
_WORDS = {
    "id": {"weight": "bobot", "sum": "jumlah", "bands": "perlu dilihat mulai {}, hampir pasti {}"},
    "en": {"weight": "weight", "sum": "sum", "bands": "review from {}, sure from {}"},
}


def explain(
    links: Annotated[Path, typer.Argument(help="Folder hasil link atau dedupe.")],
    *,
    left: Annotated[str, typer.Option("--left", help="Pengenal di daftar pertama.")],
    right: Annotated[str, typer.Option("--right", help="Pengenal di daftar kedua.")],
    lang: Annotated[Literal["id", "en"], typer.Option("--lang", help="Bahasa.")] = "id",
    model: Annotated[
        Path | None, typer.Option("--model", help="Berkas model; tanpa ini, yang di folder itu.")
    ] = None,
) -> None:
    """Jelaskan satu pasangan: kalimat untuk petugas dan hitungannya. Tanpa data pribadi."""
    try:
        summary = _summary(links)
        used = _model(model or links / "model.toml", summary)
        link = _link(links, left, right, within="right" not in summary["rows"])
        told = sentence(link, used, lang, within="right" not in summary["rows"])
        steps = waterfall(link, used, lang)
    except (InputError, ModelError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    console = Console(highlight=False)
    console.print(told, markup=False)
    console.print()
    console.print(_drawn(steps, _WORDS[lang]))
    bounds = _WORDS[lang]["bands"].format(_bits(used.review), _bits(used.sure))
    console.print(f"p = {link['probability']:.6f}; {bounds}", markup=False)


def _summary(folder: Path) -> dict[str, Any]:
    try:
        summary: dict[str, Any] = json.loads((folder / "summary.json").read_text("utf-8"))
        _ = summary["rows"], summary["model"]["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{folder}: bukan folder hasil `mutakhir link` atau `dedupe` yang utuh."
        ) from error
    return summary


def _model(path: Path, summary: dict[str, Any]) -> Model:
    """The model of this folder's links; another one would tell another sum."""
    model = load_model(path)
    if sha256(path.read_bytes()).hexdigest() != summary["model"]["sha256"]:
        raise InputError(f"{path}: bukan model yang menimbang pasangan ini.")
    return model


def _link(folder: Path, left: str, right: str, *, within: bool) -> dict[str, Any]:
    """The line of links.parquet. Within one list the two ids may be given in any order."""
    if within:
        left, right = sorted((left, right))
    wanted = (pc.field("left_id") == left) & (pc.field("right_id") == right)
    try:
        found = pq.read_table(folder / "links.parquet", filters=wanted).to_pylist()
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{folder}: links.parquet tidak dapat dibaca.") from error
    if not found:
        raise InputError(f"Pasangan {left} dan {right} tidak ada di {folder}.")
    link: dict[str, Any] = found[0]
    return link


def _drawn(steps: list[Step], words: dict[str, str]) -> Table:
    """The steps under each other; bars run from the sum before to the sum after."""
    table = Table(box=None, padding=(0, 1, 0, 0), width=_WIDTH)
    table.add_column("", ratio=1)
    table.add_column(words["weight"], justify="right", no_wrap=True)
    table.add_column(words["sum"], justify="right", no_wrap=True)
    table.add_column("", width=_BARS, no_wrap=True)
    totals = [0, *(step.total for step in steps)]
    low, high = min(totals), max(totals)
    for before, step in zip(totals, steps, strict=False):
        bar = _bar(before, step.total, low, high)
        table.add_row(Text(step.label), _bits(step.weight, sign=True), _bits(step.total), bar)
    return table


def _bar(before: int, after: int, low: int, high: int) -> Text:
    first, last = sorted(round((x - low) * _BARS / max(high - low, 1)) for x in (before, after))
    drawn = ("█" if after > before else "░") * max(last - first, int(before != after))
    return Text(" " * min(first, _BARS - 1) + drawn, style="green" if after > before else "red")


def _bits(weight: int, *, sign: bool = False) -> str:
    """Thousandths of a bit as bits."""
    return f"{weight / 1000:+.3f}" if sign else f"{weight / 1000:.3f}"
