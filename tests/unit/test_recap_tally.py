import pyarrow as pa

from lib import recap_world
from lib.recap_world import DESAS, recap_of, rolls, story_of_a_quarter
from mutakhir import regions
from mutakhir.recap.identities import findings
from mutakhir.recap.table import Count
from mutakhir.recap.tally import tally
from mutakhir.roll.inputs import Roll
from mutakhir.roll.ledger import ENTRY_SCHEMA


def test_a_told_quarter_balances():
    assert findings(recap_of(story_of_a_quarter())) == []


def test_every_event_is_counted_under_its_reason():
    row = recap_of(story_of_a_quarter()).row("3673")
    assert row.count("awal").total == 32
    assert row.count("akhir").total == 32
    assert row.count("baru.genap_17").total == 4
    assert row.count("baru.kawin").total == 4
    assert row.count("tms.meninggal").total == 4
    assert row.count("tms.pindah_domisili").total == 4
    assert row.count("pindah_tps").total == 4
    assert row.count("jk_masuk").total == 4
    assert row.count("ditangguhkan").total == 4


def test_a_move_between_desa_leaves_one_and_enters_the_other_and_no_total_changes_above():
    recap = recap_of([("stay", 0, "L", 0), ("move", 0, "P", 3)])
    left, entered, kota = (recap.row(code) for code in (DESAS[0], DESAS[3], "3673"))
    assert (left.count("awal").total, left.count("akhir").total) == (2, 1)
    assert left.count("keluar_dalam") == Count(0, 1, 1)
    assert entered.count("masuk_dalam") == Count(0, 1, 1)
    assert (kota.count("baru").total, kota.count("tms").total, kota.count("akhir").total) == (
        0,
        0,
        2,
    )


def test_a_voter_with_three_corrections_of_two_kinds_is_one_corrected_voter():
    row = recap_of([("name", 0, "L", 0), ("stay", 0, "P", 0)]).row("3673")
    assert row.count("perbaikan") == Count(1, 0, 1)
    assert row.parts("perbaikan")["nama"] == Count(1, 0, 1)
    assert row.parts("perbaikan")["alamat"] == Count(1, 0, 1)


def test_a_corrected_sex_moves_one_from_one_column_to_the_other():
    row = recap_of([("sex", 0, "L", 0)]).row("3673")
    assert (row.count("awal"), row.count("akhir")) == (Count(1, 0, 1), Count(0, 1, 1))
    assert row.count("perbaikan.jenis_kelamin").total == 1


def test_a_suspension_is_counted_and_is_no_correction():
    row = recap_of([("suspend", 0, "L", 0)]).row("3673")
    assert (row.count("ditangguhkan").total, row.count("perbaikan").total) == (1, 0)


def test_ages_are_those_at_the_end_of_the_period_and_an_unknown_year_stands_apart():
    recap = recap_of([("new", 0, "L", 0), ("suspend", 0, "P", 0), ("married", 0, "P", 0)])
    bands = {word: n.total for word, n in recap.row("3673").parts("usia").items() if n.total}
    assert bands == {"di_bawah_17": 1, "17_20": 1, "tidak_diketahui": 1}


def test_first_time_voters_are_those_not_yet_of_age_on_the_last_polling_day():
    recap = recap_of([("new", 0, "L", 0), ("married", 0, "P", 0), ("stay", 0, "P", 0)])
    assert recap.row("3673").count("pemula") == Count(1, 1, 2)


def test_the_first_version_opens_with_the_adopted_list_and_calls_nobody_new():
    _, after = rolls([("stay", 0, "L", 0), ("stay", 1, "P", 0)])
    lines = [
        {
            "version": 1,
            "decision": 1,
            "dpid": v["dpid"],
            "reason": "daftar_awal",
            "account_from": "luar.daftar_awal",
            "sex_from": v["sex"],
            "account_to": f"{v['desa']}.{v['tps']}",
            "sex_to": v["sex"],
        }
        for v in after.voters.to_pylist()
    ]
    ledger = pa.Table.from_pylist(lines, schema=ENTRY_SCHEMA)
    first = Roll(1, after.period, after.voters, after.departed, ledger, after.changes)
    recap = tally(first, None, regions.load(), recap_world.LAW, recap_world.edition())
    row = recap.row("3673")
    assert findings(recap) == []
    assert (row.count("awal").total, row.count("baru").total, row.count("akhir").total) == (2, 0, 2)


def test_a_reason_the_law_does_not_list_is_counted_all_the_same():
    before, after = rolls([("dead", 0, "L", 0), ("stay", 0, "P", 0)])
    lines = [{**line, "reason": "sebab_lain"} for line in after.ledger.to_pylist()]
    other = Roll(
        2,
        after.period,
        after.voters,
        after.departed,
        pa.Table.from_pylist(lines, schema=ENTRY_SCHEMA),
        after.changes,
    )
    recap = tally(other, before, regions.load(), recap_world.LAW, recap_world.edition())
    assert recap.row("3673").count("tms.sebab_lain").total == 1
    assert findings(recap) == []


def test_units_are_counted_from_where_voters_are():
    recap = recap_of(story_of_a_quarter())
    assert recap.row("3673").units == {
        "kecamatan": 2,
        "desa_kel": 4,
        "tps": 6,
        "previous_tps": 4,
    }
    assert recap.row(DESAS[0]).units.keys() == {"tps", "previous_tps"}


def test_a_voter_lost_without_an_entry_is_a_finding_at_every_level():
    before, after = rolls(story_of_a_quarter())
    lossy = Roll(2, after.period, after.voters.slice(1), *_rest(after))
    broken = findings(tally(lossy, before, regions.load(), recap_world.LAW, recap_world.edition()))
    assert {"3673", "367301"} <= {finding.code for finding in broken}
    assert any("selisih −1" in str(finding) for finding in broken)


def _rest(roll: Roll) -> tuple:
    return roll.departed, roll.ledger, roll.changes
