"""The place of a case in the queue: one number, so that "next" is one step in an index.

Kinds in the order in which an office should look at them; cases of equal evidence beside each
other; of each group the sample first. Nothing of it changes while the queue is worked off.
"""

import hashlib
from typing import Final

#: What is urgent or rare first; what may be done in bulk last.
ORDER: Final = ("conflict", "restore", "suspend", "remove", "relocate", "add", "correct")
_GROUP_BITS, _PROPOSAL_BITS = 16, 43


def place(kind: str, group: str, proposal: str, *, sampled: bool) -> int:
    """63 bits: kind (3), hash of the group (16), not sampled (1), start of the proposal (43)."""
    start = int(proposal, 16) >> (64 - _PROPOSAL_BITS)
    return _group(kind, group) << (1 + _PROPOSAL_BITS) | (not sampled) << _PROPOSAL_BITS | start


def places(kind: str, group: str = "") -> tuple[int, int]:
    """The first place of a kind, or of one of its groups, and the first one after them."""
    if group:
        first, wide = _group(kind, group), 1 + _PROPOSAL_BITS
    else:
        first, wide = ORDER.index(kind), _GROUP_BITS + 1 + _PROPOSAL_BITS
    return first << wide, (first + 1) << wide


def _group(kind: str, group: str) -> int:
    digest = hashlib.sha256(group.encode()).digest()[: _GROUP_BITS // 8]
    return ORDER.index(kind) << _GROUP_BITS | int.from_bytes(digest)
