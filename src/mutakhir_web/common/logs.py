"""What the server writes about itself: where an error happened and its class, never its text."""

import logging
import traceback
from types import TracebackType
from typing import TypeAlias

_ErrorInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Formatter(logging.Formatter):
    """Texts of errors quote rows and forms (a name, a NIK): the log keeps places and classes."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; what another formatter kept of the error is not used."""
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - the library's name
        """The traceback of the error and of those behind it, without their texts."""
        kind, error, trace = ei
        if kind is None or error is None:
            return ""
        behind = error.__cause__ or error.__context__
        before = self._behind(behind) if behind is not None else ""
        return f"{before}{''.join(traceback.format_tb(trace))}{kind.__module__}.{kind.__qualname__}"

    def _behind(self, error: BaseException) -> str:
        return f"{self.formatException((type(error), error, error.__traceback__))}\n"
