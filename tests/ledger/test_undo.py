"""An import is taken back by one decision and given again by another, on both databases; originals and numbers stay."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gengang.admitting import apply
from gengang.checking import faults_of_workspace
from gengang.choosing import choose_version
from gengang.errors import WorkspaceError
from gengang.facts import Fact, balance
from gengang.imports import imports_of
from gengang.ledger import Ledger
from gengang.ledger_register import spend_number
from gengang.night import run_once
from gengang.press import Pressed
from gengang.rosterfile import roster_bytes
from gengang.season import season_of
from gengang.settings import Settings, settings_of
from gengang.status import season_status
from gengang.under_way import Pass
from gengang.undoing import Undone, listed_imports, undo_import
from tests.ledger.kept_season import AT, FILES, LI, LISTED, ME, ZHANG, drop, request, small_season

LATER = "2017-01-17T08:00:00Z"


@pytest.fixture(autouse=True)
def _no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is tried elsewhere, and costs seconds."""

    def printed(_pass: Pass, _judged: object) -> tuple[Pressed, ...]:
        return ()

    for module in ("night", "undoing"):
        monkeypatch.setattr(f"gengang.{module}.print_papers", printed)


@pytest.fixture
def small(settings: Settings, ledger: Ledger) -> Settings:
    """The small season, after its first run."""
    small_season(settings, ledger)
    run_once(request(settings))
    return settings


def numbered(ledger: Ledger, where: str) -> int:
    """The number of the import that came in this folder, or of the last of that kind."""
    return [one.number for one in imports_of(ledger.read()) if where in (one.where, one.kind)][-1]


def undone(settings: Settings, ledger: Ledger, where: str, at: str = LATER) -> Undone:
    """The import taken back."""
    return undo_import(request(settings, at=at), numbered(ledger, where), "放错了文件夹", "李主任")


def test_a_folder_is_taken_back_with_all_that_followed_and_given_again(small: Settings, ledger: Ledger) -> None:
    was, door = season_status(small, None), balance(ledger.read())
    aside = small.aside / "坏.docx"
    aside.parent.mkdir(parents=True)
    aside.write_bytes(b"broken")
    undone(small, ledger, "2016-12-06 李河中学")
    counts = balance(ledger.read())
    assert (counts.arrived, counts.filed, counts.refused, counts.taken_back) == (5, 3, 0, 2)
    assert counts.even
    papers = {held.paper.file for held in season_of(ledger.read()).papers}
    assert papers == {path for path in FILES if "李河中学" not in path}
    assert not aside.exists()
    assert faults_of_workspace(small, "all") == ()
    assert "（已撤回）" in " ".join(listed_imports(small))
    undone(small, ledger, "undo", at="2017-01-18T08:00:00Z")
    assert balance(ledger.read()) == door
    assert season_status(small, None) == was
    assert aside.exists()
    assert "（已撤回）" not in " ".join(listed_imports(small))


def test_an_import_is_listed_with_the_time_of_the_offices_clock(small: Settings) -> None:
    drop(small, {"2017-01-17 张村小学/夜里.docx": b"came after midnight"})
    run_once(request(small, at="2017-01-16T17:05:59Z"))
    [line] = [line for line in listed_imports(small) if "2017-01-17 张村小学" in line]
    assert "  2017-01-17 01:05  " in line


def test_the_same_files_dropped_again_in_the_right_folder_are_back_as_new(small: Settings, ledger: Ledger) -> None:
    undone(small, ledger, "2016-12-06 李河中学")
    right = {path.replace("2016-12-06", "2016-12-08"): data for path, data in FILES.items() if "李河中学" in path}
    drop(small, right)
    run_once(request(small, at="2017-01-18T08:00:00Z"))
    [paper] = [held for held in season_of(ledger.read()).papers if held.source.path.endswith("李四 日志.docx")]
    assert paper.source.paths == ("2016-12-08 李河中学/李四 日志.docx",)
    assert paper.paper.received is not None
    assert paper.paper.received.isoformat() == "2016-12-08"
    counts = balance(ledger.read())
    assert (counts.arrived, counts.filed, counts.refused, counts.taken_back, counts.duplicates) == (5, 4, 1, 0, 0)


