"""``mutakhir propose`` and ``mutakhir build``."""

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from mutakhir import rules
from mutakhir.casework.desk import propose_period
from mutakhir.casework.draft import Proposals
from mutakhir.commands.decide import PeriodOption, StoreOption, law_of, refusals
from mutakhir.engines import engine as choose
from mutakhir.linkage.model_file import default_model
from mutakhir.numerals import dots
from mutakhir.roll.findings import BuildRefusedError, Finding
from mutakhir.roll.snapshot import counts_of, decided
from mutakhir.roll.steps import Built, build_version, roll_as_of, roll_before
from mutakhir.store import Store

EngineOption = Annotated[str, typer.Option("--engine", help="duckdb atau plain.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Hasil sebagai JSON.")]


def propose(
    store: StoreOption,
    period: PeriodOption,
    engine: EngineOption = "duckdb",
    as_json: JsonOption = False,
) -> None:
    """Tautkan sumber periode ini dengan daftar, dan susun usulan."""
    with refusals():
        opened = Store.open(store)
        decided(opened)
        before = roll_before(opened, period)
        found = propose_period(
            opened,
            period,
            voters=before.voters,
            departed=before.departed,
            linker=choose(engine),
            model=default_model(),
            law=law_of(period),
        )
    _show_proposals(found, before.voters.num_rows, as_json)


def _show_proposals(found: Proposals, voters: int, as_json: bool) -> None:
    share, limit = found.for_review / max(voters, 1), default_model().queue_most
    if as_json:
        review = {"proposals": found.for_review, "share_of_list": share, "share_most": limit}
        outcomes = _counted(found.outcomes["outcome"].to_pylist())
        kinds = _counted(found.proposals["kind"].to_pylist())
        value = {"outcomes": outcomes, "proposals": kinds, "review": review}
        typer.echo(json.dumps(value, indent=2))
        return
    typer.echo(f"{dots(found.outcomes.num_rows)} baris: {found.outcomes_said}.")
    typer.echo(f"{dots(found.proposals.num_rows)} usulan: {found.kinds_said}.")
    typer.echo(
        f"{dots(found.for_review)} perlu dilihat satu per satu ({_percent(share)} dari daftar)."
    )
    if share > limit:
        typer.echo(
            f"Peringatan: lebih dari {_percent(limit)}. Antrean sebesar itu tidak terkerjakan; "
            "cari sumber atau aturan yang memenuhinya sebelum memutuskan."
        )


def _percent(share: float) -> str:
    return f"{share * 100:.2f} %".replace(".", ",")


def _counted(words: list[str]) -> dict[str, int]:
    return {word: words.count(word) for word in sorted(set(words))}


def build(
    store: StoreOption,
    period: Annotated[str | None, typer.Option("--period", help="Misalnya 2026-Q3.")] = None,
    engine: EngineOption = "duckdb",
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Hanya tampilkan daftar per tanggal ini.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Bangun versi daftar pemilih sebuah periode dari keputusan yang berlaku."""
    with refusals():
        opened = Store.open(store)
        try:
            if as_of is not None:
                _show_as_of(opened, _day(as_of), engine, as_json)
                return
            if period is None:
                raise typer.BadParameter("sebut --period atau --as-of")
            built = build_version(opened, period, choose(engine), rules.load())
        except BuildRefusedError as error:
            _show_stop(error.findings, as_json)
            raise typer.Exit(1) from None
    _show(built, as_json)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("tulis --as-of seperti 2026-09-30") from None


def _show_as_of(store: Store, day: date, engine: str, as_json: bool) -> None:
    roll = roll_as_of(store, day, choose(engine), rules.load())
    value = {"as_of": day.isoformat(), "period": roll.period, "counts": counts_of(roll)}
    if as_json:
        typer.echo(json.dumps(value, indent=2))
        return
    typer.echo(f"Daftar per {day.isoformat()} ({roll.period or 'belum ada'}):")
    _show_counts(counts_of(roll))


def _show_counts(counts: dict[str, dict[str, int]]) -> None:
    for kab, each in counts.items():
        typer.echo(f"  {kab}: L {each['L']}, P {each['P']}, jumlah {each['total']}")


def _show_stop(found: list[Finding], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"findings": [each.as_json() for each in found]}, indent=2))
        return
    typer.echo("Tidak dibangun; gudang tetap seperti semula.", err=True)
    for each in found:
        typer.echo(f"  {each.where}: {each.text}", err=True)


def _show(built: Built, as_json: bool) -> None:
    if as_json:
        value = {**asdict(built.manifest), "findings": [each.as_json() for each in built.findings]}
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return
    manifest = built.manifest
    typer.echo(f"Versi {manifest.version} ({manifest.period}), akar {manifest.root}")
    _show_counts(manifest.counts)
    typer.echo(f"  {len(built.findings)} temuan untuk dilihat.")
