"""Fields that share a cell: parted by paragraphs while those are as printed, else by words, and never by guess."""

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.cells import texts_of_cell, unwrapped
from extractors.policy import WRAP_IN_DOUBT, Evidence, field_reading
from gengang.codecs import CODECS, prose_normal
from gengang.form import FieldType, PatternCell
from gengang.reading import FieldReading
from gengang.sheet import Cell, Line, Medium, Place, squeezed
from tests.unit.wordfiles import form_with, tbl, tc, tr


def pattern(*lines: str) -> PatternCell:
    [row] = form_with(tbl(tr("意见", tc(*lines)))).rows
    return row.cells[1]


def parted(cell: PatternCell, *lines: str) -> list[tuple[str, bool]]:
    found = texts_of_cell(cell, Cell(tuple(map(Line, lines))), "word")
    return [(text.text.strip(), text.sure) for _, text in found]


SIGNED = pattern("{{ opinion | prose }}", "", "签名：{{ signer | text }}    {{ day | date }}")
TASKS = pattern("听课{{ lessons | count }}节；日志{{ logs | count }}篇")
STACKED = pattern("{{ first | text }}", "{{ second | text }}")
DATED = pattern("{{ opinion | prose }}", "{{ day | date }}")


@pytest.mark.parametrize("lines", [
    ("同意。", "", "签名：李四    2016年9月5日"), ("同意。", "签名：李四  2016.9.5"),
    ("", "同意。", "", "", "签名:李四 2016年9月5日"),
])  # fmt: skip
def test_words_between_fields_part_them_wherever_the_breaks_are(lines: tuple[str, ...]) -> None:
    assert [(text, sure) for text, sure in parted(SIGNED, *lines)][:2] == [("同意。", True), ("李四", True)]


def test_added_paragraphs_belong_to_the_text_they_follow() -> None:
    assert parted(SIGNED, "同意。", "很好。", "签名：李四    2016年9月5日")[0] == ("同意。\n很好。", True)


def test_each_field_has_the_certainty_of_its_own_letters_and_what_a_second_reading_says_of_it() -> None:
    text, second = "签名：李四    2016年9月5日", "签名：李西    2016.9.5"
    each = tuple(0.4 if char == "四" else 0.98 for char in text)
    cell = Cell((Line(text, 0.4, second, each=each),))
    found = {
        slot.name: one
        for slot, one in texts_of_cell(pattern("签名：{{ signer | text }}    {{ day | date }}"), cell, "scan")
    }
    assert {name: (one.text, one.second, one.confidence) for name, one in found.items()} == {
        "signer": ("李四", "李西", 0.4), "day": ("2016年9月5日", "2016.9.5", 0.98)}  # fmt: skip
    unknown = Cell((Line(text, 0.4, second),))
    assert {one.confidence for _, one in texts_of_cell(SIGNED, unknown, "scan")} == {0.4}


def test_a_letter_of_a_long_text_is_as_sure_as_its_word_lets_it_be() -> None:
    text = "学习认真，听课10节"
    for weak, wanted in (("认", 0.92), ("节", 0.5)):
        each = tuple(0.92 if char == weak else 0.99 for char in text)
        [(_, found)] = texts_of_cell(
            pattern("{{ opinion | prose }}"), Cell((Line(text, 0.9, text, each=each),)), "scan"
        )
        assert found.confidence == wanted


def test_a_value_that_stands_twice_in_its_cell_is_as_sure_as_the_less_sure_of_the_two() -> None:
    line = Line("20节，20次", 0.5, "20节，20次", each=(0.9, 0.9, 1, 1, 0.5, 0.5, 1))
    found = texts_of_cell(pattern("{{ first | count }}节，{{ second | count }}次"), Cell((line,)), "scan")
    assert [one.confidence for _, one in found] == [0.5, 0.5]


def test_stacked_fields_are_parted_by_paragraphs_as_printed() -> None:
    assert parted(STACKED, "甲", "乙") == [("甲", True), ("乙", True)]
    assert parted(STACKED, "", "乙") == [("", True), ("乙", True)]


@pytest.mark.parametrize("lines", [("乙",), ("甲", "中", "乙")])
def test_stacked_fields_that_lost_or_gained_a_line_are_nobodys_to_part(lines: tuple[str, ...]) -> None:
    assert not any(sure for _, sure in parted(STACKED, *lines))


