from datetime import datetime

from lib.recap_world import LAW, recap_of, story_of_a_quarter
from mutakhir.recap.meeting import Attendee, Commissioner, Meeting, Objection
from mutakhir.recap.minutes import SourceUsed, pdf, qr, values

TOLD = recap_of(story_of_a_quarter())
SOURCES = (SourceUsed("Laporan kematian", 12, 9, 2, 1), SourceUsed("Sinkronisasi", 8, 8, 0, 0))
OPENED = datetime(2026, 10, 2, 9, 30)  # noqa: DTZ001 (a meeting's own clock)


def shown(meeting=None, recap=TOLD, sources=SOURCES):
    return values(recap, "3673", meeting or Meeting(), sources, LAW)


def pages(content: bytes) -> int:
    return content.count(b"/Type /Page\n") + content.count(b"/Type/Page/")


def test_totals_stand_in_digits_and_in_words():
    totals = shown()["totals"]
    assert totals["total"] == {
        "digits": "32",
        "words": "tiga puluh dua",
        "signed": "+32",
    }
    assert {"L", "P", "kecamatan", "desa_kel", "tps"} <= totals.keys()
    assert totals["difference"]["verb"] == "tetap"


def test_a_fall_is_called_a_fall_and_shown_without_sign_in_words():
    fallen = shown(recap=recap_of([("dead", 0, "L", 0), ("stay", 0, "P", 0)]))
    difference = fallen["totals"]["difference"]
    assert (difference["verb"], difference["words"], difference["signed"]) == (
        "turun",
        "satu",
        "−1",
    )


def test_the_flow_runs_from_the_list_before_to_this_one():
    lines = shown()["flow"]
    assert lines[0]["label"] == "Pemilih periode sebelumnya"
    assert lines[-1]["label"] == "Pemilih periode ini"
    assert [line["sign"] for line in lines[1:-1]] == ["+", "−"] * 3


def test_reasons_are_called_as_the_law_calls_them():
    labels = [line["label"] for line in shown()["gone"]["lines"]]
    assert labels == [LAW.removals[word].label for word in ("meninggal", "pindah_domisili")]


def test_sources_carry_their_receipts_and_a_sum():
    found = shown()
    assert found["sources"][0] == {"name": "Laporan kematian", "n": ["12", "9", "2", "1"]}
    assert found["sources_total"]["n"] == ["20", "17", "2", "1"]


def test_the_legal_basis_is_the_law_in_force_unless_the_meeting_names_another():
    assert shown()["legal_basis"] == [
        "Undang-Undang Nomor 7 Tahun 2017 Pasal 204 ayat (1)",
        "Peraturan Komisi Pemilihan Umum Nomor 1 Tahun 2025",
    ]
    assert shown(Meeting(legal_basis=("Surat A",)))["legal_basis"] == ["Surat A"]


def test_the_annex_lists_every_kecamatan_and_every_desa():
    annex = shown()["annex"]
    assert [row["name"] for row in annex["rows"]] == [r.name for r in TOLD.at("kecamatan")]
    assert sum(len(group["rows"]) for group in annex["groups"]) == len(TOLD.at("desa"))


def test_the_code_carries_list_version_and_root():
    row = TOLD.row("3673")
    assert qr(TOLD, row, "")["text"] == "mutakhir:pdpb/3673/2026-Q3/2/4f9a1c0b7d2e88a1"
    assert qr(TOLD, row, "https://x.example/")["text"].startswith("https://x.example/pdpb/3673/")


def test_a_whole_meeting_makes_a_document_of_body_and_three_annexes():
    meeting = Meeting(
        n=23,
        opened=OPENED,
        commissioners=(Commissioner("Ketua", "K"), Commissioner("Anggota", "A")),
        attendees=(Attendee("Bawaslu", ("B",)),),
        objections=(Objection("Bawaslu", "keberatan", "jawaban"),),
    )
    content = pdf(shown(meeting))
    assert content.startswith(b"%PDF-1.7")
    assert pages(content) >= 6
    assert b"D:20261002" in content


def test_words_of_people_are_text_and_never_typst():
    odd = '#panic("x") $ * _ ] \\ <a> @b'
    meeting = Meeting(place=odd, chair=odd, objections=(Objection(odd, odd, odd),))
    assert pages(pdf(shown(meeting))) >= 6


def test_a_quarter_in_which_nothing_happened_makes_a_document():
    quiet = recap_of([("stay", 0, "L", 0), ("stay", 2, "P", 0)])
    assert pages(pdf(shown(recap=quiet, sources=()))) >= 5


def test_a_draft_differs_from_the_closed_document():
    draft = recap_of(story_of_a_quarter(), closed=False)
    assert pdf(shown(recap=draft)) != pdf(shown())


def test_the_same_values_give_the_same_bytes():
    assert pdf(shown()) == pdf(shown())
