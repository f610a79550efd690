"""Judged rows: which of several words counts, what is asked about, and what an empty row means for the verdict."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gengang.assess import Beside, Verdict, assess
from gengang.judgements import Judgement, Settled, items_of_assessor, settled
from gengang.points import PointLine
from gengang.scheme import Item, Scheme
from gengang.submission import Paper
from tests.unit.rosters import paper, trainee
from tests.unit.seasons import AFTER, DAYS, SCHEME, attendance, log, logs, marks, register, row, season, written_papers

MENTOR, BASE, COLLEGE = "指导教师", "基地校", "教师进修学校"
EARLY, LATE = date(2016, 12, 1), date(2016, 12, 5)
UNJUDGED = paper("assessment_register", {"mentor_signed_on": "2016-12-02"}, "g#0")
FULL_WORDS = ("R3 15", "R6 9", "R9 6", "R10 6", "R11 5", "R12 5")


def item(name: str) -> Item:
    return next(one for one in SCHEME.items if one.id == name)


def word(points: str, who: str = MENTOR, on: date | None = LATE, of: str = "R9", key: str = "s#0") -> Judgement:
    """A row of a 评分表."""
    return Judgement(item(of).register, Decimal(points), who, "李老师", on, "sheet", key, f"{key}.xlsx")


def words(*said: str, who: str = COLLEGE) -> tuple[Judgement, ...]:
    """`R9 6` and the like."""
    return tuple(word(points, who, LATE, of) for of, points in (one.split() for one in said))


def judged(
    papers: Sequence[Paper], judgements: Sequence[Judgement] = (), as_of: date = AFTER, scheme: Scheme = SCHEME
) -> Verdict:
    return assess(scheme, trainee(), papers, as_of, Beside(judgements=tuple(judgements)))


def computed() -> list[Paper]:
    return [attendance(), *logs(), *written_papers()]


def line(verdict: Verdict, name: str) -> PointLine:
    [found] = [one for one in verdict.points if one.item == name]
    return found


def told(verdict: Verdict, code: str) -> list[str]:
    return [one.message for one in verdict.findings if one.code == code]


# --- which word counts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ((), None),
        ((word("5"),), "5"),
        ((word("5"), word("4", COLLEGE, EARLY)), "4"),
        ((word("5", on=EARLY), word("4", on=LATE)), "4"),
        ((word("5", on=LATE), word("4", on=EARLY)), "5"),
        ((word("5"), word("5", key="t#0")), "5"),
        ((word("5"), word("4")), None),
        ((word("5"), word("4"), word("3", COLLEGE)), "3"),
        ((word("5"), word("4", COLLEGE), word("3", COLLEGE)), None),
        ((word("5", BASE),), None),
        ((word("5", on=None),), "5"),
        ((word("5", on=None), word("4")), None),
        ((word("5", on=None), word("5")), "5"),
        ((word("5", "专家"), word("4")), "4"),
    ],
)
def test_which_word_counts(said: tuple[Judgement, ...], counts: str | None) -> None:
    for order in (said, said[::-1]):
        found = settled(item("R9"), order).counts
        assert (found and found.points) == (counts and Decimal(counts))


def test_nobody_said_anything() -> None:
    assert settled(item("R9"), ()) == Settled()


def test_an_unsigned_row_of_the_register_is_a_proposal_beside_a_word_with_a_day() -> None:
    """The register's R10 has no day of the college's while that has not signed; alone it counts as before."""
    papers = [*computed(), register(r10="6")]
    assert line(judged(papers), "R10").points == 6
    verdict = judged(papers, [word("4", COLLEGE, of="R10")])
    assert (line(verdict, "R10").points, verdict.score) == (Decimal(4), Decimal(98))
    assert told(verdict, "judgements_differ") == [
        "各方评分不同：研修报告教师进修学校评4分、考核登记表（未签名）6分，按教师进修学校的计。"
    ]


def test_the_line_names_assessor_day_and_paper() -> None:
    found = line(judged(computed(), [word("5")]), "R9")
    assert (found.assessor, found.assessed_on, found.points) == (MENTOR, LATE, Decimal(5))
    assert found.sources == ("action_research_report#0", "s#0")
    assert found.how == "指导教师在评分表评5分（李老师，12月5日），另计5分。"
    of_register = line(judged([*computed(), register()]), "R9")
    assert (of_register.assessed_on, of_register.sources[-1]) == (date(2016, 12, 2), "g#0")
    assert of_register.how == "指导教师在考核登记表评6分，另计6分。"


def test_a_register_and_a_later_sheet_of_the_same_assessor() -> None:
    assert line(judged([*computed(), register(r9="6")], [word("3")]), "R9").points == 3
    assert line(judged([*computed(), register(r9="6")], [word("3", on=EARLY)]), "R9").points == 6


def test_what_differs_between_assessors_is_one_line() -> None:
    verdict = judged([*computed(), register(r9="6", r11="5")], [*words("R9 4", "R11 3"), word("4", BASE, of="R11")])
    assert (line(verdict, "R9").points, line(verdict, "R11").points) == (Decimal(4), Decimal(3))
    assert told(verdict, "judgements_differ") == [
        "各方评分不同：行动研究报告指导教师评6分、教师进修学校评4分，按教师进修学校的计；"
        "指导教师评价基地校评4分、指导教师评5分、教师进修学校评3分，按教师进修学校的计。"
    ]
    assert not told(judged([*computed(), register()], words("R9 6")), "judgements_differ")


def test_two_words_of_one_assessor_and_day_are_asked_about_and_the_item_stays_open() -> None:
    verdict = judged(computed(), [word("5"), word("4", key="t#0"), *words("R10 6")])
    found = line(verdict, "R9")
    assert (found.points, found.at_most, verdict.outcome, verdict.score) == (Decimal(0), Decimal(6), "合格", None)
    assert found.how == "同一评分方同一天评了5分、4分，核定前不计，最多6分。"
    assert told(verdict, "judgements_contradict") == [
        "同一评分方同一天（或没有写日期）评了不同的分，请核对以哪个为准，核定前不计："
        "行动研究报告指导教师12月5日在评分表评5分、在评分表评4分。"
    ]
    assert [one.severity for one in verdict.findings if one.code == "judgements_contradict"] == ["manual"]


def test_the_base_school_proposes() -> None:
    verdict = judged(computed(), [word("5", BASE)])
    assert (line(verdict, "R9").points, line(verdict, "R9").at_most) == (Decimal(0), Decimal(6))
    assert line(verdict, "R9").how == "基地校拟评5分，待指导教师评定或教师进修学校认定，最多6分。"


@pytest.mark.parametrize(("given", "points"), [("6", 6), ("7", 6), ("100", 6)])
def test_a_score_above_the_maximum_is_capped_and_asked(given: str, points: int) -> None:
    verdict = judged(computed(), [word(given)])
    assert line(verdict, "R9").points == points
    asked = [] if given == "6" else [f"行动研究报告指导教师评{given}分，超过分值，按6分封顶，请核对。"]
    assert told(verdict, "score_over_max") == asked


def test_the_score_of_a_sheet_is_of_the_whole_item() -> None:
    """As in the register: of R3's 15 eight are computed, of R6's nine six."""
    verdict = judged(computed(), words("R3 14", "R6 8"))
    assert (line(verdict, "R3").points, line(verdict, "R6").points) == (Decimal(14), Decimal(8))
    assert judged(computed(), words("R3 2")).points_now == judged(computed()).points_now
    assert not told(judged([*computed(), register(r3="15")], words("R3 14")), "score_differs")


def test_what_no_paper_supports_is_said_of_each_source() -> None:
    bare = [attendance(), *logs()]
    verdict = judged(bare, [*words("R9 6", "R12 5"), word("5", of="R11")])
    assert told(verdict, "no_record") == ["只有评分表的评分，没有佐证材料：行动研究报告、基地校评价。"]
    assert not told(judged(season(), words("R9 6")), "no_record")


@pytest.mark.parametrize(
    ("who", "names"),
    [
        (MENTOR, ["R3", "R6", "R9", "R11"]),
        (BASE, ["R12"]),
        (COLLEGE, ["R3", "R6", "R9", "R10", "R11", "R12"]),
    ],
)
def test_an_assessor_judges_their_own_items_and_the_college_confirms_all(who: str, names: list[str]) -> None:
    assert [one.id for one in items_of_assessor(SCHEME, who)] == names


# --- the verdict (section 4) -------------------------------------------------------------------------------------


def test_sheets_alone_come_to_a_hundred_as_a_register_does() -> None:
    verdict = judged(computed(), words(*FULL_WORDS))
    assert (verdict.score, verdict.outcome, verdict.answer) == (Decimal(100), "合格", "yes")


def test_computed_rows_that_decide_let_the_verdict_stand_with_the_score_open() -> None:
    for papers in (computed(), [*computed(), UNJUDGED]):
        verdict = judged(papers)
        assert (verdict.points_now, verdict.score, verdict.answer, verdict.outcome) == (
            Decimal(68),
            None,
            "yes",
            "合格",
        )


def test_an_empty_judged_row_that_may_decide_is_cannot_tell_yet() -> None:
    papers = [attendance(), *logs(DAYS[:6])]  # 47.8 points; reflections and plans lack
    verdict = judged(papers, words("R3 15", "R9 4"))
    assert (verdict.outcome, verdict.answer, verdict.score) == ("未考核", "cannot_tell", None)
    assert "研修报告" in verdict.needs[-1]
    assert "行动研究报告" not in verdict.needs[-1]
    assert judged(papers, words("R3 15", "R9 6", "R10 6")).outcome == "合格"
    lost = judged(papers, words("R3 8", "R6 0", "R9 0", "R10 0", "R11 0"))
    assert (lost.outcome, lost.answer) == ("不合格", "no")  # the row that is left cannot bring sixty


def test_before_anybody_judged_the_register_is_asked_for() -> None:
    needs = judged([attendance()]).needs
    assert needs[0] == "考核登记表（评价分）"
    assert judged([attendance()], words("R9 6"), as_of=date(2016, 11, 1)).needs[0] != needs[0]


@pytest.mark.parametrize(
    ("given", "outcome", "shown"),
    [("2", "合格", "60.00"), ("2.00", "合格", "60.00"), ("1.995", "不合格", "59.99"), ("1.99", "不合格", "59.99")],
)
def test_sixty_passes_and_not_a_hair_less(given: str, outcome: str, shown: str) -> None:
    """Five half days unexcused leave 58 computed points; all judged rows but one are nought."""
    sheets = [marks(DAYS[10 + n], "缺勤", None, f"absent{n}#0") for n in range(5)]
    scheme = replace(SCHEME, outcomes=replace(SCHEME.outcomes, withhold_unexcused_at=Decimal(3)))
    said = words("R3 0", "R6 0", f"R9 {given}", "R10 0", "R11 0", "R12 0")
    verdict = judged([*computed(), *sheets], said, scheme=scheme)
    assert (verdict.outcome, str(verdict.score)) == (outcome, shown)


@pytest.mark.parametrize(
    ("halves", "points", "outcome"), [(0, "100", "合格"), (3, "94", "合格"), (4, "92", "合格（证书缓发）")]
)
def test_a_day_and_a_half_costs_points_and_two_days_withhold(halves: int, points: str, outcome: str) -> None:
    sheets = [marks(DAYS[10 + n], "缺勤", None, f"absent{n}#0") for n in range(halves)]
    verdict = judged([*computed(), *sheets], words(*FULL_WORDS))
    assert (verdict.score, verdict.outcome) == (Decimal(points), outcome)


@pytest.mark.parametrize("given", ["15", "8", "0"])
def test_a_third_lesson_without_a_report_lesson_stays_at_eight(given: str) -> None:
    taught = [log(DAYS[n], row("上课", f"课{n}", "第4节")) for n in range(3)]
    verdict = judged([attendance(), *taught], words(f"R3 {given}"))
    assert (line(verdict, "R3").points, line(verdict, "R3").at_most) == (Decimal(8), Decimal(8))
    assert [one.clause for one in verdict.shortfall if one.requirement == "report_lessons"] == ["L-03c"]


@pytest.mark.parametrize(("gate", "state", "severity"), [
    ("manual", "manual", "manual"), ("warn", "issue", "warn"), ("block", "none", "error"),
])  # fmt: skip
@pytest.mark.parametrize(
    ("papers", "message"),
    [
        ([attendance(DAYS[:9]), *logs(), *written_papers()], "得分已够，但到岗9天，不足10天，发证前请确认。"),
        ([attendance(), *logs(lessons=0), *written_papers()], "得分已够，但听课没有记录，发证前请确认。"),
        ([attendance(), *logs(DAYS[:9], 1), *written_papers()], "得分已够，但听课9节，不足10节，发证前请确认。"),
    ],
)
def test_what_a_gate_of_missing_tasks_does(
    gate: str, state: str, severity: str, papers: list[Paper], message: str
) -> None:
    scheme = replace(SCHEME, outcomes=replace(SCHEME.outcomes, gate=gate))  # type: ignore[arg-type]
    verdict = judged(papers, words(*FULL_WORDS), scheme=scheme)
    gates = [(one.message, one.severity) for one in verdict.findings if one.code == "task_gate"]
    assert (message, severity) in gates
    assert (verdict.outcome, verdict.certificate) == ("合格", state)
