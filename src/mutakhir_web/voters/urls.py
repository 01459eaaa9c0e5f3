"""Addresses of this room. They carry a DPID at most, never a NIK, a name or a birth date."""

from django.urls import path

from mutakhir_web.voters import views, views_proposal

app_name = "voters"
urlpatterns = [
    path("", views.search, name="search"),
    path("indeks/", views.index, name="index"),
    path("usulan/baru/", views_proposal.report, name="report"),
    path("usulan/<slug:source>/", views_proposal.submission, name="submission"),
    path("usulan/<slug:source>/lampiran/", views_proposal.attachment, name="attachment"),
    path("<slug:dpid>/", views.voter, name="voter"),
    path("<slug:dpid>/buka/", views.unmask, name="unmask"),
    path("<slug:dpid>/tutup/", views.mask, name="mask"),
    path("<slug:dpid>/perbaiki/", views_proposal.propose, {"what": "correct"}, name="correct"),
    path("<slug:dpid>/pindah/", views_proposal.propose, {"what": "move"}, name="move"),
    path("<slug:dpid>/keluar/", views_proposal.propose, {"what": "remove"}, name="remove"),
    path("<slug:dpid>/kembali/", views_proposal.propose, {"what": "return"}, name="return"),
]
