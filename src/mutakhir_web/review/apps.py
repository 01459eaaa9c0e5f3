"""The review app."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """The queue: cases side by side, decisions, undo, the second person."""

    name = "mutakhir_web.review"
