"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles and permissions."""

    name = "mutakhir_web.accounts"
