"""The intake app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Files come in: progress, receipt, mapping, rows to mend, withdrawal."""

    name = "mutakhir_web.intake"
