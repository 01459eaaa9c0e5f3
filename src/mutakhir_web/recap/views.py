"""Pages of recaps: a table down to the TPS, trends, downloads."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mutakhir.recap.export import as_csv, as_json
from mutakhir.recap.table import LEVELS, Recap
from mutakhir.roll.snapshot import Manifest
from mutakhir_web.accounts.permissions import needs
from mutakhir_web.accounts.roles import Act
from mutakhir_web.bulk import door, recaps
from mutakhir_web.common.domain_words import quarter_words
from mutakhir_web.recap import queries, tables, trends

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@needs(Act.SEE_RECAP)
def recap(request: HttpRequest) -> HttpResponse:
    """A region's parts with their balance; identities, charts, downloads."""
    kab, versions = request.kab, trends.versions(request.kab) if request.kab else []
    manifest = _chosen(request, versions)
    if manifest is None:
        return render(request, "recap/none.html", {})
    found = recaps.recap(manifest.version, kab)
    code = request.GET.get("di", kab)
    level = request.GET.get("tingkat", "")
    table = _table(found, manifest, kab, code, level)
    table = tables.in_order(
        table, request.GET.get("urut", ""), falling=request.GET.get("arah") == "turun"
    )
    return render(
        request,
        "recap/recap.html",
        {
            "manifest": manifest,
            "edition": found.edition,
            "shown_words": quarter_words(manifest.period),
            "versions": versions[::-1],
            "stale": recaps.stale(manifest.version),
            "other": manifest.period != request.period,
            "code": code,
            "level": level,
            "table": table,
            "checks": queries.identities(kab, manifest.period),
            "steps": tables.steps(table),
            "bars": _bars(table),
            "at": queries.now(),
        },
    )


def _chosen(request: HttpRequest, versions: list[Manifest]) -> Manifest | None:
    """The version of the period at the desk, or the newest before it, or the oldest of all."""
    upto = [m for m in versions if m.period <= request.period]
    return upto[-1] if upto else (versions[0] if versions else None)


def _table(found: Recap, manifest: Manifest, kab: str, code: str, level: str) -> tables.Table:
    if not code.startswith(kab) or (level and level not in LEVELS):
        raise Http404
    if len(code) == 10:
        table = tables.of_desa(manifest.version, found, code)
    else:
        table = tables.of_region(found, code, door.law(manifest.period), level=level)
    if table is None:
        raise Http404
    return table


def _bars(table: tables.Table) -> dict[str, Any]:
    """New and ineligible voters of each part, for a chart; the fullest thirty."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    busiest = sorted(
        table.lines, key=lambda line: -(line.values[places["baru"]] + line.values[places["tms"]])
    )[:30]
    names = {"baru": table.columns[places["baru"]].label, "tms": table.columns[places["tms"]].label}
    return {
        "labels": [line.name for line in busiest],
        "series": [
            {"name": name, "values": [line.values[places[key]] for line in busiest]}
            for key, name in names.items()
        ],
    }


@require_GET
@needs(Act.SEE_RECAP)
def trend(request: HttpRequest) -> HttpResponse:
    """Totals over the periods."""
    points = trends.points(request.kab) if request.kab else []
    labels = [point.label for point in points]
    return render(
        request,
        "recap/trend.html",
        {
            "points": points,
            "totals": {
                "labels": labels,
                "series": [{"name": _("Jumlah"), "values": [p.total for p in points]}],
            },
            "flows": {
                "labels": labels,
                "series": [
                    {"name": _("Baru"), "values": [p.new for p in points]},
                    {"name": _("TMS"), "values": [p.gone for p in points]},
                ],
            },
        },
    )


@require_GET
@needs(Act.SEE_RECAP)
def download(request: HttpRequest, version: int, name: str) -> HttpResponse:
    """``rekap.csv``, ``rekap.json`` or ``rekap.xlsx`` of the kab/kota at the desk."""
    kab = request.kab
    stem, _dot, kind = name.partition(".")
    known = [m.version for m in trends.versions(kab)] if kab else []
    if stem != "rekap" or kind not in _TYPES or version not in known:
        raise Http404
    found = recaps.recap(version, kab)
    rows = [row for row in found.rows if row.code.startswith(kab)]
    made: dict[str, Any] = {
        "csv": lambda: as_csv(found, rows).encode(),
        "json": lambda: as_json(found, rows).encode(),
        "xlsx": lambda: tables.as_workbook(found, kab),
    }
    response = HttpResponse(made[kind](), content_type=_TYPES[kind])
    saved = f"rekap-{kab}-{found.edition.period}-v{version}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{saved}"'
    return response
