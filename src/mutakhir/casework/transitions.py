"""Which act leads a proposal from which state to which: one table, and its diagram."""

from dataclasses import dataclass
from typing import Final, Literal

from mutakhir.casework.decision import Act
from mutakhir.casework.states import STATES, State

#: one: a single officer's yes is enough; two: a second, different officer must approve.
People = Literal["one", "two", "any"]


@dataclass(frozen=True, slots=True)
class Transition:
    """``act`` on a proposal in ``state`` leads to ``then``, for kinds that need ``people``."""

    state: State
    act: Act
    people: People
    then: State


TRANSITIONS: Final = (
    Transition("proposed", "accept", "one", "in_effect"),
    Transition("proposed", "accept", "two", "accepted_waiting_second"),
    Transition("proposed", "reject", "any", "rejected"),
    Transition("proposed", "field_check", "any", "field_check"),
    Transition("proposed", "need_document", "any", "need_document"),
    Transition("field_check", "accept", "one", "in_effect"),
    Transition("field_check", "accept", "two", "accepted_waiting_second"),
    Transition("field_check", "reject", "any", "rejected"),
    Transition("field_check", "need_document", "any", "need_document"),
    Transition("need_document", "accept", "one", "in_effect"),
    Transition("need_document", "accept", "two", "accepted_waiting_second"),
    Transition("need_document", "reject", "any", "rejected"),
    Transition("need_document", "field_check", "any", "field_check"),
    Transition("accepted_waiting_second", "approve", "two", "in_effect"),
    Transition("accepted_waiting_second", "reject", "two", "rejected"),
    Transition("accepted_waiting_second", "field_check", "two", "field_check"),
    Transition("accepted_waiting_second", "need_document", "two", "need_document"),
    # A rejection changed nothing on the roll, so it may be thought over without an overturning.
    Transition("rejected", "accept", "one", "in_effect"),
    Transition("rejected", "accept", "two", "accepted_waiting_second"),
    Transition("in_effect", "overturn", "any", "overturn_waiting_second"),
    Transition("overturn_waiting_second", "approve", "any", "overturned"),
    Transition("overturn_waiting_second", "reject", "any", "in_effect"),
)
#: Acts that who did them may take back: the case then stands where it stood before, so no row
#: above leads there. An overturning is taken back by rejecting it.
RETRACTABLE: Final[tuple[Act, ...]] = (
    "accept",
    "reject",
    "field_check",
    "need_document",
    "approve",
)
_NEXT: Final[dict[tuple[State, Act, People], State]] = {
    (row.state, row.act, people): row.then
    for row in TRANSITIONS
    for people in (("one", "two") if row.people == "any" else (row.people,))
}


def after(state: State, act: Act, *, two_people: bool) -> State | None:
    """The state that ``act`` leads to, or None where the table has no such step."""
    return _NEXT.get((state, act, "two" if two_people else "one"))


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/reference/casework.md."""
    names = [f'    state "{label}" as {state}' for state, label in STATES.items()]
    arrows = [f"    {row.state} --> {row.then}: {_label(row)}" for row in TRANSITIONS]
    return "\n".join(["stateDiagram-v2", *names, "    [*] --> proposed", *arrows])


def _label(row: Transition) -> str:
    return row.act if row.people == "any" else f"{row.act} ({row.people})"
