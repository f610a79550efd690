"""The sample workspace that whole seasons are tried on: made once for all workers, copied by each test that writes."""

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gengang.facts import Actor
from gengang.issuing import Written, issue_papers
from gengang.ledger import open_ledger
from gengang.meetingbook import FILE, meeting_workbook
from gengang.meetings import AgendaItem, Duty, Leader, Meeting, Talk
from gengang.night import Night, run_once
from gengang.packeting import packet_papers
from gengang.sample.making import make_sample
from gengang.settings import Settings, settings_of
from gengang.under_way import RunRequest
from gengang.workspace import scheme_of
from tests.patience import PATIENT

AT = "2016-12-20T18:30:00Z"
CLOSING = date(2016, 12, 7)  # of the county's scheme
ME = Actor("王老师", "office", "办公室电脑", "run")
ON_PAPER = ("scan", "fax", "photo", "chat")  # OCR costs seconds a page and is tried elsewhere
FEW_PEOPLE = ("叶玉桂", "丁秀")
FEW_SCHOOLS = ("赵集小学", "周寨小学", "柳河镇初级中学")
FEW_KINDS = ("training_log", "attendance", "appraisal", "assessment_register", "mentor_assignment")
WAIT_SECONDS = 300
TOLD = Meeting(
    "showcase", date(2016, 12, 9), "09:00", "11:30", "08:40", "县实验学校报告厅", "赵主任", "副校长", "王老师",
    "0371-6612345",
    6, 10, "", "笔画", (Leader("孙局长", "安和县教育体育局", "局长", "讲话"),),
    (AgendaItem("跟岗教师汇报研修成果", "跟岗教师", 40), AgendaItem("领导讲话", "孙局长", 15)),
    (Talk("", "丁秀", "", "让课堂慢下来", 8),), (Duty("签到引导", "周明", "13800138000"),),
)  # fmt: skip


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask makes and all read; the others wait for it."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target, turn = root / name, root / f"{name}.turn"
    deadline = time.monotonic() + WAIT_SECONDS
    while not target.exists():
        assert time.monotonic() < deadline, f"nobody made {name}"
        try:
            turn.mkdir()
        except FileExistsError:
            time.sleep(0.2)
            continue
        try:
            _made(target, make)
        finally:
            turn.rmdir()
    return target


def _made(target: Path, make: Callable[[Path], None]) -> None:
    if target.exists():
        return
    half = target.with_name(f"{target.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    make(half)
    half.rename(target)


def copied(source: Path, target: Path) -> Settings:
    """A workspace of one's own, whose files are whole at once."""
    shutil.copytree(source, target)
    return settings_for(target)


def settings_for(workspace: Path, url: str = "") -> Settings:
    """Settings whose files are whole at once and may be read slowly. url: a PostgreSQL address, empty for SQLite."""
    settings = replace(settings_of(workspace, {}), database_url=url or None, limits=PATIENT)
    return replace(settings, settle_seconds=0.0, patience_seconds=0.0)


def made_sample(factory: pytest.TempPathFactory) -> Path:
    """The shipped cohort of twelve with all its papers."""
    return made_once(factory, "made_sample", lambda half: ignored(make_sample(half, people=12, seed=2016)))


def ignored(_counts: object) -> None:
    """What was made is looked at elsewhere."""


def papers_in_truth(workspace: Path) -> list[dict[str, Any]]:
    """The entries of a sample's truth."""
    return list(json.loads((workspace / "truth.json").read_text(encoding="utf-8"))["papers"])


def pictured(workspace: Path) -> set[str]:
    """Files of the inbox in which anything has to be read from a picture."""
    return {paper["file"] for paper in papers_in_truth(workspace) if paper["medium"] in ON_PAPER}


def twelve(factory: pytest.TempPathFactory) -> Path:
    """The shipped cohort of twelve without its pictures; nothing was run."""
    source = made_sample(factory)
    return made_once(factory, "twelve", lambda half: _copied_without(source, half, pictured(source)))


def _copied_without(source: Path, target: Path, left_out: set[str]) -> None:
    shutil.copytree(source, target)
    for name in left_out:
        (target / "inbox" / name).unlink()


def twelve_run(factory: pytest.TempPathFactory) -> Path:
    """The same after one run."""
    source = twelve(factory)

    def make(half: Path) -> None:
        run(copied(source, half))

    return made_once(factory, "twelve_run", make)


def few(factory: pytest.TempPathFactory) -> Path:
    """Three trainees of the twelve, two with the papers that are counted, and the strays: Word alone, quickly run."""
    source = made_sample(factory)

    def make(half: Path) -> None:
        papers = papers_in_truth(source)
        people = {one["key"] for one in json.loads((source / "truth.json").read_text("utf-8"))["people"]
                  if one["name"] in FEW_PEOPLE}  # fmt: skip
        wanted = {paper["file"] for paper in papers if _is_of_few(paper, people)}
        again = {paper["file"] for paper in papers if "duplicate" in paper["expect"]}
        wanted |= again | {name.replace("（最终版）", "") for name in again}
        _copied_without(source, half, {paper["file"] for paper in papers} - wanted)

    return made_once(factory, "few", make)


def _is_of_few(paper: dict[str, Any], people: set[str]) -> bool:
    if paper["medium"] != "word" or paper["carrier"] != "file" or paper["layout"] != "form":
        return False
    of_school = paper["kind"] == "registration" and any(school in paper["file"] for school in FEW_SCHOOLS)
    of_person = paper["kind"] in FEW_KINDS and (not paper["person"] or paper["person"] in people)
    return not paper["kind"] or of_school or of_person


def few_run(factory: pytest.TempPathFactory) -> Path:
    """The same after one run."""
    source = few(factory)

    def make(half: Path) -> None:
        run(copied(source, half))

    return made_once(factory, "few_run", make)


def few_issued(factory: pytest.TempPathFactory) -> Path:
    """The same after their certificates were issued."""
    source = few_run(factory)

    def make(half: Path) -> None:
        issued(copied(source, half))

    return made_once(factory, "few_issued", make)


def few_packet(factory: pytest.TempPathFactory) -> Path:
    """The same with its showcase told and its packet ordered for the printer."""
    source = few_issued(factory)

    def make(half: Path) -> None:
        settings = copied(source, half)
        told_meeting(settings)
        packet_papers(request(settings), final=True)

    return made_once(factory, "few_packet", make)


def told_meeting(settings: Settings, meeting: Meeting = TOLD) -> None:
    """会议信息.xlsx as the office fills it in."""
    book = meeting_workbook(scheme_of(settings), {meeting.event: meeting}, lambda talk: (talk.name, talk.unit))
    (settings.workspace / FILE).write_bytes(book)


def request(settings: Settings, as_of: date | None = None, at: str = AT) -> RunRequest:
    """A pass asked for by the office."""
    return RunRequest(settings, as_of, ME, at, silent)


def run(settings: Settings, as_of: date | None = None, at: str = AT) -> Night:
    """One pass."""
    return run_once(request(settings, as_of, at))


def issued(settings: Settings, at: str = AT) -> Written:
    """Certificates for everybody who is due."""
    return issue_papers(request(settings, at=at), ())


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def bytes_under(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def head(settings: Settings) -> tuple[int, str]:
    """Number and seal of the ledger's last line."""
    ledger = open_ledger(settings)
    try:
        return ledger.head()
    finally:
        ledger.close()
