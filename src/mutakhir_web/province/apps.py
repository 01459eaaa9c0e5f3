"""The province app."""

from django.apps import AppConfig


class ProvinceConfig(AppConfig):
    """The province above its kabupaten/kota."""

    name = "mutakhir_web.province"
