"""The periods app."""

from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    """A period from opening to closed: checklist, plenary, minutes, amendments."""

    name = "mutakhir_web.periods"
