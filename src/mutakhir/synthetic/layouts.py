"""Layouts of claim files: which column stands where, how its dates look, what stands around it."""

from collections.abc import Callable

import numpy as np

from mutakhir.synthetic.dirt import hit, misspelt_region, shift, soil, write_dates
from mutakhir.synthetic.places import Places
from mutakhir.synthetic.population import Population
from mutakhir.synthetic.rates import DIRT
from mutakhir.synthetic.rows import Cell, Rows, shuffled
from mutakhir.synthetic.sourcefile import Kind, Sheet, SourceFile

Rng = np.random.Generator


def named_places(rng: Rng, where: Places, rows: Rows) -> None:
    """Add the names of kelurahan and kecamatan, a few misspelt, and whole addresses."""
    at = rows.columns["person_desa"]
    rows.columns["kelurahan"] = [where.desa_names[desa] for desa in at]
    rows.columns["kecamatan"] = [where.kecamatan_names[desa] for desa in at]
    for row in hit(rng, rows, DIRT["region_misspelt"]):
        name = misspelt_region(rng, rows.columns["kelurahan"][row])
        rows.soil(row, "kelurahan", "region_misspelt", name)


def grid(rows: Rows, columns: tuple[str | None, ...]) -> list[list[Cell]]:
    """Cells row by row; ``#`` gives a running number, None an empty column."""
    numbers: list[Cell] = list(range(1, len(rows) + 1))
    empty: list[Cell] = [None] * len(rows)
    found = [
        numbers if name == "#" else empty if name is None else rows.columns[name]
        for name in columns
    ]
    return [list(row) for row in zip(*found, strict=True)]


def _prepared(
    rng: Rng, population: Population, rows: Rows, form: str, *, spreadsheet: bool = False
) -> Rows:
    """Shuffled, dirtied, dates written, places named."""
    rows = soil(rng, shuffled(rng, rows), spreadsheet=spreadsheet)
    for column in ("birth_date", "event_date"):
        if column in rows.columns:
            write_dates(rng, rows, column, form)
    named_places(rng, population.where, rows)
    return rows


