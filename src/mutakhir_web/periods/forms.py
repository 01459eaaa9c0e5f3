"""Forms of the period's page and of the plenary."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from mutakhir.recap.meeting import MeetingError, check_pattern
from mutakhir_web.periods.models import Meeting


class _Boxes:
    """Every input looks like the others."""

    fields: dict[str, forms.Field]

    def dress(self, small: bool = False) -> None:
        """Give each widget the classes of the pages."""
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            size = f" {kind}-sm" if small else ""
            field.widget.attrs["class"] = f"{kind}{size}"


class PlenaryDateForm(forms.Form, _Boxes):
    """The day of the plenary."""

    plenary_on = forms.DateField(
        label=_("Tanggal pleno"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class StepForm(forms.Form):
    """A step with what it asks. ``seen``: the stage that the page showed."""

    step = forms.CharField(max_length=10)
    seen = forms.CharField(max_length=10)
    reason = forms.CharField(max_length=1000, required=False)
    rule = forms.CharField(max_length=200, required=False)


class MeetingForm(forms.ModelForm, _Boxes):
    """Circumstances of the plenary. There is no field for a number of voters."""

    url = forms.URLField(
        label=_("Alamat pengumuman"),
        help_text=_("Masuk ke kode QR berita acara."),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        """Which fields, in the order in which minutes say them."""

        model = Meeting
        fields = (
            *("n", "number_pattern", "office", "day", "hour", "zone", "place", "chair"),
            *("city", "address", "decree", "legal_basis", "url"),
        )
        widgets: Final = {
            "day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "hour": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "n": forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
            "legal_basis": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: Final = {
            "number_pattern": _(
                "Isian: {n} {office} {roman_month} {year} {kab} {kode}, misalnya"
                " {n}/PL.02.1-BA/{kode}/{year}."
            ),
            "legal_basis": _(
                "Satu per baris. Kosongkan untuk pasal yang berlaku pada periode ini."
            ),
            "decree": _("Nomor keputusan KPU yang menetapkan hasil rapat, bila sudah ada."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()

    def clean_number_pattern(self) -> str:
        """Only the fields that a number of minutes has."""
        pattern: str = self.cleaned_data["number_pattern"]
        try:
            check_pattern(pattern)
        except MeetingError as error:
            raise forms.ValidationError(str(error)) from None
        return pattern


class _Row(forms.Form, _Boxes):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress(small=True)

    @property
    def said(self) -> dict[str, str] | None:
        """What the row says; None when it says nothing."""
        values = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return values if any(values.values()) else None


class AttendeeForm(_Row):
    """An institution and who came for it."""

    institution = forms.CharField(label=_("Lembaga"), max_length=120, required=False)
    names = forms.CharField(
        label=_("Nama yang hadir, satu per baris"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "data-private": ""}),
    )

    def clean(self) -> dict[str, Any]:
        """Names need their institution."""
        if self.cleaned_data.get("names") and not self.cleaned_data.get("institution"):
            self.add_error("institution", _("Sebut lembaganya."))
        return self.cleaned_data


class ObjectionForm(_Row):
    """What was objected, by whom, and the answer."""

    by = forms.CharField(label=_("Yang menyampaikan"), max_length=120, required=False)
    objection = forms.CharField(
        label=_("Keberatan atau masukan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    answer = forms.CharField(
        label=_("Jawaban"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """An objection needs who and what; the answer may still be on its way."""
        said = self.cleaned_data
        if any(said.values()):
            for name in ("by", "objection"):
                if not said.get(name):
                    self.add_error(name, _("Isi bagian ini juga."))
        return said


class CommissionerForm(_Row):
    """Who signs."""

    role = forms.CharField(label=_("Jabatan"), max_length=60, required=False)
    name = forms.CharField(
        label=_("Nama"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"data-private": ""}),
    )

    def clean(self) -> dict[str, Any]:
        """A name needs its office."""
        if self.cleaned_data.get("name") and not self.cleaned_data.get("role"):
            self.add_error("role", _("Sebut jabatannya."))
        return self.cleaned_data


_ROWS: Final = {
    "attendees": AttendeeForm,
    "objections": ObjectionForm,
    "commissioners": CommissionerForm,
}
#: Kinds of rows, each with a formset of one spare row.
SETS: Final = {
    kind: forms.formset_factory(form, extra=1, max_num=200, absolute_max=400)
    for kind, form in _ROWS.items()
}


class MeetingForms:
    """The whole plenary: its form and its three lists of rows."""

    def __init__(self, meeting: Meeting, data: Mapping[str, Any] | None = None) -> None:
        self.form = MeetingForm(data, instance=meeting)
        # What is handed in stands by itself: a row like the one shown is not an empty row.
        self.rows = {
            kind: made(data, prefix=kind, initial=getattr(meeting, kind) if data is None else None)
            for kind, made in SETS.items()
        }

    def is_valid(self) -> bool:
        """Whether everything can be saved."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    @property
    def values(self) -> dict[str, Any]:
        """What was said, by field of Meeting; rows that say nothing are left out."""
        lists = {kind: [f.said for f in rows if f.said] for kind, rows in self.rows.items()}
        return {**self.form.cleaned_data, **lists}


def spare_row(kind: str, number: int) -> forms.Form:
    """An empty row of a list, to stand as its ``number``-th (from 0)."""
    return _ROWS[kind](prefix=f"{kind}-{number}")
