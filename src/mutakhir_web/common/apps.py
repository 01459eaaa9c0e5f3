"""The common app."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Frame, words and errors."""

    name = "mutakhir_web.common"
