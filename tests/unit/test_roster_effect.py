"""What a changed roster changes: everybody and everything that becomes another, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from gengang.drafting import Judged
from gengang.judging import judged_of
from gengang.roster import Pair, Roster
from gengang.roster_effect import effect_lines, effect_of, roster_lines
from gengang.season import roster_facts
from tests.unit.facts_of_papers import AT, ME, came, key_of, numbered, read
from tests.unit.rosters import SCHOOLS, id_number, mentor, trainee
from tests.unit.seasons import SCHEME

ZHANG = trainee()
LI = trainee("李四", "李河中学", "初中", "数学", number=id_number("19800101", "001"))
ZHOU = mentor()
WAS = Roster(SCHOOLS, (ZHANG, LI), (ZHOU,), (Pair(ZHANG.key, ZHOU.key),))


def judged(roster: Roster) -> Judged:
    """One log of 张三 and nothing else, under a roster."""
    log = came("张村/张三日志.docx"), read("张三日志.docx", "training_log", ZHANG, {"log_date": "2016-09-05"})
    return judged_of(numbered(*roster_facts(roster, "0" * 64, "workbook", ME, AT), *log), SCHEME, date(2016, 12, 31))


BEFORE = judged(WAS)


def test_the_same_roster_changes_nothing() -> None:
    assert effect_lines(effect_of(BEFORE, judged(WAS))) == ()
    assert not effect_of(BEFORE, judged(WAS)).grave


def test_who_is_added_and_paired_is_told_and_waits_for_nobody() -> None:
    wang = trainee("王五", number=id_number("19810101", "001"))
    now = replace(WAS, trainees=(*WAS.trainees, wang), pairs=(*WAS.pairs, Pair(wang.key, ZHOU.key)))
    effect = effect_of(BEFORE, judged(now))
    assert roster_lines(effect) == ("新增：张村小学 王五", "新结对：王五—周明")
    assert not effect.grave


def test_who_goes_without_papers_waits_for_nobody() -> None:
    effect = effect_of(BEFORE, judged(replace(WAS, trainees=(ZHANG,))))
    assert roster_lines(effect) == ("去掉：李河中学 李四",)
    assert not effect.grave


def test_who_goes_with_papers_is_grave_and_their_papers_are_told() -> None:
    effect = effect_of(BEFORE, judged(replace(WAS, trainees=(LI,), pairs=())))
    assert effect_lines(effect) == (
        "去掉：张村小学 张三（名下有1份材料）",
        "不再结对：张三—周明",
        "材料“张村/张三日志.docx”：张村小学 张三→认不出是谁的",
    )
    assert [one.key for one in effect.moved] == [key_of("张三日志.docx")]
    assert effect.grave


def test_a_field_is_told_with_both_values_and_a_number_without() -> None:
    now = replace(ZHANG, title="高级教师", phone="13900139000")
    [line] = roster_lines(effect_of(BEFORE, judged(replace(WAS, trainees=(now, LI)))))
    assert line == "改动：张村小学 张三：联系电话改了、职称 小学高级教师→高级教师"


@pytest.mark.parametrize(("was", "now", "grave"), [
    (id_number("19800101", "001"), id_number("19800101", "003"), True),
    ("", id_number("19800101", "003"), False),
    (id_number("19800101", "001"), "", True),
])  # fmt: skip
def test_a_changed_number_is_grave_and_one_that_is_completed_is_not(was: str, now: str, grave: bool) -> None:
    first, second = (replace(LI, id_number=number) for number in (was, now))
    rosters = [replace(WAS, trainees=(ZHANG, one)) for one in (first, second)]
    effect = effect_of(judged(rosters[0]), judged(rosters[1]))
    assert effect.grave is grave
    assert (was or now) not in "".join(effect_lines(effect))


def test_a_changed_number_that_makes_another_key_is_grave_too() -> None:
    """A workbook without our keys."""
    again = trainee("李四", "李河中学", "初中", "数学", number=id_number("19800101", "003"))
    assert effect_of(BEFORE, judged(replace(WAS, trainees=(ZHANG, again)))).grave


def test_a_verdict_that_becomes_another_is_told() -> None:
    after = judged(WAS)
    verdict = replace(after.verdicts[ZHANG.key], outcome="不合格", score=None)
    effect = effect_of(BEFORE, replace(after, verdicts={**after.verdicts, ZHANG.key: verdict}))
    [line] = effect_lines(effect)
    assert line.startswith("结论：张村小学 张三：考核结论 未考核→不合格")
