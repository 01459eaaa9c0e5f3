"""The jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work and its progress."""

    name = "mutakhir_web.jobs"
