"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only audit."""

    name = "mutakhir_web.audit"