def test_the_very_files_dropped_again_with_their_times_count_again(small: Settings, ledger: Ledger) -> None:
    was, door = season_status(small, None), balance(ledger.read())
    for day in (18, 20):
        undone(small, ledger, "2016-12-06 李河中学", at=f"2017-01-{day}T08:00:00Z")
        for path in small.archive.glob("received/*/2016-12-06 李河中学/*"):
            target = small.inbox / path.relative_to(path.parents[1])
            target.parent.mkdir(exist_ok=True)
            shutil.copy2(path, target)
        for _ in range(2):  # a pass that is repeated writes nothing twice
            run_once(request(small, at=f"2017-01-{day + 1}T08:00:00Z"))
        counts = balance(ledger.read())
        assert (counts.arrived, counts.filed, counts.refused, counts.taken_back) == (5, 4, 1, 0)
        assert counts.duplicates == door.duplicates
        assert season_status(small, None) == was
        for path in small.archive.glob("received/2017*/2016-12-06 李河中学/*"):
            path.unlink()


def test_a_wrong_roster_is_taken_back_and_told_until_the_right_one_is_there(small: Settings, ledger: Ledger) -> None:
    was = season_of(ledger.read()).roster
    wrong = replace(LISTED, trainees=(replace(LI, phone="13700137000"),), pairs=())
    small.roster.write_bytes(roster_bytes(wrong))
    apply(request(small, at="2017-01-16T10:00:00Z"), None)
    run_once(request(small, at="2017-01-16T10:00:00Z"))
    assert season_of(ledger.read()).roster.trainees == wrong.trainees
    undone(small, ledger, "roster")
    assert season_of(ledger.read()).roster == was
    assert "roster.xlsx 的这一版已被撤回" in (small.outbox / "今日要点.html").read_text("utf-8")
    right = replace(LISTED, trainees=(replace(LI, phone="13700137000"), ZHANG))
    small.roster.write_bytes(roster_bytes(right))
    run_once(request(small, at="2017-01-18T08:00:00Z"))
    assert season_of(ledger.read()).roster.trainees == right.trainees
    assert "已被撤回" not in (small.outbox / "今日要点.html").read_text("utf-8")


def test_a_certificate_issued_from_it_is_named_and_not_touched(small: Settings, ledger: Ledger) -> None:
    spend_number(ledger, "J", 2016, LI.key, "basis", ME, AT)
    final = {"kind": "certificate", "sha256": "e" * 64, "proof": "equal", "number": "J-2016-000001",
             "issued_on": "2016-12-20"}  # fmt: skip
    ledger.append([Fact("paper", LI.key, final, ME, AT)])
    told = undone(small, ledger, "2016-12-06 李河中学")
    assert (told.certificates, told.exit_code) == (1, 1)
    [sentence] = [line for line in told.lines if "J-2016-000001" in line]
    assert "李四" in sentence
    assert [fact.kind for fact in ledger.read() if fact.kind.startswith("number")] == ["number_spent"]
    assert undone(small, ledger, "2016-12-05 张村小学").certificates == 0


def wrong_number(settings: Settings, ledger: Ledger) -> object:
    """No import has it."""
    return undo_import(request(settings), 4711 + ledger.head()[0], "放错", "")


def twice(settings: Settings, ledger: Ledger) -> object:
    """It was taken back already."""
    undone(settings, ledger, "2016-12-05 张村小学")
    return undone(settings, ledger, "2016-12-05 张村小学")


def without_a_reason(settings: Settings, ledger: Ledger) -> object:
    """Nobody says why."""
    return undo_import(request(settings), numbered(ledger, "2016-12-05 张村小学"), " ", "")


REFUSED: Sequence[tuple[Callable[[Settings, Ledger], Any], str]] = (
    (wrong_number, "没有第"),
    (twice, "已经撤回过了"),
    (without_a_reason, "写明原因"),
)


@pytest.mark.parametrize(("attempt", "sentence"), REFUSED, ids=[attempt.__name__ for attempt, _ in REFUSED])
def test_what_cannot_be_taken_back_is_told(
    small: Settings, ledger: Ledger, attempt: Callable[[Settings, Ledger], Any], sentence: str
) -> None:
    with pytest.raises(WorkspaceError, match=sentence):
        attempt(small, ledger)


@pytest.mark.parametrize(
    "asked",
    [
        listed_imports,
        lambda settings: season_status(settings, None),
        lambda settings: faults_of_workspace(settings, "all"),
        lambda settings: choose_version(settings, "3f2a9c1b#0", "核对过", ME, AT),
    ],
    ids=["undo", "status", "verify", "choose"],
)
def test_before_the_first_run_the_office_is_told_to_run_and_no_ledger_is_made(
    tmp_path: Path, asked: Callable[[Settings], object]
) -> None:
    empty = settings_of(tmp_path, {})
    with pytest.raises(WorkspaceError, match="请先运行 gengang run"):
        asked(empty)
    assert list(tmp_path.iterdir()) == []
