"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Beranda: what is left before the plenary."""

    name = "mutakhir_web.home"
