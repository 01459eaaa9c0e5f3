"""Addresses of this room."""

from django.urls import path

from mutakhir_web.intake import views, views_mapping, views_source, views_upload

app_name = "intake"
urlpatterns = [
    path("", views.sources, name="sources"),
    path("ditunggu", views_source.awaited, name="awaited"),
    path("ditunggu/simpan", views_source.expect, name="expect"),
    path("serahkan", views_upload.hand_in, name="hand_in"),
    path("unggahan", views_upload.begin, name="begin"),
    path("unggahan/<uuid:upload_id>/", views_upload.upload, name="upload"),
    path("unggahan/<uuid:upload_id>/maju", views_upload.upload_progress, name="upload_progress"),
    path("unggahan/<uuid:upload_id>/potongan", views_upload.piece, name="piece"),
    path("unggahan/<uuid:upload_id>/selesai", views_upload.finish, name="finish"),
    path("unggahan/<uuid:upload_id>/terima", views_upload.count, name="count"),
    path("unggahan/<uuid:upload_id>/ulangi", views_upload.again, name="again"),
    path("unggahan/<uuid:upload_id>/buang", views_upload.discard, name="discard"),
    path("sumber/<slug:source_id>/", views.source, name="source"),
    path("sumber/<slug:source_id>/unduh/<str:which>", views.download, name="download"),
    path("sumber/<slug:source_id>/kolom", views_mapping.mapping, name="mapping"),
    path("sumber/<slug:source_id>/kolom/lihat", views_mapping.preview, name="mapping_preview"),
    path("sumber/<slug:source_id>/kolom/simpan", views_mapping.save, name="mapping_save"),
    path("sumber/<slug:source_id>/tarik", views_source.withdraw, name="withdraw"),
    path("sumber/<slug:source_id>/baca", views.read_anew, name="read_anew"),
    path("sumber/<slug:source_id>/instansi", views.say_agency, name="say_agency"),
]
