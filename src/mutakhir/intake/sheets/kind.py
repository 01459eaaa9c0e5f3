"""What a file is, by its content: names and endings lie."""

import lzma
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from mutakhir.intake.refused import FileRefusedError

Kind = Literal["workbook", "archive", "parquet", "text"]

#: What reading a cut-off or broken ZIP raises.
BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, ValueError),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Names of streams of an encrypted Office file, as its directory spells them.
_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))


def kind_of(path: Path) -> Kind:
    """The kind of ``path``. Raises FileRefusedError for what no reader can take."""
    with path.open("rb") as file:
        head = file.read(8192)
    blank = not head.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe")
    if blank and path.stat().st_size <= len(head):
        raise FileRefusedError("empty_file", "Berkas kosong.", "Minta ulang berkasnya.")
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip(path)
    if head.startswith(b"%PDF") or _is_binary(head):
        raise FileRefusedError(
            "not_a_table",
            "Berkas bukan tabel yang dapat dibaca.",
            "Minta sebagai CSV, XLS, XLSX, ODS, Parquet, atau ZIP dari berkas itu.",
        )
    return "text"


def _ole(path: Path) -> Kind:
    content = path.read_bytes() if path.stat().st_size < 1 << 28 else b""
    if any(mark in content for mark in _ENCRYPTED):
        raise password_protected()
    return "workbook"


def _zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                return "workbook"
            if "mimetype" in names and "content.xml" in names:
                return _ods(archive)
    except BROKEN_ZIP:
        raise damaged() from None
    return "archive"


def _ods(archive: zipfile.ZipFile) -> Kind:
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as manifest:
            if b"encryption-data" in manifest.read(1 << 20):
                raise password_protected()
    return "workbook"


def _is_binary(head: bytes) -> bool:
    """NUL bytes stand in no text but UTF-16, where they fill every second place."""
    if b"\x00" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    return not looks_utf16(head)


def looks_utf16(head: bytes) -> bool:
    """True when nearly every second byte is NUL: Latin text in UTF-16 without its mark."""
    half = len(head) // 2
    most = max(head[0::2].count(0), head[1::2].count(0))
    least = min(head[0::2].count(0), head[1::2].count(0))
    return half > 0 and most > 0.7 * half and least < 0.05 * half


def password_protected() -> FileRefusedError:
    """The workbook asks for a password."""
    return FileRefusedError(
        "password_protected",
        "Buku kerja dilindungi kata sandi.",
        "Minta pengirim menyimpan ulang tanpa kata sandi.",
    )


def damaged() -> FileRefusedError:
    """The archive or workbook is cut off or broken."""
    return FileRefusedError(
        "damaged_file",
        "Berkas terpotong atau rusak.",
        "Unduh atau salin ulang dari pengirim, lalu bandingkan ukurannya.",
    )
