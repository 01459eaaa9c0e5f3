"""``mutakhir link`` and ``mutakhir dedupe``."""

import errno
import json
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Annotated, Any, Literal

import pyarrow.parquet as pq
import typer

from mutakhir.commands.progress import told_steps
from mutakhir.engines import SparkError, linker
from mutakhir.linkage import files
from mutakhir.linkage.anchored import write_anchored
from mutakhir.linkage.model import Model, ModelError
from mutakhir.linkage.model_file import default_model, model_text, read_model
from mutakhir.linkage.roll_index import RollIndex, RollIndexError, roll_index
from mutakhir.numerals import dots

#: Rows above which the plain engine, which compares one pair at a time, takes minutes and more.
_PLAIN_ROWS = 20_000
#: Steps that are told: checking, the engine's own, and finishing.
_STEPS = {"link": 9, "dedupe": 7, "anchored": 21, "plain": 3}


def memory_size(value: str) -> str:
    """Checks the form of --memory."""
    if re.fullmatch(r"[1-9][0-9]*(MB|GB)", value) is None:
        raise typer.BadParameter("tulis seperti 500MB atau 4GB")
    return value


_Out = Annotated[
    Path,
    typer.Option("--out", help="Folder hasil: links.parquet, clusters.parquet, summary.json."),
]
_ModelFile = Annotated[
    Path | None, typer.Option("--model", help="Berkas model; tanpa ini, model pemilih.")
]
_EngineName = Literal["duckdb", "plain", "spark"]
_Engine = Annotated[_EngineName, typer.Option("--engine", help="Mesin hitung.")]
_Master = Annotated[str, typer.Option("--master", help="Untuk spark: alamat gugusnya.")]
_Memory = Annotated[
    str,
    typer.Option("--memory", help="Batas memori mesin, misalnya 4GB.", callback=memory_size),
]
_Register = Annotated[
    Path | None,
    typer.Option("--register", help="Data kependudukan: siapa di sana tiap baris daftar."),
]
_Index = Annotated[
    Path | None,
    typer.Option("--index", help="Folder indeks daftar: dibuat sekali, lalu dipakai lagi."),
]
_Json = Annotated[bool, typer.Option("--json", help="Ringkasan sebagai JSON.")]


def link(
    a: Annotated[Path, typer.Argument(help="Daftar pemilih: Parquet atau CSV.")],
    b: Annotated[Path, typer.Argument(help="Data sumber: Parquet atau CSV.")],
    *,
    out: _Out,
    model: _ModelFile = None,
    index: _Index = None,
    engine: _Engine = "duckdb",
    master: _Master = "local[*]",
    memory: _Memory = "4GB",
    as_json: _Json = False,
) -> None:
    """Pasangkan orang yang sama di dua daftar. Tidak mengubah daftar mana pun."""
    if index is not None and engine != "duckdb":
        raise typer.BadParameter("hanya untuk --engine duckdb", param_hint="--index")
    _run(
        [a, b],
        out,
        model,
        index_folder=index,
        engine=engine,
        master=master,
        memory=memory,
        as_json=as_json,
    )


def dedupe(
    a: Annotated[Path, typer.Argument(help="Daftar pemilih: Parquet atau CSV.")],
    *,
    out: _Out,
    register: _Register = None,
    model: _ModelFile = None,
    engine: _Engine = "duckdb",
    master: _Master = "local[*]",
    memory: _Memory = "4GB",
    as_json: _Json = False,
) -> None:
    """Cari orang yang tercatat ganda dalam satu daftar. Tidak mencoret siapa pun."""
    tables = [a] if register is None else [a, register]
    _run(
        tables,
        out,
        model,
        within=True,
        engine=engine,
        master=master,
        memory=memory,
        as_json=as_json,
    )


