"""Addresses of this room."""

from django.urls import path

from mutakhir_web.recap import views, views_compare

app_name = "recap"
urlpatterns = [
    path("", views.recap, name="recap"),
    path("tren/", views.trend, name="trend"),
    path("unduh/<int:version>/<str:name>", views.download, name="download"),
    path("banding/", views_compare.compare, name="compare"),
    path("banding.csv", views_compare.compare_csv, name="compare_csv"),
]
