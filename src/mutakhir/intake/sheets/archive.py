"""ZIP archives: members out to a folder of their own, within limits that stop a bomb."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mutakhir.intake.refused import FileRefusedError
from mutakhir.intake.sheets.kind import BROKEN_ZIP, damaged, password_protected

MOST_MEMBERS: Final = 5_000
MOST_BYTES: Final = 4 << 30
#: Tables shrink 5 to 30 times; only padding shrinks 200 times over 64 MiB.
MOST_RATIO: Final = 200
_RATIO_FROM: Final = 64 << 20
_COPY: Final = 1 << 20


def check_bomb(archive: zipfile.ZipFile) -> None:
    """Raise FileRefusedError when the archive would unfold out of all proportion."""
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > _RATIO_FROM
        and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MOST_MEMBERS or total > MOST_BYTES or swollen:
        raise FileRefusedError(
            "zip_bomb",
            "Isi arsip mengembang tidak wajar (bom ZIP).",
            "Jangan dibuka; tanyakan kepada pengirim dan minta berkas aslinya.",
        )


def unpack(path: Path, into: Path) -> Iterator[tuple[str, Path | FileRefusedError]]:
    """Members in archive order, each as (name, file in ``into``), or why it can't be had.

    Raises FileRefusedError when nothing of the archive can be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_bomb(archive)
            for index, member in enumerate(archive.infolist()):
                if not _is_clutter(member):
                    yield member.filename, _extracted(archive, member, into / f"{index}")
    except BROKEN_ZIP:
        raise damaged() from None


def _is_clutter(member: zipfile.ZipInfo) -> bool:
    """Folders and what operating systems leave behind: never a table."""
    name = member.filename.rsplit("/", 1)[-1]
    return (
        member.is_dir()
        or member.filename.startswith("__MACOSX/")
        or name in (".DS_Store", "Thumbs.db", "desktop.ini")
        or name.startswith("~$")
    )


def _extracted(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path
) -> Path | FileRefusedError:
    if member.flag_bits & 0x1:
        return password_protected()
    try:
        # zipfile reads no more than the size that check_bomb has seen
        with archive.open(member) as source, target.open("wb") as copy:
            while chunk := source.read(_COPY):
                copy.write(chunk)
    except BROKEN_ZIP:
        return damaged()
    return target
