"""Steps of long work, told on stderr: live on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextmanager
def told_steps(count: int) -> Iterator[Callable[[str], None]]:
    """A function that tells that the next of ``count`` steps begins."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield _Steps(count, console, bar).begin


class _Steps:
    def __init__(self, count: int, console: Console, bar: Progress) -> None:
        self._count, self._console, self._bar = count, console, bar
        self._begun, self._started = 0, time.monotonic()
        self._task = bar.add_task("", total=None)

    def begin(self, words: str) -> None:
        self._begun += 1
        words = f"{self._begun}/{self._count} {words}"
        took = f"{time.monotonic() - self._started:.0f} dtk"
        self._console.print(f"… {words} ({took})", markup=False)
        self._bar.update(self._task, description=words)