def feed(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """Derived file of the synchronisation: ``;``, UTF-8 with BOM."""
    header = ["NO", "KATEGORI", "NKK", "NIK", "NAMA", "TEMPAT_LAHIR", "TANGGAL_LAHIR", "JENIS_KELAMIN", "STATUS_KAWIN", "ALAMAT", "RT", "RW", "KODE_DESA", "KODE_ASAL_TUJUAN", "TANGGAL_PERISTIWA"]
    rows = soil(rng, shuffled(rng, rows))
    order = ("PINDAH MASUK", "PEMILIH POTENSIAL", "PINDAH KELUAR", "MENINGGAL")
    kinds = [order.index(kind) for kind in rows.columns["kategori"]]
    rows = rows.take(np.argsort(kinds, kind="stable"))
    write_dates(rng, rows, "birth_date", "dash")
    write_dates(rng, rows, "event_date", "dash")
    cells = grid(
        rows,
        ("#", "kategori", "nkk", "nik", "name", "birth_place", "birth_date", "sex", "marital")
        + ("address", "rt", "rw", "desa", "other_region", "event_date"),
    )
    shift(rng, rows, cells)
    name = f"turunan_sinkronisasi_{population.where.kab}_{period}.csv"
    sheet = Sheet("", [list(header)], cells, rows)
    return SourceFile(name, "text", "turunan_sinkronisasi", [sheet], delimiter=";", encoding="utf-8-sig")


def akta(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """Death certificates: letterhead, a header of two rows, a total at the end."""
    rows = _prepared(rng, population, rows, "slash", spreadsheet=True)
    year = period[:4]
    rows.columns["akta"] = [
        f"{population.where.kab}-KM-{int(serial):05d}/{year}" for serial in rng.integers(1, 9999, len(rows))
    ]
    cells = grid(
        rows,
        ("#", "nik", "name", "birth_date", "sex", "event_date", "akta", "address", "rt", "rw")
        + ("kelurahan", "kecamatan"),
    )
    above: list[list[Cell]] = [
        [f"PEMERINTAH {population.where.kab_name}"],
        ["DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"],
        [f"DAFTAR AKTA KEMATIAN {period}"],
        [],
        ["No", "NIK", "Nama", "Tanggal", "L/P", "Tanggal", "No. Akta", "Alamat", None, None, None, None],
        [None, None, None, "Lahir", None, "Meninggal", None, "Jalan/Kp.", "RT", "RW", "Kelurahan", "Kecamatan"],
    ]
    below: list[list[Cell]] = [["JUMLAH", None, len(rows)]]
    sheet = Sheet("AKTA KEMATIAN", above, cells, rows, below)
    return SourceFile(f"disdukcapil_akta_kematian_{period}.xlsx", "xlsx", "akta_kematian", [sheet])


def _simple(
    rng: Rng,
    population: Population,
    rows: Rows,
    *,
    name: str,
    kind: Kind,
    layout: str,
    header: dict[str, str | None],
    form: str,
    sheet: str = "",
    change: Callable[[Rows], None] | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> SourceFile:
    """One sheet with one header row. ``header``: title -> column of the rows."""
    rows = _prepared(rng, population, rows, form, spreadsheet=kind != "text")
    if change is not None:
        change(rows)
    page = Sheet(sheet, [list(header)], grid(rows, tuple(header.values())), rows)
    return SourceFile(name, kind, layout, [page], delimiter=delimiter, encoding=encoding)


def letters(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """Villages' death letters of the quarter."""
    rows.columns["surat"] = [
        f"474.3/{int(serial)}/KEL/{period[:4]}" for serial in rng.integers(1, 400, len(rows))
    ]
    header: dict[str, str | None] = {
        "No": "#",
        "Nomor Surat Keterangan": "surat",
        "NIK": "nik",
        "Nama Almarhum": "name",
        "Tempat Lahir": "birth_place",
        "Tanggal Lahir": "birth_date",
        "L/P": "sex",
        "Tanggal Meninggal": "event_date",
        "Alamat": "address",
        "RT": "rt",
        "RW": "rw",
        "Kelurahan": "kelurahan",
        "Kecamatan": "kecamatan",
    }
    return _simple(
        rng,
        population,
        rows,
        name=f"surat_keterangan_kematian_kelurahan_{period}.xlsx",
        kind="xlsx",
        layout="surat_kematian_desa",
        header=header,
        form="dash",
        sheet="SURAT KEMATIAN",
    )


def rt_statements(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """What heads of RT put on paper, typed into a small UTF-16 file."""
    header: dict[str, str | None] = {
        "NAMA": "name",
        "NIK": "nik",
        "TANGGAL LAHIR": "birth_date",
        "JK": "sex",
        "RT": "rt",
        "RW": "rw",
        "KELURAHAN": "kelurahan",
        "KECAMATAN": "kecamatan",
        "TANGGAL MENINGGAL": "event_date",
    }
    return _simple(
        rng,
        population,
        rows,
        name=f"pernyataan_rt_kematian_{period}.csv",
        kind="text",
        layout="pernyataan_rt",
        header=header,
        form="slash",
        encoding="utf-16",
    )


def bpjs(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """Bare death claims of an insurer: tabs, cp1252."""
    header: dict[str, str | None] = {
        "NIK": "nik",
        "NAMA PESERTA": "name",
        "TGL LAHIR": "birth_date",
        "JENIS KELAMIN": "sex",
        "TGL MENINGGAL": "event_date",
        "KELURAHAN": "kelurahan",
        "KECAMATAN": "kecamatan",
    }
    return _simple(
        rng,
        population,
        rows,
        name=f"bpjs_peserta_meninggal_{period}.tsv",
        kind="text",
        layout="klaim_kematian",
        header=header,
        form="dash",
        delimiter="\t",
        encoding="cp1252",
    )


def tni_polri(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """Headquarters' list: bars, cp1252."""
    header: dict[str, str | None] = {
        "NO": "#",
        "NIK": "nik",
        "NAMA": "name",
        "TEMPAT LAHIR": "birth_place",
        "TANGGAL LAHIR": "birth_date",
        "JENIS KELAMIN": "sex",
        "STATUS": "status",
        "TMT": "event_date",
        "ALAMAT": "address",
        "KELURAHAN": "kelurahan",
        "KECAMATAN": "kecamatan",
    }
    return _simple(
        rng,
        population,
        rows,
        name=f"mabes_tni_polri_{period}.csv",
        kind="text",
        layout="tni_polri",
        header=header,
        form="slash",
        delimiter="|",
        encoding="cp1252",
    )


def school(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """Pupils turning 17; every NIK typed with an apostrophe."""
    header: dict[str, str | None] = {
        "No": "#",
        "NIK": "nik",
        "No KK": "nkk",
        "Nama Siswa": "name",
        "L/P": "sex",
        "Tempat Lahir": "birth_place",
        "Tanggal Lahir": "birth_date",
        "Alamat": "address",
        "RT": "rt",
        "RW": "rw",
        "Kelurahan": "kelurahan",
        "Kecamatan": "kecamatan",
        "Asal Sekolah": "sekolah",
    }
    schools = ("SMAN 1", "SMAN 2", "SMKN 1", "SMKN 4", "MAN 2", "SMA AL-AZHAR", "SMK BINA BANGSA")
    rows.columns["sekolah"] = [schools[int(i)] for i in rng.integers(0, len(schools), len(rows))]

    def apostrophes(found: Rows) -> None:
        for column in ("nik", "nkk"):
            found.columns[column] = [
                f"'{v}" if isinstance(v, str) and v.isdigit() else v for v in found.columns[column]
            ]

    return _simple(
        rng,
        population,
        rows,
        name=f"sekolah_siswa_17_tahun_{period}.xlsx",
        kind="xlsx",
        layout="siswa_17",
        header=header,
        form="slash",
        sheet="SISWA",
        change=apostrophes,
    )


def lapas(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """A prison's inmates: ODS."""
    header: dict[str, str | None] = {
        "No": "#",
        "NIK": "nik",
        "Nama": "name",
        "Tempat Lahir": "birth_place",
        "Tanggal Lahir": "birth_date",
        "Jenis Kelamin": "sex",
        "Alamat": "address",
        "Kelurahan": "kelurahan",
        "Kecamatan": "kecamatan",
        "Keterangan": "keterangan",
        "Tanggal Masuk": "event_date",
    }
    return _simple(
        rng,
        population,
        rows,
        name=f"lapas_warga_binaan_{period}.ods",
        kind="ods",
        layout="lapas",
        header=header,
        form="slash",
        sheet="WBP",
    )


def bawaslu(rng: Rng, population: Population, rows: Rows, period: str) -> SourceFile:
    """Suggestions of the supervisory agency: seven columns, no NIK and no birth date."""
    header: dict[str, str | None] = {
        "Nama": "name",
        "Jenis Kelamin": "sex",
        "Usia": "usia",
        "Alamat": "address",
        "RT": "rt",
        "RW": "rw",
        "Keterangan": "keterangan",
    }
    del rows.columns["birth_date"]
    return _simple(
        rng,
        population,
        rows,
        name=f"bawaslu_saran_perbaikan_{period}.xlsx",
        kind="xlsx",
        layout="bawaslu_saran",
        header=header,
        form="slash",
        sheet="SARAN PERBAIKAN",
    )
