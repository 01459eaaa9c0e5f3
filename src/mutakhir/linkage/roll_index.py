"""The index of a roll: the normal forms of all its rows, kept for the next feeds.

A feed of a quarter is small beside the roll, and most of a run would go into normal forms that the
last run made too. The index answers to the bytes of the roll and to all that bears on normal forms;
weights and rules do not. Layout: docs/formats/index.md.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from mutakhir.linkage.model import Model
from mutakhir.store import recover, swapped_folder, write_json

FORMAT: Final = 1
_FORMS: Final = "forms.parquet"
_MANIFEST: Final = "index.json"
#: What in this package bears on normal forms.
_SOURCES: Final = ("kinds", "name_batch.py", "names.toml", "normalise.py", "prepare.py")


class RollIndexError(Exception):
    """A folder that is no index; the message, in Indonesian, says what to do."""


@dataclass(frozen=True)
class RollIndex:
    """The index of one roll in ``folder``, made or not yet made. ``address``: what it answers
    to, digests by name."""

    folder: Path
    address: dict[str, str]

    @property
    def forms(self) -> Path:
        """Rows of n, id, source and the columns that ``prepare`` makes."""
        return self.folder / _FORMS

    def made(self) -> bool:
        """Whether the folder holds the index of this roll."""
        return bool(_manifest(self.folder) == {"format": FORMAT} | self.address)

    def make(self, write_forms: Callable[[Path], None]) -> None:
        """Has the forms written, and swaps the whole index in, in place of an older one."""
        with swapped_folder(self.folder) as beside:
            beside.chmod(0o700)  # names and numbers of everybody
            write_forms(beside / _FORMS)
            write_json(beside / _MANIFEST, {"format": FORMAT} | self.address)


def roll_index(folder: Path, roll: Path, model: Model) -> RollIndex:
    """The index in ``folder`` for a roll (a file) and a model. What a crash left of an earlier one
    goes. Raises RollIndexError when the folder holds anything else."""
    recover(folder.parent, folder.name)
    strange = folder.exists() and (not folder.is_dir() or not _holds_index(folder))
    if strange:
        raise RollIndexError(
            f"{folder}: bukan folder indeks. Sebut folder baru atau folder indeks yang lama."
        )
    with roll.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return RollIndex(folder, {"roll": digest, "forms": forms_digest(model)})


def forms_digest(model: Model) -> str:
    """A digest of what bears on normal forms: the columns and kinds of the model, the code."""
    fields = [
        [field.name, field.kind.name, field.columns, sorted(field.options.items())]
        for field in model.fields
    ]
    said = json.dumps([model.ids, model.source, fields, code_digest()])
    return sha256(said.encode()).hexdigest()


@cache
def code_digest() -> str:
    """A digest of the code and words that make normal forms, and of the library they use."""
    digest = sha256(version("pyarrow").encode())
    package = files("mutakhir.linkage")
    for source in _SOURCES:
        for file in _files(package.joinpath(source)):
            digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(place: Traversable) -> Iterator[Traversable]:
    """The source files at a place, in the order of their names."""
    if place.is_file():
        yield place
        return
    for entry in sorted(place.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".py"):
            yield entry


def _holds_index(folder: Path) -> bool:
    return {path.name for path in folder.iterdir()} <= {_FORMS, _MANIFEST}


def _manifest(folder: Path) -> Any:
    try:
        return json.loads((folder / _MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
