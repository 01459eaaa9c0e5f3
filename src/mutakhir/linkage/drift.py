"""How far the weights of two model files are apart: this period's against the last one's."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mutakhir.linkage.model_file import read_model

#: So many standard errors of the counts are chance.
_ERRORS: Final = 3.0


@dataclass(frozen=True)
class Drift:
    """One level's weight then and now, in bits. ``far``: by more than ``allowed``.

    m and u where the file has them: shares of pairs of one person, and of two, at the level.
    """

    field: str
    level: str
    old: float
    new: float
    allowed: float
    old_m: float | None
    new_m: float | None
    old_u: float | None
    new_u: float | None

    @property
    def difference(self) -> float:
        """New less old, in bits."""
        return round(self.new - self.old, 3)

    @property
    def far(self) -> bool:
        """Whether the weights are further apart than the limit and chance allow."""
        return abs(self.difference) > self.allowed


def drift(old: str, new: str, limit: float) -> list[Drift]:
    """Every level that both model texts weigh, in the order of the new one.

    ``limit`` in bits; three standard errors of the counts are allowed beyond it. Raises
    ModelError when a text is no model.
    """
    models, notes = (read_model(old), read_model(new)), (_learned(old), _learned(new))
    found = []
    for field in models[1].compared:
        before = models[0].field.get(field.name)
        if before is None:
            continue
        for level, word in enumerate(field.kind.levels):
            if word not in before.kind.levels or word == "missing":
                continue
            weights = before.weights[before.level(word)], field.weights[level]
            said = [note.get(field.name, {}).get(word, {}) for note in notes]
            found.append(_one(field.name, word, weights, said, limit))
    return found


def _one(
    field: str,
    level: str,
    weights: tuple[int, int],
    said: Sequence[Mapping[str, Any]],
    limit: float,
) -> Drift:
    chance = _ERRORS * math.hypot(*(_error(note) for note in said))
    (old_m, new_m), (old_u, new_u) = ([note.get(key) for note in said] for key in ("m", "u"))
    old, new = (weight / 1000 for weight in weights)
    return Drift(field, level, old, new, round(limit + chance, 3), old_m, new_m, old_u, new_u)


def _error(note: Mapping[str, Any]) -> float:
    """Of a weight that stands on counts; one set by hand or kept from the base has none."""
    return float(note["error"]) if "error" in note and note.get("kept") != "base" else 0.0


def _learned(text: str) -> dict[str, dict[str, dict[str, Any]]]:
    fields: dict[str, dict[str, dict[str, Any]]] = (
        tomllib.loads(text).get("learned", {}).get("fields", {})
    )
    return fields
