"""Numbers that Word shows before paragraphs are counted as Word counts them, and stand beside the text."""

from collections.abc import Sequence

import pytest

from gengang.numerals import chinese_number, integer_of
from gengang.wordxml import sheet_of_word
from tests.unit.wordfiles import SPACES, Parts, docx, p, run, tbl, tc, tr


def level(at: int, text: str, kind: str = "decimal", start: int = 1, look: str = "") -> str:
    return (f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
            f"<w:rPr>{look}</w:rPr></w:lvl>")  # fmt: skip


def numbering(*levels: str, more: str = "") -> Parts:
    first = f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
    second = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    return {"numbering.xml": ("numbering", f"<w:numbering {SPACES}>{first}{second}{more}</w:numbering>")}


def item(text: str, at: int = 0, number: int = 1, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    own = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>' if number >= 0 else ""
    return f"<w:p><w:pPr>{named}{own}</w:pPr>{run(text)}</w:p>"


def numbers(blocks: Sequence[str], parts: Parts) -> list[str]:
    rows = sheet_of_word(docx(*blocks, parts=parts)).rows
    return [line.number for row in rows for cell in row.cells for line in cell.lines]


@pytest.mark.parametrize(("kind", "text", "shown"), [
    ("decimal", "%1.", ["1.", "2."]), ("japaneseCounting", "%1、", ["一、", "二、"]),
    ("chineseCounting", "（%1）", ["（一）", "（二）"]), ("decimalEnclosedCircle", "%1", ["①", "②"]),
    ("chineseLegalSimplified", "%1", ["壹", "贰"]), ("ideographTraditional", "%1.", ["甲.", "乙."]),
    ("ideographZodiac", "%1", ["子", "丑"]), ("decimalFullWidth", "%1", ["１", "２"]),
    ("decimalZero", "%1", ["01", "02"]),
    ("lowerLetter", "%1)", ["a)", "b)"]), ("upperLetter", "%1", ["A", "B"]), ("lowerRoman", "%1", ["i", "ii"]),
    ("upperRoman", "%1", ["I", "II"]), ("none", "x", ["", ""]), ("bullet", "●", ["", ""]),
])  # fmt: skip
def test_each_kind_of_number_is_shown_as_word_shows_it(kind: str, text: str, shown: list[str]) -> None:
    assert numbers([item("甲"), item("乙")], numbering(level(0, text, kind))) == shown


def test_a_bullet_that_is_a_box_is_one() -> None:
    look = '<w:rFonts w:ascii="Wingdings"/>'
    assert numbers([item("合格")], numbering(level(0, "\uf0a8", "bullet", look=look))) == ["□"]


def test_levels_count_in_each_other_and_begin_anew() -> None:
    levels = numbering(level(0, "%1."), level(1, "%1.%2"))
    blocks = [item("甲"), item("乙", 1), item("丙", 1), item("丁"), item("戊", 1)]
    assert numbers(blocks, levels) == ["1.", "1.1", "1.2", "2.", "2.1"]


def test_another_list_of_the_same_pattern_goes_on_unless_it_starts_anew() -> None:
    goes_on = '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    starts = ('<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
              "</w:lvlOverride></w:num>")  # fmt: skip
    parts = numbering(level(0, "%1."), more=goes_on + starts)
    blocks = [item("甲"), item("乙", number=2), item("丙", number=3), item("丁", number=3)]
    assert numbers(blocks, parts) == ["1.", "2.", "5.", "6."]


def test_a_style_may_number_its_paragraphs_and_one_of_them_may_not_be() -> None:
    style = '<w:style w:styleId="T"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    parts = {**numbering(level(0, "%1、", "japaneseCounting")),
             "styles.xml": ("styles", f"<w:styles {SPACES}>{style}</w:styles>")}  # fmt: skip
    blocks = [item("甲", number=-1, style="T"), item("乙", number=0, style="T"), item("丙", number=-1, style="T")]
    assert numbers(blocks, parts) == ["一、", "", "二、"]


def test_numbers_stand_beside_the_text_of_a_cell() -> None:
    [row] = sheet_of_word(docx(tbl(tr(tc(item("")), tc(item("背影")))), parts=numbering(level(0, "%1.")))).rows
    assert [(cell.text, cell.lines[0].number) for cell in row.cells] == [("", "1."), ("背影", "2.")]


def test_numbers_without_a_list_of_their_own_are_none() -> None:
    assert numbers([item("甲", number=9), item("乙", at=12), p("丙")], numbering(level(0, "%1."))) == ["", "", ""]
    assert numbers([item("甲")], {}) == [""]


def test_chinese_numbers_are_read_as_they_are_written() -> None:
    assert [integer_of(chinese_number(number)) for number in range(1, 10_000)] == [*range(1, 10_000)]
    assert [chinese_number(number) for number in (0, 10, 11, 20, 101, 110, 10_000)] == [
        "0", "十", "十一", "二十", "一百零一", "一百一十", "10000"]  # fmt: skip
