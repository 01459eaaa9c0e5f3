"""The voters app."""

from django.apps import AppConfig


class VotersConfig(AppConfig):
    """Finding a voter, the record as of a day, its timeline, a correction."""

    name = "mutakhir_web.voters"
