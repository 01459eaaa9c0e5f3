"""Pages, one request at a time: how long the server takes for each."""

import random
import re
from pathlib import Path

import pyarrow.parquet as pq
from bench.workplace.browser import Browser
from bench.workplace.office import Office

_CASE = re.compile(r"/antrean/usulan/([0-9a-f]{16})/")


def measure_pages(
    office: Office, store: Path, draws: random.Random, requests: int
) -> dict[str, list[float]]:
    """Milliseconds of server time by page; the first few of each are not counted."""
    browser = Browser("127.0.0.1", office.port).enter(next(iter(office.sessions.values())))
    people = _people(store, draws, requests)
    cases = _cases(browser, requests)
    asked = {
        "home": [("/", None)] * requests,
        "queue": [(f"/antrean/?hal={1 + n % 40}", None) for n in range(requests)],
        "case": [(f"/antrean/usulan/{cases[n % len(cases)]}/", None) for n in range(requests)],
        "voter by NIK": [("/pemilih/", nik) for nik, _ in people],
        "search by name": [("/pemilih/", name) for _, name in people],
    }
    return {name: _times(browser, each) for name, each in asked.items()}


def _times(browser: Browser, asked: list[tuple[str, str | None]]) -> list[float]:
    times = []
    for url, term in [*asked[:5], *asked]:
        answer = browser.get(url) if term is None else browser.post(url, apa=term)
        assert answer.status == 200, f"{url}: {answer.status}"
        times.append(answer.server)
    return times[5:]


def _cases(browser: Browser, wanted: int) -> list[str]:
    found: dict[str, None] = {}
    for page in range(1, 41):
        found |= dict.fromkeys(_CASE.findall(browser.get(f"/antrean/?hal={page}").text))
        if len(found) >= wanted:
            break
    return list(found)


def _people(store: Path, draws: random.Random, wanted: int) -> list[tuple[str, str]]:
    """NIK and name of voters drawn by chance, the name with one letter changed."""
    newest = max((store / "rolls").iterdir())
    (path,) = newest.glob("kab=*/voters.parquet")
    rows = pq.read_table(path, columns=["nik", "name"], partitioning=None)
    places = draws.sample(range(len(rows)), wanted)
    return [
        (rows["nik"][place].as_py(), _slip(rows["name"][place].as_py(), draws)) for place in places
    ]


def _slip(name: str, draws: random.Random) -> str:
    """One letter mistyped, as people do."""
    at = draws.randrange(1, max(len(name) - 1, 2))
    return name[:at] + draws.choice("AEIOUNRT") + name[at + 1 :]
