"""Values as people type them, through Word, LibreOffice and back: printed whole, or the paper is held and says why."""

import io
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm

from gengang.papers.draft import Draft
from gengang.papers.print_proof import page_texts
from gengang.press import Press, Pressed, press
from gengang.rendering import Writer, writer_of
from tests.unit.cohorts import press_at
from tests.unit.test_meetings import SHOWCASE
from tests.unit.test_office_showcase import of_showcase
from tests.unit.test_press import appraisal, codes

OPINION = "".join(f"第{number}条，该学员听课认真、记录详实，能联系本校实际改进教学。" for number in range(1, 182))
NASTY: Mapping[str, str] = {
    "marks": "甲&乙<丙>“丁”'戊'\"己\"",
    "braces": "{{ name }} {% raw %} {# 注 #} {_{ x }_}",
    "entities": "&amp; &lt; &#65; \\u0041 $1 %s",
    "breaks": "第一段。\n第二段。\n\n第四段。",
    "long": OPINION,
}


def fixed_cell() -> Writer:
    """An office's own form whose cell may not grow."""
    document, made = Document(), io.BytesIO()
    document.add_paragraph("意见表")
    table = document.add_table(1, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "意见", "{{ opinion | prose }}"
    table.rows[0].height, table.rows[0].height_rule = Mm(20), WD_ROW_HEIGHT_RULE.EXACTLY
    document.save(made)
    return writer_of(made.getvalue(), "fixed")


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Press, dict[str, Pressed]]:
    """All of them at once."""
    at = press_at(tmp_path_factory.mktemp("values"))
    at = replace(at, writers={**at.writers, ("papers", "fixed"): fixed_cell()})
    one = appraisal()
    drafts = {
        name: replace(one, values={**one.values, "mentor_opinion": text}, file=name, max_pages=12)
        for name, text in NASTY.items()
    }
    controlled = {**one.values, "mentor_opinion": "听课\x07认真\x0c，很好\x00。"}
    drafts["control"] = replace(drafts["marks"], values=controlled, file="control")
    drafts["too long"] = replace(drafts["long"], file="too long", max_pages=2)
    drafts["small cell"] = Draft("own", "fixed", "papers", "", {"opinion": OPINION[:900]}, "small cell", 9)
    notice = of_showcase("会议通知", replace(SHOWCASE, place="三楼<报告厅>&{{ 礼堂 }}", demands=OPINION[:600]))
    drafts["notice"] = replace(notice, file="notice", max_pages=9)
    return at, dict(zip(drafts, press(tuple(drafts.values()), at), strict=True))


@pytest.mark.parametrize("name", [*NASTY, "control", "notice"])
def test_it_is_printed_whole(name: str, pressed: tuple[Press, dict[str, Pressed]]) -> None:
    at, done = pressed
    assert (done[name].status, done[name].findings) == ("new", ())
    printed = "".join("".join(page_texts((at.outbox / f"{name}.pdf").read_bytes())).split())
    text = unicodedata.normalize("NFKC", printed)  # marks beside Chinese are printed in their full width
    wanted = {"control": "听课", "marks": "甲&乙<丙>", "notice": "三楼<报告厅>&{{礼堂}}"}.get(name, NASTY.get(name, ""))
    assert all(
        unicodedata.normalize("NFKC", "".join(line.split())) in text or len(line) > 200 for line in wanted.split("\n")
    )


def test_five_thousand_characters_are_there_to_the_last(pressed: tuple[Press, dict[str, Pressed]]) -> None:
    at, done = pressed
    assert len(OPINION) >= 5000
    text = "".join("".join(page_texts((at.outbox / "long.pdf").read_bytes())).split())
    assert [number for number in range(1, 182) if f"第{number}条" not in text] == []
    assert done["long"].pages > 2


def test_a_paper_that_grows_beyond_its_pages_or_its_cell_is_held_and_says_so(
    pressed: tuple[Press, dict[str, Pressed]],
) -> None:
    at, done = pressed
    assert codes(done["too long"]) == ["print_pages"]
    assert codes(done["small cell"]) == ["print_value"]
    assert "放大该格" in done["small cell"].findings[0].message
    assert not (at.outbox / "too long.pdf").exists()
    assert not Path(at.outbox / "small cell.docx").exists()
