"""What the reader of the audit asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutakhir_web.audit.presenters import ACTS
from mutakhir_web.audit.queries import Asked


class AskForm(forms.Form):
    """The filter. A field that is not understood says so, and filters nothing."""

    oleh = forms.CharField(label=_("Oleh"), required=False, max_length=30)
    tindakan = forms.ChoiceField(
        label=_("Tindakan"), required=False, choices=[("", _("semua")), *ACTS.items()]
    )
    terhadap = forms.CharField(label=_("Terhadap"), required=False, max_length=120)
    wilayah = forms.RegexField(
        r"\A\d{2}(\d{2})?\Z",
        label=_("Kode wilayah"),
        required=False,
        error_messages={"invalid": _("Dua atau empat angka, misalnya 36 atau 3673.")},
    )
    tujuan = forms.CharField(label=_("Tujuan memuat"), required=False, max_length=100)
    sejak = forms.DateField(
        label=_("Sejak"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    hingga = forms.DateField(
        label=_("Hingga"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def asked(self) -> Asked:
        """What was understood."""
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        return Asked(
            by=given.get("oleh", "").lower(),
            act=given.get("tindakan", ""),
            subject=given.get("terhadap", ""),
            kab=given.get("wilayah", ""),
            purpose=given.get("tujuan", ""),
            since=given.get("sejak"),
            until=given.get("hingga"),
        )