def test_a_closed_field_is_found_below_a_text_of_any_length() -> None:
    assert parted(DATED, "一", "二", "三", "2016年9月5日") == [("一\n二\n三", True), ("2016年9月5日", True)]


def test_without_its_words_only_a_closed_field_says_itself() -> None:
    lone = pattern("日期：{{ day | date }}")
    assert parted(lone, "2016年9月5日") == [("2016年9月5日", True)]
    named = pattern("姓名：{{ name | text }}")
    assert parted(named, "张三") == [("张三", False)]


def test_a_note_above_a_printed_blank_is_nobodys_text_for_sure() -> None:
    cell = pattern("{{ stay | period }}", "{{ name | text }}")
    found = parted(cell, "另附材料见袋中", "    年  月  日至    年  月  日", "")
    assert not any(sure for text, sure in found if "另附" in text)


# --- lines of a page ---

CHARACTER, MOST = 0.02, 10


def width(line: str) -> float:
    return sum(0.53 if char.isascii() else 1 for char in line)


def wrapped(text: str) -> list[str]:
    """The text in lines that a page fills; a blank at the end of one is not on it."""
    lines = [""]
    for char in text:
        full = width(lines[-1] + char) > MOST and char != " "
        lines = [*lines, char] if full else [*lines[:-1], lines[-1] + char]
    return [line.strip() for line in lines]


def page_cell(*lines: str) -> Cell:
    """A cell as a page shows it, ten Chinese characters wide: a line's box ends where its letters do."""
    boxes = [(0.11, 0.01 * n, 0.11 + CHARACTER * width(line), 0.01 * n + 0.008) for n, line in enumerate(lines)]
    placed = tuple(Line(line, box=box) for line, box in zip(lines, boxes, strict=True))
    return Cell(placed, place=Place(1, (0.1, 0.0, 0.12 + CHARACTER * MOST, 1.0)))


def printed(cell: PatternCell, *lines: str, medium: Medium = "pdf") -> list[tuple[str, bool]]:
    """Each field's text, and whether it would be accepted."""
    found = texts_of_cell(cell, page_cell(*lines), medium)
    return [(text.text, text.sure and WRAP_IN_DOUBT not in text.text) for _, text in found]


OPINION = pattern("{{ opinion | prose }}", "签名：{{ signer | text }}")
SEALED = pattern("{{ opinion | prose }}", "（盖章）", "{{ day | date }}")
NAMED = pattern("{{ name | text }}", "{{ day | date }}")
FULL = "张三李四王五赵六孙七"
DAY = "2016年9月5日"


@pytest.mark.parametrize(("cell", "lines", "texts"), [
    (OPINION, ["很好。", "签名：李四"], ["很好。", "李四"]),
    (OPINION, [FULL, "同意。", "签名：李四"], [FULL + "同意。", "李四"]),
    (OPINION, [FULL, "签名：李四"], [FULL, "李四"]), (NAMED, [FULL, DAY], [FULL, DAY]),
    (NAMED, [FULL, "年  月  日"], [FULL, "年  月  日"]), (NAMED, [FULL, "钱八", DAY], [FULL + "钱八", DAY]),
    (SEALED, [FULL, "（盖章）", DAY], [FULL, DAY]), (SEALED, ["（盖章）", "年  月  日"], ["", "年  月  日"]),
    (OPINION, ["很好。", "2016年来校，", "签名：李四"], ["很好。\n2016年来校，", "李四"]),
    (SIGNED, ["签名：　　　　年  月  日"], ["", "", "年  月  日"]),
])  # fmt: skip
def test_a_cell_of_a_page_is_parted_where_its_lines_leave_no_doubt(
    cell: PatternCell, lines: list[str], texts: list[str]
) -> None:
    assert printed(cell, *lines) == [(text, True) for text in texts]


@pytest.mark.parametrize(("cell", "lines"), [
    (OPINION, ["签名：无。", "签名：李四"]), (OPINION, ["签名：张三李四王五赵", "签名：李四"]),
    (SEALED, ["（盖章）", "（盖章）", DAY]),
], ids=range(3))  # fmt: skip
def test_prose_that_begins_like_the_line_under_it_is_never_called_blank(cell: PatternCell, lines: list[str]) -> None:
    opinion, _ = printed(cell, *lines)
    assert opinion[0] or not opinion[1]


