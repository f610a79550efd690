"""What a page of the review desk takes on a large cohort, with clerks at work in another process.

Usage: python -m benchmarks.desk [--people N] [--papers N] [--clerks N] [--seconds S] [--seed S]
An invented cohort's papers stand in the ledger as read, three fields of a hundred left open; no original lies behind
them, so pictures are not asked for. The desk serves from a process of its own; clerks in this one open pages in turn
and settle a field on every fourth, so that the season is folded again all the while. Printed for each page: how often,
median, 95th of a hundred and longest, in milliseconds, from the request to the answer's last byte.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path

import httpx2

from benchmarks._handed_in import papers_handed_in
from gengang.facts import Actor, Fact
from gengang.ledger import open_ledger
from gengang.reading import FieldReading, ListReading, Reading
from gengang.roster import Pair, Roster
from gengang.sample.papers_filled import Filled
from gengang.sample.people import cohort_of
from gengang.schemefile import scheme_from_toml
from gengang.season import reading_fact, roster_facts
from gengang.settings import Settings, settings_of
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN, preset_text

ME = Actor("王老师", "office", "办公室电脑", "run")
AT = "2016-12-20T18:30:00Z"
OPEN_SHARE = 0.03
BATCH = 500
PAGES = (
    "/", "/review", "/whose", "/versions", "/today/missing", "/today/came", "/review/group/kind.text", "/persons",
    "/persons/schools", "/persons/copies", "/persons/decisions", "/scores", "/issuing", "/issuing/register",
    "/issuing/packet", "/roster", "/scheme",
)  # fmt: skip


@dataclass(slots=True)
class _Taken:
    """Milliseconds of each sort of request, from all clerks."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, answer: httpx2.Response, seconds: float) -> None:
        with self.lock:
            self.times[name].append(1000 * seconds)
            if answer.status_code >= 400:
                self.wrong.append(f"{name} {answer.status_code}")


def main() -> None:
    """Fill a ledger, serve it, and let clerks at it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.desk", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--papers", type=int, default=15_000)
    parser.add_argument("--clerks", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=2016)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder), {})
        papers, waiting = filled_ledger(settings, given.people, given.papers, given.seed)
        print(
            f"{given.people} people, {papers} papers, {waiting} open fields, {given.clerks} clerks, seed {given.seed}"
        )
        taken = measured(settings, given.clerks, given.seconds)
    print(f"{'':30}{'times':>7}{'median':>9}{'p95':>9}{'longest':>9}")
    every = [one for times in taken.times.values() for one in times]
    for name, times in [*sorted(taken.times.items()), ("all", every)]:
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        print(f"{name:30}{len(times):>7}{statistics.median(times):>9.0f}{p95:>9.0f}{max(times):>9.0f}")
    print(f"{len(taken.wrong)} refused: {', '.join(sorted(set(taken.wrong))) or 'none'}")


# --- the ledger ---


def filled_ledger(settings: Settings, people: int, most: int, seed: int) -> tuple[int, int]:
    """A ledger with a cohort's papers as they are read; how many, and how many fields are open."""
    text = preset_text("county-2016")
    scheme = scheme_from_toml(text)
    for path in (settings.inbox, settings.outbox, settings.templates):
        path.mkdir(parents=True, exist_ok=True)
    settings.scheme.write_text(text, encoding="utf-8")
    cohort = cohort_of(people, seed, scheme.organisation.base_school)
    forms, _ = forms_of_folder(BUILT_IN / "forms", [])
    kinds = {form.stem: form for form in forms}
    chance = random.Random(seed)
    ledger = open_ledger(settings)
    ledger.append([Fact("scheme", "scheme", {"sha256": sha256(text.encode()).hexdigest(), "text": text}, ME, AT)])
    pairs = tuple(Pair(one.key, cohort.mentor_of[one.key].key) for one in cohort.trainees)
    roster = Roster(cohort.schools, cohort.trainees, cohort.mentors, pairs)
    ledger.append(roster_facts(roster, "0" * 64, "workbook", ME, AT))
    papers, waiting = 0, 0
    every = islice(papers_handed_in(cohort, seed, "usual"), most)
    while batch := list(islice(every, BATCH)):
        facts: list[Fact] = []
        for filled in batch:
            reading = _reading(filled, kinds[filled.kind].version, chance)
            waiting += sum(isinstance(one, FieldReading) and one.status == "review" for one in reading.fields.values())
            facts += _lines(filled, reading, papers)
            papers += 1
        ledger.append(facts)
    ran = {"phase": "done", "as_of": "2016-12-07"}
    ledger.append([Fact("run", "run", ran, ME, AT)])
    ledger.close()
    return papers, waiting


