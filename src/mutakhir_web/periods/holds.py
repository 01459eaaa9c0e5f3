"""What a period's stage holds back: deciding during the plenary, new proposals once frozen."""

from django.utils.translation import gettext as _

from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import quarter_words
from mutakhir_web.common.templatetags.words import region_name
from mutakhir_web.periods import queries
from mutakhir_web.periods.stages import Stage


def deciding(kab: str, label: str) -> str | None:
    """Why nothing may be decided now, or None. A closed period is the domain's to refuse."""
    if queries.stage_of(kab, label) is not Stage.PLENARY:
        return None
    return _(
        "Rapat pleno %(period)s sedang berlangsung, maka angkanya tidak berubah. Bila putusan perlu"
        " diubah, tunda pleno dulu di halaman Periode."
    ) % {"period": quarter_words(label)}


def proposing(label: str) -> str | None:
    """Why no proposals may be made now, or None. They are made for all kab/kota of the store."""
    for kab in door.kabs():
        if (stage := queries.stage_of(kab, label)) in (Stage.FROZEN, Stage.PLENARY):
            told = {"period": label, "kab": region_name(kab), "stage": stage.label}
            return (
                _(
                    "%(period)s untuk %(kab)s berada pada tahap “%(stage)s”: sumber baru tidak lagi"
                    " ikut, maka usulan tidak disusun ulang. Cairkan dulu di halaman Periode."
                )
                % told
            )
    return None
