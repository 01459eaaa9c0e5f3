"""Pairs of registers with truth, for benches and tests of linkage. All people are made up."""

from mutakhir.synthetic.registers.truth import true_duplicates, true_links, wrong_kind
from mutakhir.synthetic.registers.write import Registers, make_registers, write_registers

__all__ = [
    "Registers",
    "make_registers",
    "true_duplicates",
    "true_links",
    "write_registers",
    "wrong_kind",
]
