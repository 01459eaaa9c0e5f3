"""What every test shares: nothing random without a seed, no clock in the verdict."""

import os
from pathlib import Path

from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutakhir", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("mutakhir")

# Commands that tests run in a process of their own find the package as these tests do.
os.environ["PYTHONPATH"] = str(Path(__file__).parents[1] / "src")
