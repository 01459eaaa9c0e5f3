"""What every test shares: nothing random without a seed, no clock in the verdict."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutakhir", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("mutakhir")
