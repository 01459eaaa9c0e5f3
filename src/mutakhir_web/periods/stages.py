"""Stages of a period, and which act leads from which to which: one table, and its diagram.

Rendered into docs/reference/periods.md. What must be so before a step is ``checklist``'s; whether
the decision file allows it is the domain's (``casework.office``).
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mutakhir_web.accounts.roles import Act


class Stage(TextChoices):
    """Where a period stands. The decision file knows only open, closed and skipped; the rest is
    the office's own order of work."""

    OPEN = "open", _("terbuka")
    FROZEN = "frozen", _("dibekukan")
    PLENARY = "plenary", _("rapat pleno")
    CLOSED = "closed", _("ditutup")
    REOPENED = "reopened", _("dibuka kembali")
    SKIPPED = "skipped", _("dilewati")


@dataclass(frozen=True, slots=True)
class Transition:
    """``step`` by whoever may ``act`` leads from ``stage`` to ``then``.

    ``asks``: what the person must say, of ``reason`` and ``rule`` (article or letter number).
    """

    stage: Stage
    step: str
    act: Act
    then: Stage
    label: str | Promise
    asks: tuple[str, ...] = ()


_WHY, _WHY_AND_RULE = ("reason",), ("reason", "rule")
TRANSITIONS: Final = (
    Transition(Stage.OPEN, "freeze", Act.PREPARE, Stage.FROZEN, _("Bekukan")),
    Transition(Stage.REOPENED, "freeze", Act.PREPARE, Stage.FROZEN, _("Bekukan")),
    Transition(Stage.FROZEN, "thaw", Act.PREPARE, Stage.OPEN, _("Cairkan kembali"), _WHY),
    Transition(Stage.FROZEN, "convene", Act.RECORD_MEETING, Stage.PLENARY, _("Mulai rapat pleno")),
    Transition(Stage.PLENARY, "adjourn", Act.RECORD_MEETING, Stage.FROZEN, _("Tunda pleno"), _WHY),
    Transition(Stage.PLENARY, "close", Act.CLOSE, Stage.CLOSED, _("Tutup dan terbitkan")),
    Transition(Stage.CLOSED, "reopen", Act.CLOSE, Stage.REOPENED, _("Buka kembali"), _WHY_AND_RULE),
    Transition(Stage.OPEN, "skip", Act.CLOSE, Stage.SKIPPED, _("Lewati periode"), _WHY_AND_RULE),
    Transition(Stage.FROZEN, "skip", Act.CLOSE, Stage.SKIPPED, _("Lewati periode"), _WHY_AND_RULE),
    Transition(
        Stage.SKIPPED, "reopen", Act.CLOSE, Stage.REOPENED, _("Buka kembali"), _WHY_AND_RULE
    ),
)
#: Steps that are sealed into the decision file as well.
SEALED: Final = frozenset({"close", "reopen", "skip"})


def transition(stage: str, step: str) -> Transition | None:
    """The row of the table, or None where it has no such step."""
    return next((t for t in TRANSITIONS if t.stage == stage and t.step == step), None)


def steps_from(stage: str) -> list[Transition]:
    """What may come next."""
    return [t for t in TRANSITIONS if t.stage == stage]


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/reference/periods.md."""
    names = [f'    state "{stage.value}" as {stage.value}' for stage in Stage]
    arrows = [f"    {t.stage.value} --> {t.then.value}: {_arrow(t)}" for t in TRANSITIONS]
    return "\n".join(["stateDiagram-v2", *names, "    [*] --> open", *arrows])


def _arrow(row: Transition) -> str:
    asked = f" ({', '.join(row.asks)})" if row.asks else ""
    return f"{row.step} by {row.act.value}{asked}"
