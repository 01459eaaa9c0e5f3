"""Mappings that an office confirmed: found again by the headings of the next file."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mutakhir.intake import mapping as mapping_file
from mutakhir.intake.odd import load as load_odd
from mutakhir.intake.options import Options, options
from mutakhir.intake.plan import Head
from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.unknown import signature, signatures, tables
from mutakhir.rules.period import Period
from mutakhir_web.bulk import door
from mutakhir_web.intake.models import Mapping


def remembered(kab: str, path: Path) -> tuple[Mapping, dict[str, Any]] | None:
    """The mapping that fits a file nobody knows, and its content for this file.

    Only where it holds for every table of the file: their headings are the same and stand in the
    same row. Else a person looks.
    """
    try:
        found = tables(path)
    except FileRefusedError:
        return None
    if not found.unknown or found.known:
        return None
    shared = set.intersection(*(set(signatures(head).items()) for head in found.unknown))
    for mapping in Mapping.objects.filter(kab=kab, signature__in=[each for each, _ in shared]):
        row = dict(shared)[mapping.signature]
        return mapping, {**mapping.content, "first_row": row + mapping.below}
    return None


def alike(heads: list[Head], row: int) -> bool:
    """Whether one mapping may hold for all tables: the same headings in the same row."""
    return len({signature(head, row) for head in heads}) == 1


def reading(*, region: str, codes: str, period: str) -> Options:
    """The options under which rows are tried."""
    return options(
        layout=None,
        codes=codes,
        region=region,
        mapping=None,
        day=Period.parse(period).last,
        odd=load_odd(door.store()),
        withdrawn=(),
        progress=None,
    )


@contextmanager
def as_file(content: dict[str, Any]) -> Iterator[Path | None]:
    """A mapping as the file that intake reads, while it does; None for an empty one."""
    if not content:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="mutakhir-") as folder:
        path = Path(folder) / "mapping.toml"
        path.write_text(mapping_file.text(content), encoding="utf-8")
        yield path
