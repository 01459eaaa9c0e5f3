"""Checks around a build: plain functions that return findings. None raises, none stops early."""

from collections.abc import Callable, Iterable
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.casework.casebook import CERTIFICATE_CAME
from mutakhir.casework.propose import new_dpid
from mutakhir.person import PERSON_FIELDS
from mutakhir.roll.findings import Finding
from mutakhir.roll.inputs import BuildInputs, Roll
from mutakhir.roll.ledger import OUTSIDE

_MOVING: Final = ("add", "remove", "restore", "suspend")


def _in(table: pa.Table, column: str, values: Iterable[str]) -> pa.Table:
    return table.filter(pc.is_in(table[column], pa.array(sorted(set(values)), pa.string())))


def one_dpid_one_voter(inputs: BuildInputs) -> list[Finding]:
    """No two rows of the opening list carry one DPID."""
    dpids = inputs.adopted["dpid"]
    counts = pc.value_counts(pc.drop_null(dpids))
    twice = {item["values"].as_py() for item in counts if item["counts"].as_py() > 1}
    if not twice:
        return []
    rows: dict[str, list[str]] = {}
    for row in _in(inputs.adopted, "dpid", twice).select(["dpid", "record_id"]).to_pylist():
        rows.setdefault(row["dpid"], []).append(row["record_id"])
    text = "satu DPID dipakai {} baris ({}); perbaiki di berkas asal lalu adopsi kembali"
    return [
        Finding("stop", "dpid_ganda", dpid, text.format(len(found), ", ".join(sorted(found))))
        for dpid, found in sorted(rows.items())
    ]


def opening_rows_listed(inputs: BuildInputs) -> list[Finding]:
    """A list that opens a roll holds voters only: no marks, no TMS."""
    others = inputs.adopted.filter(pc.not_equal(inputs.adopted["claim"], "listed"))
    text = "baris bertanda tidak bisa menjadi daftar awal; adopsi DPT, bukan daftar perubahan"
    return [Finding("stop", "bukan_daftar", row, text) for row in _strings(others["record_id"])]


def opening_rows_whole(inputs: BuildInputs) -> list[Finding]:
    """Every adopted row says where the voter belongs and of which sex."""
    return _whole(inputs.adopted)


def added_rows_whole(inputs: BuildInputs) -> list[Finding]:
    """So does every record that an addition takes its values from."""
    adds = inputs.effects.filter(pc.equal(inputs.effects["kind"], "add"))
    return _whole(_in(inputs.records, "record_id", _strings(adds["record_id"])))


def _whole(records: pa.Table) -> list[Finding]:
    desa = pc.fill_null(pc.match_substring_regex(records["desa"], "^[0-9]{10}$"), False)
    sex = pc.fill_null(pc.is_in(records["sex"], pa.array(["L", "P"])), False)
    broken = records.filter(pc.invert(pc.and_(desa, sex)))["record_id"]
    text = "tanpa kode desa 10 angka atau jenis kelamin L/P; lengkapi lalu ulangi"
    return [Finding("stop", "baris_tak_lengkap", record, text) for record in _strings(broken)]


def _strings(column: pa.ChunkedArray) -> list[str]:
    return sorted(value for value in column.to_pylist() if value is not None)


def clean_text(inputs: BuildInputs) -> list[Finding]:
    """No control character hides in a value: the root's lines could not tell it apart."""
    found = []
    for table in (inputs.adopted, inputs.records):
        for name in PERSON_FIELDS:
            bad = pc.fill_null(pc.match_substring_regex(table[name], r"[\x00-\x1f]"), False)
            text = f"kolom {name} berisi karakter kendali; bersihkan di berkas asal"
            ids = _strings(table.filter(bad)["record_id"])
            found += [Finding("stop", "karakter_kendali", record, text) for record in ids]
    return found


def opening_once(inputs: BuildInputs) -> list[Finding]:
    """Only the first version takes an opening list, and it needs one."""
    first = inputs.previous.version == 0
    if first and inputs.adopted.num_rows == 0:
        text = "belum ada daftar awal; jalankan `mutakhir adopt` lebih dulu"
        return [Finding("stop", "daftar_awal", inputs.period, text)]
    if not first and inputs.adopted.num_rows:
        text = "daftar awal hanya untuk versi pertama"
        return [Finding("stop", "daftar_awal", inputs.period, text)]
    return []


