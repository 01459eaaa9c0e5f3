"""From which state which act leads where."""

from lib.spec_docs import Table, grid
from mutakhir.casework.states import STATES
from mutakhir.casework.transitions import RETRACTABLE, TRANSITIONS, after, diagram

PAGE = "reference/casework.md"
TITLE = "States"


def _after(state: str, act: str, people: str) -> str | None:
    return after(state, act, two_people=people == "two")


def text() -> str:
    """The diagram and the words of the states."""
    words = grid(("state", "words for the office"), STATES.items())
    return f"```mermaid\n{diagram()}\n```\n\n{words}\n\n{_BACK}"


_ACTS = ", ".join(f"`{act}`" for act in RETRACTABLE)
_BACK = (
    f"`retract` takes back {_ACTS}: the case goes back along the arrow just taken, and stands as "
    "if it had not been taken."
)


_MEANT = [
    (row.state, row.act, people, row.then)
    for row in TRANSITIONS
    for people in (("one", "two") if row.people == "any" else (row.people,))
]
TABLES = [
    Table(
        "Every step of the table (`casework/transitions.py`). `people`: whether the kind needs a "
        "second officer's yes.",
        ("state", "act", "people"),
        ("then",),
        _MEANT,
        _after,
    ),
    Table(
        "Steps that do not exist; a verdict that asks for one is refused.",
        ("state", "act", "people"),
        ("then",),
        [
            ("proposed", "approve", "two", None),
            ("proposed", "overturn", "one", None),
            ("accepted_waiting_second", "accept", "two", None),
            ("in_effect", "accept", "one", None),
            ("in_effect", "reject", "two", None),
            ("rejected", "approve", "two", None),
            ("overturned", "accept", "two", None),
            ("overturned", "overturn", "two", None),
        ],
        _after,
    ),
]
