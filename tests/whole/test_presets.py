"""Each built-in scheme is initialised, given invented people and played day by day, and reported on at its end."""

import os
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from gengang.acknowledging import told_of
from gengang.assess import Verdict
from gengang.drafting import Drafted, Judged, books_of_judged, drafted
from gengang.facts import Balance
from gengang.judging import judged_of
from gengang.papers.bag import asked_of, bag_draft
from gengang.papers.missing import chat_page, chat_texts
from gengang.papers.morning import MorningNote, morning_note
from gengang.rendering import Writer, writer_of
from gengang.scheme import Per, Requirement
from gengang.status import status_of, text_of_status
from gengang.telling import Told, note_of
from gengang.workspace import BUILT_IN
from tests.whole.preset_plays import OF_INDIVIDUALS, STORIES, WISHES, Play, Story, play_of

SOAK = "GENGANG_SOAK" in os.environ
MANY = 60  # papers, from which each day costs too much to be played every time
SEASONS: tuple[tuple[str, Story | None], ...] = tuple(
    (name, story) for name in WISHES for story in (STORIES if name in OF_INDIVIDUALS else (None,))
)
# How the three of each preset end: who handed in everything, half of it, nothing.
ENDS: Mapping[str, tuple[str, str, str]] = {
    "county-2016": ("合格", "未考核", "未考核"),
    "term-plan": ("合格", "未考核", "未考核"),
    "six-weeks": ("合格", "不合格", "未考核"),
    "ten-teachers": ("完成", "未完成", "未完成"),
    "three-phases": ("完成", "未完成", "未完成"),
    "personal-practice": ("完成", "未考核", "未考核"),
    "personal-plan": ("完成", "未考核", "未考核"),
    "middle-school": ("合格", "未考核", "未考核"),
    "cut-off": ("未考核", "未考核", "未考核"),
}


@pytest.mark.parametrize(("name", "only"), SEASONS)
def test_a_season_is_played_from_a_week_before_to_three_weeks_after(
    name: str, only: Story | None, tmp_path: Path
) -> None:
    play = play_of(tmp_path / "workspace", name, only)
    days = list(_played(play))
    for before, after in zip([days[0], *days], days, strict=False):
        _a_day_keeps_the_laws(play, before, after)
    _it_ends_as_it_should(play, days[-1])
    _a_late_paper_is_told(play, days[-1])
    _it_is_reported_on(play, days[-2], days[-1])


def _played(play: Play) -> Iterator[Judged]:
    for day in play.days if SOAK or len(play.papers) < MANY else _days_that_matter(play):
        yield judged_of(play.facts_by(day), play.scheme, day)


def _days_that_matter(play: Play) -> Iterator[date]:
    """Every Monday, the last two days, and the days before, of and after each last day."""
    dues = {one.due + timedelta(by) for one in play.scheme.documents if one.due for by in (-1, 0, 1)}
    yield from (day for day in play.days if day.weekday() == 0 or day in dues or (play.last - day).days < 2)


# --- each day ---


def _a_day_keeps_the_laws(play: Play, before: Judged, after: Judged) -> None:
    day = after.as_of
    assert list(after.verdicts) == [one.key for one in play.roster.trainees]
    handed_in = {one.person for one in play.papers if before.as_of < one.day <= day}
    for key, verdict in after.verdicts.items():
        if before.verdicts[key].answer == "yes" and not {key, ""} & handed_in:
            assert verdict.answer != "cannot_tell", (day, verdict.needs)
        assert all(one.overdue == (one.due is not None and day > one.due) for one in verdict.missing)
        assert all(one.need <= _over_by(play, one.requirement, day) for one in verdict.shortfall
                   if _rhythm(play, one.requirement))  # fmt: skip
        if play.stories[key] == "nothing":
            assert _said_to_be_missed(play, verdict) == _missed_by_nobody(play, day)
        if not play.scheme.evaluation.kind:
            assert (verdict.answer, "方案没有写明评价办法" in verdict.needs[0]) == ("cannot_tell", True)
    owed = [one for debt in after.debts for one in debt.items]
    assert all(one.overdue == (one.due is not None and day > one.due) for one in owed)
    assert _owed_by_no_trainee(play, day) == {one.document for one in owed if not one.about} & _papers_of_none(play)


def _papers_of_none(play: Play) -> set[str]:
    """Names of the papers that the base school or the office owes once."""
    return {one.name for one in play.scheme.documents
            if one.per in ("base_school", "office") and one.tracked and one.form != "mentor_assignment"}  # fmt: skip


def _owed_by_no_trainee(play: Play, day: date) -> set[str]:
    came = {one.form for one in play.papers if not one.person and one.day <= day}
    return {one.name for one in play.scheme.documents if one.name in _papers_of_none(play) and one.form not in came}


def _said_to_be_missed(play: Play, verdict: Verdict) -> dict[str, int]:
    return {one.requirement: int(one.need) for one in verdict.shortfall if _rhythm(play, one.requirement)}


def _missed_by_nobody(play: Play, day: date) -> dict[str, int]:
    """Of each rhythm how many stretches are over: all that somebody missed who handed in nothing."""
    if play.scheme.calendar.start is None or day < play.scheme.calendar.start:
        return {}
    over = {one.id: _over_by(play, one.id, day) for one in play.scheme.requirements
            if one.tracked and one.per != "workday" and _rhythm(play, one.id)}  # fmt: skip
    return {id: number for id, number in over.items() if number > 0}


def _rhythm(play: Play, requirement: str) -> bool:
    asked = next(one for one in play.scheme.requirements if one.id == requirement)
    return asked.per != "total" or bool(asked.alternatives)


