"""Delimited text: encoding, delimiter and quoting found from the content."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.sheets.kind import looks_utf16
from mutakhir.intake.sheets.sheet import Cells, Sheet
from mutakhir.numerals import dots

#: No voter row comes near this; a longer line means a broken or hostile file.
LONGEST_LINE: Final = 1 << 20
# the csv module's own limit on a cell is an eighth of that
csv.field_size_limit(LONGEST_LINE)
_CHUNK: Final = 1 << 20
_DELIMITERS: Final = "#;\t|,"
_SAMPLE_LINES: Final = 200
#: Name of the decoder's way with bytes that are no UTF-8.
_STRAY: Final = "mutakhir-cp1252"


@dataclass(frozen=True)
class Dialect:
    """How to read a text file."""

    encoding: str
    delimiter: str
    quoted: bool

    def open(self, path: Path) -> TextIO:
        """``path`` as text, line ends as they stand."""
        return path.open(encoding=self.encoding, errors=_errors(self.encoding), newline="")


def open_text(path: Path, *, number: int, member: str) -> Sheet:
    """The one sheet of a text file. Raises FileRefusedError for over-long lines, unknown bytes."""
    dialect = find_dialect(path)
    size = path.stat().st_size
    position = [0]

    def rows() -> Iterator[Cells]:
        with dialect.open(path) as file:
            for count, cells in enumerate(_reader(file, dialect)):
                if count % 20_000 == 0:
                    position[0] = file.buffer.tell()
                yield cells

    return Sheet(number, "", member, rows, done=lambda: position[0] / size)


def _reader(lines: Iterator[str], dialect: Dialect) -> Iterator[Cells]:
    if dialect.quoted:
        return csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    # a lone " stays part of its cell
    return csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)


def find_dialect(path: Path) -> Dialect:
    """Encoding, delimiter and quoting of ``path``, from all its bytes and its first lines."""
    encoding, has_quotes = _encoding(path)
    with Dialect(encoding, ",", quoted=False).open(path) as file:
        sample = [line for _, line in zip(range(_SAMPLE_LINES), file, strict=False)]
    delimiter = _delimiter(sample)
    dialect = Dialect(encoding, delimiter, quoted=has_quotes)
    if has_quotes and not _reads_quoted(path, dialect):
        return Dialect(encoding, delimiter, quoted=False)
    return dialect


def _encoding(path: Path) -> tuple[str, bool]:
    """The encoding, and whether a double quote occurs. One bounded pass over the bytes."""
    with path.open("rb") as file:
        head = file.read(4096)
        file.seek(0)
        encoding = _from_mark(head)
        decoder = codecs.getincrementaldecoder(encoding or "utf-8")("strict")
        utf8, quotes, open_line = True, False, 0
        while chunk := file.read(_CHUNK):
            open_line = _line_left_open(chunk, open_line)
            quotes = quotes or b'"' in chunk
            if utf8:
                utf8 = _decodes(decoder, chunk, final=False)
        utf8 = utf8 and _decodes(decoder, b"", final=True)
    if encoding and encoding.startswith("utf-16") and not utf8:
        raise _wrong_encoding(encoding)
    if not utf8:
        _check_strays(path)
    return encoding or "utf-8", quotes


def _from_mark(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if looks_utf16(head):
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    return None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _check_strays(path: Path) -> None:
    """Raise FileRefusedError when bytes that are no UTF-8 mean nothing in cp1252 either."""
    with path.open(encoding="utf-8", errors=_STRAY, newline="") as file:
        try:
            while file.read(_CHUNK):
                pass
        except UnicodeDecodeError:
            raise _wrong_encoding("cp1252") from None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 in the code page of Indonesian Windows; five mean nothing there.

    Lists pasted together hold both encodings: each byte is read in the one that fits it.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error(_STRAY, _as_cp1252)


def _errors(encoding: str) -> str:
    return "strict" if encoding.startswith("utf-16") else _STRAY


def _wrong_encoding(encoding: str) -> FileRefusedError:
    return FileRefusedError(
        "wrong_encoding",
        f"Isi berkas bukan UTF-8, UTF-16 atau cp1252 yang utuh (tampak seperti {encoding}).",
        "Simpan ulang sebagai CSV UTF-8.",
    )


def _line_left_open(chunk: bytes, before: int) -> int:
    """Length of the unfinished last line. Raises FileRefusedError when a line grows too long."""
    pieces = chunk.replace(b"\r", b"\n").split(b"\n")
    longest = max(before + len(pieces[0]), len(max(pieces, key=len)))
    if longest > LONGEST_LINE:
        raise FileRefusedError(
            "line_too_long",
            f"Ada baris yang lebih panjang dari {dots(LONGEST_LINE)} bita.",
            "Periksa pemisah baris berkas, atau minta ulang sebagai CSV.",
        )
    return len(pieces[-1]) + (before if len(pieces) == 1 else 0)


def _delimiter(sample: list[str]) -> str:
    """The sign that splits most lines into the same, largest number of cells."""
    lines = [line for line in sample if line.strip()]

    def steadiness(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        if not counts:
            return (0, 0)
        splits, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]))
        return (agreeing * min(splits, 3), splits)

    return max(_DELIMITERS, key=steadiness)


def _reads_quoted(path: Path, dialect: Dialect) -> bool:
    """Whether quotes pair up to the end of the file; if not they are signs like any other."""
    with dialect.open(path) as file:
        try:
            for _ in _reader(file, dialect):
                pass
        except csv.Error:
            return False
    return True
