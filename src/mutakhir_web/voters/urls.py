"""Addresses of this room."""

from django.urls import URLPattern

app_name = "voters"
urlpatterns: list[URLPattern] = []
