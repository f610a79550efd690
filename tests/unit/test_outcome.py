"""How programmes without points come to a verdict: by an assessor, by the person, or by what was handed in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from gengang.assess import Beside, Verdict, assess
from gengang.codecs import Value
from gengang.roster import Person
from gengang.rulings import Ruling
from gengang.schemefile import scheme_from_toml
from gengang.schememoving import Wish, moved
from gengang.schemeplaces import with_value
from gengang.submission import Paper
from gengang.workspace import preset_text
from tests.unit.rosters import paper, trainee
from tests.unit.seasons import season

ONE: Person = trainee()
START = date(2026, 3, 2)


def judged(name: str, papers: Sequence[Paper], as_of: date, end: date | None = None, *rulings: Ruling) -> Verdict:
    wish = Wish(start=START, end=end) if name not in ("cut-off", "six-weeks", "three-phases") else Wish(start=START)
    scheme = scheme_from_toml(moved(preset_text(name), wish).text)
    return assess(scheme, ONE, papers, as_of, Beside(rulings=rulings))


def one(form: str, key: str = "", **values: Value | None) -> Paper:
    return paper(form, values, key or f"{form}#0")


def conclusion(word: str, form: str = "process_evaluation") -> Paper:
    return one(form, conclusion=word, written_on="2026-06-20")


END = date(2026, 6, 30)


@pytest.mark.parametrize(("word", "outcome", "answer"), [("合格", "合格", "yes"), ("不合格", "不合格", "no")])
def test_an_assessors_conclusion_decides(word: str, outcome: str, answer: str) -> None:
    for name, form in (("term-plan", "process_evaluation"), ("middle-school", "performance_review")):
        verdict = judged(name, [conclusion(word, form)], date(2026, 7, 1), END)
        assert (verdict.outcome, verdict.answer) == (outcome, answer)
        assert (verdict.certificate, verdict.hours, verdict.score, verdict.outlook) == ("none", None, None, "")


def test_without_a_conclusion_nobody_can_tell_and_it_says_what_is_needed() -> None:
    verdict = judged("term-plan", [], date(2026, 7, 1), END)
    assert (verdict.outcome, verdict.answer, verdict.needs) == ("未考核", "cannot_tell", ("《过程评价表》的结论",))


def test_a_persons_word_stands_above_the_paper_and_is_all_where_there_is_none() -> None:
    said = Ruling(1, ONE.key, "conclude", "综合评定", "培训组织者", item="不合格")
    assert judged("term-plan", [conclusion("合格")], date(2026, 7, 1), END, said).outcome == "不合格"
    assert judged("six-weeks", [], date(2026, 5, 1), None, said).outcome == "不合格"
    assert judged("six-weeks", [], date(2026, 5, 1)).needs == ("培训组织者的评价结论",)


def test_ones_own_word_of_several_the_last() -> None:
    first = one("self_evaluation", "a#0", conclusion="未达到", written_on="2026-04-01")
    for name in ("personal-plan", "personal-practice"):
        assert judged(name, [], date(2026, 7, 1)).answer == "cannot_tell"
        assert judged(name, [first], date(2026, 7, 1)).outcome == "未完成"


@pytest.mark.parametrize("name", ["ten-teachers", "three-phases"])
def test_where_nobody_is_judged_it_is_whether_all_was_handed_in(name: str) -> None:
    end = END if name == "ten-teachers" else None
    scheme = scheme_from_toml(moved(preset_text(name), Wish(start=START, end=end)).text)
    assert scheme.calendar.end is not None
    assert scheme.closing is not None
    forms = [document.form for document in scheme.documents if document.tracked and document.per == "trainee"]
    papers = [one(form, log_date="2026-03-03") if form == "training_log" else one(form) for form in forms]
    late = date.fromordinal(scheme.closing.toordinal() + 1)
    assert judged(name, papers, scheme.calendar.end, end).outcome == "完成"
    assert judged(name, papers, START, end).answer == "cannot_tell"
    lacking = judged(name, papers[1:], scheme.closing, end)
    assert (lacking.outcome, bool(lacking.needs)) == ("未考核", True)
    assert judged(name, papers[1:], late, end).outcome == "未完成"


def test_a_text_that_breaks_off_gives_no_verdict_and_says_so() -> None:
    verdict = judged("cut-off", [], date(2026, 5, 1))
    assert (verdict.outcome, verdict.answer) == ("未考核", "cannot_tell")
    assert verdict.needs == ("方案没有写明评价办法（原文在第一阶段以后中断）",)


def test_a_scheme_that_withholds_for_no_absence_withholds_from_nobody() -> None:
    scheme = scheme_from_toml(with_value(preset_text("county-2016"), "outcomes.withhold_unexcused_at", "0"))
    verdict = assess(scheme, ONE, season(), date(2016, 12, 20))
    assert (verdict.outcome, verdict.certificate) == ("合格", "issue")


def test_a_rhythm_that_was_not_kept_is_named_by_its_weeks() -> None:
    reports: list[Any] = [one("weekly_report", f"w{day}#0", reported_on=f"2026-03-{day}") for day in (13, 27)]
    verdict = judged("six-weeks", reports, date(2026, 4, 6))
    said = {short.requirement: short.sentence for short in verdict.shortfall}
    assert said["weekly_reports"] == "周报：第3周、第5周不够（每周周报不少于1份）。"
