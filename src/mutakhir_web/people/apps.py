"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Pages of accounts."""

    name = "mutakhir_web.people"
