"""Forms by which somebody proposes from a screen what a file could say as well.

Whether a value is possible is intake's to say: these forms only know what may be asked.
"""

import uuid
from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mutakhir import regions
from mutakhir.rules import Law
from mutakhir_web.common.domain_words import document_label, said
from mutakhir_web.voters.presenters import CODES, LABELS

#: Fields of a person that a screen may propose to change, in the order of the form.
DETAILS: Final = (
    *("name", "nik", "nkk", "birth_place", "birth_date", "sex", "marital", "ktp_el"),
    *("address", "rt", "rw", "disability"),
)
_TEXT: Final = {"autocomplete": "off", "spellcheck": "false", "data-private": ""}
_HINTS: Final[dict[str, str | Promise]] = {
    "nik": _("16 angka, seperti pada KTP-el."),
    "nkk": _("16 angka, seperti pada kartu keluarga."),
    "birth_date": _("Misalnya 17-08-1985."),
    "rt": _("Misalnya 001."),
    "rw": _("Misalnya 005."),
}


class ProposalForm(forms.Form):
    """What every proposal from a screen needs. ``claim``: what it says, as a record says it."""

    claim: ClassVar[str]
    title: ClassVar[str | Promise]
    ask: ClassVar[tuple[str, ...]] = ()

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, law: Law, kab: str, **given: Any):
        super().__init__(data, files, **{"initial": {}, **given})
        self.initial.setdefault("token", uuid.uuid4())
        self.kab, self.law = kab, law
        for name in self.ask:
            self.fields[name] = _field(name)
        self.extend()
        self.fields["evidence"] = forms.ChoiceField(
            label=_("Dokumen yang dilihat"), choices=self._documents()
        )
        self.fields["note"] = forms.CharField(
            label=_("Catatan untuk pemutus"),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["attachment"] = forms.FileField(
            label=_("Foto atau PDF dokumen"),
            required=False,
            help_text=_("JPEG, PNG atau PDF, paling besar 10 MB. Boleh kosong."),
            widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf"}),
        )

    def extend(self) -> None:
        """Fields beside ``ask``."""

    def papers(self) -> list[str]:
        """Kinds of document that bear on it."""
        return ["ktp_el", "kk", "biodata"]

    def _documents(self) -> list[Any]:
        words = dict.fromkeys([*self.papers(), "claim"])
        return [("", _("Pilih dokumen")), *((w, document_label(w, self.law)) for w in words)]

    @property
    def said(self) -> dict[str, str]:
        """What the form says, by columns of the canonical layout; empty answers left out."""
        beside = ("token", "note", "attachment")
        told = ((name, str(self.cleaned_data[name])) for name in self.fields if name not in beside)
        return {name: value for name, value in told if value}

    def refuse(self, rows: list[dict[str, Any]]) -> None:
        """Lay a receipt's reasons beside the fields that they are about."""
        for row in rows:
            name = row["field"] if row["field"] in self.fields else None
            self.add_error(name, f"{row['message']}. {row['action']}")


class CorrectForm(ProposalForm):
    """Other details of somebody on the roll. What stays empty stays as it is."""

    claim, title, ask = "change", _("Perbaiki data"), DETAILS

    def clean(self) -> dict[str, Any]:
        """At least one thing must be said."""
        told = super().clean() or {}
        if not self.errors and not any(told.get(name) for name in DETAILS):
            raise forms.ValidationError(_("Isi sedikitnya satu data yang benar."))
        return told


class MoveForm(ProposalForm):
    """Another TPS or desa inside the kab/kota."""

    claim, title = "move", _("Pindah TPS atau desa/kelurahan")

    def extend(self) -> None:
        """Where to."""
        self.fields["desa"] = forms.ChoiceField(
            label=_("Desa/kelurahan tujuan"), choices=_desas(self.kab)
        )
        self.fields["tps_to"] = forms.CharField(
            label=_("TPS tujuan"), max_length=13, help_text=_("Tiga angka, misalnya 012.")
        )


class RemoveForm(ProposalForm):
    """Somebody who should leave the roll. Two people decide on it."""

    claim, title = "ineligible", _("Tidak memenuhi syarat")

    def extend(self) -> None:
        """Why, and since when."""
        reasons = [(r.word, said(r.label)) for r in self.law.removals.values() if r.leaves]
        self.fields["reason"] = forms.ChoiceField(
            label=_("Sebab"), choices=[("", _("Pilih sebab")), *reasons]
        )
        self.fields["event_date"] = forms.CharField(
            label=_("Tanggal kejadian"),
            required=False,
            max_length=20,
            help_text=_("Tanggal meninggal, pindah atau pengangkatan, misalnya 17-08-2026."),
            widget=forms.TextInput(attrs=_TEXT),
        )

    def papers(self) -> list[str]:
        """Those of every reason, and the whole ladder of a death."""
        rungs = [rung.word for rung in reversed(self.law.rungs)]
        rules = (rule for rule in self.law.removals.values() if rule.leaves)
        return [*rungs, *(word for rule in rules for word in rule.documents)]


class ReturnForm(ProposalForm):
    """Somebody who left the roll and should come back. Two people decide on it."""

    claim, title = "new", _("Usulkan kembali ke daftar")

    def papers(self) -> list[str]:
        """What shows that somebody lives here, or is a civilian or a voter again."""
        return [
            *super().papers(),
            *(word for rule in self.law.additions.values() for word in rule.documents),
        ]


class ReportForm(ProposalForm):
    """Somebody who is not on the roll yet."""

    claim, title, ask = "new", _("Laporkan pemilih baru"), DETAILS

    def extend(self) -> None:
        """Where they live, and why they should be added."""
        for name in ("name", "nik", "birth_date", "sex"):
            self.fields[name].required = True
        self.fields["desa"] = forms.ChoiceField(label=_("Desa/kelurahan"), choices=_desas(self.kab))
        reasons = [(rule.word, said(rule.label)) for rule in self.law.additions.values()]
        self.fields["reason"] = forms.ChoiceField(
            label=_("Sebab"), choices=[("", _("Pilih sebab")), *reasons]
        )

    def papers(self) -> list[str]:
        """Those of every reason."""
        return [word for rule in self.law.additions.values() for word in rule.documents]


def _field(name: str) -> forms.Field:
    label, hint = LABELS[name], _HINTS.get(name, "")
    if name in CODES:
        choices = [("", "–"), *CODES[name].items()]
        return forms.ChoiceField(label=label, required=False, choices=choices, widget=_select())
    if name == "disability":
        told = {"choices": _DISABILITIES, "widget": _select()}
        return forms.ChoiceField(label=label, required=False, **told)
    widget = forms.TextInput(attrs=_TEXT)
    return forms.CharField(
        label=label, required=False, max_length=120, help_text=hint, widget=widget
    )


def _select() -> forms.Select:
    """One whose answer no browser keeps."""
    return forms.Select(attrs={"data-private": ""})


_DISABILITIES: Final = [
    ("", "–"),
    ("fisik", _("Fisik")),
    ("intelektual", _("Intelektual")),
    ("mental", _("Mental")),
    ("wicara", _("Sensorik wicara")),
    ("rungu", _("Sensorik rungu")),
    ("netra", _("Sensorik netra")),
]


def _desas(kab: str) -> list[Any]:
    """Every desa/kelurahan of a kab/kota, under its kecamatan."""
    known = regions.load()
    found: list[Any] = [("", _("Pilih desa/kelurahan"))]
    for kecamatan in known.children(kab):
        desas = [(desa.code, desa.name) for desa in known.children(kecamatan.code)]
        found.append((kecamatan.name, desas))
    return found