@pytest.mark.parametrize("lines", [
    ["张三李四王五赵六》，", "很好。"], ["张三李四王五（盖章）", "很好。"], ["张三李四王五赵六签名：", "很好。"],
    ["张三李四王五赵六孙a", "很好。"], ["张三李四王五赵六孙七", "（很好）"], ["张三李四王五赵六孙七", "Word"],
])  # fmt: skip
def test_a_blank_may_be_lost_where_a_page_broke_a_line_beside_a_mark_or_a_letter(lines: list[str]) -> None:
    [text, sure], _ = printed(OPINION, *lines, "签名：李四")
    assert (text.replace("\n", "").replace(" ", ""), sure) == ("".join(lines), False)


@pytest.mark.parametrize("lines", [["张三李四王五赵扎西·", "次仁"], ["张三李四王五赵六扎西", "·次仁"]])
def test_a_dot_that_joins_the_parts_of_a_name_has_no_blank_beside_it_where_the_page_broke_it(lines: list[str]) -> None:
    assert printed(NAMED, *lines, DAY)[0] == ("".join(lines), True)


@pytest.mark.parametrize("lines", [
    ["张三李四王年", "月）》，。：”。"], ["张三李四", "（（（（（（（盖章"], ["签名：", "international", "word"],
    ["张三李四", "international"], ["姓名张三李四", "学校张三李四"],
])  # fmt: skip
def test_a_line_ended_before_what_fits_no_longer_may_be_the_pages(lines: list[str]) -> None:
    assert WRAP_IN_DOUBT in unwrapped(page_cell(*lines))[0].text


def test_who_ended_a_line_that_its_reader_doubts_stays_in_doubt_only_inside_a_free_text() -> None:
    stay = pattern("{{ stay | period }}")
    assert printed(stay, f"{DAY}至{WRAP_IN_DOUBT}", DAY) == [(f"{DAY}至\n{DAY}", True)]
    assert printed(OPINION, f"同意{WRAP_IN_DOUBT}", "很好。", "签名：李四")[0][1] is False
    assert printed(OPINION, f"同意{WRAP_IN_DOUBT}", "签名：李四") == [("同意", True), ("李四", True)]


def test_bare_free_texts_below_each_other_are_nobodys_to_part_on_a_page() -> None:
    assert not any(sure for _, sure in printed(STACKED, "甲", "乙丙"))
    around = pattern("{{ first | count }}", "{{ note | text }}", "{{ last | count }}")
    assert not any(sure for _, sure in parted(around, "另附", "0", "", ""))


def test_what_is_typed_behind_a_label_over_two_lines_is_not_sure() -> None:
    for typed, sure in (("张三", True), ("第a\nb", False)):
        [(_, text)] = texts_of_cell(pattern("{{ name | text }}"), page_cell("姓名：张三"), "pdf", typed)
        assert (text.text, text.sure) == (typed, sure)


@pytest.mark.parametrize(("codec", "lines"), [
    ("count", ["1234567890123456712", "15"]), ("days", ["1234567890123456710", "0.5"]),
    ("count", ["１２３４５６７８９０", "１２"]),
    ("count", ["一千二百三十万四千五百", "二十"]),
    ("money", ["共计人民币共计人民五百", "二十元"]),
])  # fmt: skip
def test_two_numbers_below_each_other_are_never_one(codec: str, lines: list[str]) -> None:
    """A page that shows them in a narrow cell shows them as it does one number that it broke."""
    [(text, _)] = printed(pattern(f"{{{{ one | {codec} }}}}"), *lines)
    assert text == "\n".join(lines)


@pytest.mark.parametrize(("codec", "lines"), [
    ("date", ["2016/10/1", "2"]), ("month", ["１９６", "１.０４"]), ("date", ["一九六", "三年六月十八日"]),
])  # fmt: skip
def test_a_day_that_a_narrow_cell_broke_is_one(codec: str, lines: list[str]) -> None:
    cell = page_cell(*lines)
    ended = replace(cell, lines=(replace(cell.lines[0], end="full"), *cell.lines[1:]))
    [(_, found)] = texts_of_cell(pattern(f"{{{{ day | {codec} }}}}"), ended, "pdf")
    assert (found.text, found.sure) == ("".join(lines), True)


def test_a_number_in_words_that_a_page_broke_is_whole_in_a_free_text() -> None:
    assert printed(OPINION, "听课一共张三李四王二十", "二节。", "签名：李四")[0] == (
        "听课一共张三李四王二十二节。",
        True,
    )


