"""Mutakhir: a voter roll that is always current and that anyone can check.

The domain package. It knows nothing of the web, settings or the network.
"""

__version__ = "0.1.0"
