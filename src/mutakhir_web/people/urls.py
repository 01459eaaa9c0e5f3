"""Addresses of this room."""

from django.urls import path

from mutakhir_web.people import views, views_list

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("baru/", views.new, name="new"),
    path("daftar/", views_list.list_file, name="list_file"),
    path("daftar/buat/", views_list.list_confirm, name="list_confirm"),
    path("daftar/templat.xlsx", views_list.list_template, name="list_template"),
    path("akun/<str:username>/", views.edit, name="edit"),
    path("akun/<str:username>/nonaktif/", views.deactivate, name="deactivate"),
    path("akun/<str:username>/aktif/", views.reactivate, name="reactivate"),
    path("akun/<str:username>/kata-sandi/", views.reset_password, name="reset_password"),
]
