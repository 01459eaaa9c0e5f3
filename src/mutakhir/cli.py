"""The command line: names only. Each command stands in its room's module under ``commands``."""

import typer

from mutakhir import __version__
from mutakhir.commands import (
    build,
    decide,
    demo,
    diff,
    explain,
    intake,
    learn,
    link,
    minutes,
    odd_but_true,
    queue,
    recap,
    regions,
    rules,
    serve,
    synthetic,
    testing,
    trace,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # a traceback may not carry a voter's data
    help="Mutakhir: daftar pemilih yang selalu mutakhir dan dapat diperiksa siapa saja.",
)


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version", help="Tampilkan versi.")) -> None:
    """Options of the entry itself."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

app.command()(demo.demo)
app.command(context_settings=_PASSED_ON)(serve.serve)
app.command(context_settings=_PASSED_ON)(serve.admin)
app.command(context_settings=_PASSED_ON)(serve.backup)
app.command(name="test", context_settings=_PASSED_ON)(testing.run_tests)
app.command(context_settings=_PASSED_ON)(testing.bench)
app.command()(synthetic.synthetic)
app.command()(intake.intake)
app.add_typer(odd_but_true.app, name="odd-but-true")
app.command()(link.link)
app.command()(link.dedupe)
app.command()(explain.explain)
app.command()(learn.learn)
app.command()(build.propose)
app.command()(queue.queue)
app.command()(decide.decide)
app.command()(decide.approve)
app.command()(decide.overturn)
app.command()(decide.retract)
app.command()(decide.adopt)
app.command()(decide.withdraw)
app.command()(decide.close)
app.command()(decide.reopen)
app.command()(decide.skip)
app.command()(build.build)
app.command()(diff.diff)
app.command()(trace.trace)
app.add_typer(recap.app, name="recap")
app.command()(minutes.minutes)
app.command()(regions.regions)
app.add_typer(rules.app, name="rules")


def main() -> None:
    """Run the command line."""
    app()
