"""Addresses of this room."""

from django.urls import path, register_converter

from mutakhir.rules.period import Period
from mutakhir_web.periods import views, views_meeting


class QuarterConverter:
    """A period in an address: ``2026-Q4``."""

    regex = "[0-9]{4}-Q[1-4]"

    def to_python(self, value: str) -> str:
        """The label; ValueError (so 404) for a year that is none."""
        return Period.parse(value).label

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(QuarterConverter, "triwulan")
app_name = "periods"
urlpatterns = [
    path("", views.periods, name="periods"),
    path("<triwulan:label>/", views.period, name="period"),
    path("<triwulan:label>/langkah/", views.step, name="step"),
    path("<triwulan:label>/bangun/", views.build, name="build"),
    path("<triwulan:label>/terbitkan/", views.close_and_issue, name="close"),
    path("<triwulan:label>/tanggal/", views.plenary_date, name="plenary_date"),
    path("<triwulan:label>/bawa/", views.carry, name="carry"),
    path("<triwulan:label>/edisi/<int:edition>/<str:name>", views.document, name="document"),
    path("<triwulan:label>/pleno/", views_meeting.meeting, name="meeting"),
    path("<triwulan:label>/pleno/baris/<str:kind>/", views_meeting.row, name="row"),
    path("<triwulan:label>/pindai/", views_meeting.add_scan, name="add_scan"),
    path("<triwulan:label>/pindai/<int:scan_id>/", views_meeting.scan, name="scan"),
]
