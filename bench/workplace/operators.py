"""Operators who work at once: each takes the next case of the queue, looks, decides."""

import json
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.workplace.browser import Answer, Browser
from bench.workplace.office import Office

_CASE = re.compile(r'id="putusan" action="/antrean/usulan/([0-9a-f]{16})/putuskan/')
_SEEN = re.compile(r'id="putusan".*?name="seen" value="(\d+)"', re.DOTALL)
_OPEN = re.compile(r"1–\d+ dari ([\d.]+)")


@dataclass
class Work:
    """What all of them did. ``acknowledged``: proposals whose decision the server confirmed."""

    times: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    refused: int = 0
    errors: int = 0
    rate: float = 0.0
    open_cases: int = 0

    def lost(self, store: Path) -> int:
        """Acknowledged decisions that the decision file does not hold, or holds twice."""
        lines = (store / "decisions.jsonl").read_text().splitlines()
        sealed = Counter(json.loads(line).get("proposal") for line in lines)
        return sum(sealed[proposal] != 1 for proposal in self.acknowledged)


def work_together(office: Office, seconds: float, pause: float) -> Work:
    """All clerks at once for ``seconds``, each looking at a case for about ``pause`` seconds."""
    done, lock, ready = Work(), threading.Lock(), threading.Barrier(len(office.sessions) + 1)
    done.open_cases = _open_cases(office)
    until: list[float] = []

    def clerk(number: int, session: str) -> None:
        browser = Browser("127.0.0.1", office.port).enter(session)
        answer = browser.post("/antrean/mulai/")
        ready.wait()
        draws = random.Random(number)
        time.sleep(draws.random() * pause)
        while time.monotonic() < until[0]:
            answer = _decide(browser, answer, done, lock)
            time.sleep(pause * (0.5 + draws.random()))

    threads = [
        threading.Thread(target=clerk, args=each, daemon=True)
        for each in enumerate(office.sessions.values())
    ]
    for thread in threads:
        thread.start()
    until.append(time.monotonic() + 3600)
    ready.wait()
    until[0] = time.monotonic() + seconds
    for thread in threads:
        thread.join()
    done.rate = len(done.times) / seconds
    return done


def _open_cases(office: Office) -> int:
    browser = Browser("127.0.0.1", office.port).enter(next(iter(office.sessions.values())))
    told = _OPEN.search(browser.get("/antrean/").text)
    return int(told[1].replace(".", "")) if told else 0


def _decide(browser: Browser, page: Answer, done: Work, lock: threading.Lock) -> Answer:
    """Send the case on the page to the field, as the page's script does; the next case."""
    proposal, seen = _CASE.search(page.text), _SEEN.search(page.text)
    if proposal is None or seen is None:
        return browser.post("/antrean/mulai/")
    url = f"/antrean/usulan/{proposal[1]}/putuskan/"
    answer = browser.post(url, act="field_check", seen=seen[1], document="", note="")
    with lock:
        if answer.status == 200:
            done.times.append(answer.wall)
            done.acknowledged.append(proposal[1])
        elif answer.status in (409, 422):
            done.refused += 1
        else:
            done.errors += 1
    return answer if answer.status == 200 else browser.post("/antrean/mulai/")
