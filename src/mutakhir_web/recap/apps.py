"""The recap app."""

from django.apps import AppConfig


class RecapConfig(AppConfig):
    """Recaps as tables and charts, trends, versions compared, downloads."""

    name = "mutakhir_web.recap"