def _reading(filled: Filled, version: str, chance: random.Random) -> Reading:
    fields: dict[str, FieldReading | ListReading] = {}
    for name, value in filled.values.items():
        if value is None:
            fields[name] = FieldReading("blank")
        elif name not in ("name", "school", "id_number") and chance.random() < OPEN_SHARE:
            fields[name] = FieldReading("review", value, str(value), chance.random())
        else:
            fields[name] = FieldReading("accepted", value, str(value), 1.0)
    for name, rows in filled.lists.items():
        cells = tuple(
            {column: FieldReading("blank" if value is None else "accepted", value) for column, value in row.items()}
            for row in rows
        )
        fields[name] = ListReading("accepted", cells)
    return Reading(filled.kind, version, fields)


def _lines(filled: Filled, reading: Reading, number: int) -> list[Fact]:
    name = sha256(f"{number}".encode()).hexdigest()
    path = f"{filled.written.isoformat()} {filled.sender or '基地校'}/{filled.kind}{number:05d}.docx"
    data = {"size": 9, "received": filled.written.isoformat(), "modified": "2016-11-01T00:00:00Z"}
    arrival = Fact("arrival", name, data, ME, AT, {"path": path, "where_from": path.partition("/")[0]})
    return [arrival, reading_fact(f"{name}#0", reading, "word", {}, ME, AT)]


# --- the load ---


def measured(settings: Settings, clerks: int, seconds: float) -> _Taken:
    """Serve in another process and let so many clerks work for so long."""
    port = 18_017
    program = "import sys; from gengang.start import main; main()"
    command = [sys.executable, "-c", program, "desk", "--workspace", str(settings.workspace), "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])})
    taken = _Taken()
    try:
        base = f"http://127.0.0.1:{port}"
        _await(base)
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=_clerk, args=(base, number, end, taken)) for number in range(clerks)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        process.terminate()
        process.wait(30)
    return taken


def _await(base: str) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            httpx2.get(f"{base}/static/mark.svg")
        except httpx2.TransportError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the desk does not start")


def _clerk(base: str, number: int, end: float, taken: _Taken) -> None:
    """Opens a page about every second, as somebody does who reads what stands there."""
    chance = random.Random(number)
    with httpx2.Client(base_url=base, timeout=60) as client:
        papers = re.findall(r'href="(/review/[0-9a-f]{64}/\d+)"', client.get("/review").text)
        people = re.findall(r'href="(/persons/P-[0-9a-f]+)"', client.get("/persons").text)
        chance.shuffle(papers)
        for turn, paper in enumerate(papers):
            if time.monotonic() > end:
                return
            page = _timed(client, "paper", paper, taken)
            _settle(client, page, taken)
            _timed(client, PAGES[turn % len(PAGES)], PAGES[turn % len(PAGES)], taken)
            _timed(client, "person", chance.choice(people), taken)
            time.sleep(chance.uniform(0.3, 1.2))


def _timed(client: httpx2.Client, name: str, path: str, taken: _Taken) -> str:
    began = time.monotonic()
    answer = client.get(path)
    taken.add(name, answer, time.monotonic() - began)
    return answer.text


def _settle(client: httpx2.Client, page: str, taken: _Taken) -> None:
    """The first open field of a paper is called blank, as htmx would send it."""
    field = re.search(r'<article class="field open.*?</article>', page, re.DOTALL)
    token = re.search(r'"X-Desk-Token": "([^"]+)"', page)
    if field is None or token is None:
        return
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', field[0]))
    began = time.monotonic()
    answer = client.post(
        "/review/settle", data={**found, "said": "blank"}, headers={"HX-Request": "true", "X-Desk-Token": token[1]}
    )
    taken.add("settle", answer, time.monotonic() - began)


if __name__ == "__main__":
    main()
