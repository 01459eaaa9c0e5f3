"""A user's own account: what everybody signed in may see of themselves."""

from django.urls import path

from mutakhir_web.people import views_own

urlpatterns = [path("", views_own.account, name="account")]
