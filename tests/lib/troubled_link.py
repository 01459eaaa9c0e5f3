"""A command that meets trouble: ``python -m lib.troubled_link TROUBLE VALUE WORD...``.

``full BYTES``: no file may grow beyond so many bytes, as on a full disk. ``stop STEP``: Ctrl-C as
the step begins. ``stop-within STEP``: Ctrl-C a moment later, while the engine works.
"""

import os
import resource
import signal
import sys
import threading
from typing import Any

from mutakhir.cli import main as command


def stop() -> None:
    """What the terminal does at Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


class Watched:
    """A stream that does something as soon as a line with ``words`` is written."""

    def __init__(self, stream: Any, words: str, act: Any) -> None:
        self._stream, self._words, self._act = stream, words, act

    def write(self, text: str) -> int:
        written: int = self._stream.write(text)
        if text.startswith(self._words):
            self._stream.flush()
            self._act()
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def main() -> None:
    """See the module."""
    trouble, value, sys.argv[1:] = sys.argv[1], sys.argv[2], sys.argv[3:]
    if trouble == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(value), int(value)))
    elif trouble == "stop":
        sys.stderr = Watched(sys.stderr, f"… {value}/", stop)
    elif trouble == "stop-within":
        sys.stderr = Watched(sys.stderr, f"… {value}/", threading.Timer(0.02, stop).start)
    command()


if __name__ == "__main__":
    main()