PARTS = st.sampled_from(["同意", "很好", "签名：", "（盖章）", " ", "a1", "，", "年月日", DAY, "。"])
WRAPPED = st.lists(PARTS, min_size=1, max_size=14).map(lambda parts: prose_normal("".join(parts))).filter(bool)


@given(WRAPPED, st.sampled_from(["", "李四", "签名：李", "a b"]))
def test_a_wrapped_opinion_is_read_right_or_asked_about(opinion: str, signer: str) -> None:
    (text, sure), (name, named) = printed(OPINION, *wrapped(opinion), f"签名：{signer}")
    assert not sure or prose_normal(text) == opinion
    assert not named or name == signer
    (text, sure), (name, named) = printed(OPINION, *wrapped(opinion), f"签名：{signer}", medium="scan")
    assert not sure or squeezed(text) == squeezed(opinion)
    assert not named or name == signer


@pytest.mark.parametrize(
    ("lines", "text", "sure"),
    [
        (["张三李四王五赵六，", "很好。"], "张三李四王五赵六，很好。", True),
        (["张三李四王五赵六。", "2、很好。"], "张三李四王五赵六。\n2、很好。", True),
        (["张三李四王五赵六。", "很好。"], "张三李四王五赵六。很好。", False),
    ],
)
def test_who_broke_a_line_within_a_sentence_or_before_a_number_is_no_question_of_a_scan(
    lines: list[str], text: str, sure: bool
) -> None:
    assert printed(OPINION, *lines, "签名：李四", medium="scan") == [(text, sure), ("李四", True)]
    assert printed(OPINION, *lines, "签名：李四")[0][1] is False


@pytest.mark.parametrize(
    ("typed", "sure"), [("张村小学", True), ("张村小学（填学校全称）", True), ("填学校全称张村", False)]
)
def test_a_text_typed_over_the_hint_of_its_cell_is_certain(typed: str, sure: bool) -> None:
    pattern = form_with(tbl(tr("单位", "{{ school | text }}（填学校全称）"))).rows[0].cells[1]
    [(_, found)] = texts_of_cell(pattern, Cell((Line(typed),)), "word")
    assert found.sure == sure
    assert not sure or found.text == "张村小学"


SPLIT_DAY = pattern("{{ opinion | prose }}", "签名：{{ signer | text }}",
                    "{{ year | count }}年{{ month | count }}月{{ day | count }}日")  # fmt: skip


def test_a_line_that_the_form_prints_as_numbers_and_words_is_told_from_the_name_above_it() -> None:
    signed = f"签名：李四{WRAP_IN_DOUBT}"
    assert [text for text, _ in printed(SPLIT_DAY, "同意。", signed, "2016年11月21日")] == [
        "同意。", "李四", "2016", "11", "21",
    ]  # fmt: skip
    assert all(sure for _, sure in printed(SPLIT_DAY, "同意。", signed, "2016年11月21日"))
    twice = printed(SPLIT_DAY, f"来校于{WRAP_IN_DOUBT}", "2016年11月1日", signed, "2016年11月21日")
    assert not twice[0][1]


def test_a_number_that_a_page_broke_is_one_for_a_closed_field_and_asked_about_in_a_text() -> None:
    signed = pattern("{{ opinion | prose }}", "签字：{{ signer | text }}        {{ year | count }}年")
    [_, signer, year] = printed(signed, "同意。", "签字：于晨　　　　２０１", "６年")
    assert (signer[0], year[0]) == ("于晨", "２０１６")
    told = printed(signed, "同意。", f"签字：于晨　　　　２０１{WRAP_IN_DOUBT}", "６年")
    assert not any(sure for _, sure in told)
    [text, _] = printed(OPINION, "张三李四王五赵201", "4年", "签名：李四")
    assert text == ("张三李四王五赵2014年", False)


# --- closed values that a line's end broke beside a free text ---

