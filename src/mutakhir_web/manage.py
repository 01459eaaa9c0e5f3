"""Django's own commands, with this project's settings: ``python -m mutakhir_web.manage``."""

import os
import sys

from django.core.management import execute_from_command_line


def main(arguments: list[str] | None = None) -> None:
    """Run one management command."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mutakhir_web.config.settings"
    execute_from_command_line(["mutakhir", *(arguments if arguments is not None else sys.argv[1:])])


if __name__ == "__main__":
    main()
