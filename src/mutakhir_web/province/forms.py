"""What is asked of the province."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutakhir_web.province.models import Verdict


class JudgeForm(forms.Form):
    """Accept a recap, or send it back."""

    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Putusan"),
        choices=[
            (Verdict.ACCEPTED, _("Terima rekap ini")),
            (Verdict.RETURNED, _("Kembalikan untuk diperbaiki")),
        ],
    )
    reason = forms.CharField(
        label=_("Alasan pengembalian"),
        required=False,
        max_length=1000,
        help_text=_("Sebut sel atau wilayah yang salah. Jangan menulis nama atau NIK pemilih."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DuplicateForm(forms.Form):
    """Which of two registrations stays."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    act = forms.ChoiceField(choices=[("accept", ""), ("reject", ""), ("need_document", "")])
    document = forms.ChoiceField(label=_("Dokumen yang dilihat"), required=False)
    note = forms.CharField(label=_("Catatan"), required=False, max_length=500)

    def __init__(self, data: Any = None, *, documents: list[Any], **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["document"].choices = [("", _("Belum melihat dokumen")), *documents]
