"""The periods app."""

from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    """A period from opening to closed: checklist, plenary, minutes, amendments."""

    name = "mutakhir_web.periods"

    def ready(self) -> None:
        """The rooms below ask this one before they decide or propose."""
        from mutakhir_web.periods import holds  # noqa: PLC0415 - models are loaded only now
        from mutakhir_web.review import gate  # noqa: PLC0415

        gate.register(holds.deciding)
        gate.register_proposing(holds.proposing)
