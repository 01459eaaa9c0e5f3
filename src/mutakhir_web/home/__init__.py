"""Beranda: what is left before the plenary."""
