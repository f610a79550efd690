"""What the office asks for and tells in the season: to each their own, neutrally, and no name but a ticked one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from gengang.errors import WorkspaceError
from gengang.office import bulletin, chasing, leaders, progress
from gengang.office.catalogue import laid_ready
from gengang.office.kinds import Asking
from gengang.office.pace import candidates, may_be_named
from gengang.papers.draft import Draft
from gengang.papers.missing import CHAT_LIMIT
from gengang.ticks import NOTHING_TOLD, Asked, Tick, Told, Written
from tests.unit.cohorts import OUR_SCHEME
from tests.unit.officed import FAILED, GUIDE, PASSED, PEOPLE, WITHHELD, material, nobody
from tests.unit.rosters import paper
from tests.unit.seasons import DAYS, plan

ALL = Asking()
LATE = date(2016, 12, 10)
OCTOBER = date(2016, 10, 31)
BLAME = ("过期", "逾期", "批评", "不合格", "拖欠", "未完成")


def said(draft: Draft) -> str:
    """Everything that a paper says."""
    return repr((draft.values, draft.lists))


def rows(draft: Draft, name: str) -> list[Mapping[str, object]]:
    return list(draft.lists[name])


def named(text: str) -> set[str]:
    return {one.name for one in (*PEOPLE, GUIDE) if one.name in text}


# --- 催交 ---------------------------------------------------------------------------------------------------------


def test_each_is_asked_for_what_is_theirs_and_nobody_reads_of_others() -> None:
    made = {draft.file: draft for draft in chasing.notices(material(LATE), ALL)}
    assert set(made) == {
        "催交/派出学校/02李河中学_催交通知", "催交/派出学校/03王沟学校_催交通知",
        "催交/基地校/05XX县XX实验学校_催交通知",
        "催交/学员/初中/02李河中学_阿卜杜热合曼·买买提_催交通知", "催交/学员/小学/03王沟学校_李𬱖_催交通知",
    }  # fmt: skip
    own = made["催交/学员/小学/03王沟学校_李𬱖_催交通知"]
    assert (own.person, named(said(own))) == (FAILED.key, {FAILED.name})
    wanted = {"number": 3, "paper": "附件1研修日志", "about": None, "lacking": "收到1份，应交10份", "due": "12月7日"}
    assert wanted in rows(own, "items")
    school = made["催交/派出学校/03王沟学校_催交通知"]
    assert {row["paper"] for row in rows(school, "items")} == {"附件3报名表", "附件4个人信息登记表"}
    assert named(said(school)) == {FAILED.name}
    base = rows(made["催交/基地校/05XX县XX实验学校_催交通知"], "items")
    assert [(row["mentor"], row["about"], row["paper"]) for row in base] == [
        (GUIDE.name, WITHHELD.name, "附件2鉴定表"), (GUIDE.name, FAILED.name, "附件2鉴定表"),
        (GUIDE.name, WITHHELD.name, "个人研修方案"), (GUIDE.name, FAILED.name, "个人研修方案"),
    ]  # fmt: skip
    assert not any(word in said(draft) for draft in made.values() for word in BLAME)


def test_one_person_or_school_is_asked_alone_and_a_wrong_name_is_said() -> None:
    season = material(LATE)
    assert [one.person for one in chasing.notices(season, Asking(person=FAILED.name))] == [FAILED.key]
    assert [one.file for one in chasing.notices(season, Asking(school="李河初中"))] == [
        "催交/派出学校/02李河中学_催交通知"
    ]
    for wrong in (Asking(person="王五"), Asking(school="没有的学校")):
        with pytest.raises(WorkspaceError):
            chasing.notices(season, wrong)


def test_a_chat_text_is_short_and_blames_nobody() -> None:
    [file] = chasing.texts(material(LATE), ALL)
    texts = [block.partition("\n")[2] for block in file.text.strip().split("\n\n")]
    assert len(texts) == 6
    assert max(map(len, texts)) <= CHAT_LIMIT
    assert not any(word in text for text in texts for word in BLAME)
    assert not any(one.id_number in file.text for one in PEOPLE)
    assert "研修报告（应于12月7日前报送）" in file.text


def test_the_register_counts_how_often_each_was_asked_and_keeps_what_has_come() -> None:
    asked = tuple(
        Asked("trainee", one.key, "", documents, "微信", date(2016, 12, day), "王老师", number=day)
        for one, documents, day in (
            (FAILED, ("研修报告",), 8), (FAILED, ("研修报告", "附件1 研修日志"), 9), (PASSED, ("研修报告",), 8),
        )
    )  # fmt: skip
    [draft] = chasing.register(material(LATE, Told(asked=asked)), ALL)
    found = {(row["name"], row["paper"]): row for row in rows(draft, "items")}
    report = found[FAILED.name, "研修报告"]
    assert (report["times"], report["asked"], report["by"], report["state"]) == (
        2, "12月8日微信；12月9日微信", "王老师", "逾期3天",
    )  # fmt: skip
    assert found[FAILED.name, "附件1研修日志"]["times"] == 1
    assert found[FAILED.name, "行动研究报告"]["times"] is None
    assert (found[PASSED.name, "研修报告"]["state"], found[PASSED.name, "研修报告"]["times"]) == ("已交", 1)
    assert draft.values["open"] == len(rows(draft, "items")) - 1


# --- 通报 ---------------------------------------------------------------------------------------------------------

STORY = "基地校教研组每周组织一次集体备课，学校领导重视，安排周到。导师坚持小组合作的做法很有效，学生主动参与课堂。"


def bulletins(as_of: date = OCTOBER, told: Told = NOTHING_TOLD, month: date | None = None) -> tuple[Draft, Draft]:
    """The 通报 and its 素材 of a cohort of which one has a plan and keeps behind it."""
    story = replace(paper("study_report", {"gains": STORY}, "story#0", date(2016, 10, 20)), person=PASSED.key)
    planned = replace(plan(*DAYS[:14]), person=FAILED.key)
    kept = replace(plan(*DAYS[:10], key="other#0"), person=WITHHELD.key)
    first, second = bulletin.drafts(material(as_of, told, (story, planned, kept)), Asking(month=month))
    return first, second


def test_a_bulletin_without_a_persons_parts_is_a_draft_and_names_nobody() -> None:
    draft, sheet = bulletins()
    text = str(draft.values["sections"])
    assert (draft.values["status"], draft.file) == ("草稿", "通报/学员情况通报_2016年10月")
    headings = [line for line in text.splitlines() if line[1:2] == "、"]
    assert headings == ["一、总体进展", "二、基地校管理", "三、好经验好做法", "四、存在问题", "五、下一步要求"]
    assert text.count("待补充。") == 2
    assert not named(said(draft))
    assert "累计研修日志21篇、听课41节、上课6节" in text
    assert "12月7日前报送考勤表、研修日志" in text
    assert "有记录的研修日少于本人研修方案安排的1名" in text
    assert sheet.file == "通报/内部/通报素材_2016年10月"


def test_what_a_person_wrote_and_ticked_stands_in_it_and_nothing_else() -> None:
    wrote = tuple(Written("bulletin", part, f"{part}写好了。", "王老师", "2016-10") for part in ("base", "practice"))
    elsewhere = (Tick("criticism", PASSED.key, "九月没有日志", "王老师", "2016-09"),)
    ticks = (*elsewhere, Tick("criticism", FAILED.key, "研修日志没有按时填写", "王老师", "2016-10"))
    draft, sheet = bulletins(told=Told(ticks, wrote))
    text = str(draft.values["sections"])
    assert draft.values["status"] == "送审稿"
    assert "base写好了。" in text
    assert "通报批评" in text
    assert "李𬱖（王沟学校）：研修日志没有按时填写。" in text
    assert named(said(draft)) == {FAILED.name}
    assert [(row["name"], row["ticked"]) for row in rows(sheet, "people") if row["ticked"]] == [
        (FAILED.name, "已勾选")
    ]  # fmt: skip


def test_a_number_makes_it_a_letter_only_when_nothing_is_left_to_write() -> None:
    with pytest.raises(WorkspaceError, match="待补充"):
        bulletin.drafts(material(OCTOBER), Asking(number="安进〔2016〕9号"))
    wrote = tuple(Written("bulletin", part, "写好了。", "王老师", "2016-10") for part in ("base", "practice"))
    letter, _ = bulletin.drafts(material(OCTOBER, Told(written=wrote)), Asking(number="安进〔2016〕9号"))
    assert letter.values["status"] is None
    assert letter.letterhead is not None
    assert (letter.letterhead.number, letter.letterhead.issuer) == ("安进〔2016〕9号", "安和县教师进修学校")


def test_excerpts_are_offered_whole_with_their_source_and_a_number_that_stays() -> None:
    _, sheet = bulletins()
    [base] = rows(sheet, "base")
    [practice] = rows(sheet, "practice")
    assert base["text"] == "基地校教研组每周组织一次集体备课，学校领导重视，安排周到。"
    assert base["source"] == "张三，研修报告，10月20日"
    assert "小组合作的做法很有效" in str(practice["text"])
    assert base["number"] == rows(bulletins(date(2016, 11, 5), month=OCTOBER)[1], "base")[0]["number"]
    assert rows(bulletins(date(2016, 11, 30))[1], "base") == []  # October's story is told in October


def test_before_half_of_the_window_nobody_is_proposed_and_later_by_the_own_plan() -> None:
    september, half = date(2016, 9, 30), date(2016, 10, 16)
    season = material(LATE, more=(replace(plan(*DAYS[:14]), person=FAILED.key),))
    assert not may_be_named(season.judged, september)
    assert candidates(season.judged, september) == ()
    assert may_be_named(season.judged, half)
    assert not may_be_named(season.judged, date(2016, 10, 15))
    found = {one.person.name: one.why for one in candidates(season.judged, OCTOBER)}
    assert found == {
        "张三": "个人研修方案未收到，有记录的研修日10天",
        "阿卜杜热合曼·买买提": "个人研修方案未收到，有记录的研修日10天",
        "李𬱖": "本人方案已安排13天，有记录的研修日1天，研修日志1篇",
    }
    assert "研修时间未过半" in str(bulletins(september)[1].values["naming"])


@pytest.mark.parametrize(("day", "ready"), [
    (date(2016, 9, 29), False), (date(2016, 9, 30), True), (date(2016, 10, 8), True), (date(2016, 10, 9), False),
    (date(2016, 10, 31), True), (date(2016, 11, 30), True), (date(2016, 12, 20), False),
])  # fmt: skip
def test_a_run_lays_it_ready_at_the_end_of_each_month_of_the_scheme(day: date, ready: bool) -> None:
    season = material(day)
    assert bulletin.is_due(season) is ready
    kinds = [one.kind for one in laid_ready(season) if one.kind.startswith("bulletin")]
    assert kinds == (["bulletin", "bulletin_sheet"] if ready else [])
    assert not bulletin.is_due(nobody(day))


def test_the_scheme_says_how_often_and_a_month_without_one_is_said() -> None:
    once = replace(OUR_SCHEME, bulletins=replace(OUR_SCHEME.bulletins, rhythm="once"))
    none = replace(OUR_SCHEME, bulletins=replace(OUR_SCHEME.bulletins, rhythm="none"))
    assert [bulletin.is_due(material(OCTOBER, scheme=one)) for one in (once, none)] == [False, False]
    assert bulletin.drafts(material(OCTOBER, scheme=none), ALL) == ()
    with pytest.raises(WorkspaceError, match="2016-09、2016-10、2016-11"):
        bulletin.drafts(material(OCTOBER), Asking(month=date(2016, 12, 1)))


# --- 个人进度单, 领导要数 ------------------------------------------------------------------------------------------


def test_a_sheet_shows_points_by_line_and_what_is_missing_by_when() -> None:
    season = material(LATE)
    [draft] = progress.drafts(season, Asking(person=FAILED.name, month=date(2016, 11, 1)))
    assert (draft.person, draft.file) == (FAILED.key, "个人进度单/2016年11月/小学/03王沟学校_李𬱖")
    assert [row["item"] for row in rows(draft, "points")] == [one.name for one in OUR_SCHEME.items]
    assert draft.values["total"] == "6.00分（满分100分）"
    assert {"what": "附件1研修日志（还差9份）", "who": "学员", "due": "12月7日前"} in rows(draft, "missing")
    assert named(said(draft)) == {FAILED.name, GUIDE.name}
    [done] = progress.drafts(season, Asking(person=PASSED.key))
    assert done.values["outlook"] == "各项得分已定。"
    assert rows(done, "missing") == [{"what": "没有缺件，各项任务已达到规定数量", "who": None, "due": None}]
    assert len(progress.drafts(season, ALL)) == 3


def test_the_card_for_leaders_has_figures_and_no_name() -> None:
    [draft] = leaders.drafts(material(LATE), ALL)
    told = {str(row["about"]): str(row["said"]) for row in rows(draft, "items")}
    assert told["规模"] == "参加研修的学员3名（小学2名、初中1名），来自3所学校，应报学校3所、已报3所。"
    assert told["考核"] == "考核结果：合格1名、合格（证书缓发）1名、不合格1名。"
    assert told["材料"].startswith("材料交齐的学员1名，占33.3%；")
    assert not named(said(draft))
    [empty] = leaders.drafts(nobody(OCTOBER), ALL)
    assert rows(empty, "items")[0]["said"] == "学员名单尚未确定。"
