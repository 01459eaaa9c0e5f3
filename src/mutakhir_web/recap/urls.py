"""Addresses of this room."""

from django.urls import path

from mutakhir_web.recap import views

app_name = "recap"
urlpatterns = [path("", views.recap, name="recap")]