def _run(
    tables: list[Path],
    out: Path,
    model_file: Path | None,
    *,
    engine: _EngineName,
    master: str,
    memory: str,
    as_json: bool,
    within: bool = False,
    index_folder: Path | None = None,
) -> None:
    """Links two tables or, ``within``, one, perhaps with a register as the second."""
    work = "link" if not within else "anchored" if len(tables) > 1 else "dedupe"
    with _refusals(out), ExitStack() as stack:
        model, written = _model(model_file)
        folder = stack.enter_context(files.links_folder(out))
        index = _index(index_folder, tables[0], model)
        indexed = index is not None and index.made()
        steps = _STEPS["plain" if engine == "plain" else work]
        tell = stack.enter_context(told_steps(steps + (index is not None and not indexed)))
        tell("Periksa berkas")
        known = {tables[0]} if indexed else set()
        paths = [
            stack.enter_context(files.people_file(path, model, known=path in known))
            for path in tables
        ]
        sides = ("left", "register" if within else "right")
        sizes = dict(zip(sides, map(_rows, paths), strict=False))
        if engine == "plain":
            _say_slow(sizes, tell)
        who = linker(engine, master=master, memory=memory, tell=tell, index=index)
        write_links = who.write_links
        if work == "anchored":
            place = stack.enter_context(TemporaryDirectory(prefix="anchored-", dir=folder))
            anchored = Path(place, "people.parquet")
            write_anchored(paths[0], paths[1], model, write_links, anchored)
            paths = [anchored]
        right = paths[1] if len(paths) > 1 else None
        clusters = write_links(paths[0], right, model, folder / "links.parquet")
        tell("Hitung")
        summary = files.finish(folder, clusters, (model, written), engine, sizes)
    _show(summary, out, as_json)


def _model(path: Path | None) -> tuple[Model, bytes]:
    """The model in a file, or the shipped one, and how it is written."""
    if path is None:
        return default_model(), model_text(None).encode()
    try:
        written = path.read_bytes()
        return read_model(written.decode()), written
    except OSError as error:
        raise files.InputError(f"{path}: model tidak dapat dibaca. Sebut berkas TOML.") from error
    except (UnicodeDecodeError, ModelError) as error:
        raise ModelError(f"{path}: {error}") from error


def _index(folder: Path | None, roll: Path, model: Model) -> RollIndex | None:
    """The index in a folder, for the roll in a file that ``people_file`` will judge."""
    return roll_index(folder, roll, model) if folder is not None and roll.is_file() else None


def _rows(path: Path) -> int:
    rows: int = pq.read_metadata(path).num_rows
    return rows


def _say_slow(sizes: dict[str, int], tell: Callable[[str], None]) -> None:
    if max(sizes.values()) > _PLAIN_ROWS:
        typer.echo(
            f"Peringatan: mesin plain membandingkan satu per satu dan lambat di atas"
            f" {dots(_PLAIN_ROWS)} baris. Pakai --engine duckdb.",
            err=True,
        )
    tell("Bandingkan satu per satu")


@contextmanager
def _refusals(out: Path) -> Iterator[None]:
    """Bad files and models, a full disk and Ctrl-C end the command with a message; by then
    everything unfinished is gone."""
    with _interrupts() as interrupted:
        try:
            yield
        except (files.InputError, RollIndexError, ModelError) as error:
            _end(str(error), 2)
        except BaseException as error:
            if interrupted():  # DuckDB turns the interrupt into an error of its own
                _end(f"Dihentikan. {out}: tetap seperti semula.", 130)
            if isinstance(error, SparkError):
                _end(f"{error} {out}: tetap seperti semula.", 2)
            if isinstance(error, OSError):
                _end(f"{_disk_fault(error)} {out}: tetap seperti semula.", 2)
            if isinstance(error, MemoryError):
                _end(f"Memori kurang: naikkan --memory. {out}: tetap seperti semula.", 2)
            raise


def _end(words: str, code: int) -> None:
    typer.echo(words, err=True)
    raise typer.Exit(code) from None


def _disk_fault(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        return "Folder hasil tidak dapat ditulis: pilih folder lain."
    return "Membaca atau menulis gagal, biasanya karena disk penuh: kosongkan, lalu ulangi."


@contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed in the block."""
    pressed = []

    def press(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _show(summary: dict[str, Any], out: Path, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True))
        return
    bands = summary["bands"]
    typer.echo(
        f"{dots(summary['links'])} pasangan: {dots(bands.get('sure', 0))} hampir pasti,"
        f" {dots(bands.get('review', 0))} perlu dilihat petugas. Hasil: {out}"
    )
    if summary["clusters"]:
        typer.echo(
            f"{dots(summary['clusters'])} orang dengan lebih dari satu baris di daftar;"
            f" {dots(summary['cut'])} sambungan diputus dan menjadi perlu dilihat."
        )
