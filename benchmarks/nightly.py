"""What a whole night costs, stage by stage: a cohort's Word papers cold, then a night in which nothing came.

Usage: python -m benchmarks.nightly [--people N] [--papers N] [--seed S] [--glue] [--prefect]
An invented cohort hands in its papers as Word files; the workspace begins with the school table alone. Each stage of
`gengang.night` is timed on the wall and in CPU seconds of this process and its children: take in, read, settle the
roster, judge, print, tell. Printing is told apart: what LibreOffice takes to make PDFs, and the rest (filling, reading
back, proving). `--glue` does what people glue together on the same files: docx2python for the text, a name looked for
in it, pandas for the counts, docxtpl for one appraisal sheet each; no types, no proof, no reasons. `--prefect` does the
cold night once more as the nightly flow, on a copy, and tells what of it was spent outside the stages.
Memory is the greatest of this process and of its readers together, LibreOffice left out.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import pandas
from docx2python import docx2python

import gengang.press as press_module
from benchmarks._handed_in import papers_handed_in
from benchmarks.forms_speed import plain_docxtpl
from gengang.intake import actor_here
from gengang.logs import FILE as LOG
from gengang.night import (
    Done,
    fetch_mail,
    judge,
    judged_before,
    print_papers,
    read_new,
    run_once,
    settle_roster,
    take_in,
    tell,
)
from gengang.processes import resident_megabytes
from gengang.rendering import writer_of
from gengang.rosterfile import write_school_table
from gengang.sample.people import cohort_of
from gengang.schemefile import scheme_from_toml
from gengang.schemeplaces import with_value
from gengang.settings import Settings, settings_of
from gengang.submission import Submission
from gengang.under_way import RunRequest, opened
from gengang.workspace import BUILT_IN, preset_text

FORMS = BUILT_IN / "forms"
Result = TypeVar("Result")


@dataclass(slots=True)
class Clock:
    """Seconds of each stage on the wall and of CPU, and what LibreOffice took of the wall."""

    stages: list[tuple[str, float, float]] = field(default_factory=list)
    pdf: float = 0.0

    def timed(self, name: str, do: Callable[[], Result]) -> Result:
        """What a stage gives, with its seconds noted."""
        wall, cpu = time.monotonic(), _cpu()
        result = do()
        self.stages.append((name, time.monotonic() - wall, _cpu() - cpu))
        return result


class _Watched(AbstractContextManager["_Watched"]):
    """The greatest memory of this process and the Python programs that it started, looked at five times a second."""

    def __init__(self) -> None:
        self.most = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Watched":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.ended.wait(0.2):
            self.most = max(self.most, sum(map(_megabytes_of, pythons(os.getpid()))))


def pythons(first: int) -> list[int]:
    """A process and those that descend from it and run Python."""
    found, parents = [first], {first}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        with suppress(OSError):
            name, _, rest = stat.read_text("utf-8", "replace").rpartition(") ")
            if int(rest.split()[1]) in parents and "python" in name:
                parents.add(int(stat.parent.name))
                found.append(int(stat.parent.name))
    return found


def _megabytes_of(process: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    return 0


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    """Print the stages, the unchanged night and, if asked, the glue."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.nightly", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=330)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2016)
    parser.add_argument("--glue", action="store_true")
    parser.add_argument("--prefect", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(settings_of(Path(folder), {}), settle_seconds=0.0, patience_seconds=0.0)
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # its memory is none of the night's
            number = apart.submit(filled_workspace, settings, given.people, given.papers, given.seed).result()
        print(f"{given.people} people, {number} Word papers, seed {given.seed}, {os.cpu_count()} cores")
        copy, again = Path(folder) / "glue", Path(folder) / "again"
        if given.glue:
            shutil.copytree(settings.inbox, copy)
        if given.prefect:
            shutil.copytree(settings.workspace, again, ignore=shutil.ignore_patterns("glue", "again"))
        with _Watched() as held:
            print_night(settings)
        whole, stages = logged_seconds(settings.workspace)
        print_unchanged(settings)
        print(
            f"memory: at most {held.most} MB of the pass and its readers together, {resident_megabytes()} MB at the end"
        )
        if given.glue:
            print_glue(copy)
        if given.prefect:
            print_prefect(again, whole - stages)


def filled_workspace(settings: Settings, people: int, most: int, seed: int) -> int:
    """A workspace with the cohort's papers in its inbox; how many."""
    text = with_value(preset_text("county-2016"), "scheme.accept", "clean")
    scheme = scheme_from_toml(text)
    settings.scheme.write_text(text, encoding="utf-8")
    for path in (settings.inbox, settings.outbox):
        path.mkdir(parents=True, exist_ok=True)
    cohort = cohort_of(people, seed, scheme.organisation.base_school)
    write_school_table(cohort.schools, settings.workspace / "学校一览表.xlsx")
    writers = {path.stem: writer_of(path.read_bytes(), path.stem) for path in FORMS.glob("*.docx")}
    number = 0
    for number, filled in enumerate(islice(papers_handed_in(cohort, seed, "none"), most), 1):
        place = settings.inbox / f"{filled.written.isoformat()} {filled.sender or '基地校'}"
        place.mkdir(exist_ok=True)
        data = writers[filled.kind].fill_submission(Submission(filled.kind, filled.values, filled.lists))
        (place / f"{filled.kind}{number:05d}.docx").write_bytes(data)
    return number


def print_night(settings: Settings) -> None:
    """The cold night by its stages."""
    clock = Clock()
    with _pdf_timed(clock), opened(_request(settings)) as under_way:
        mail = fetch_mail(under_way)
        intake = clock.timed("take in", lambda: take_in(under_way))
        read = clock.timed("read", lambda: read_new(under_way))
        findings = clock.timed("roster", lambda: settle_roster(under_way))
        judged = clock.timed("judge", lambda: judge(under_way))
        pressed = clock.timed("print", lambda: print_papers(under_way, judged))
        before = clock.timed("compare", lambda: judged_before(under_way, judged))
        done = Done(before, intake, read, findings, judged, pressed, mail)
        night = clock.timed("tell", lambda: tell(under_way, done))
    for name, wall, cpu in clock.stages:
        print(f"{name:>10}{wall:9.1f} s{cpu:9.1f} s CPU")
    whole = sum(wall for _, wall, _ in clock.stages)
    print(f"all {whole:.1f} s, of them Word to PDF {clock.pdf:.1f} s, the rest {whole - clock.pdf:.1f} s")
    print(f"{night.counts.filed} filed, {night.counts.refused} refused, {len(judged.verdicts)} judged, "
          f"{len(pressed)} papers printed")  # fmt: skip


@contextmanager
def _pdf_timed(clock: Clock) -> Iterator[None]:
    convert: Any = vars(press_module)["convert_office"]

    def timed(*given: Any, **named: Any) -> Any:
        began = time.monotonic()
        try:
            return convert(*given, **named)
        finally:
            clock.pdf += time.monotonic() - began

    vars(press_module)["convert_office"] = timed
    try:
        yield
    finally:
        vars(press_module)["convert_office"] = convert


def print_unchanged(settings: Settings) -> None:
    """A night in which nothing came."""
    began = time.monotonic()
    night = run_once(_request(settings))
    print(f"unchanged {time.monotonic() - began:.1f} s: {night.lines[0]}")


def _request(settings: Settings) -> RunRequest:
    return RunRequest(settings, None, actor_here("bench"), "2016-12-20T18:30:00Z", lambda _stage, _done, _total: None)


def logged_seconds(workspace: Path) -> tuple[float, float]:
    """Of the one run that the log tells of: its seconds in all, and those in its stages."""
    lines = [json.loads(line) for line in (workspace / "logs" / LOG).read_text(encoding="utf-8").splitlines()]
    [whole] = [line["seconds"] for line in lines if line["event"] == "run"]
    return float(whole), sum(line.get("seconds", 0.0) for line in lines if line["event"] != "run")


def print_prefect(workspace: Path, between: float) -> None:
    """The cold night as a flow, in a process of its own. between: what a plain night spends outside its stages."""
    environ = {**os.environ, "GENGANG_SETTLE_SECONDS": "0", "GENGANG_PATIENCE_SECONDS": "0"}
    ran = subprocess.run([sys.executable, "-c", _FLOW, str(workspace)], env=environ, stdout=subprocess.PIPE, check=True)
    begin, whole = map(float, ran.stdout.split()[-2:])
    more = whole - logged_seconds(workspace)[1] - between
    print(f"Prefect: {begin:.1f} s to start; the flow {whole:.1f} s, of them {more:.1f} s ({more / whole:.1%}) "
          "more outside its stages than a plain night")  # fmt: skip


_FLOW = """
import sys, time
from pathlib import Path
from flows.house import settle
settle(Path(sys.argv[1]))
began = time.monotonic()
from prefect import flow
from flows.nightly import nightly
flow(lambda: None, name="nothing")()
ready = time.monotonic()
nightly(sys.argv[1], "2016-12-07")
print(ready - began, time.monotonic() - ready)
"""


def print_glue(inbox: Path) -> None:
    """The same files as a script of a few lines would treat them."""
    began = time.monotonic()
    rows = []
    for path in sorted(inbox.rglob("*.docx")):
        with docx2python(path) as content:
            text = content.text
        name = re.search(r"姓\s*名\s+(\S{2,4})", text)
        rows.append((path.name, name[1] if name else "", len(re.findall("听课", text))))
    table = pandas.DataFrame(rows, columns=["file", "name", "heard"]).groupby("name")["heard"].sum()
    read = time.monotonic() - began
    template = (FORMS / "appraisal.docx").read_bytes()
    blank = dict.fromkeys(writer_of(template, "appraisal").form.fields())
    for number, (whose, heard) in enumerate(table.items()):
        sheet = Submission("appraisal", {**blank, "name": str(whose), "lessons_heard": int(heard)}, {})
        (inbox / f"{number}.out.docx").write_bytes(plain_docxtpl(template, sheet))
    print(f"glued together: {read:.1f} s to dump and count, {time.monotonic() - began - read:.1f} s to write")


if __name__ == "__main__":
    main()