GRADES = ("合格", "基本合格", "不合格")
SPELLED = {
    "date": ["2016年10月20日", "二〇一六年十二月三十一日", "２０１６年１１月１８日", "2016-11-12", "2016年9月5日上午"],
    "month": ["1976年12月", "一九七六年十二月", "1976.12"],
    "period": ["2016年9月1日至11月30日", "二〇一六年九月一日至十二月二十日", "2016.9.1-2016.11.30"],
    "count": ["15", "二十五", "１２节"], "days": ["12.5", "十二天"], "score": ["92.5", "九十二分"],
    "money": ["1200元", "壹佰贰拾元", "¥1,200.00"], "phone": ["13800138000", "138 0013 8000"],
    "id_number": ["00000019760305123X"], "choice": list(GRADES), "tick": ["☑合格 □基本合格 □不合格"],
}  # fmt: skip
KINDS = {codec: FieldType(codec, GRADES if codec in ("choice", "tick") else ()) for codec in SPELLED}
WRITTEN = ["李四", "扎西·次仁", "王二", "教学楼A区302", "初一（2）班", "张村小学", "Tom Li"]


@st.composite
def broken_values(draw: st.DrawFn) -> tuple[PatternCell, list[str], int, str, str]:
    """A cell of a free field and a closed one, its lines with the closed value broken, which line that is, the values.

    The closed value's spelling stands last.
    """
    codec, free = draw(st.sampled_from(sorted(SPELLED))), draw(st.sampled_from(WRITTEN))
    spelled, label = draw(st.sampled_from(SPELLED[codec])), draw(st.sampled_from(["", "签名："]))
    between, behind = draw(st.sampled_from(["    ", "　　　", "  ", "\n"])), draw(st.sampled_from(["", "（盖章）"]))
    options = ", ".join(map('"{}"'.format, KINDS[codec].options))
    tags = [f"{{{{ free | {draw(st.sampled_from(['text', 'prose']))} }}}}",
            f"{{{{ closed | {codec}{options and f'({options})'} }}}}"]  # fmt: skip
    at = draw(st.integers(1, len(spelled) - 1))
    halves = f"{spelled[:at].strip()}\n{spelled[at:].strip()}"
    first = draw(st.booleans())  # the closed one stands first
    said = [halves, free] if first else [free, halves]
    lines = f"{label}{said[0]}{between}{said[1]}{behind}".split("\n")
    printed = label + between.join(tags[::-1] if first else tags) + behind
    return pattern(*printed.split("\n")), lines, 0 if first or between != "\n" else 1, free, spelled


def values(cell: PatternCell, shown: Cell, medium: Medium) -> list[FieldReading]:
    """What each field is read as, in the pattern's order."""
    found = texts_of_cell(cell, shown, medium)
    return [field_reading(slot.type, text.text, CODECS[slot.type.codec].parse(text.text, slot.type.options),
                          Evidence(medium, text.sure), None) for slot, text in found]  # fmt: skip


def ended_by(shown: Cell, broken: int, end: Literal["on", "full"] | None) -> Cell:
    """The cell of a page that surely broke that line; None where nobody can tell."""
    lines = [replace(line, end="ended") for line in shown.lines]
    lines[broken] = replace(lines[broken], end=end or "", text=lines[broken].text + ("" if end else WRAP_IN_DOUBT))
    return replace(shown, lines=tuple(lines))


@given(broken_values(), st.sampled_from(["on", "full", None]))
def test_no_line_that_broke_a_closed_value_moves_a_part_of_it_into_the_text_beside_it(
    broken: tuple[PatternCell, list[str], int, str, str], end: Literal["on", "full"] | None
) -> None:
    cell, lines, place, free, spelled = broken
    for medium in ("word", "pdf"):
        shown = Cell(tuple(map(Line, lines))) if medium == "word" else ended_by(page_cell(*lines), place, end)
        for slot, reading in zip(cell.slots, values(cell, shown, medium), strict=True):
            stated = free if slot.name == "free" else CODECS[slot.type.codec].parse(spelled, slot.type.options).value
            assert reading.status not in ("blank", "missing"), (slot.name, lines)
            assert reading.status != "accepted" or reading.value == stated, (slot.name, lines)


@pytest.mark.parametrize(("lines", "texts"), [
    (["欧阳杰秀　　　　　二〇", "一六年十月二十日"], ["欧阳杰秀", "二〇一六年十月二十日"]),
    (["欧阳杰秀　　　　　２０１", "６年１０月２０日"], ["欧阳杰秀", "２０１６年１０月２０日"]),
])  # fmt: skip
def test_a_day_that_a_page_broke_behind_a_name_is_read_whole(lines: list[str], texts: list[str]) -> None:
    signed = pattern("{{ signer | text }}    {{ day | date }}")
    found = texts_of_cell(signed, ended_by(page_cell(*lines), 0, "full"), "pdf")
    assert [(text.text, text.sure) for _, text in found] == [(text, True) for text in texts]


