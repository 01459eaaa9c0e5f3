"""Engines run the heavy joins: ``plain`` is the readable judge, ``duckdb`` the one for
work, ``spark`` the one for more than one machine."""

from mutakhir.engines.choose import Engine, Linker, engine, linker
from mutakhir.engines.spark_session import SparkError

__all__ = ["Engine", "Linker", "SparkError", "engine", "linker"]