def _over_by(play: Play, requirement: str, day: date) -> int:
    """How many weeks, months, quarters or terms are over, counted by hand from the first day.

    Where one of several ways is enough, none while one of them has not come to its first end.
    """
    asked = next(one for one in play.scheme.requirements if one.id == requirement)
    over = [_ways_over(play, asked, way.per, day) for way in asked.alternatives or (asked,)]
    return max(over) if all(over) else 0


def _ways_over(play: Play, asked: Requirement, per: Per, day: date) -> int:
    phase = next((one for one in play.scheme.phases if one.id == asked.phase), None)
    first = phase.start if phase else play.scheme.calendar.start
    last = phase.end if phase else play.scheme.calendar.end
    assert first is not None
    until = min(day, last + timedelta(1)) if last else day
    if per == "week":
        return -(-(until - first).days // 7) if last and day > last else (until - first).days // 7
    months = (until.year - first.year) * 12 + until.month - first.month - (until.day < first.day)
    return months // {"month": 1, "quarter": 3, "term": 6}[per]


# --- the end ---


def _lacking(verdict: Verdict) -> int:
    return sum(one.lacking for one in verdict.missing) + len(verdict.shortfall)


def _it_ends_as_it_should(play: Play, end: Judged) -> None:
    wanted = dict(zip(STORIES, ENDS[play.name], strict=True))
    assert {one.key: end.verdicts[one.key].outcome for one in play.roster.trainees} == {
        key: wanted[story] for key, story in play.stories.items()
    }
    lacking = {play.stories[key]: _lacking(verdict) for key, verdict in end.verdicts.items()}
    if play.name == "cut-off":
        assert set(lacking.values()) == {0}
    elif len(lacking) == 3:
        assert 0 == lacking["diligent"] < lacking["half"] < lacking["nothing"]
    else:
        assert lacking.get("diligent", 0) == 0
        assert lacking.get("half", 1) > 0
        assert lacking.get("nothing", 2) > 1


def _a_late_paper_is_told(play: Play, end: Judged) -> None:
    """The second person hands one in two days late; nobody else is said to be late."""
    late = {play.stories[key] for key, verdict in end.verdicts.items()
            if any(one.code == "late" and "迟交2天" in one.message for one in verdict.findings)}  # fmt: skip
    with_days = any(one.due for one in play.scheme.documents if one.per == "trainee")
    assert late == ({"half"} if with_days and "half" in play.stories.values() else set())


# --- what is reported ---


def _it_is_reported_on(play: Play, before: Judged, end: Judged) -> None:
    papers = drafted(end, (), BUILT_IN / "fonts", {})
    for one in papers.drafts:
        if one.folder == "papers":
            assert _writer(one.template).fill(one.values, one.lists), one.file
    _papers_fit_the_scheme(play, papers)
    for person in play.roster.trainees:
        verdict = end.verdicts[person.key]
        asked = asked_of(person, end.season.papers_of(person.key), verdict, play.scheme)
        assert all(one.need[0] != "0" for one in asked), asked
        assert bag_draft(person, asked, play.scheme, play.roster, end.as_of).lists["items"]
    receipts = "".join(text for one in told_of(books_of_judged(end, {})) for text in one.texts)
    assert bool(receipts) == bool(play.papers)
    assert ("教研活动记录（教学法研讨会每季度不少于2次）" in receipts) == (
        play.name == "personal-practice" and "half" in play.stories.values()
    )
    assert len(chat_page(chat_texts(end.debts, play.scheme, end.as_of))) > 0
    note = note_of(_told(before, end, papers))
    _note_fits_the_scheme(play, note)
    _says_where_it_is_open(play, note)
    text = text_of_status(status_of(end))
    assert ("分 " in text) == (play.scheme.evaluation.kind == "points")


def _writer(paper: str) -> Writer:
    return writer_of((BUILT_IN / "papers" / f"{paper}.docx").read_bytes(), paper)


def _papers_fit_the_scheme(play: Play, papers: Drafted) -> None:
    kinds = [one.kind for one in papers.drafts]
    by_points = play.scheme.evaluation.kind == "points"
    assert kinds.count("cohort_report" if by_points else "plain_report") == 1
    assert ("appraisal" in kinds) == (play.scheme.document("appraisal") is not None)
    assert any("certificate" in kind for kind in kinds) == bool(play.scheme.certificates)
    assert bool(papers.held_back) == bool(play.scheme.certificates)
    if not by_points:
        [report] = [one for one in papers.drafts if one.kind == "plain_report"]
        said = f"{report.values}{report.lists}"
        assert not [word for word in ("得分", "学时", "证书", "0学时") if word in said]


def _told(before: Judged, end: Judged, papers: Drafted) -> Told:
    return Told(before, end, Balance(0, 0, 0, 0, 0), frozenset(), {}, (), papers.held_back, (), (), ())


def _note_fits_the_scheme(play: Play, note: MorningNote) -> None:
    page = morning_note(note)
    assert ("得分" in page) == (play.scheme.evaluation.kind == "points")
    if not play.scheme.certificates:
        assert "证书" not in page


def _says_where_it_is_open(play: Play, note: MorningNote) -> None:
    """What the text leaves open stays said, and a text that breaks off is a matter for a person."""
    said = [line for line in note.remarks if line.startswith("方案还有没写明的")]
    places = {one.place for one in play.scheme.unknowns} & {"calendar.start", "calendar.end", "scheme.closing"}
    assert len(said) == bool(places or not play.scheme.evaluation.kind)
    broken = [one for one in note.needs if "中断" in one.why]
    assert len(broken) == (play.name == "cut-off")
