"""Intake: files as they really come, to canonical records and a receipt for every row."""

from mutakhir.intake.take import take_in

__all__ = ["take_in"]
