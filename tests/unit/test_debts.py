"""Who owes what: the lists of one reminder for each school, the base school, each mentor and each trainee."""

from dataclasses import replace
from datetime import date

from gengang.assess import assess
from gengang.debts import Debt, Handed, missing_by_debtor
from gengang.roster import Pair, Roster
from tests.unit.rosters import BASE, SCHOOLS, id_number, mentor, roster, trainee
from tests.unit.seasons import AFTER, DAYS, SCHEME, attendance, logs, season

ZHANG = trainee()
LI = trainee("李四", "李河中学", "初中", "数学", id_number("19800101", "001"))
GUIDED = replace(roster(ZHANG, LI, mentors=(mentor(),)), pairs=(Pair(ZHANG.key, mentor().key),))


def debts(made: Roster, as_of: date = AFTER) -> tuple[Debt, ...]:
    files = {ZHANG.key: [attendance(), *logs()[:8]], LI.key: []}
    verdicts = [assess(SCHEME, one, files[one.key], as_of) for one in made.trainees]
    return missing_by_debtor(verdicts, made, SCHEME, as_of)


def names(found: tuple[Debt, ...], debtor: str) -> dict[str, list[tuple[str, str]]]:
    return {debt.name: [(item.document, item.about) for item in debt.items] for debt in found if debt.debtor == debtor}


def test_every_debtor_has_their_own_lines() -> None:
    found = debts(GUIDED)
    assert names(found, "school") == {
        "王沟学校": [("附件3 报名表", ""), ("附件3 报名表", "")],
        "张村小学": [("附件4 个人信息登记表", "张三")],
        "李河中学": [("附件4 个人信息登记表", "李四")],
    }
    assert names(found, "base_school") == {
        BASE.name: [
            ("指导教师安排表", "李四"),
            ("附件2 鉴定表", "张三"),
            ("个人研修方案", "李四"),
            ("考勤表", "李四"),
            ("附件2 鉴定表", "李四"),
            ("考核登记表", "李四"),
        ]
    }
    assert names(found, "mentor") == {"周明": [("个人研修方案", "张三"), ("考核登记表", "张三")]}
    own = ("个人学习计划", "个人专业发展规划", "附件1 研修日志", "教育教学反思", "行动研究报告", "研修报告")
    assert names(found, "trainee") == {name: [(paper, name) for paper in own] for name in ("张三", "李四")}


def test_lines_say_the_day_and_whether_it_has_passed() -> None:
    school, *_ = [debt for debt in debts(GUIDED) if debt.debtor == "school"]
    assert [item.sentence for item in school.items] == [
        "附件3 报名表：小学尚未报名（9月5日已过期）。",
        "附件3 报名表：初中尚未报名（9月5日已过期）。",
    ]
    assert all(item.overdue and item.clause == "W-02" for item in school.items)
    early, *_ = [debt for debt in debts(GUIDED, date(2016, 9, 5)) if debt.debtor == "school"]
    assert early.items[0].sentence == "附件3 报名表：小学尚未报名（9月5日前）。"
    assert not early.items[0].overdue


def test_debtors_are_in_order_and_known_by_key() -> None:
    found = debts(GUIDED)
    order = ["school", "base_school", "mentor", "trainee"]
    places = [order.index(debt.debtor) for debt in found]
    assert places == sorted(places)
    assert [debt.key for debt in found if debt.debtor == "trainee"] == [ZHANG.key, LI.key]
    assert next(debt.key for debt in found if debt.debtor == "base_school") == BASE.key


def test_nobody_owes_anything_of_a_whole_season() -> None:
    made = replace(roster(ZHANG, mentors=(mentor(),)), schools=SCHOOLS[:1])
    verdict = assess(SCHEME, ZHANG, season(), AFTER)
    assert missing_by_debtor([verdict], made, SCHEME, AFTER) == ()


def test_a_roster_without_a_base_school_still_has_its_line() -> None:
    made = Roster(SCHOOLS[:1], (ZHANG,))
    assert "基地校" in names(
        missing_by_debtor([assess(SCHEME, ZHANG, [], DAYS[0])], made, SCHEME, DAYS[0]), "base_school"
    )


def test_papers_that_are_no_trainees_are_asked_of_the_base_school_and_of_each_mentor() -> None:
    verdicts = [assess(SCHEME, one, [], AFTER) for one in GUIDED.trainees]
    guide = mentor()
    for base, own, lacking in (
        ((), (), {"base_school": ["基地校研修方案"], "mentor": ["指导工作总结"]}),
        (("base_school_plan",), ("mentor_summary",), {"base_school": [], "mentor": []}),
    ):
        handed = Handed(frozenset(base), {guide.key: frozenset(own)})
        found = missing_by_debtor(verdicts, GUIDED, SCHEME, AFTER, handed)
        told = {debtor: [item.document for debt in found if debt.debtor == debtor for item in debt.items
                         if not item.about] for debtor in ("base_school", "mentor")}  # fmt: skip
        assert told == lacking
        clauses = {item.document: item.clause for debt in found for item in debt.items}
        assert base or (clauses["基地校研修方案"], clauses["指导工作总结"]) == ("W-03", "M-07")
