"""Forms by which voters are found and their numbers opened."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from mutakhir import regions
from mutakhir_web.audit.purpose import identifies
from mutakhir_web.voters.terms import Term, TermError, born, understand

#: Why a number may be opened, as the audit keeps it.
PURPOSES: Final = (
    ("dokumen", _("Mencocokkan dengan dokumen (KTP-el, KK, akta)")),
    ("usulan", _("Memeriksa atau menyusun usulan")),
    ("laporan", _("Menjawab laporan atau tanggapan warga")),
    ("pleno", _("Menjawab keberatan dalam rapat pleno")),
    ("lain", _("Lainnya (jelaskan)")),
)
_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false", "data-private": ""}


class SearchForm(forms.Form):
    """One box that understands what was typed; the rest narrows a search by name."""

    apa = forms.CharField(
        label=_("NIK, NKK, DPID atau nama"),
        max_length=120,
        error_messages={"required": _("Ketik NIK atau NKK (16 angka), DPID, atau nama.")},
        widget=forms.TextInput(attrs={**_PRIVATE, "autocapitalize": "characters"}),
    )
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    lahir = forms.CharField(
        label=_("Tanggal lahir"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={**_PRIVATE, "placeholder": "17-08-1985 · 08-1985 · 1985"}),
    )
    kelamin = forms.ChoiceField(
        label=_("Jenis kelamin"),
        required=False,
        choices=[("", _("Semua")), ("L", _("Laki-laki")), ("P", _("Perempuan"))],
    )
    mulai = forms.IntegerField(required=False, min_value=0, max_value=2_000)

    def __init__(self, data: Any = None, *, kab: str, kabs: list[str]) -> None:
        super().__init__(data)
        self.fields["wilayah"].choices = places(kab, kabs)

    def clean_apa(self) -> Term:
        """What was meant by it."""
        try:
            return understand(self.cleaned_data["apa"])
        except TermError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_lahir(self) -> str:
        """As a look-up asks."""
        typed = self.cleaned_data["lahir"]
        try:
            return born(typed) if typed else ""
        except TermError as error:
            raise forms.ValidationError(str(error)) from None

    @property
    def narrowed(self) -> dict[str, str]:
        """The refinements, once valid, as ``Lookup.search`` takes them."""
        told = self.cleaned_data
        return {"region": told["wilayah"], "born": told["lahir"], "sex": told["kelamin"]}


class UnmaskForm(forms.Form):
    """Why the numbers of one record are opened."""

    tujuan = forms.ChoiceField(label=_("Tujuan"), choices=PURPOSES)
    keterangan = forms.CharField(
        label=_("Keterangan"),
        max_length=200,
        help_text=_("Misalnya nomor surat. Jangan menulis NIK, NKK, nama atau tanggal lahir."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, name: str) -> None:
        super().__init__(data)
        self._name = name

    def clean_keterangan(self) -> str:
        """Kept in the audit for good: no number and no name of the voter may get in there."""
        told = str(self.cleaned_data["keterangan"])
        if identifies(told, self._name):
            raise forms.ValidationError(
                _("Keterangan tersimpan di jejak audit; hapus nama dan deretan angkanya.")
            )
        return told

    @property
    def purpose(self) -> str:
        """As the audit keeps it."""
        label = dict(PURPOSES)[self.cleaned_data["tujuan"]]
        return f"{label}: {self.cleaned_data['keterangan']}"


class AsOfForm(forms.Form):
    """The day as of which a record is shown."""

    per = forms.DateField(
        label=_("Keadaan per tanggal"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )


def places(kab: str, kabs: list[str]) -> list[Any]:
    """The whole area, its kab/kota where there are several, and each place of ``kab``."""
    known = regions.load()
    found: list[Any] = [("", _("Seluruh wilayah kerja"))]
    if len(kabs) > 1:
        named = [(code, region.name) for code in kabs if (region := known.get(code))]
        found.append((_("Kabupaten/kota"), named))
    for kecamatan in known.children(kab) if kab else ():
        whole = (kecamatan.code, _("Kecamatan %(name)s, semua") % {"name": kecamatan.name})
        desas = [(desa.code, desa.name) for desa in known.children(kecamatan.code)]
        found.append((kecamatan.name, [whole, *desas]))
    return found
