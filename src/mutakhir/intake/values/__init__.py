"""One pure parser for each kind of value: raw cell text in, canonical value and doubt out."""
