"""A seeded population, its life events, the files an office receives about them, and the truth."""

from mutakhir.synthetic.generate import Manifest, generate

__all__ = ["Manifest", "generate"]
