"""Assets of the pages: what we carry is what THIRD_PARTY.md says, and no page leaves our host."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src/mutakhir_web"
CARRIED = [WEB / "static/vendor", WEB / "static/maps"]
LICENCE = re.compile(r"(LICENSE|NOTICE|SOURCE)")
ROW = re.compile(
    r"\| `(?P<file>src/[^`]+)` \| (?P<bytes>\d+) \| \d+ \| `(?P<sum>[0-9a-f]{64})` \|$"
)

# Ways in which a stylesheet, a script, a drawing or a page makes the browser fetch something.
OTHER_HOST = r"(?:https?:|wss?:)?//"
LEAVES_OUR_HOST = [
    re.compile(rf"url\(\s*[\"']?{OTHER_HOST}", re.IGNORECASE),
    re.compile(rf"\bimport\b[\w\s{{}},*]*(?:from\s*)?\(?\s*[\"']{OTHER_HOST}"),
    re.compile(
        rf"<(?!a\b)\w[^<>]*\b(?:src|href|data|action|poster)\s*=\s*[\"']?{OTHER_HOST}", re.I
    ),
    re.compile(rf"\b(?:fetch|EventSource|WebSocket|sendBeacon)\(\s*[\"'`]{OTHER_HOST}"),
    re.compile(rf"\.(?:src|href)\s*=\s*[\"'`]{OTHER_HOST}"),
    re.compile(r"[#@] ?sourceMappingURL=[\w.]"),
]

NAMED_ICON = re.compile(r"""(?:{% icon |\bicon ?[=:] ?)["']([\w-]+)["']""")


def leaves_our_host(text: str) -> list[str]:
    return [found.group(0) for pattern in LEAVES_OUR_HOST for found in pattern.finditer(text)]


def listed() -> dict[str, tuple[int, str]]:
    lines = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").splitlines()
    rows = [row for line in lines if (row := ROW.search(line))]
    return {row["file"]: (int(row["bytes"]), row["sum"]) for row in rows}


def carried() -> dict[str, tuple[int, str]]:
    found = {}
    for path in (path for folder in CARRIED for path in folder.rglob("*") if path.is_file()):
        if path.parent.name != "recipe" and not LICENCE.match(path.name):
            content = path.read_bytes()
            name = path.relative_to(ROOT).as_posix()
            found[name] = (len(content), hashlib.sha256(content).hexdigest())
    return found


def test_the_table_lists_each_file_carried_with_its_size_and_hash():
    assert listed() == carried()


def test_the_table_s_totals_are_the_sums_of_its_rows():
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    for marker, folder in (("assets", "static/vendor/"), ("maps", "static/maps/")):
        table = text.split(f"<!-- {marker} -->")[1].split(f"<!-- end {marker} -->")[0]
        total = re.search(r"\| total \| .* \| (\d+) files \| (\d+) \|", table)
        assert total, f"the table of {marker} has no total"
        sizes = [size for name, (size, _) in carried().items() if folder in name]
        assert (int(total[1]), int(total[2])) == (len(sizes), sum(sizes))


def test_a_licence_lies_beside_the_files_of_each_part():
    folders = {(ROOT / name).parent for name in carried()}
    assert folders
    assert [str(folder) for folder in folders if not list(folder.glob("LICENSE*"))] == []


def test_no_asset_or_page_makes_the_browser_ask_another_host():
    kinds = {".css", ".js", ".mjs", ".svg", ".html", ".geojson"}
    files = [path for path in WEB.rglob("*") if path.suffix in kinds]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    assert len(texts) > 5
    assert {
        str(path): found for path, text in texts.items() if (found := leaves_our_host(text))
    } == {}


@pytest.mark.parametrize(
    "text",
    [
        '@import url("https://fonts.example/inter.css");',
        "a{background:url(//cdn.example/a.png)}",
        'import { x } from "https://cdn.example/x.js";',
        'const x = await import("https://cdn.example/x.js");',
        '<script defer src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href=//cdn.example/x.css>',
        'fetch("https://collect.example/")',
        'image.src = "https://collect.example/pixel.gif";',
        "//# sourceMappingURL=tabler.min.js.map",
    ],
)
def test_each_way_to_ask_another_host_is_seen(text):
    assert leaves_our_host(text)


def test_a_link_that_a_reader_may_follow_and_a_name_of_xml_are_no_requests():
    assert not leaves_our_host('<a href="https://www.kpu.go.id/">KPU</a>')
    assert not leaves_our_host('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')


def test_the_lock_of_the_assets_names_no_registry():
    lock = (WEB / "static/vendor/recipe/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 5


def test_each_icon_asked_for_is_in_the_sprite_once():
    asked = (WEB / "static/vendor/recipe/icons.txt").read_text(encoding="utf-8").split()
    sprite = (WEB / "static/vendor/icons/icons.svg").read_text(encoding="utf-8")
    assert re.findall(r'<symbol id="([^"]+)"', sprite) == asked == sorted(set(asked))


def test_each_icon_that_a_page_names_is_in_the_sprite():
    sprite = (WEB / "static/vendor/icons/icons.svg").read_text(encoding="utf-8")
    named = {
        (path.name, name)
        for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
        for name in NAMED_ICON.findall(path.read_text(encoding="utf-8"))
    }
    assert named
    assert {(page, name) for page, name in named if f'<symbol id="{name}"' not in sprite} == set()
