"""Addresses of jobs."""

from django.urls import path

from mutakhir_web.jobs import views

app_name = "jobs"
urlpatterns = [path("<uuid:job_id>/", views.progress, name="progress")]
