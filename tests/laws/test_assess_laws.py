"""Laws of judging: order does not matter, a valid record never lowers points, everyone has exactly one verdict."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.assess import Beside, assess
from gengang.copies import copies_of, counted_once
from gengang.noted import Noted, Seen
from gengang.points import shown, total_of
from gengang.submission import Choice, Paper, RowValues, Submission
from tests.laws.often import often
from tests.unit.rosters import paper, trainee
from tests.unit.seasons import (
    AFTER,
    DAYS,
    ON_TIME,
    SCHEME,
    activity,
    appraisal,
    leave,
    lesson,
    log,
    marks,
    observation,
    plan,
    register,
    summary,
)

PERSON = trainee()
ALL_DAYS = (*DAYS, date(2016, 8, 30), date(2016, 9, 4), date(2016, 10, 3), date(2016, 12, 2))
MARKS = st.sampled_from(["出勤", "迟到", "早退", "事假", "病假", "公假", "缺勤", None])
SCORES = st.none() | st.decimals(0, 25, places=3).map(lambda score: f"{score.normalize():f}")


@st.composite
def rows(draw: st.DrawFn) -> RowValues:
    return {
        "time": draw(st.sampled_from(["第1节", "第2节", "第1、2节", "上午", None])),
        "kind": draw(st.sampled_from(["听课", "上课", "教研", "集体备课", "班级活动", "其他", None])),
        "topic": draw(st.sampled_from(["分数", "小数", "汇报课：圆", None])),
        "place": draw(st.sampled_from(["三（1）班", None])),
    }


@st.composite
def papers(draw: st.DrawFn, key: str) -> Paper:
    kind = draw(st.sampled_from(["attendance", "log", "log", "log", "register", "appraisal", "written", *RECORDS]))
    day = draw(st.sampled_from(ALL_DAYS))
    received = draw(st.sampled_from([None, ON_TIME, date(2016, 12, 9)]))
    if kind == "attendance":
        made = marks(day, draw(MARKS), draw(MARKS), key)
    elif kind == "log":
        made = log(day, *draw(st.lists(rows(), max_size=4)), key=key)
    elif kind == "register":
        scores: dict[str, Any] = {f"r{number}": draw(SCORES) for number in range(1, 13)}
        made = register(key, **scores)
    elif kind == "appraisal":
        made = appraisal(key, lessons_heard=draw(st.integers(0, 30)), grade=draw(st.sampled_from(["合格", "不合格"])))
    elif kind in RECORDS:
        made = draw(sheets(kind, day, key))
    else:
        form = draw(st.sampled_from(["reflection", "study_plan", "day_plan"]))
        made = paper(form, {"title": draw(st.sampled_from(["甲", "乙", "丙", "丁"]))}, key)
    return replace(made, received=received, open_fields=draw(_open(made)))


RECORDS = ("lesson_observation", "lesson_taught", "activity_record", "task_summary", "leave_request", "day_plan")
PERIODS = st.sampled_from(["1", "第2节", "2、3", "下午第1节", "上午", None])
TOPICS = st.sampled_from(["分数", "《分数》", "小数", None])


@st.composite
def sheets(draw: st.DrawFn, kind: str, day: date, key: str) -> Paper:
    """A paper made for one lesson, activity or leave, or the plan of some days."""
    period, topic, place = draw(PERIODS), draw(TOPICS), draw(st.sampled_from(["三（1）班", "数学三(1)班", "四1", None]))
    if kind == "lesson_observation":
        return observation(day, topic, period, place, key)
    if kind == "lesson_taught":
        return lesson(day, draw(st.sampled_from(["研究课", "汇报课", None])), period, key, topic=topic)
    if kind == "activity_record":
        made = draw(st.sampled_from(["教研活动", "集体备课", "班会", None]))
        return activity(day, made, topic or "班会", key, lesson_period=period)
    if kind == "leave_request":
        late = draw(st.sampled_from([None, day.isoformat(), "2016-12-30"]))
        return leave(day, key=key, base_signed_on=late, mentor_opinion=draw(st.sampled_from(["同意", "不同意", None])))
    if kind == "day_plan":
        return plan(*draw(st.lists(st.sampled_from(ALL_DAYS), max_size=4, unique=True)), key=key)
    row: RowValues = {"date": day.isoformat(), "lesson_period": period, "topic": topic, "class_name": place}
    taught: RowValues = {**row, "kind": draw(st.sampled_from(["研究课", "汇报课"]))}
    done: RowValues = {"date": day.isoformat(), "kind": "班会", "title": topic}
    return summary(key, heard=(row,) * draw(st.integers(0, 2)), taught=(taught,), activities=(done,))


def _open(made: Paper) -> st.SearchStrategy[tuple[str, ...]]:
    """Blank cells of some papers wait for a person."""
    blank = [name for name, value in made.submission.values.items() if value is None]
    for name, listed in made.submission.lists.items():
        blank += [f"{name}[{n}].{column}" for n, row in enumerate(listed, 1) for column in row if row[column] is None]
    return st.sets(st.sampled_from(blank)).map(lambda found: tuple(sorted(found))) if blank else st.just(())


@st.composite
def files(draw: st.DrawFn) -> list[Paper]:
    number = draw(st.integers(0, 10))
    return [draw(papers(f"f{n}#0")) for n in range(number)]


@settings(max_examples=often(80), deadline=None)
@given(files(), st.randoms(use_true_random=False), st.sampled_from([date(2016, 10, 1), date(2016, 12, 7), AFTER]))
def test_order_of_arrival_never_matters(found: list[Paper], random: Random, as_of: date) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert assess(SCHEME, PERSON, shuffled, as_of) == assess(SCHEME, PERSON, found, as_of)


@settings(max_examples=often(100), deadline=None)
@given(files(), st.sampled_from([date(2016, 10, 1), date(2016, 12, 7), AFTER]))
def test_everyone_has_exactly_one_verdict_that_follows_the_table(found: list[Paper], as_of: date) -> None:
    verdict = assess(SCHEME, PERSON, found, as_of)
    assert (verdict.answer == "cannot_tell") == (verdict.outcome == "未考核") == bool(verdict.needs)
    assert (verdict.hours == 60) == (verdict.outcome == "合格")
    assert (verdict.hours == 0) == (verdict.outcome == "不合格")
    assert (verdict.certificate == "withheld") == (verdict.outcome == "合格（证书缓发）")
    if verdict.outcome in ("合格", "合格（证书缓发）"):
        assert verdict.points_now >= 60
        assert (verdict.unexcused >= 2) == (verdict.outcome == "合格（证书缓发）")
    if verdict.outcome == "不合格":
        assert verdict.points_now < 60
        assert SCHEME.closing is not None
        assert as_of >= SCHEME.closing
    assert verdict.score is None or verdict.score == verdict.points_now


@settings(max_examples=often(100), deadline=None)
@given(files())
def test_points_stay_in_their_bounds_and_add_up(found: list[Paper]) -> None:
    verdict = assess(SCHEME, PERSON, found, AFTER)
    for line in verdict.points:
        assert 0 <= line.points <= line.at_most <= line.max, line
        assert set(line.sources) <= {one.key for one in found}
    assert Decimal(shown(total_of(verdict.points))) == verdict.points_now
    known = {clause.id for clause in SCHEME.clauses}
    assert {one.clause for one in verdict.findings} <= known


@st.composite
def valid_records(draw: st.DrawFn, taken: Sequence[Paper]) -> Paper:
    """A record that contradicts nothing: a written paper, or a log or attendance on a day that no log or sheet has."""
    marked = {row["date"] for one in taken for row in one.submission.rows("days")}
    free = [day for day in DAYS if day.isoformat() not in marked]
    logged = {one.submission.values.get("log_date") for one in taken}
    unlogged = [day for day in DAYS if day.isoformat() not in logged]
    heard_on = {one.submission.values.get("heard_on") for one in taken}
    unheard = [day for day in DAYS if day.isoformat() not in heard_on]
    taught_on = {one.submission.values.get("taught_on") for one in taken} | {
        row.get("date") for one in taken for row in one.submission.rows("taught")
    }
    # A paper that calls a lesson known from elsewhere the 汇报课 moves it from one kind to the other: not on its day.
    untaught = [day for day in unlogged if day.isoformat() not in taught_on]
    kinds = ["written", "activity", "leave", *(["log"] if untaught else []), *(["attendance"] if free else [])]
    kind = draw(st.sampled_from([*kinds, *(["heard"] if unheard else []), *(["taught"] if untaught else [])]))
    if kind in ("heard", "taught", "activity", "leave"):
        return _valid_sheet(draw, kind, unheard, untaught)
    if kind == "attendance":
        half = draw(st.sampled_from([("出勤", "出勤"), ("出勤", None), (None, "出勤")]))
        return marks(draw(st.sampled_from(free)), *half, key="new#0")
    if kind == "log":
        return log(draw(st.sampled_from(untaught)), *draw(st.lists(rows(), max_size=4)), key="new#0")
    return paper(draw(st.sampled_from(["reflection", "study_plan", "day_plan"])), {"title": "新"}, "new#0")


def _valid_sheet(draw: st.DrawFn, kind: str, unheard: Sequence[date], untaught: Sequence[date]) -> Paper:
    if kind == "heard":
        return observation(draw(st.sampled_from(unheard)), draw(TOPICS), draw(PERIODS), key="new#0")
    if kind == "taught":
        return lesson(
            draw(st.sampled_from(untaught)), draw(st.sampled_from(["研究课", "汇报课"])), draw(PERIODS), "new#0"
        )
    if kind == "activity":
        made = draw(st.sampled_from(["教研活动", "集体备课", "班会"]))
        return activity(draw(st.sampled_from(DAYS)), made, "新的活动", "new#0")
    day = draw(st.sampled_from(DAYS))
    return leave(day, key="new#0", starts_half=draw(st.sampled_from(["上午", "下午"])), reason="家中有事")


@settings(max_examples=often(150), deadline=None)
@given(st.data())
def test_a_valid_record_never_lowers_points(data: st.DataObject) -> None:
    found = data.draw(files())
    more = data.draw(valid_records(found))
    before = assess(SCHEME, PERSON, found, AFTER)
    after = assess(SCHEME, PERSON, [*found, more], AFTER)
    assert after.points_now >= before.points_now
    for old, new in zip(before.points, after.points, strict=True):
        assert new.points >= old.points, (old, new)
    for measure, number in before.counts:
        assert dict(after.counts)[measure] >= number, measure


@settings(max_examples=often(60), deadline=None)
@given(files(), st.data())
def test_what_was_seen_on_paper_never_lowers_points(found: list[Paper], data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(SCHEME.in_all))
    seen = Seen(asked.id, data.draw(st.integers(1, 30)), "王老师", ON_TIME)
    before = assess(SCHEME, PERSON, found, AFTER)
    after = assess(SCHEME, PERSON, found, AFTER, Beside(noted=Noted(seen=(seen,))))
    for measure, number in before.counts:
        assert dict(after.counts)[measure] == max(number, seen.number if measure == asked.measure else 0)
    if asked.measure not in ("lessons_taught", "report_lessons"):  # these two move points between each other
        assert all(new.points >= old.points for old, new in zip(before.points, after.points, strict=True))
    assert seen.by in "".join(one.message for one in after.findings if one.code == "seen_on_paper")


# --- copies, media and versions ---


def test_a_copy_puts_no_question_elsewhere() -> None:
    said = [("f0#0", "2016-09-01", "迟到"), ("f1#0", "2016-09-06", "出勤"), ("f2#0", "2016-09-06", "迟到"),
            ("f3#0", "2016-09-01", "出勤")]  # fmt: skip
    found = [Paper(key, "", Submission("attendance", {}, {"days": ({"date": day, "afternoon": mark},)}),
                   file=f"{key}.docx") for key, day, mark in said]  # fmt: skip
    copy = replace(found[1], key="a#0", file="另一个名字.docx", arrived=9)
    assert assess(SCHEME, PERSON, [*found, copy], AFTER) == assess(SCHEME, PERSON, found, AFTER)


@settings(max_examples=often(80), deadline=None)
@given(st.data())
def test_a_copy_or_an_equal_second_medium_of_any_paper_changes_no_verdict(data: st.DataObject) -> None:
    found = data.draw(files().filter(bool))
    one = data.draw(st.sampled_from(found))
    later = data.draw(st.sampled_from([None, date(2017, 1, 5)]) if one.received else st.none())
    copy = replace(one, key=data.draw(st.sampled_from(["a#0", "z#0"])), file="另一个名字.pdf",
                   medium=data.draw(st.sampled_from(["word", "scan"])), received=later, arrived=9)  # fmt: skip
    as_of = data.draw(st.sampled_from([date(2016, 10, 1), AFTER]))
    assert assess(SCHEME, PERSON, [*found, copy], as_of) == assess(SCHEME, PERSON, found, as_of)


@settings(max_examples=often(40), deadline=None)
@given(files())
def test_what_counts_counts_once_however_often_it_is_asked(found: list[Paper]) -> None:
    once = sorted(counted_once(found), key=lambda one: one.key)
    assert sorted(counted_once(once), key=lambda one: one.key) == once


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Paper, Paper]:
    """A paper and the same one with something changed, taken away or added."""
    kind = draw(st.sampled_from(["log", "log", "register", "written"]))
    if kind == "register":
        first, second = (register(key, r9=draw(SCORES), r12=draw(SCORES), r2=draw(SCORES)) for key in ("v#0", "w#0"))
    elif kind == "written":
        form = draw(st.sampled_from(["reflection", "study_plan", "study_report"]))
        words = st.sampled_from(["甲", "乙", None])
        first, second = (paper(form, {"topic": "一", "goals": draw(words)}, key) for key in ("v#0", "w#0"))
    else:
        filled = rows().filter(lambda row: None not in row.values())  # a blank that is filled says more, not otherwise
        kept = draw(st.lists(filled, min_size=1, max_size=5))
        changed = [row if draw(st.booleans()) else draw(filled) for row in kept if draw(st.booleans())]
        day = draw(st.sampled_from(DAYS))
        first, second = log(day, *kept, key="v#0", gains="好"), log(day, *changed, key="w#0", gains="好")
    return first, second


@settings(max_examples=often(80), deadline=None)
@given(files(), two_versions())
def test_two_versions_never_count_for_more_than_the_better_of_them(
    found: list[Paper], versions: tuple[Paper, Paper]
) -> None:
    others = [one for one in found if one.submission.form in ("attendance", "appraisal")]
    both, *alone = (
        assess(SCHEME, PERSON, [*others, *some], AFTER) for some in (versions, *([one] for one in versions))
    )
    for line in zip(both.points, *(one.points for one in alone), strict=True):
        assert line[0].points <= max(one.points for one in line[1:]), line
    for measure, number in both.counts:
        assert number <= max(dict(one.counts)[measure] for one in alone), measure
    assert sum(one.at_most for one in both.points) >= max(one.points_now for one in alone)


@settings(max_examples=often(60), deadline=None)
@given(files(), two_versions())
def test_once_a_person_chose_a_version_it_is_as_if_the_other_had_not_come(
    found: list[Paper], versions: tuple[Paper, Paper]
) -> None:
    others = [one for one in found if one.submission.form in ("attendance", "appraisal")]
    first, second = versions
    [copies] = copies_of(versions)
    chosen = replace(first, choice=Choice(1, ("v#0", "w#0")))
    if copies.asks:
        decided = assess(SCHEME, PERSON, [*others, chosen, second], AFTER)
        assert decided == assess(SCHEME, PERSON, [*others, chosen], AFTER)