def adoptions_hold_somebody(inputs: BuildInputs) -> list[Finding]:
    """A list adopted for a kab/kota names voters of that kab/kota."""
    kabs = pc.utf8_slice_codeunits(inputs.adopted["desa"], 0, 4).to_pylist()
    text = "sumber yang diadopsi tidak memuat pemilih kab/kota ini; adopsi sumber yang benar"
    return [
        Finding("stop", "daftar_awal", f"{kab}, keputusan {seq}", text)
        for kab, seq in sorted(inputs.adoptions.items())
        if kab not in set(kabs)
    ]


def known_voters(inputs: BuildInputs) -> list[Finding]:
    """Every decision is about a voter who is where it says."""
    effects = inputs.effects.select(["decision", "kind", "dpid"]).to_pylist()
    wanted = {effect["dpid"] for effect in effects}
    here = _present(inputs, wanted)
    gone = set(_strings(_in(inputs.previous.departed, "dpid", wanted)["dpid"]))
    found = []
    for effect in effects:
        text = _misplaced(effect["kind"], effect["dpid"] in here, effect["dpid"] in gone)
        if text:
            where = f"keputusan {effect['decision']}, DPID {effect['dpid']}"
            found.append(Finding("stop", "pemilih_tak_dikenal", where, text))
    return found


def _present(inputs: BuildInputs, wanted: set[str]) -> set[str]:
    if inputs.previous.version:
        return set(_strings(_in(inputs.previous.voters, "dpid", wanted)["dpid"]))
    rows = inputs.adopted.select(["dpid", "record_id"]).to_pylist() if wanted else []
    return {row["dpid"] or new_dpid(row["record_id"]) for row in rows} & wanted


def _misplaced(kind: str, here: bool, gone: bool) -> str | None:
    if kind == "add" and (here or gone):
        return "menambah orang yang sudah tercatat; batalkan keputusan itu"
    if kind == "restore" and not (here or gone):
        return "mengembalikan orang yang tidak pernah tercatat; batalkan keputusan itu"
    if kind not in ("add", "restore") and not here:
        return "pemilih tidak ada di daftar; batalkan keputusan itu"
    return None


def one_way_a_period(inputs: BuildInputs) -> list[Finding]:
    """A voter enters, leaves, returns or is suspended once; a suspension may end in removal."""
    of_voter: dict[str, list[tuple[int, str]]] = {}
    moving = _in(inputs.effects, "kind", _MOVING)
    for effect in moving.select(["decision", "kind", "dpid"]).to_pylist():
        of_voter.setdefault(effect["dpid"], []).append((effect["decision"], effect["kind"]))
    text = "keputusan {} memindahkan satu pemilih dalam satu periode; batalkan selain satu"
    return [
        Finding("stop", "keputusan_bertabrakan", f"DPID {dpid}", text.format(_listed(found)))
        for dpid, found in sorted(of_voter.items())
        if len(found) > 1 and tuple(kind for _, kind in sorted(found)) != CERTIFICATE_CAME
    ]


def _listed(decisions: Iterable[tuple[int, str]]) -> str:
    return ", ".join(str(seq) for seq, _ in sorted(decisions))


def records_present(inputs: BuildInputs) -> list[Finding]:
    """The record behind each decision that takes values is at hand."""
    have = set(inputs.records["record_id"].to_pylist())
    needing = _in(inputs.effects, "kind", ("add", "correct", "relocate"))
    text = "baris sumber di balik keputusan ini tidak ada di gudang; masukkan berkasnya kembali"
    return [
        Finding("stop", "baris_hilang", f"keputusan {effect['decision']}", text)
        for effect in needing.select(["decision", "record_id"]).to_pylist()
        if effect["record_id"] not in have
    ]


BEFORE: Final[tuple[Callable[[BuildInputs], list[Finding]], ...]] = (
    opening_once,
    adoptions_hold_somebody,
    one_dpid_one_voter,
    opening_rows_listed,
    opening_rows_whole,
    added_rows_whole,
    clean_text,
    records_present,
    known_voters,
    one_way_a_period,
)


def before(inputs: BuildInputs) -> list[Finding]:
    """What stands against building from ``inputs``."""
    return [finding for check in BEFORE for finding in check(inputs)]


