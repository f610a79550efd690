"""The sample workspace that whole seasons are tried on: made once for all workers, copied by each test that writes."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.facts import Actor
from gengang.issuing import Written, issue_papers
from gengang.ledger import open_ledger
from gengang.night import Night, RunRequest, run_once
from gengang.sample.making import make_sample
from gengang.settings import Settings, settings_of

AT = "2016-12-20T18:30:00Z"
ME = Actor("王老师", "office", "办公室电脑", "run")
PICTURES = ("*.jpg", "王秀淑鉴定表.pdf")  # OCR costs seconds a page and is tried elsewhere
FEW_SCHOOLS = ("赵集小学", "周寨小学", "柳河镇初级中学")
FEW_PEOPLE = ("叶玉桂", "丁秀")
STRAYS = ("新建 Microsoft Word 文档.docx", "汪燕研修日志（下载未完成）.docx", "国培计划报名表.docx")
WAIT_SECONDS = 300


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
    """Settings whose files are whole at once. url: a PostgreSQL address, empty for SQLite."""
    return replace(settings_of(workspace, {}), database_url=url or None, settle_seconds=0.0, patience_seconds=0.0)


def twelve(factory: pytest.TempPathFactory) -> Path:
    """The shipped cohort of twelve without its pictures; nothing was run."""

    def make(half: Path) -> None:
        make_sample(half, people=12, seed=2016)
        for pattern in PICTURES:
            [picture] = (half / "inbox").rglob(pattern)
            picture.unlink()

    return made_once(factory, "twelve", make)


def twelve_run(factory: pytest.TempPathFactory) -> Path:
    """The same after one run."""
    source = twelve(factory)

    def make(half: Path) -> None:
        run(copied(source, half))

    return made_once(factory, "twelve_run", make)


def few(factory: pytest.TempPathFactory) -> Path:
    """Three trainees of the twelve, two with all their papers, and three strays: Word alone, a run costs seconds."""
    source = twelve(factory)

    def make(half: Path) -> None:
        shutil.copytree(source, half, ignore=shutil.ignore_patterns("inbox"))
        for path in sorted((source / "inbox").rglob("*")):
            if path.is_file() and _is_of_few(path):
                target = half / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target)

    return made_once(factory, "few", make)


def _is_of_few(path: Path) -> bool:
    of_school = any(path.parent.name.endswith(school) for school in FEW_SCHOOLS)
    of_person = any(path.name.startswith(person) for person in FEW_PEOPLE)
    return path.suffix == ".docx" and (of_school or of_person or path.name in STRAYS or "安排表" in path.name)


def few_run(factory: pytest.TempPathFactory) -> Path:
    """The same after one run."""
    source = few(factory)

    def make(half: Path) -> None:
        run(copied(source, half))

    return made_once(factory, "few_run", make)


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
