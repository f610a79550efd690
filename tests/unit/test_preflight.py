"""Before anything is printed: who lacks what on which paper, in the words of the form; what stays blank is not told."""

from dataclasses import replace

from gengang.papers.appraisal import appraisal_drafts
from gengang.papers.certificate import completion_draft
from gengang.papers.draft import Draft
from gengang.papers.figures import figures_of
from gengang.preflight import Gap, gaps_of, told
from gengang.roster import Person
from tests.unit.cohorts import FONTS, OUR_SCHEME, PASSED, papers_of, roster_of, verdicts_of, writers


def appraisals(person: Person) -> tuple[Draft, ...]:
    figures = figures_of(OUR_SCHEME, PASSED.key, papers_of(PASSED))
    return appraisal_drafts(person, (), figures, OUR_SCHEME, roster_of())


def certificate(**changed: str | None) -> Draft:
    draft = completion_draft(PASSED, verdicts_of()[PASSED.key], OUR_SCHEME, roster_of(), None, None)
    assert isinstance(draft, Draft)
    return replace(draft, values={**draft.values, **changed})


def gaps(*drafts: Draft) -> tuple[Gap, ...]:
    return gaps_of(drafts, writers(), FONTS)


def test_what_the_roster_does_not_know_is_named_once_for_three_copies() -> None:
    bare = replace(PASSED, ethnicity="", teaching_years=None)
    assert gaps(*appraisals(bare)) == (Gap(PASSED.key, "鉴定表", ("民族", "教龄")),)


def test_a_paper_with_everything_is_not_named_though_its_day_and_number_come_later() -> None:
    assert gaps(*appraisals(PASSED), certificate()) == ()


def test_what_would_keep_a_paper_from_being_printed_is_told_before() -> None:
    strange = certificate(name="张\U0003fff0", nmae="张三")
    [found] = gaps(strange)
    assert found.wrong == ("模板 certificate 没有这些字段：nmae", "没有字体能印出“\U0003fff0”")
    [none] = gaps(replace(certificate(), template="nothing"))
    assert none.wrong == ("没有可用的模板 nothing.docx",)


def test_one_line_for_each_person_and_what_is_nobodys_last() -> None:
    lines = told(
        (
            Gap("", "会议", ("地点",)),
            Gap(PASSED.key, "鉴定表", ("民族",)),
            Gap(PASSED.key, "证书", ("基地校",), ("没有字体",)),
        ),
        roster_of(),
    )
    assert lines == ("张村小学 张三：鉴定表缺民族；证书缺基地校，没有字体。", "不属于个人的材料：会议缺地点。")