def balance(previous: Roll, roll: Roll) -> list[Finding]:
    """Opening + in - out = closing, for every station and sex (and so for every region)."""
    found = []
    opening, closing = _stood(previous.voters), _stood(roll.voters)
    flow = _flow(roll.ledger)
    for key in sorted(opening.keys() | closing.keys() | flow.keys()):
        expected = opening.get(key, 0) + flow.get(key, 0)
        if expected != closing.get(key, 0):
            text = f"awal + masuk - keluar = {expected}, tetapi daftar berisi {closing.get(key, 0)}"
            found.append(Finding("stop", "neraca", f"{key[0]} {key[1]}", text))
    return found


def _stood(voters: pa.Table) -> dict[tuple[str, str], int]:
    counts = voters.group_by(["desa", "tps", "sex"]).aggregate([([], "count_all")]).to_pylist()
    return {(f"{row['desa']}.{row['tps']}", row["sex"]): row["count_all"] for row in counts}


def _flow(ledger: pa.Table) -> dict[tuple[str, str], int]:
    flow: dict[tuple[str, str], int] = {}
    for side, sign in (("from", -1), ("to", 1)):
        keys = [f"account_{side}", f"sex_{side}"]
        for row in ledger.group_by(keys).aggregate([([], "count_all")]).to_pylist():
            if not row[keys[0]].startswith(OUTSIDE):
                key = (row[keys[0]], row[keys[1]])
                flow[key] = flow.get(key, 0) + sign * row["count_all"]
    return flow


def unique_dpid(_: Roll, roll: Roll) -> list[Finding]:
    """A DPID is one person, on the roll or departed, never both."""
    every = pa.concat_arrays([*roll.voters["dpid"].chunks, *roll.departed["dpid"].chunks])
    if pc.count_distinct(every).as_py() == len(every):
        return []
    twice = [
        item["values"].as_py() for item in pc.value_counts(every) if item["counts"].as_py() > 1
    ]
    text = "satu DPID untuk dua orang"
    return [Finding("stop", "dpid_ganda", dpid, text) for dpid in sorted(twice)]


def moves_inside_kab(_: Roll, roll: Roll) -> list[Finding]:
    """A move across kab/kota is a removal and an addition, so no entry joins two kab/kota."""
    inner = roll.ledger.filter(
        pc.invert(
            pc.or_(
                pc.starts_with(roll.ledger["account_from"], OUTSIDE),
                pc.starts_with(roll.ledger["account_to"], OUTSIDE),
            )
        )
    )
    text = "pindah antar kab/kota harus keluar di satu dan masuk di yang lain"
    return [
        Finding("stop", "pindah_lintas", f"keputusan {row['decision']}", text)
        for row in inner.to_pylist()
        if row["account_from"][:4] != row["account_to"][:4]
    ]


def same_nik(_: Roll, roll: Roll) -> list[Finding]:
    """One NIK on two lines of the roll is a duplicate to look at (quality gate)."""
    counts = roll.voters.group_by("nik").aggregate([([], "count_all")])
    twice = counts.filter(pc.greater(counts["count_all"], 1))["nik"].drop_null()
    if not len(twice):
        return []
    dpids: dict[str, list[str]] = {}
    hits = roll.voters.filter(pc.is_in(roll.voters["nik"], twice.combine_chunks()))
    for row in hits.select(["nik", "dpid"]).to_pylist():
        dpids.setdefault(row["nik"], []).append(row["dpid"])
    text = "NIK yang sama pada beberapa DPID"
    wheres = sorted(", ".join(sorted(found)) for found in dpids.values())
    return [Finding("look", "nik_ganda", where, text) for where in wheres]


def numbers_well_formed(_: Roll, roll: Roll) -> list[Finding]:
    """NIK and NKK have 16 digits (quality gate before the plenary)."""
    found = []
    for name in ("nik", "nkk"):
        good = pc.fill_null(pc.match_substring_regex(roll.voters[name], "^[0-9]{16}$"), False)
        text = f"{name.upper()} tidak sah"
        for dpid in _strings(roll.voters.filter(pc.invert(good))["dpid"]):
            found.append(Finding("look", f"{name}_tidak_sah", dpid, text))
    return found


AFTER: Final[tuple[Callable[[Roll, Roll], list[Finding]], ...]] = (
    balance,
    unique_dpid,
    moves_inside_kab,
    same_nik,
    numbers_well_formed,
)


def after(previous: Roll, roll: Roll) -> list[Finding]:
    """What the built ``roll`` shows, compared with the one before it."""
    return [finding for check in AFTER for finding in check(previous, roll)]
