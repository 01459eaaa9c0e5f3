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
    hashed = int.from_bytes(hashlib.sha256(group.encode()).digest()[: _GROUP_BITS // 8])
    found = ORDER.index(kind)
    found = found << _GROUP_BITS | hashed
    found = found << 1 | (not sampled)
    return found << _PROPOSAL_BITS | int(proposal, 16) >> (64 - _PROPOSAL_BITS)
