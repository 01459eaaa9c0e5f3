"""The mapping screen: what do the columns of a file nobody knows hold?"""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mutakhir import regions
from mutakhir.intake import mapping as mapping_file
from mutakhir.intake.guess import Guess, guess
from mutakhir.intake.mapping import MappingError
from mutakhir.intake.plan import Head, column_letter
from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.unknown import TriedRow, signature, tried
from mutakhir_web.accounts.permissions import needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door
from mutakhir_web.intake import actions, heads, mapped, presenters, queries
from mutakhir_web.intake.forms import CODES, places
from mutakhir_web.intake.models import Source

_SAMPLE: Final = 12
_HEADING_CHOICES: Final = 15


@dataclass(frozen=True)
class _Said:
    """The mapping as it stands in the form, and the table it is about."""

    head: Head
    heading: int
    content: dict[str, Any]
    guesses: list[Guess | None]

    @property
    def words(self) -> tuple[str, ...]:
        """The headings of the columns."""
        return tuple(next((cells for row, cells in self.head.rows if row == self.heading), ()))


@require_GET
@needs(Act.TAKE_IN)
def mapping(request: HttpRequest, source_id: str) -> HttpResponse:
    """The guess, on the first rows, to be put right."""
    return _page(request, source_id, "intake/mapping.html")


@require_POST
@needs(Act.TAKE_IN)
def preview(request: HttpRequest, source_id: str) -> HttpResponse:
    """The same rows under what the form says now."""
    return _page(request, source_id, "intake/mapping_rows.html")


@require_POST
@needs(Act.TAKE_IN)
def save(request: HttpRequest, source_id: str) -> HttpResponse:
    """Take the file in under this mapping, and remember it."""
    found, tables = _waiting(request, source_id)
    if not tables:
        return _not_waiting(request, found)
    said = _said(request, tables[0])
    problem = _problem(request, found, tables, said)
    if problem:
        messages.error(request, problem)
        return _page(request, source_id, "intake/mapping.html", status=422)
    heading = actions.Heading(
        row=said.heading, words=said.words, signature=signature(said.head, said.heading)
    )
    upload = actions.map_columns(
        by=request.user,
        source=found,
        handed=_handed(request, found),
        mapping=said.content,
        heading=heading,
    )
    return redirect("intake:upload", upload.id)


def _page(request: HttpRequest, source_id: str, template: str, status: int = 200) -> HttpResponse:
    found, tables = _waiting(request, source_id)
    if not tables:
        return _not_waiting(request, found)
    said = _said(request, tables[0])
    problem = _problem(request, found, tables, said)
    rows = [] if problem else _tried(request, found, said)
    shown = {
        "source": found,
        "said": said,
        "problem": problem,
        "columns": _columns(said),
        "rows": _sample(said, rows),
        "outcomes": presenters.counted(rows),
        "tried": len(rows),
        "tables": len(tables),
        "headings": _headings(said),
        "fields": presenters.field_choices(),
        "claims": presenters.CLAIMS.items(),
        "reasons": presenters.reason_choices(door.law(request.period)),
        "documents": presenters.document_choices(door.law(request.period)),
        "places": places(queries.kab_of(request.area, found.pk)),
        "codes": CODES,
    }
    return render(request, template, shown, status=status)


def _waiting(request: HttpRequest, source_id: str) -> tuple[Source, list[Head]]:
    """The source and its tables to be mapped; none when it waits for nothing."""
    found = queries.source(request.area, source_id)
    if not found.unmapped:
        return found, []
    try:
        return found, heads.of(found)
    except FileRefusedError:
        return found, []


def _not_waiting(request: HttpRequest, found: Source) -> HttpResponse:
    messages.info(request, _("Kolom berkas ini tidak menunggu pemetaan."))
    return redirect("intake:source", found.pk)


