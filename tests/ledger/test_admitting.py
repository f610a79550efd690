"""The office's word on whom papers propose, on both databases: in Excel and by command, kept with who and when."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gengang.admitting import Said, accept, apply, check, export, listed_people, refuse
from gengang.errors import RosterError, WorkspaceError
from gengang.ledger import Ledger
from gengang.night import Night, run_once
from gengang.press import Pressed
from gengang.proposals import decisions_of
from gengang.roster import Roster
from gengang.rosterfile import read_roster, roster_bytes, write_school_table
from gengang.season import season_of
from gengang.settings import Settings
from gengang.under_way import Pass
from gengang.workspace import BUILT_IN, new_workspace
from tests.ledger.kept_season import AT, request
from tests.unit.rosters import SCHOOLS, trainee
from tests.unit.test_enrolling import FACTS, LI, ZHANG

NOTE = "今日要点.html"


@pytest.fixture(autouse=True)
def _no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is tried elsewhere, and costs seconds."""

    def printed(_pass: Pass, _judged: object) -> tuple[Pressed, ...]:
        return ()

    monkeypatch.setattr("gengang.night.print_papers", printed)


@pytest.fixture
def season(settings: Settings, ledger: Ledger) -> Settings:
    """A workspace with its school table alone, two schools' lists, an arrangement and a log; nobody is accepted."""
    new_workspace(settings.workspace, "county-2016")
    for name in ("forms/training_log.docx", "papers/packet_cover.docx"):  # all of them take a second to compile
        (settings.templates / name).parent.mkdir()
        shutil.copy(BUILT_IN / name, settings.templates / name)
    write_school_table(SCHOOLS, settings.workspace / "学校一览表.xlsx")
    ledger.append(FACTS)
    return settings


def ran(settings: Settings, at: str = AT) -> Night:
    """A pass."""
    return run_once(request(settings, at=at))


def note(settings: Settings) -> str:
    """The morning note."""
    return (settings.outbox / NOTE).read_text("utf-8")


def names(roster: Roster) -> list[str]:
    """Its trainees."""
    return [one.name for one in roster.trainees]


def roster_now(ledger: Ledger) -> Roster:
    """What the ledger has."""
    return season_of(ledger.read()).roster


def mark(settings: Settings, name: str, word: str) -> None:
    """The office writes a word beside a name, in Excel."""
    book = load_workbook(settings.roster)
    for sheet in book.worksheets:
        labels = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            if any(cell.value == name for cell in row) and "审核意见" in labels:
                row[labels.index("审核意见")].value = word
    book.save(settings.roster)


def test_a_workspace_without_a_person_runs_and_tells_what_waits(season: Settings) -> None:
    night = ran(season)
    assert (night.counts.even, night.exit_code, dict(night.judged.verdicts)) == (True, 1, {})
    page = note(season)
    assert "报名待审核：2名学员、1名指导教师、1对结对" in page
    assert "待审核，收到的1份材料先存着，没有退" in page
    assert "花名册里没有这个姓名" not in page
    assert read_roster(season.roster).trainees == ()
    assert any("待审核  学员  张村小学 小学语文 张三" in line for line in listed_people(request(season)).lines)


def test_what_is_marked_in_excel_counts_from_the_next_run_on(season: Settings, ledger: Ledger) -> None:
    ran(season)
    for name, word in (("张三", "同意"), ("周明", "同意"), ("李四", "不同意：学校另报")):
        mark(season, name, word)
    night = ran(season, "2017-01-17T08:00:00Z")
    assert names(roster_now(ledger)) == ["张三"]
    assert len(roster_now(ledger).pairs) == 1
    assert list(night.judged.verdicts) == [ZHANG]
    said = decisions_of(ledger.read())[LI]
    assert (said.state, said.by, said.at, said.why) == ("refused", "王老师", "2017-01-17T08:00:00Z", "学校另报")
    assert "新增" in note(season)
    before = ledger.head()
    ran(season, "2017-01-18T08:00:00Z")
    kinds = {fact.kind for fact in ledger.read(since=before[0])}
    assert kinds <= {"run", "match"}


def test_by_command_all_that_is_clean_is_accepted_and_the_rest_named(season: Settings, ledger: Ledger) -> None:
    ran(season)
    told = accept(request(season), (), everybody=True)
    assert names(roster_now(ledger)) == ["张三", "李四"]
    assert (told.exit_code, told.lines[-1]) == (0, "4项已记入台账，下次运行起按此计算。")
    assert accept(request(season), ("张三",)).lines == ("没有要改的。",)
    gone = refuse(request(season), (LI,), "学校另报")
    assert gone.lines[0] == f"不予录取：李四（{LI}）"
    assert names(roster_now(ledger)) == ["张三"]
    assert any("不予录取" in line and "学校另报" in line for line in listed_people(request(season)).lines)
    assert names(read_roster(season.roster)) == ["张三"]


def test_a_mentors_name_stands_for_the_pairs_too(season: Settings, ledger: Ledger) -> None:
    accept(request(season), ("周明", "张三"))
    assert [one.mentor for one in roster_now(ledger).pairs] == [one.key for one in roster_now(ledger).mentors]


def without_a_reason(settings: Settings) -> Said:
    """Nobody says why."""
    return refuse(request(settings), ("张三",), " ")


def nobody(settings: Settings) -> Said:
    """No paper names them."""
    return accept(request(settings), ("王五",))


def no_word(settings: Settings) -> Said:
    """Neither a name nor all."""
    return accept(request(settings), ())


@pytest.mark.parametrize(("attempt", "sentence"), [
    (without_a_reason, "写明是谁和原因"), (nobody, "没有报名的人或结对叫“王五”"), (no_word, "--all"),
])  # fmt: skip
def test_what_cannot_be_decided_is_told(season: Settings, attempt: object, sentence: str) -> None:
    assert callable(attempt)
    with pytest.raises(WorkspaceError, match=sentence):
        attempt(season)


def test_a_workbook_is_checked_applied_and_only_then_counts(season: Settings, ledger: Ledger, tmp_path: Path) -> None:
    accept(request(season), (), everybody=True)
    other = tmp_path / "另存.xlsx"
    other.write_bytes(roster_bytes(Roster(SCHOOLS, (trainee("王五", number=""),))))
    with pytest.raises(RosterError, match="“学员”第2行“身份证号”：空白"):
        check(request(season), other)
    exported = tmp_path / "导出.xlsx"
    assert "2名学员" in export(request(season), exported).lines[0]
    with pytest.raises(WorkspaceError, match="没有覆盖"):
        export(request(season), exported)
    roster = read_roster(exported)
    other.write_bytes(roster_bytes(Roster(roster.schools, roster.trainees[1:], roster.mentors)))
    before = ledger.head()
    told = check(request(season), other)
    assert told.exit_code == 1
    assert "去掉：张村小学 张三（名下有1份材料）" in told.lines
    assert ledger.head() == before
    season.roster.write_bytes(other.read_bytes())
    ran(season)
    assert names(roster_now(ledger)) == ["张三", "李四"]
    assert "没有采用" in note(season)
    assert "去掉：张村小学 张三" in " ".join(apply(request(season), None).lines)
    assert names(roster_now(ledger)) == ["李四"]
    ran(season, "2017-01-19T08:00:00Z")
    assert names(roster_now(ledger)) == ["李四"]
    apply(request(season), exported)
    assert names(roster_now(ledger)) == ["张三", "李四"]