@pytest.mark.parametrize(("printed", "lines"), [
    (["{{ f | text }}", "{{ x | date }}"], ["2016年", "10月20日"]),
    (["{{ x | period }}", "{{ f | text }}"], ["201", "6年9月1日至11月30日"]),
    (["{{ x | phone }}", "{{ f | prose }}"], ["13800", "138000，或找王老师"]),
])  # fmt: skip
def test_halves_of_one_value_in_the_paragraphs_of_two_fields_are_asked_about(
    printed: list[str], lines: list[str]
) -> None:
    assert not any(sure for _, sure in parted(pattern(*printed), *lines))
    shown = page_cell(*lines)
    assert not any(text.sure for _, text in texts_of_cell(pattern(*printed), shown, "pdf"))


def test_a_closed_value_that_fills_its_line_does_not_run_on_into_the_text_below() -> None:
    dated = pattern("日期：{{ day | date }}", "{{ name | text }}")
    assert printed(dated, "日期：一九七六年十二", "月三十一日", "李四") == [
        ("一九七六年十二月三十一日", True),
        ("李四", True),
    ]
    shown = page_cell("日期：一九七六年十二", "月三十一日", "李四")
    full = replace(shown, lines=tuple(replace(line, end="full") for line in shown.lines))
    assert [text.text for _, text in texts_of_cell(dated, full, "pdf")] == ["一九七六年十二月三十一日", "李四"]


def test_a_full_line_that_closes_a_sentence_may_be_the_end_of_its_paragraph() -> None:
    assert WRAP_IN_DOUBT in unwrapped(page_cell("张三李四王五赵六孙。", "很好。"))[0].text


@pytest.mark.parametrize(("ended", "sure"), [("来校听课很多节", False), ("来校听课很多。", True)])
def test_a_full_line_may_be_its_writers_where_he_ended_another_without_a_mark(ended: str, sure: bool) -> None:
    shown = page_cell(FULL, "同意", ended, "很好。", "签名：李四")
    ends: list[Literal["full", "ended"]] = ["full", "full", "ended", "ended", "ended"]
    lines = tuple(replace(line, end=end) for line, end in zip(shown.lines, ends, strict=True))
    [_, text], _ = texts_of_cell(OPINION, replace(shown, lines=lines), "pdf")
    assert (text.sure and WRAP_IN_DOUBT not in text.text) is sure


@pytest.mark.parametrize(("second", "wanted"), [
    ("听课30节；百志25篇", ["30", "25"]), ("听课30节；日志26篇", ["30", "26"]), ("昕课30节；日志25篇", ["30", "25"]),
    ("听课30节日志25篇", ["30", "25"]), ("听课30节日志2篇", ["30", "2"]), ("听课30节；日志25", None),
])  # fmt: skip
def test_a_word_of_the_form_that_the_second_reading_has_amiss_takes_no_value_from_it(
    second: str, wanted: list[str] | None
) -> None:
    text = "听课30节；日志25篇"
    line = Line(text, 0.9, second, each=(0.9,) * len(text))
    found = [one.second for _, one in texts_of_cell(TASKS, Cell((line,)), "scan")]
    assert found == wanted if wanted else found != ["30", "25"]


@pytest.mark.parametrize(("text", "wanted"), [
    ("听课30节；百志25篇", ["30", "25"]), ("听课30芦；日志25篇", ["30", "25"]), ("听课30节；日志25编", ["30", "25"]),
])  # fmt: skip
def test_where_the_first_reading_has_a_word_of_the_form_amiss_the_second_parts_its_cell(
    text: str, wanted: list[str]
) -> None:
    line = Line(text, 0.9, "听课30节；日志25篇", each=(0.9,) * len(text))
    found = [one for _, one in texts_of_cell(TASKS, Cell((line,)), "scan")]
    assert [(one.text, one.sure, one.second) for one in found] == [(one, True, one) for one in wanted]


def test_where_both_have_it_amiss_a_person_is_asked() -> None:
    text = "听课30节；百志25篇"
    line = Line(text, 0.9, text, each=(0.9,) * len(text))
    assert not any(one.sure for _, one in texts_of_cell(TASKS, Cell((line,)), "scan"))
