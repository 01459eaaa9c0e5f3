"""Engines run the heavy joins: ``plain`` is the readable judge, ``duckdb`` the one for work."""

from mutakhir.engines.choose import Engine, engine

__all__ = ["Engine", "engine"]
