"""What rules may speak of, and the keys of each topic beside those every entry has."""

from typing import Final

#: topic -> key -> type. Every key is required: a rule leaves nothing to be supposed.
TOPICS: Final[dict[str, dict[str, type]]] = {
    "law": {"name": str, "label": str},
    "eligibility": {"age": int, "married_any_age": bool, "oldest_unquestioned": int},
    "cadence": {"recap_months": int, "plenary_months": int},
    "caps": {"voters": int, "statute": int},
    "rounding": {"factor": str, "mode": str},
    "stock": {"ballots": int},
    "rungs": {"label": str, "rank": int, "removes": bool},
    "removal": {"label": str, "documents": list, "leaves": bool, "two_people": bool},
    "addition": {"label": str, "documents": list, "two_people": bool},
    "duplicates": {"label": str, "same": list, "rank": int},
    "budget": {
        "label": str,
        "kinds": list,
        "share": str,
        "sample": int,
        "confidence": str,
        "periods": int,
    },
    "retraction": {"label": str, "minutes": int},
    "codes": {"list": str, "versions": list, "codes": list},
}

#: Topics of which a law needs an answer on every day.
EVERY_DAY: Final = (
    "eligibility",
    "cadence",
    "caps",
    "rounding",
    "rungs",
    "removal",
    "addition",
    "budget",
    "retraction",
)

#: What a code does to the voter it stands beside.
EFFECTS: Final = ("leaves", "moves_inside", "changes", "new", "flag", "not_collected", "states")

LISTS: Final = ("tms", "disability", "marital", "ktp_el", "sex", "mark", "new_reason")
