"""Passes over workspaces of the presets: empty ones, and one whose Word files come in over two nights."""

import os
from datetime import date
from pathlib import Path

import pytest

from gengang.facts import Fact
from gengang.intake import Intake
from gengang.ledger import open_ledger
from gengang.mailbox import Fetched
from gengang.night import Done, Night, drafts_of, judge, read_new, run_once, settle_roster, take_in, tell
from gengang.papers.morning import FILE
from gengang.rendering import writer_of
from gengang.rosterfile import roster_bytes, write_school_table
from gengang.season import WHOSE
from gengang.settings import Settings
from gengang.under_way import RunRequest, opened
from gengang.workspace import BUILT_IN
from tests.whole.preset_plays import OF_INDIVIDUALS, WISHES, Handed, Play, play_of
from tests.whole.samples import ME, settings_for, silent

# How whoever hands in everything ends, where it is not 合格.
ENDS = {"ten-teachers": "完成", "three-phases": "完成", "cut-off": "未考核", **dict.fromkeys(OF_INDIVIDUALS, "完成")}
PRINTED = tuple(WISHES) if "GENGANG_SOAK" in os.environ else ("six-weeks",)


def request(settings: Settings, day: date) -> RunRequest:
    return RunRequest(settings, day, ME, f"{day}T18:00:00Z", silent)


@pytest.mark.parametrize("name", PRINTED)
def test_papers_of_two_nights_are_read_judged_and_reported(name: str, tmp_path: Path) -> None:
    play = play_of(tmp_path / "workspace", name, "diligent" if name in OF_INDIVIDUALS else None)
    settings = settings_for(tmp_path / "workspace")
    settings.roster.write_bytes(roster_bytes(play.roster))
    middle = play.first + (play.last - play.first) / 2
    first = night(settings, play, date.min, middle)
    whose_they_are(settings, play, first)
    last = night(settings, play, middle, play.last)
    papers = [one for one in play.papers if one.form]
    assert (first.counts.filed, last.counts.filed) == (sum(one.day <= middle for one in papers), len(papers))
    assert not [one for one in (*first.pressed, *last.pressed) if one.status == "held"]
    diligent = last.judged.verdicts[play.of("diligent").key]
    assert (diligent.outcome, diligent.missing) == (ENDS.get(name, "合格"), ())
    report = "终结性学情报告" if play.scheme.evaluation.kind == "points" else "研修情况报告"
    assert (settings.outbox / "报告" / f"{report}_草稿.pdf").exists()
    assert (settings.outbox / "证书").exists() == bool(play.scheme.certificates)


def night(settings: Settings, play: Play, after: date, until: date) -> Night:
    """The pass on a day with all that was handed in since another."""
    for one in play.papers:
        if after < one.day <= until and one.submission is not None:
            put(settings, play, one)
        elif after < one.day <= until:
            ledger = open_ledger(settings)
            ledger.append(one.facts)
            ledger.close()
    return run_once(request(settings, until))


def whose_they_are(settings: Settings, play: Play, done: Night) -> None:
    """A clerk says whose each paper is that asks: 课后评议 has name and school alone, too little to be sure."""
    people = {one.name: one.key for one in play.roster.trainees}
    asked = [held.paper for held in done.judged.season.papers
             if held.match.status != "sure" and held.paper.submission.text("name") in people]  # fmt: skip
    assert {one.submission.form for one in asked} <= {"lesson_review"}
    at = f"{done.judged.as_of}T19:00:00Z"
    ledger = open_ledger(settings)
    ledger.append([
        Fact("decision", one.key, {"path": WHOSE}, ME, at,
             {"value": people[one.submission.text("name")], "why": "核对过"}) for one in asked
    ])  # fmt: skip
    ledger.close()


def put(settings: Settings, play: Play, one: Handed) -> None:
    """A paper as a Word file, filled through its template."""
    assert one.submission is not None
    writer = writer_of((BUILT_IN / "forms" / f"{one.form}.docx").read_bytes(), one.form)
    person = play.roster.person(one.person)
    head = {"name": person.name, "school": person.school, "id_number": person.id_number} if person else {}
    known = {key: value for key, value in {**one.submission.values, **head}.items() if key in writer.form.fields()}
    path = settings.inbox / one.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(writer.fill(known, one.submission.lists))


@pytest.mark.parametrize("name", WISHES)
def test_a_new_workspace_runs_before_anything_has_come(name: str, tmp_path: Path) -> None:
    """The office brings its schools; to a plan of one person its roster of one line."""
    play = play_of(tmp_path / "workspace", name, "nothing" if name in OF_INDIVIDUALS else None)
    settings = settings_for(tmp_path / "workspace")
    if name in OF_INDIVIDUALS:
        settings.roster.write_bytes(roster_bytes(play.roster))
    else:
        write_school_table(play.roster.schools, settings.workspace / "学校一览表.xlsx")
    with opened(request(settings, play.first)) as under_way:
        intake = take_in(under_way)
        read = read_new(under_way)
        findings = settle_roster(under_way)
        judged = judge(under_way)
        assert drafts_of(under_way, judged).drafts
        done = tell(under_way, Done(None, intake, read, findings, judged, (), Fetched()))
    assert (intake.new, read, len(judged.verdicts)) == (0, 0, int(name in OF_INDIVIDUALS))
    page = (settings.outbox / FILE).read_text(encoding="utf-8")
    assert ("方案还有没写明的" in page) == (name in (*OF_INDIVIDUALS, "cut-off"))
    assert done.exit_code == int(bool(done.for_a_person))
    assert isinstance(intake, Intake)
