"""Every address of the workplace. Words in them are those of the menu."""

from django.urls import include, path

from mutakhir_web.common import views as common

urlpatterns = [
    path("akun/", include("mutakhir_web.people.urls_own")),
    path("akun/", include("mutakhir_web.accounts.urls")),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("hidup", common.alive, name="alive"),
    path("mulai/", common.start, name="start"),
    path("pekerjaan/", include("mutakhir_web.jobs.urls")),
    path("", include("mutakhir_web.home.urls")),
    path("terima/", include("mutakhir_web.intake.urls")),
    path("antrean/", include("mutakhir_web.review.urls")),
    path("pemilih/", include("mutakhir_web.voters.urls")),
    path("periode/", include("mutakhir_web.periods.urls")),
    path("rekap/", include("mutakhir_web.recap.urls")),
    path("provinsi/", include("mutakhir_web.province.urls")),
    path("pengguna/", include("mutakhir_web.people.urls")),
    path("sesi/", include("mutakhir_web.people.urls_sessions")),
    path("audit/", include("mutakhir_web.audit.urls")),
]

handler400 = "mutakhir_web.common.views.bad_request"
handler403 = "mutakhir_web.common.views.forbidden"
handler404 = "mutakhir_web.common.views.not_found"
handler500 = "mutakhir_web.common.views.server_error"
handler429 = "mutakhir_web.common.views.too_many"
