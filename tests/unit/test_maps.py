"""Maps of Banten: each region of our list is drawn, once, where it is."""

import itertools
import json
import math
from collections import Counter
from pathlib import Path

import pytest

from mutakhir.regions.listing import load

MAPS = Path(__file__).parents[2] / "src/mutakhir_web/static/maps"
BANTEN = "36"
KABKOTA = [region.code for region in load().children(BANTEN)]
SMALL = 60_000  # bytes of a file, so that a map is there at once on a slow line
KM_PER_DEGREE = 111.32
Ring = list[list[float]]


def drawn(file: str) -> dict[str, list[Ring]]:
    """Rings by code."""
    features = json.loads((MAPS / file).read_text(encoding="utf-8"))["features"]
    rings = {}
    for feature in features:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings[feature["properties"]["code"]] = [ring for part in parts for ring in part]
    assert len(rings) == len(features), "a code is drawn twice"
    return rings


def named(file: str) -> dict[str, str]:
    features = json.loads((MAPS / file).read_text(encoding="utf-8"))["features"]
    return {item["properties"]["code"]: item["properties"]["name"] for item in features}


def area_km2(rings: list[Ring]) -> float:
    """Holes turn the other way round, so their area is taken off."""
    return abs(sum(signed_km2(ring) for ring in rings))


def signed_km2(ring: Ring) -> float:
    width = math.cos(math.radians(ring[0][1]))
    crossed = (x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))
    return sum(crossed) / 2 * width * KM_PER_DEGREE**2


def sides(rings: list[Ring]) -> set[frozenset[tuple[float, ...]]]:
    pairs = ((tuple(a), tuple(b)) for ring in rings for a, b in itertools.pairwise(ring))
    return {frozenset(pair) for pair in pairs}


def test_banten_has_eight_kabupaten_kota_all_drawn_with_our_names():
    assert named("kabkota-36.geojson") == {
        region.code: region.name for region in load().children(BANTEN)
    }
    assert len(KABKOTA) == 8


@pytest.mark.parametrize("kabkota", KABKOTA)
def test_each_kecamatan_is_drawn_with_our_name(kabkota):
    ours = {region.code: region.name for region in load().children(kabkota)}
    assert named(f"kecamatan-{kabkota}.geojson") == ours


@pytest.mark.parametrize("file", sorted(path.name for path in MAPS.glob("*.geojson")))
def test_a_map_is_small_and_its_rings_are_closed_within_banten(file):
    assert (MAPS / file).stat().st_size < SMALL
    for rings in drawn(file).values():
        assert rings
        for ring in rings:
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(105.0 < lng < 106.9 and -7.2 < lat < -5.7 for lng, lat in ring)


@pytest.mark.parametrize("kabkota", KABKOTA)
def test_what_is_drawn_has_the_official_area(kabkota):
    official = load().get(kabkota).area_km2
    together = sum(area_km2(rings) for rings in drawn(f"kecamatan-{kabkota}.geojson").values())
    alone = area_km2(drawn("kabkota-36.geojson")[kabkota])
    assert together == pytest.approx(official, rel=0.015)
    assert alone == pytest.approx(official, rel=0.015)


@pytest.mark.parametrize("file", sorted(path.name for path in MAPS.glob("*.geojson")))
def test_neighbours_share_their_border_line_for_line(file):
    by_code = {code: sides(rings) for code, rings in drawn(file).items()}
    used = Counter(side for its in by_code.values() for side in its)
    assert max(used.values()) == 2
    alone = [code for code, its in by_code.items() if not any(used[side] == 2 for side in its)]
    assert alone == []
