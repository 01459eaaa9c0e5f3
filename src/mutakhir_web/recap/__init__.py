"""Recaps as tables and charts, trends, versions compared, downloads."""
