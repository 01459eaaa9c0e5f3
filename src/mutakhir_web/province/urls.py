"""Addresses of this room."""

from django.urls import URLPattern

app_name = "province"
urlpatterns: list[URLPattern] = []
