"""Addresses of this room."""

from django.urls import path

from mutakhir_web.province import views

app_name = "province"
urlpatterns = [
    path("", views.province, name="province"),
    path("provinsi.csv", views.download, name="download"),
    path("rekap/", views.recaps, name="recaps"),
    path("rekap/<slug:kab>/<slug:label>/", views.recap, name="recap"),
    path("rekap/<slug:kab>/<slug:label>/kata/", views.word, name="word"),
    path("ganda/", views.duplicates, name="duplicates"),
    path("ganda/<slug:proposal>/", views.decide, name="decide"),
]
