"""考核细则 as a workbook: out and in again it is the same, and what is changed in it is changed in the file."""

from decimal import Decimal

import pytest

from gengang.errors import RosterError, SchemeError
from gengang.rubricbook import COLUMNS, SHEET, rubric_book, text_with_rubric
from gengang.schemefile import scheme_from_toml
from gengang.workbook import sheets_of, workbook_bytes
from gengang.workspace import preset_text, presets

COUNTY = preset_text("county-2016")
SCHEME = scheme_from_toml(COUNTY)
Rows = list[dict[str, str]]


def rows_of(text: str = COUNTY) -> Rows:
    """The rows of a scheme's workbook."""
    cells = sheets_of("a.xlsx", rubric_book(scheme_from_toml(text)))[SHEET][1:]
    return [dict(zip((column.field for column in COLUMNS), map(str, row), strict=True)) for row in cells]


def with_rows(rows: Rows, text: str = COUNTY) -> str:
    """A scheme's file with these rows."""
    return text_with_rubric(text, scheme_from_toml(text), workbook_bytes({SHEET: (COLUMNS, rows)}))


@pytest.mark.parametrize("preset", [name for name, _ in presets()])
def test_out_and_in_again_is_the_same_file(preset: str) -> None:
    text = preset_text(preset)
    if scheme_from_toml(text).items:
        assert text_with_rubric(text, scheme_from_toml(text), rubric_book(scheme_from_toml(text))) == text


def test_cells_are_words() -> None:
    hearing, judged = rows_of()[1], rows_of()[8]
    assert (hearing["rule"], hearing["measure"], hearing["evidence"]) == (
        "按记录数", "听课", "lesson_observation、task_summary、研修日志"
    )  # fmt: skip
    assert (judged["rule"], judged["measure"], judged["each"], judged["assessor"]) == ("由人评", "", "", "指导教师")


def test_a_number_is_changed_in_its_line_alone() -> None:
    rows = rows_of()
    rows[0]["max"], rows[1]["max"] = "14", "21"
    changed = [(old, new) for old, new in zip(COUNTY.splitlines(), with_rows(rows).splitlines(), strict=True)
               if old != new]  # fmt: skip
    assert changed == [("max = 15", "max = 14"), ("max = 20", "max = 21")]


def test_an_item_leaves_another_joins_and_a_third_is_judged_otherwise() -> None:
    rows = rows_of()[:-1]
    rows[3] |= {"rule": "由人评", "measure": "", "each": "", "at_most": "", "judged_max": "4", "assessor": "基地校"}
    rows.append({**rows[8], "id": "R13", "name": "总结", "max": "5", "judged_max": "5"})
    scheme = scheme_from_toml(with_rows(rows))
    items = {item.id: item for item in scheme.items}
    assert (len(items), "R12" in items, items["R13"].name, items["R13"].clause) == (12, False, "总结", "L-04")
    assert (items["R4"].rule, items["R4"].judged_max, items["R4"].assessor) == (
        "judged", Decimal(4), "基地校"
    )  # fmt: skip
    assert scheme.discipline == SCHEME.discipline


def test_every_fault_has_its_place_and_what_does_not_add_up_is_the_files_fault() -> None:
    rows = rows_of()
    rows[0] |= {"max": "十五", "rule": "随便"}
    rows[1]["clause"] = ""
    with pytest.raises(SchemeError) as told:
        with_rows(rows)
    assert told.value.faults == (
        "工作表“考核细则”第2行“分值”：应为数，现在是“十五”",
        "工作表“考核细则”第2行“计分办法”：应是按出勤、按记录数、按上课节数、按材料份数、由人评之一，现在是“随便”",
        "工作表“考核细则”第3行“条款”：空着",
    )
    with pytest.raises(SchemeError, match="缺少列：编号"):
        text_with_rubric(COUNTY, SCHEME, workbook_bytes({"表": (COLUMNS[1:], rows)}))
    with pytest.raises(SchemeError, match="没有考核项目"):
        with_rows([])
    with pytest.raises(RosterError):
        text_with_rubric(COUNTY, SCHEME, b"no workbook")
    with pytest.raises(SchemeError, match="合计95"):
        scheme_from_toml(with_rows(rows_of()[:-1]))
