"""The audit app."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only audit."""

    name = "mutakhir_web.audit"

    def ready(self) -> None:
        """Listen to signing in and out."""
        import_module("mutakhir_web.audit.sign_ins")
