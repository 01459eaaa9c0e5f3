"""The command line. Each command stands in its room's module under ``commands``."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command()
def version() -> None:
    """Version."""


def main() -> None:
    """Run the command line."""
    app()
