"""How often things happen and how often files are dirty: every rate of the generator, stated.

The whole table goes into ``manifest.json``. Counts "per quarter" are shares of the opening roll.
Sizes of the derived feed follow Kabupaten Tangerang, second quarter of 2025 (54,771 / 103,152 /
34,389 / 2,774 candidates on 2.37 million voters; 15,434 new and 11,840 TMS accepted).
"""

from typing import Final

#: Who the people are: shares of persons or families.
PEOPLE: Final[dict[str, float]] = {
    "married_head": 0.76,  # families led by a married couple
    "widowed_head": 0.13,  # led by a widow or widower; the rest are people alone
    "elder_at_home": 0.07,  # families with a grandparent
    "twin_birth": 0.009,  # births that are twins
    "twins_of_one_sex": 0.7,
    "son_named_as_father": 0.0015,  # families with a grown son
    "namesake": 0.0006,  # voters who share name and birth date with another person
    "birthday_unknown": 0.06,  # registered as 1 July, 31 December or 1 January (age over 45: more)
    "centenarian": 0.00008,
    "one_letter_name": 0.00003,
    "title": 0.035,  # H., Hj., Drs., S.Pd
    "apostrophe": 0.004,  # SA'DIAH
    "first_registered_here": 0.80,  # NIK carries a kecamatan of this kabupaten/kota
    "nik_of_older_date": 0.004,  # birth date corrected after the NIK was given
    "nik_of_other_sex": 0.0005,  # sex corrected after the NIK was given
    "disability": 0.006,
    "no_ktp_el": 0.004,
    "married_at_16": 0.02,  # of girls of 16
    "villages_without_rt": 0.05,  # desa whose RT and RW are 0
    "double_on_roll": 0.0006,  # people who stand on the opening roll twice
    "dead_on_roll": 0.0035,  # died before the opening, never reported
    "minor_on_roll": 0.00004,
    "military": 0.0015,  # active TNI or Polri, rightly not on the roll
    "unregistered": 0.003,  # qualified, never listed
    "gone_families": 0.012,  # left or died out before the opening: off the roll, still in feeds
    "incoming_families": 0.0024,  # arrive in one quarter
}

#: What happens in one quarter: shares of the living voters.
EVENTS: Final[dict[str, float]] = {
    "died": 0.0019,
    "moved_out": 0.0024,
    "moved_to_next_kab": 0.2,  # of those who move out, where the run has a next kab
    "moved_within": 0.0016,
    "married": 0.002,
    "married_under_17": 0.004,  # of girls of 16: they may vote from that day
    "joined_tni": 0.00012,
    "joined_polri": 0.00008,
    "left_tni_polri": 0.06,  # of the military
    "imprisoned": 0.0003,
    "right_revoked": 0.00003,
    "corrected": 0.003,
    "wrong_tps": 0.0006,  # listed at another TPS of the desa (code 8 of 2023)
    "registers_at_last": 0.10,  # of the unregistered
    "registers_twice": 0.03,  # of the newcomers
}

#: How an event reaches the office: shares of the events of its kind.
REPORTS: Final[dict[str, float]] = {
    "death_akta": 0.55,
    "death_village_letter": 0.25,
    "death_rt_statement": 0.08,
    "death_bpjs": 0.25,
    "death_in_feed": 0.30,
    "death_late": 0.15,  # told one quarter later
    "death_never": 0.10,
    "old_death_found": 0.08,  # of the dead on the roll, per quarter
    "feed_real_event": 0.88,  # moves and new voters of the quarter that the feed knows
    "dead_return": 0.30,  # of the dead with a deed in an earlier quarter: listed again in the feed
    "school": 0.60,
    "village_knows": 0.70,  # of events in a desa whose committee hands in a workbook
    "new_on_lists": 0.80,  # of new voters, on whole lists of a desa
    "dead_still_on_lists": 0.30,
}

#: Rows per file, as shares of the opening roll.
SIZES: Final[dict[str, float]] = {
    "feed_pindah_masuk": 0.0231,
    "feed_potensial": 0.0434,
    "feed_pindah_keluar": 0.0145,
    "feed_meninggal": 0.00117,
    "false_move_out": 0.0015,
    "bpjs": 0.0009,
    "lapas": 0.0005,
    "bawaslu": 0.000125,
}

#: Shares inside files: false and idle claims.
CLAIMS: Final[dict[str, float]] = {
    "feed_false_death": 0.12,
    "bpjs_false_death": 0.25,
    "too_young": 0.03,  # of potensial: not 17 yet
    "military_in_feed": 0.003,
    "akta_already_gone": 0.05,
    "tni_list_stranger": 0.1,
    "school_too_young": 0.15,
}

#: Dirt, per row and field unless said otherwise. The opening list has its own, lower rates.
DIRT: Final[dict[str, float]] = {
    "nik_digit": 0.004,  # one digit wrong
    "nik_transposed": 0.002,
    "nik_missing": 0.002,
    "nik_apostrophe": 0.03,
    "nik_scientific": 0.001,  # 3.6E+15
    "nik_as_number": 0.002,  # spreadsheets keep 15 digits: the last becomes 0
    "nkk_zero": 0.01,
    "name_variant": 0.02,  # another spelling of one word
    "name_typo": 0.006,
    "curly_apostrophe": 0.5,  # of names and addresses with an apostrophe: SA’DIAH
    "name_title_lost": 0.3,  # of names with a title
    "name_first_word_only": 0.003,
    "date_other_form": 0.05,
    "date_stars": 0.002,  # **** for the year
    "date_zero_parts": 0.002,
    "date_swapped": 0.002,  # day and month
    "date_serial": 0.01,
    "blank": 0.01,  # birth place, address, marital: blank or "-"
    "rt_short": 0.4,  # 1 for 001
    "trailing_space": 0.01,
    "region_misspelt": 0.01,
    "shifted_columns": 0.0004,
    "repeated_row": 0.002,
}

#: Dirt of the opening list.
OPENING_DIRT: Final[dict[str, float]] = {
    "nik_digit": 0.0005,
    "nkk_zero": 0.002,
    "name_variant": 0.003,
    "date_slash": 0.03,
    "date_iso": 0.01,
    "date_stars": 0.0002,
    "date_zero_parts": 0.0003,
    "blank_address": 0.003,
    "rt_short": 0.2,
    "trailing_space": 0.005,
    "region_misspelt": 0.0003,
    "kecamatan_blank": 0.00002,
    "kecamatan_blank_where_ambiguous": 0.001,  # of lines in desa that share their name
    "shifted_columns": 0.00001,
}

RATES: Final = {
    "people": PEOPLE,
    "events": EVENTS,
    "reports": REPORTS,
    "sizes": SIZES,
    "claims": CLAIMS,
    "dirt": DIRT,
    "opening_dirt": OPENING_DIRT,
}
