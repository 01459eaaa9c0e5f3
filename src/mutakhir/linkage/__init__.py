"""Linkage: who in two lists, or twice in one, is one person, and why we think so."""
