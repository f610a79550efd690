"""A 评分表 goes out as a workbook, is filled in, lies in the inbox, and changes a verdict."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gengang.errors import TemplatesError, WorkspaceError
from gengang.ledger import kept_ledger
from gengang.scoring import score_sheet_file
from gengang.season import Season, season_of
from gengang.settings import Settings
from gengang.status import season_status
from gengang.template import form_of
from tests.whole.samples import copied, request, run
from tests.whole.test_commands import gengang

FAILED = "丁秀"  # 44 points by her register


def filled(path: Path, name: str, points: Mapping[str, float]) -> bytes:
    """The sheet with points in one person's row. points: by the printed name of the item."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page["F2"], page["H2"] = "王老师", date(2016, 12, 6)
    heads = [str(cell.value).partition("（")[0] for cell in page[3]]
    [row] = [cells for cells in page.iter_rows(min_row=4) if cells[2].value == name]
    for item, number in points.items():
        row[heads.index(item)].value = number
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def person(settings: Settings, name: str) -> dict[str, Any]:
    [found] = [one for one in season_status(settings, None)["persons"] if one["name"] == name]
    return dict(found)


def season(settings: Settings) -> Season:
    with kept_ledger(settings) as ledger:
        return season_of(ledger.read())


def test_a_filled_sheet_in_the_inbox_changes_a_verdict(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    assert person(settings, FAILED)["verdict"]["outcome"] == "不合格"
    sent = gengang("scores", "评分表.xlsx", "--for", "college", workspace=settings.workspace)
    assert (sent.code, sent.words.startswith("已写出：评分表.xlsx（教师进修学校评3人：上课、")) == (0, True)
    points = {"教育教学反思": 9, "行动研究报告": 6, "研修报告": 6, "指导教师评价": 5, "基地校评价": 5}
    data = filled(settings.workspace / "评分表.xlsx", FAILED, points)
    others = {one["name"]: one["verdict"] for one in season_status(settings, None)["persons"] if one["name"] != FAILED}
    (settings.inbox / "评分表.xlsx").write_bytes(data)
    night = run(settings)
    assert night.counts.even
    after = person(settings, FAILED)
    assert (after["verdict"]["outcome"], after["verdict"]["score"]) == ("合格", "64")
    [line] = [one for one in after["verdict"]["points"] if one["item"] == "R9"]
    assert line["how"].startswith("教师进修学校在评分表评6分（王老师，12月6日）")
    [sheet] = [one.paper.key for one in season(settings).papers if one.reading.form == "score_sheet"]
    assert sheet in line["papers"]
    assert "各方评分不同：" in str(after["findings"])
    assert others == {
        one["name"]: one["verdict"] for one in season_status(settings, None)["persons"] if one["name"] != FAILED
    }


def test_a_mentors_sheet_has_the_mentors_own_trainees_in_either_kind(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    roster = season(settings).roster
    mentor = next(one for one in roster.mentors if roster.trainees_of(one.key))
    own = [one.key for one in roster.trainees_of(mentor.key)]
    for name in ("带教.xlsx", "带教.docx"):
        told = score_sheet_file(request(settings), tmp_path / name, "mentor", mentor.key)
        assert f"指导教师评{len(own)}人" in told.lines[0]
    page = openpyxl.load_workbook(tmp_path / "带教.xlsx").worksheets[0]
    assert ([cells[1].value for cells in page.iter_rows(min_row=4)], page["F2"].value) == (own, mentor.name)


@pytest.mark.parametrize(
    ("name", "role", "mentor", "why"),
    [
        ("a.pdf", "college", "", "写成 .xlsx 或 .docx"),
        ("there.xlsx", "college", "", "已经有了"),
        ("a.xlsx", "teacher", "", "--for 应是 mentor、base_school、college 之一"),
        ("a.xlsx", "college", "王", "--mentor 只和"),
        ("a.xlsx", "mentor", "无此人", "花名册里没有"),
    ],
)
def test_what_cannot_be_sent_is_said(
    few_run: Path, tmp_path: Path, name: str, role: str, mentor: str, why: str
) -> None:
    settings = copied(few_run, tmp_path / "w")
    (tmp_path / "there.xlsx").touch()
    with pytest.raises(WorkspaceError, match=why):
        score_sheet_file(request(settings), tmp_path / name, role, mentor)
    assert not (tmp_path / "a.xlsx").exists()


def test_an_office_without_the_form_is_told(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "w")
    forms = settings.templates / "forms"
    forms.mkdir(parents=True)
    source = Path(__file__).parents[2] / "templates/forms/appraisal.docx"
    assert form_of(source.read_bytes(), "appraisal").faults == ()
    (forms / "appraisal.docx").write_bytes(source.read_bytes())
    with pytest.raises(TemplatesError, match="没有评分表的模板"):
        score_sheet_file(request(settings), tmp_path / "a.xlsx", "college", "")
