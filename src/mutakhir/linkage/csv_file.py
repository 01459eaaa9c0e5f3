"""CSV as offices write it → Parquet with text alone, in pieces."""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq

_DELIMITERS: Final = (",", ";", "\t", "|")
_BLOCK: Final = 1 << 24  # bytes read at once
_Note = Callable[[Any], str]


class CsvError(Exception):
    """A CSV file that cannot be read; the message, in Indonesian, says where and why."""


def column_names(path: Path) -> list[str]:
    """The names in the first line, without blanks around them. Raises CsvError, OSError."""
    with _faults() as note:
        names = [name.strip() for name in _reader(path, note, []).schema.names]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CsvError(f"judul kolom berulang: {', '.join(twice)}")
    return names


def write_parquet(path: Path, columns: Sequence[str], out: Path) -> None:
    """These columns of the CSV at ``path`` as text; blanks around values go, and what is blank is
    missing. Any of , ; tab and | may divide, values may be quoted; UTF-8, UTF-16 with its mark,
    or else Windows-1252. Raises CsvError, OSError."""
    schema = pa.schema([(name, pa.string()) for name in columns])
    names = column_names(path)
    places = [names.index(name) for name in columns]
    with _faults() as note, pq.ParquetWriter(out, schema, compression="lz4") as writer:
        for batch in _reader(path, note, places):
            texts = [_trimmed(batch.column(place)) for place in places]
            writer.write_table(pa.table(texts, schema))


@contextmanager
def _faults() -> Iterator[_Note]:
    """Faults of the reader as CsvError; gives the reader's handler of rows of another width."""
    bad: list[Any] = []

    def note(row: Any) -> str:
        bad.append(row)
        return "error"

    try:
        yield note
    except pa.ArrowInvalid as error:
        raise CsvError(_fault(bad)) from error


def _reader(path: Path, note: _Note, texts: Sequence[int]) -> Any:
    """Batches of the file; the columns at the places ``texts`` as text."""
    encoding = _encoding(path)
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding) as file:
        head = re.sub('"[^"]*"', "", file.readline(1 << 16))
    parse = pc_csv.ParseOptions(
        delimiter=max(_DELIMITERS, key=head.count),
        newlines_in_values=True,
        invalid_row_handler=note,
    )
    read = pc_csv.ReadOptions(encoding=encoding, block_size=_BLOCK, use_threads=False)
    names = pc_csv.open_csv(path, read, parse).schema.names if texts else []
    types = {names[place]: pa.string() for place in texts}
    return pc_csv.open_csv(path, read, parse, pc_csv.ConvertOptions(column_types=types))


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, UTF-8 if the whole file is, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        try:
            while block:
                decoder.decode(block)
                block = file.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _trimmed(column: pa.Array) -> pa.Array:
    text = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(text, ""), None, text)


def _fault(bad: list[Any]) -> str:
    """What is wrong, without what stands there."""
    if not bad:
        return "bukan CSV yang utuh, atau kosong"
    row = bad[0]
    place = f"baris {row.number}" if row.number is not None else "satu baris"
    return f"{place} berisi {row.actual_columns} kolom, bukan {row.expected_columns}"
