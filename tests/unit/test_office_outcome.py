"""What is filed and who is commended: figures from verdicts, no name but a ticked one, ID numbers masked or as text."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from gengang.drafting import Spent
from gengang.errors import WorkspaceError
from gengang.office import commending, filed
from gengang.office.catalogue import KINDS
from gengang.office.kinds import Asking
from gengang.office.platform_values import KNOWN, rows_of
from gengang.papers.draft import Draft
from gengang.platform_columns import filled, heads_of, opened
from gengang.schemefile import scheme_from_toml
from gengang.ticks import NOTHING_TOLD, Tick, Told, Written
from gengang.timetable import timetable_of
from tests.unit.officed import FAILED, GUIDE, PASSED, PEOPLE, WITHHELD, material, nobody, with_publicity

ALL = Asking()
DAY = date(2016, 12, 20)
PRAISE = Told((Tick("commended", PASSED.key, "汇报课受到好评", "王老师", "", "优秀学员"),))
# Papers that leave the office, or are read in a room.
OUTWARD = ("学员情况通报", "领导要数", "备案表", "各校汇总表", "表彰通报", "公示")


def rows(draft: Draft, name: str) -> list[Mapping[str, object]]:
    return list(draft.lists[name])


def said(draft: Draft) -> str:
    return repr((draft.values, draft.lists))


def drafted(name: str, told: Told = NOTHING_TOLD, days: int = 5) -> tuple[Draft, ...]:
    """A paper of the cohort; a 公示 is on."""
    [kind] = [one for one in KINDS if one.name == name]
    return kind.drafts(material(DAY, told, scheme=with_publicity(days)), ALL)


# --- nobody is named ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTWARD)
def test_a_paper_for_others_names_nobody_who_was_not_ticked(name: str) -> None:
    first = drafted(name, PRAISE)[0]
    assert {one.name for one in (*PEOPLE, GUIDE) if one.name in said(first)} <= {PASSED.name}
    assert (PASSED.name in said(first)) == (name in ("表彰通报", "公示"))


@pytest.mark.parametrize("name", ["表彰通报", "公示"])
def test_without_a_tick_nobody_is_commended(name: str) -> None:
    with pytest.raises(WorkspaceError, match="还没有勾选"):
        drafted(name)


@pytest.mark.parametrize("kind", [one for one in KINDS if one.part in ("季中", "结业")], ids=lambda kind: kind.name)
def test_every_paper_can_be_made_of_nobody_and_shows_no_number_of_an_id(kind: object) -> None:
    [paper_kind] = [one for one in KINDS if one is kind]
    for season in (nobody(DAY), material(DAY, PRAISE)):
        try:
            drafts = paper_kind.drafts(season, ALL)
        except WorkspaceError:
            continue
        assert not any(one.id_number in said(draft) for draft in drafts for one in (*PEOPLE, GUIDE))


OF_NOBODY = ("催交通知", "证书编号登记册")  # made only once something is owed, once a number was given

PRESETS = sorted((Path(__file__).parents[2] / "templates/schemes").glob("*.toml"))


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_every_plan_has_its_papers_or_says_why_not(path: Path) -> None:
    season = material(DAY, PRAISE, scheme=scheme_from_toml(path.read_text("utf-8")))
    for kind in KINDS:
        if kind.part in ("季中", "结业") and kind.name not in ("公示", "学员情况通报"):
            without = OF_NOBODY if season.judged.scheme.certificates else (*OF_NOBODY, "证书缓发名单")
            assert kind.drafts(season, ALL) or kind.name in without
            assert not kind.laid_ready(season)


# --- 表彰 ---------------------------------------------------------------------------------------------------------


def test_the_order_is_proposed_with_its_reasons_and_a_person_ticks() -> None:
    [draft] = commending.proposal(material(DAY), ALL)
    assert [(row["place"], row["name"], row["score"], row["ticked"]) for row in rows(draft, "people")] == [
        ("1", "张三", "100", None)
    ]  # fmt: skip
    assert rows(draft, "people")[0]["why"] == "得分100分，到岗10天，没有无故缺勤，各项任务达到规定数量"
    assert "方案没有写名额" in str(draft.values["rule"])
    beside = Told((*PRAISE.ticks, Tick("commended", WITHHELD.key, "补岗后表现好", "李老师")))
    [ticked] = commending.proposal(material(DAY, beside), ALL)
    assert [(row["name"], row["ticked"], row["why"]) for row in rows(ticked, "people")][1] == (
        WITHHELD.name, "已勾选", "不在候选之列，由李老师勾选：补岗后表现好",
    )  # fmt: skip


def test_the_schemes_places_count_and_equal_points_are_left_to_a_person() -> None:
    season = material(DAY)
    twin = season.judged.verdicts[PASSED.key]
    verdicts = {**season.judged.verdicts, FAILED.key: replace(twin, person=FAILED.key)}
    judged = replace(season.judged, verdicts=verdicts)
    scheme = replace(judged.scheme, commendation=replace(judged.scheme.commendation, places=1))
    [draft] = commending.proposal(replace(season, judged=replace(judged, scheme=scheme)), ALL)
    assert [row["place"] for row in rows(draft, "people")] == ["并列1", "并列1"]
    assert "第1名上下得分相同，由人决定" in str(draft.values["note"])
    assert "名额是1名" in str(draft.values["rule"])
    absent = replace(judged, verdicts={**verdicts, FAILED.key: replace(twin, unexcused=Decimal("0.5"))})
    assert [one.person for one in commending.candidates(absent)] == [PASSED]


def test_the_notice_names_who_was_ticked_and_stays_a_draft_while_the_publicity_lasts() -> None:
    [early] = commending.notice(material(date(2016, 12, 10), PRAISE, scheme=with_publicity(5)), ALL)
    said = Told(PRAISE.ticks, (Written("praise", "publicity", "经公示无异议。", "王老师"),))
    [untold] = commending.notice(material(DAY, PRAISE, scheme=with_publicity(5)), ALL)
    [over] = commending.notice(material(DAY, said, scheme=with_publicity(5)), ALL)
    [plain] = commending.notice(material(DAY, PRAISE), ALL)
    assert [one.values["status"] for one in (early, untold, over, plain)] == ["草稿", "草稿", "送审稿", "送审稿"]
    assert "公示" not in str(untold.values["decision"])
    assert over.values["decision"] == (
        "为表彰先进，经公示无异议，决定对张三同志予以通报表彰，授予“优秀学员”称号（名单见下表）。"
    )
    assert "经公示" not in str(plain.values["decision"])
    numbered = Asking(number="安教体〔2016〕12号")
    [letter] = commending.notice(material(DAY, said, scheme=with_publicity(5)), numbered)
    assert (letter.values["status"], letter.values["issued_on"]) == (None, "2016-12-20")
    with pytest.raises(WorkspaceError, match="公示期未满"):
        commending.notice(material(date(2016, 12, 10), PRAISE, scheme=with_publicity(5)), numbered)
    assert rows(over, "people")[0]["deed"] == "汇报课受到好评"


def test_a_publicity_is_off_by_default_and_when_on_the_calendar_shows_what_follows() -> None:
    with pytest.raises(WorkspaceError, match="默认"):
        commending.publicity(material(DAY, PRAISE), ALL)
    scheme = with_publicity(5)
    [draft] = commending.publicity(material(DAY, PRAISE, scheme=scheme), ALL)
    assert draft.values["term"] == "公示期为2016年12月8日至12月14日（5个工作日）。"
    [line] = [one for one in timetable_of(scheme) if one.what.startswith("公示")]
    assert (line.when, line.what) == ("12月8日至12月14日", "公示表彰名单（5个工作日，表彰通报在公示期满后印发）")
    assert not [one for one in timetable_of(with_publicity(0)) if one.what.startswith("公示")]


# --- files --------------------------------------------------------------------------------------------------------


def test_the_archive_has_a_line_for_each_and_one_of_its_own_for_absence() -> None:
    held = (Spent("J", PASSED.key, 7, "x", date(2016, 12, 9)), Spent("J", FAILED.key, 8, "x", None))
    [draft] = filed.archive_entries(material(DAY, spent=held), ALL)
    assert [(row["name"], row["result"], row["hours"]) for row in rows(draft, "people")] == [
        ("张三", "跟岗研修，合格", "60学时"),
        ("李𬱖", "跟岗研修，不合格", "0学时"),
        ("阿卜杜热合曼·买买提", "跟岗研修，合格（证书缓发）", "未定"),
        ("阿卜杜热合曼·买买提", "无故缺勤2天", None),
        ("周明", "担任跟岗研修指导教师", "未定"),
    ]
    assert [row["certificate"] for row in rows(draft, "people")][:2] == ["安教训结字〔2016〕第0007号", None]
    [alone] = filed.archive_entries(material(DAY), Asking(person=WITHHELD.key))
    assert (alone.person, len(rows(alone, "people"))) == (WITHHELD.key, 2)


def test_a_schools_line_has_numbers_and_no_rank() -> None:
    criticised = Tick("criticism", FAILED.key, "没有日志", "王老师", "2016-10")
    [draft] = filed.school_roll_up(material(DAY, Told((*PRAISE.ticks, criticised))), ALL)
    found = {str(row["school"]): row for row in rows(draft, "schools")}
    assert [found[name]["passed"] for name in ("张村小学", "李河中学", "王沟学校")] == [1, 1, 0]
    assert [found[name]["excellent"] for name in ("张村小学", "李河中学", "王沟学校")] == [1, 0, 0]
    assert (found["李河中学"]["absent"], found["王沟学校"]["criticised"]) == ("2", 1)
    assert (draft.values["passed"], draft.values["absent"], draft.values["criticised"]) == (2, "2", 1)
    [undecided] = filed.school_roll_up(material(DAY), ALL)
    assert {row["excellent"] for row in rows(undecided, "schools")} == {None}


def test_the_filing_form_and_the_mentors_list_count_what_is_settled() -> None:
    [form] = filed.filing_form(material(DAY), ALL)
    assert [form.values[name] for name in ("trainees", "passed", "withheld", "failed", "trainee_hours")] == [
        3, 2, 1, 1, 60,
    ]  # fmt: skip
    assert {"number": 2, "paper": "附件2鉴定表（3人，每人一式3份）", "copies": "9份"} in rows(form, "papers")
    [mentors] = filed.mentor_hours(material(DAY), ALL)
    [line] = rows(mentors, "mentors")
    assert (line["name"], line["hours"], mentors.values["settled"]) == ("周明", None, 0)
    assert "缺" in str(line["note"])


# --- a platform's own workbook -------------------------------------------------------------------------------------


def sample(folder: Path, *heads: str) -> Path:
    """A platform's sample: a title, headings, two rows of examples."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["教师培训学时导入模板"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    sheet.append(list(heads))
    sheet.append(["示例"] * len(heads))
    sheet["A3"].font = Font(name="宋体", size=9)
    sheet.append([1] * len(heads))
    path = folder / "平台模板.xlsx"
    book.save(path)
    return path


