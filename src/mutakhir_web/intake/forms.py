"""What is asked of people in this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutakhir import regions
from mutakhir.intake.readers import LAYOUTS
from mutakhir_web.intake.actions import Handed
from mutakhir_web.intake.agencies import Agency

CODES = (
    ("2023", _("2023 (Pemilu dan Pemilihan 2024)")),
    ("2017", _("2017 (sampai 2020)")),
)


class _Select(forms.Select):
    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"class": "form-select", **attrs})


class HandInForm(forms.Form):
    """What the sender's letter says of a file."""

    agency = forms.ChoiceField(label=_("Dari instansi"), widget=_Select())
    region = forms.ChoiceField(
        label=_("Wilayah berkas"),
        help_text=_("Baris yang tidak menyebut desa/kelurahan dianggap di sini."),
        widget=_Select(),
    )
    codes = forms.ChoiceField(
        label=_("Versi kode TMS dan disabilitas"), choices=CODES, initial="2023", widget=_Select()
    )
    layout = forms.ChoiceField(label=_("Susunan kolom"), required=False, widget=_Select())
    mends = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput())
    try_first = forms.BooleanField(
        label=_("Uji coba dulu: lihat akibatnya sebelum berkas dihitung"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, data: Any = None, *, kab: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.kab = kab
        self.fields["agency"].choices = [("", _("Pilih instansi")), *Agency.choices]
        self.fields["region"].choices = places(kab)
        self.fields["region"].initial = kab
        self.fields["layout"].choices = [
            ("", _("Dikenali dari isinya")),
            *((name, name.replace("_", " ")) for name in LAYOUTS),
        ]

    def handed(self, period: str) -> Handed:
        """The answers, once they are valid."""
        return Handed(kab=self.kab, period=period, **self.cleaned_data)

    @property
    def words(self) -> str:
        """Everything that is wrong, in one line."""
        return " ".join(
            f"{self.fields[name].label}: {error}"
            for name, found in self.errors.items()
            for error in found
        )


class FileForm(forms.Form):
    """What a browser tells of a file before it sends the first piece."""

    name = forms.CharField(max_length=255)
    size = forms.IntegerField(min_value=0)
    modified = forms.IntegerField(min_value=0)


def places(kab: str) -> list[Any]:
    """The kab/kota, and each desa/kelurahan under its kecamatan: what a file may be of."""
    known = regions.load()
    whole = known.get(kab)
    found: list[Any] = [(kab, whole.name if whole else kab)]
    for kecamatan in known.children(kab):
        desas = [(desa.code, desa.name) for desa in known.children(kecamatan.code)]
        found.append((kecamatan.name, desas))
    return found
