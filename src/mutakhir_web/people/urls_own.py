"""A user's own account: what everybody signed in may see of themselves."""

from django.urls import path

from mutakhir_web.people import views_own

urlpatterns = [
    path("", views_own.account, name="account"),
    path("sesi/", views_own.sessions, name="own_sessions"),
    path("sesi/<int:session_id>/akhiri/", views_own.end_session, name="own_session_end"),
    path("sesi/akhiri-lainnya/", views_own.end_others, name="own_sessions_end"),
]
