"""评分表 out and back: whose each row is, what is asked about, and the files that are sent."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extractors.tables import readings_of_table
from gengang.judgements import Judgement
from gengang.night import read_back
from gengang.reading import accepted_values
from gengang.reconcile import lookup_of
from gengang.rendering import writer_of
from gengang.roster import Person
from gengang.scorebook import Asked, asked_of, sheet_of, workbook_of
from gengang.scoresheets import judgements_of_sheets, sheet_questions
from gengang.scoring import read_workbook
from gengang.season import Season, season_of
from gengang.submission import Paper, RowValues, Submission
from tests.unit.facts_of_papers import came, key_of, listed, read
from tests.unit.rosters import id_number, paper, roster, trainee
from tests.unit.seasons import SCHEME

WRITER = writer_of((Path(__file__).parents[2] / "templates/forms/score_sheet.docx").read_bytes(), "score_sheet")
FORM = WRITER.form
ZHANG = trainee()
LI = trainee("李四", number=id_number(serial="125"))
TWIN = trainee("李四", number=id_number(serial="127"))
LOOKUP = lookup_of(roster(ZHANG, LI))
HEAD = {"assessor": "教师进修学校", "assessor_name": "王老师", "assessed_on": "2016-12-05"}


def sheet(*rows: RowValues, key: str = "s#0", **head: str | None) -> Paper:
    return paper("score_sheet", {**HEAD, **head}, key, people=rows)


def row(who: Person | None = None, **values: str | None) -> RowValues:
    known = {} if who is None else {"person_no": who.key, "name": who.name, "school": who.school}
    return {"r9_score": "5", **known, **values}


def owners(*rows: RowValues, lookup: Any = LOOKUP) -> list[str]:
    return [*judgements_of_sheets(lookup, [sheet(*rows)])]


def asked(one: Paper, lookup: Any = LOOKUP, gone: frozenset[str] = frozenset()) -> list[str]:
    return [finding.message for finding in sheet_questions(lookup, one.submission, gone)]


# --- whose a row is ----------------------------------------------------------------------------------------------


def test_a_row_is_a_judgement_of_its_person() -> None:
    found = judgements_of_sheets(LOOKUP, [sheet(row(ZHANG, r10_score=None, r11_score="4.5"))])
    assert found == {
        ZHANG.key: tuple(
            Judgement(item, Decimal(points), "教师进修学校", "王老师", date(2016, 12, 5), "sheet", "s#0", "s#0.docx")
            for item, points in (("r9_score", "5"), ("r11_score", "4.5"))
        )
    }


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"person_no": ZHANG.key}, ""),
        ({"person_no": ZHANG.key, "name": "张三"}, ""),
        ({"name": "张三", "school": "张小"}, ""),
        ({"person_no": ZHANG.key, "name": "李四"}, "人员编号是张三的，姓名却写“李四”"),
        ({"person_no": "P-000000000000", "name": "张三", "school": "张村小学"}, "人员编号“P-000000000000”不在花名册里"),
        ({"name": "张三"}, "没有人员编号，“（学校空白）”的“张三”在花名册里找不到"),
        ({"name": "张三", "school": "李河中学"}, "没有人员编号，“李河中学”的“张三”在花名册里找不到"),
        ({"name": "赵六", "school": "张村小学"}, "没有人员编号，“张村小学”的“赵六”在花名册里找不到"),
        ({}, "没有人员编号，也没有姓名"),
    ],
)
def test_a_row_is_found_by_its_number_else_by_name_and_school(values: dict[str, str], why: str) -> None:
    assert owners(row(None, **values)) == ([] if why else [ZHANG.key])
    assert asked(sheet(row(None, **values))) == ([f"评分表第1行：{why}，这一行不计分，请核对。"] if why else [])


def test_two_of_one_name_at_one_school_are_told_apart_by_the_number_alone() -> None:
    lookup = lookup_of(roster(ZHANG, LI, TWIN))
    assert owners(row(name="李四", school="张村小学"), lookup=lookup) == []
    assert asked(sheet(row(name="李四", school="张村小学")), lookup) == [
        "评分表第1行：张村小学有2位“李四”，没有人员编号分不清，这一行不计分，请核对。"
    ]
    assert owners(row(TWIN), lookup=lookup) == [TWIN.key]


def test_a_row_without_points_asks_nothing() -> None:
    assert asked(sheet(row(name="赵六", r9_score=None), assessor=None, assessed_on=None)) == []


def test_a_sheet_without_its_assessor_counts_for_nothing_and_one_without_a_day_is_asked() -> None:
    nobody = sheet(row(ZHANG), assessor=None)
    assert judgements_of_sheets(LOOKUP, [nobody]) == {}
    assert asked(nobody) == ["评分表没有写明评分方（指导教师、基地校、教师进修学校），这份评分暂不计，请核对。"]
    [judgement] = judgements_of_sheets(LOOKUP, [sheet(row(ZHANG), assessed_on=None)])[ZHANG.key]
    assert judgement.on is None
    assert asked(sheet(row(ZHANG), assessed_on=None)) == [
        "评分表没有写明评分日期，与同一评分方的其他评分不同时分不出先后，请核对。"
    ]


def test_of_somebody_who_was_erased_nothing_is_said() -> None:
    gone = frozenset({"P-000000000000"})
    assert asked(sheet(row(person_no="P-000000000000", name="赵六")), LOOKUP, gone) == []


def folded(**values: str) -> Season:
    rows = (row(ZHANG), row(name="赵六", school="张村小学"))
    facts = [*listed(ZHANG, LI, schools=roster()), came("a.xlsx"),
             read("a.xlsx", "score_sheet", None, {**HEAD, **values}, people=rows)]  # fmt: skip
    return season_of(facts)


def test_a_season_has_the_judgements_and_the_questions_of_its_sheets() -> None:
    season = folded()
    assert [one.points for one in season.judgements[ZHANG.key]] == [5]
    [held] = season.papers
    assert (held.match.status, held.paper.person) == ("sure", "")
    assert [one.code for one in held.reading.findings] == ["score_row_unmatched"]
    assert season.judgements[ZHANG.key][0].source == key_of("a.xlsx")


# --- the files that are sent -------------------------------------------------------------------------------------

PEOPLE = (ZHANG, LI, trainee("=HYPERLINK(1)", "李河中学", "初中", "数学", id_number(serial="129")))


def wanted(role: Any = "mentor", name: str = "周明") -> Asked:
    return asked_of(SCHEME, FORM, role, name, PEOPLE)


@pytest.mark.parametrize("role", ["mentor", "base_school", "college"])
@pytest.mark.parametrize("name", ["周明", ""])
def test_what_is_sent_reads_back_as_it_was_stated(role: str, name: str) -> None:
    stated = sheet_of(FORM, wanted(role, name))
    assert read_workbook(workbook_of(FORM, wanted(role, name)), FORM) == stated
    assert read_back(WRITER.fill_submission(stated), FORM) == stated


def opened(data: bytes) -> Any:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return book.worksheets[0]


def heads(page: Any) -> list[str]:
    return [cell.value for cell in page[3] if cell.value]


def test_a_workbook_has_the_columns_of_its_assessor_alone() -> None:
    assert heads(opened(workbook_of(FORM, wanted("base_school")))) == [
        "序号", "人员编号", "姓名", "学校", "学段学科", "基地校评价（0—5分）", "备注"
    ]  # fmt: skip
    assert heads(opened(workbook_of(FORM, wanted("college"))))[5:11] == [
        "上课（0—15分）", "教育教学反思（0—9分）", "行动研究报告（0—6分）", "研修报告（0—6分）",
        "指导教师评价（0—5分）", "基地校评价（0—5分）",
    ]  # fmt: skip


def test_all_but_points_remark_and_day_is_locked_and_points_have_bounds() -> None:
    page = opened(workbook_of(FORM, wanted("base_school")))
    open_cells = [cell.coordinate for cells in page.iter_rows() for cell in cells if not cell.protection.locked]
    assert open_cells == ["H2", "F4", "G4", "F5", "G5", "F6", "G6"]
    assert page.protection.sheet
    [bounds] = page.data_validations.dataValidation
    assert (str(bounds.sqref), bounds.type, bounds.operator, bounds.formula1, bounds.formula2) == (
        "F4:F6", "decimal", "between", "0", "5"
    )  # fmt: skip


def test_a_name_that_looks_like_a_formula_stays_a_text() -> None:
    page = opened(workbook_of(FORM, wanted()))
    assert (page["C6"].value, page["C6"].data_type) == ("=HYPERLINK(1)", "s")


def test_the_same_people_give_the_same_bytes() -> None:
    assert workbook_of(FORM, wanted()) == workbook_of(FORM, wanted())


def filled(cells: dict[str, str | float | date], role: str = "college") -> Submission:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(FORM, wanted(role, ""))))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    stream = io.BytesIO()
    book.save(stream)
    [reading] = _readings(stream.getvalue())
    return accepted_values(reading)


def _readings(data: bytes) -> tuple[Any, ...]:
    found = readings_of_table("xlsx", data, "评分表.xlsx", (FORM,))
    assert found is not None
    return found.readings


def test_a_filled_workbook_is_read_with_head_and_points() -> None:
    said = filled({"F2": "王老师", "H2": date(2016, 12, 5), "F4": 14, "H4": 5.5, "I5": "6分", "L6": "病假"})
    assert said.values == {"assessor": "教师进修学校", "assessor_name": "王老师", "assessed_on": "2016-12-05"}
    first, second, third = said.rows("people")
    assert (first["r3_score"], first["r9_score"], first["r10_score"]) == ("14", "5.5", None)
    assert (second["r10_score"], second["name"], third["remark"]) == ("6", "李四", "病假")


def test_an_item_without_a_column_in_the_template_is_named() -> None:
    renamed = tuple(replace(item, register="r13_score") if item.id == "R12" else item for item in SCHEME.items)
    asked = asked_of(replace(SCHEME, items=renamed), FORM, "base_school", "", PEOPLE)
    assert (asked.items, [one.id for one in asked.lacking]) == ((), ["R12"])
