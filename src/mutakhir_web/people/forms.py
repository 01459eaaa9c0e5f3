"""What an administrator fills in."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.roles import Role
from mutakhir_web.areas.area import Area
from mutakhir_web.people.actions import Wanted
from mutakhir_web.people.places import area_code
from mutakhir_web.people.queries import STATES


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account, new or changed. The name of an account that stands is not asked again."""

    area = forms.CharField(
        label=_("Wilayah"),
        max_length=80,
        help_text=_("Kode atau nama; akun hanya melihat yang di dalam wilayahnya."),
    )

    class Meta:
        """Which fields."""

        model = User
        fields = ("username", "full_name", "role", "area", "expires_on")
        widgets = {"expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "username": _("Huruf kecil dan angka. Tidak dapat diganti, tidak pernah dipakai lagi."),
            "full_name": _("Tampil di layar; tidak masuk jejak audit."),
            "expires_on": _("Hari terakhir akun boleh dipakai; kosong berarti tanpa batas."),
        }

    def __init__(self, *args: Any, within: Area, **given: Any) -> None:
        super().__init__(*args, **given)
        self._within = within
        self.fields["area"].widget.attrs["list"] = "wilayah"
        self.fields["area"].widget.attrs["autocomplete"] = "off"
        self.fields["username"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none"}
        if self.instance.pk:
            del self.fields["username"]
            self.initial["area"] = f"{self.instance.area} {self.instance.area_name}".strip()

    def clean_area(self) -> str:
        """The code."""
        return area_code(self.cleaned_data["area"], self._within)

    def clean_expires_on(self) -> Any:
        """Not in the past: an account is ended by its own button."""
        day = self.cleaned_data["expires_on"]
        if day is not None and day < timezone.localdate() and "expires_on" in self.changed_data:
            raise forms.ValidationError(
                _("Tanggal ini sudah lewat. Untuk mengakhiri akun sekarang, nonaktifkan.")
            )
        return day

    def wanted(self) -> Wanted:
        """What was filled in."""
        given = self.cleaned_data
        return Wanted(
            username=given.get("username", self.instance.username),
            full_name=given["full_name"],
            role=given["role"],
            area=given["area"],
            expires_on=given["expires_on"],
        )


class FilterForm(forms.Form):
    """Which accounts to show. What is not understood filters nothing."""

    teks = forms.CharField(label=_("Nama akun atau nama"), required=False, max_length=80)
    peran = forms.ChoiceField(
        label=_("Peran"), required=False, choices=[("", _("semua")), *Role.choices]
    )
    wilayah = forms.CharField(label=_("Wilayah"), required=False, max_length=80)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ("", _("semua")),
            *zip(STATES, (_("berlaku"), _("berakhir"), _("tanpa faktor kedua")), strict=True),
        ],
    )

    def __init__(self, *args: Any, within: Area, **given: Any) -> None:
        super().__init__(*args, **given)
        self._within = within
        self.fields["wilayah"].widget.attrs["list"] = "wilayah"

    def clean_wilayah(self) -> str:
        """The code; empty for all."""
        text = self.cleaned_data["wilayah"]
        return area_code(text, self._within) if text else ""

    def wanted(self) -> dict[str, str]:
        """Arguments of ``queries.accounts``."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        names = {"text": "teks", "role": "peran", "within": "wilayah", "state": "keadaan"}
        return {name: given.get(field, "") for name, field in names.items()}


class ListFileForm(forms.Form):
    """A spreadsheet of accounts."""

    berkas = forms.FileField(
        label=_("Daftar akun"),
        help_text=_("XLSX, XLS, ODS atau CSV, paling banyak 1.000 baris."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
