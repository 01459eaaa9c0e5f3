"""Addresses of other people's sessions."""

from django.urls import path

from mutakhir_web.people import views_sessions as views

app_name = "sessions"
urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("<int:session_id>/akhiri/", views.end_session, name="end"),
    path("akun/<str:username>/akhiri/", views.end_all, name="end_all"),
]