def test_id_numbers_are_text_in_the_platforms_own_columns(tmp_path: Path) -> None:
    book = opened(sample(tmp_path, "序号", "*姓名", "身份证件号（必填）", "所在单位", "学 时", "备注2"))
    heads = heads_of(book, KNOWN)
    assert (heads.row, heads.others, heads.samples) == (2, ("备注2",), 2)
    wanted = rows_of(material(DAY), mentors=False, everybody=False)
    assert (wanted.left, wanted.without) == ((WITHHELD.name,), 1)
    sheet = load_workbook(io.BytesIO(filled(book, heads, wanted.rows))).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        ["1", "张三", PASSED.id_number, "张村小学", "60", None],
    ]
    assert (sheet["C3"].data_type, sheet["C3"].number_format, sheet["A3"].font.name) == ("s", "@", "宋体")
    assert sheet["A1"].value == "教师培训学时导入模板"
    assert len(rows_of(material(DAY), mentors=False, everybody=True).rows) == 3
    assert rows_of(material(DAY), mentors=True, everybody=True).rows[0]["role"] == "指导教师"


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    book = opened(sample(tmp_path, "姓名", "身份证号"))
    data = filled(book, heads_of(book, KNOWN), [{"name": "=1+1", "id_number": "00000019760305123X"}])
    cell = load_workbook(io.BytesIO(data)).worksheets[0]["A3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_workbook_without_headings_or_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="表头"):
        heads_of(opened(sample(tmp_path, "甲", "乙")), KNOWN)
    (tmp_path / "b.xlsx").write_bytes(b"no zip")
    for name in ("b.xlsx", "c.xlsx", "d.xls"):
        with pytest.raises(WorkspaceError):
            opened(tmp_path / name)