def _said(request: HttpRequest, head: Head) -> _Said:
    """What the form says; where it says nothing, or its heading row changed, the guess."""
    form = request.POST
    plan, guesses = guess(head)
    heading = int(form["heading"]) if form.get("heading", "").isdecimal() else plan.first_row - 1
    plan, guesses = guess(head, heading)
    fields = [each.field if each else "" for each in guesses]
    if form.get("was_heading") == str(heading):
        fields = [form.get(f"column-{column_letter(at)}", "") for at in range(len(fields))]
    content: dict[str, Any] = {"format": mapping_file.FORMAT, "first_row": plan.first_row}
    content["claim"] = form.get("claim", plan.claim)
    content["reason"], content["evidence"] = form.get("reason", ""), form.get("evidence", "")
    content["columns"] = {column_letter(at): name for at, name in enumerate(fields)}
    known = regions.load().get(form.get("desa", ""))
    content["fixed"] = {"desa": known.code} if known and known.level == "desa" else {}
    return _Said(head, heading, content, guesses)


def _problem(request: HttpRequest, found: Source, tables: list[Head], said: _Said) -> str:
    """Why the mapping can't be used as it is, in words; empty when it can."""
    chosen = [name for name in said.content["columns"].values() if name]
    twice = sorted({name for name in chosen if chosen.count(name) > 1})
    if twice:
        words = ", ".join(presenters.field_words(name) for name in twice)
        return _("%(fields)s dipilih untuk dua kolom; pilih satu saja.") % {"fields": words}
    if not {"nik", "name", "dpid"} & set(chosen):
        return _("Pilih kolom NIK atau nama: tanpa itu orangnya tidak dikenal.")
    if len(tables) > 1 and not mapped.alike(tables, said.heading):
        return _(
            "Judul kolom lembar-lembar berkas ini tidak sama atau tidak sebaris. Simpan tiap"
            " lembar sebagai berkas sendiri, lalu serahkan satu per satu."
        )
    try:
        mapping_file.checked(said.content)
        mapping_file.check_words(said.content, _options(request, found).words)
    except MappingError as error:
        return str(error)
    return ""


def _options(request: HttpRequest, found: Source) -> Any:
    handed = _handed(request, found)
    return mapped.reading(region=handed.region, codes=handed.codes, period=handed.period)


def _handed(request: HttpRequest, found: Source) -> actions.Handed:
    kab = queries.kab_of(request.area, found.pk)
    codes = request.POST.get("codes", found.codes)
    return actions.Handed(
        kab=kab,
        period=found.period,
        agency=found.agency,
        region=found.region or kab,
        codes=codes if codes in dict(CODES) else found.codes,
    )


def _tried(request: HttpRequest, found: Source, said: _Said) -> list[TriedRow]:
    return tried(said.head, said.content, _options(request, found))


def _columns(said: _Said) -> list[dict[str, Any]]:
    """Each column: letter, heading, the field chosen, and why it was guessed."""
    return [
        {
            "letter": letter,
            "heading": presenters.hidden_numbers(said.words[at] if at < len(said.words) else ""),
            "field": name,
            "guess": said.guesses[at] if at < len(said.guesses) else None,
        }
        for at, (letter, name) in enumerate(said.content["columns"].items())
    ]


def _sample(said: _Said, rows: list[TriedRow]) -> list[dict[str, Any]]:
    """The first rows of data as they came, and what would become of each."""
    outcome = {each.row: each for each in rows}
    names = list(said.content["columns"].values())
    shown = [(row, cells) for row, cells in said.head.rows if row > said.heading][:_SAMPLE]
    return [
        {
            "row": row,
            "cells": [
                presenters.cell(raw, outcome[row].values.get(name) if row in outcome else None)
                for raw, name in zip(cells + [""] * len(names), names, strict=False)
            ],
            "outcome": presenters.tried_outcome(outcome.get(row)),
        }
        for row, cells in shown
    ]


def _headings(said: _Said) -> list[tuple[int, str]]:
    """Rows that may head the columns, with their first words."""
    found = [(0, _("tanpa baris judul"))]
    for row, cells in said.head.rows[:_HEADING_CHOICES]:
        words = " · ".join(presenters.hidden_numbers(cell) for cell in cells if cell)
        found.append((row, f"{row}: {words[:60]}"))
    return found
