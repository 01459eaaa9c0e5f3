"""A civil registry's list of deeds of death, as such an office sends it: one dead voter."""

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter

from mutakhir import regions

_ABOVE = (
    ("PEMERINTAH KABUPATEN",),
    ("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",),
    ("DAFTAR AKTA KEMATIAN TRIWULAN IV TAHUN 2026",),
    (),
    ("No", "NIK", "Nama", "Tanggal", "L/P", "Tanggal", "No. Akta", "Alamat"),
    ("", "", "", "Lahir", "", "Meninggal", "", "Jalan/Kp.", "RT", "RW", "Kelurahan", "Kecamatan"),
)


def voter_without_case(store: Path, kab: str, proposed: set[str]) -> dict[str, str]:
    """An elderly voter of the newest version on whom no proposal is open."""
    newest = max((store / "rolls").iterdir())
    voters = pq.read_table(newest / f"kab={kab}" / "voters.parquet", partitioning=None)
    old = voters.filter(pc.less(voters["birth_date"], "1965")).sort_by("dpid")
    old = old.filter(pc.equal(old["status"], "aktif"))
    return next(row for row in old.to_pylist() if row["dpid"] not in proposed)


def deed_of_death(path: Path, voter: dict[str, str]) -> Path:
    """The workbook at ``path`` with one row: this voter, died in the quarter."""
    known = regions.load()
    desa, kec = known.get(voter["desa"]), known.get(voter["desa"][:6])
    row = (
        *("1", voter["nik"], voter["name"], _day(voter["birth_date"]), voter["sex"]),
        *("05/11/2026", "3604-KM-05112026-0001", voter["address"], voter["rt"], voter["rw"]),
        *(desa.name.upper(), kec.name.upper()),
    )
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("AKTA KEMATIAN")
        for line, cells in enumerate((*_ABOVE, row)):
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, cell)
    return path


def _day(date: str) -> str:
    year, month, day = date.split("-")
    return f"{day}/{month}/{year}"
