"""Addresses of this room. A case is named by its proposal; nothing of a person stands in one."""

from django.urls import path

from mutakhir_web.review import views, views_bulk, views_case, views_extra

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("mulai/", views.start, name="start"),
    path("bagikan/", views.share, name="share"),
    path("susun/", views.propose, name="propose"),
    path("antrean.csv", views.download, name="download"),
    path("orang-kedua/", views.second, name="second"),
    path("orang-kedua/penarikan/<int:seq>/", views.withdrawal, name="withdrawal"),
    path("massal/", views_bulk.bulk, name="bulk"),
    path("massal/<uuid:job_id>/", views_bulk.receipt, name="receipt"),
    path("usulan/<str:proposal>/", views_case.case, name="case"),
    path("usulan/<str:proposal>/putuskan/", views_case.decide, name="decide"),
    path("usulan/<str:proposal>/urungkan/", views_case.retract, name="retract"),
    path("usulan/<str:proposal>/batalkan/", views_case.overturn, name="overturn"),
    path("usulan/<str:proposal>/tetangga/<str:way>/", views_case.neighbour, name="neighbour"),
    path("usulan/<str:proposal>/buka/", views_case.unmask, name="unmask"),
    path("usulan/<str:proposal>/ambil/", views_extra.take_over, name="take_over"),
    path("usulan/<str:proposal>/lepas/", views_extra.release, name="release"),
    path("usulan/<str:proposal>/keluarga/", views_extra.family, name="family"),
    path("usulan/<str:proposal>/lampiran/", views_extra.attach, name="attach"),
    path("lampiran/<int:pk>/", views_extra.attachment, name="attachment"),
]
