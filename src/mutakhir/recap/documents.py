"""The documents of one period and region, made together from one recap."""

from dataclasses import dataclass
from pathlib import Path

from mutakhir.recap import minutes
from mutakhir.recap.bulletin import bulletin
from mutakhir.recap.editions import Issue
from mutakhir.recap.export import as_csv, as_json
from mutakhir.recap.meeting import Meeting
from mutakhir.recap.workbook import workbook
from mutakhir.store import write_bytes


@dataclass(frozen=True)
class Documents:
    """Files by name. Nothing is on disk before ``write``, so a refusal leaves no half."""

    files: dict[str, bytes]

    def write(self, folder: Path) -> list[Path]:
        """Write every file into ``folder``; give their paths."""
        paths = [folder / name for name in self.files]
        for path, content in zip(paths, self.files.values(), strict=True):
            write_bytes(path, content)
        return paths


def documents(issue: Issue, code: str, meeting: Meeting) -> Documents:
    """Minutes, bulletin and tables of the region ``code``.

    Raises RefusedError when an identity of the recap fails, KeyError for a region not in it.
    """
    recap, law = issue.recap, issue.law
    shown = minutes.values(recap, code, meeting, issue.sources, law)
    news = bulletin(recap, code, law)
    row = recap.row(code)
    assert row is not None  # minutes.values has found it
    rows = [r for r in recap.rows if r.code.startswith(code)]
    return Documents(
        {
            "berita-acara.pdf": minutes.pdf(shown),
            "siaran.md": news.markdown.encode(),
            "siaran.txt": news.plain.encode(),
            "rekap.xlsx": workbook(recap, row, recap.below(row), law),
            "rekap.csv": as_csv(recap, rows).encode(),
            "rekap.json": as_json(recap, rows).encode(),
        }
    )
