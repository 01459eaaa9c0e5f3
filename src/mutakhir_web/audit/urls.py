"""Addresses of this room."""

from django.urls import path

from mutakhir_web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("<int:entry_id>/", views.entry, name="entry"),
    path("ekspor.csv", views.export_csv, name="export_csv"),
    path("ekspor.xlsx", views.export_xlsx, name="export_xlsx"),
]
