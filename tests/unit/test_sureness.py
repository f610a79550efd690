"""How sure the letters of a value are: what may be another letter, or a name, has to be surer than a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.certainty import sure_of_text
from extractors.misread import MISREAD
from extractors.policy import Evidence, field_reading
from extractors.sureness import EVEN, doubted, letters_for, of_name
from gengang.codecs import CODECS, parse
from gengang.form import FieldType
from gengang.reading import SURE_OF_NAME
from gengang.sheet import Line

LETTERS = st.sampled_from("听课十节林子梓老师备充分学情ABl10，。（" + "".join(sorted(MISREAD)[:20]))
SURE = st.floats(0, 1).map(lambda value: round(value, 4))


@given(st.sampled_from(sorted(CODECS)), st.lists(st.tuples(LETTERS, SURE), max_size=30))
def test_no_letter_becomes_surer_than_it_was_read_but_where_it_says_nothing(
    codec: str, letters: list[tuple[str, float]]
) -> None:
    text, each = "".join(letter for letter, _ in letters), [sure for _, sure in letters]
    found = letters_for(codec, text, each)
    assert len(found) == len(text)
    assert all(one <= own or one == 1.0 for one, own in zip(found, each, strict=True))
    assert all(one in (own, EVEN, 1.0) for one, own in zip(found, each, strict=True) if own >= SURE_OF_NAME)


@pytest.mark.parametrize(("text", "hard"), [
    ("听课认真", ""), ("林梓老师备课充分", ""), ("林垚老师备课", "林垚"), ("巴特尔·孟和", "巴特尔孟和"),
    ("认真上报，王大军同志", ""), ("上报李大军同志", "报"), ("上报李大垚同志", "报李大垚"), ("大明老师", "大"),
    ("课当评价语言", "课当"), ("听课10节", "节"), ("第3组A1", "第组A1"), ("课堂PPT", "PPT"), ("学科语言", ""),
    ("基地学校", ""), ("第二实验", "二"), ("记录", "记"), ("摧毁", ""), ("评课议课", ""), ("三年级", "三"),
    ("一级教师", "一"), ("正高级教师", ""), ("观摩青年教师大赛课", ""), ("高级别教师", "高级别"),
])  # fmt: skip
@pytest.mark.parametrize("codec", ["text", "prose"])
def test_what_is_a_name_or_no_word_or_was_read_for_another_has_to_be_as_sure_as_a_name(
    codec: str, text: str, hard: str
) -> None:
    poorly = letters_for(codec, text, [SURE_OF_NAME - 0.01] * len(text))
    assert "".join(char for char, sure in zip(text, poorly, strict=True) if sure == EVEN and char.isalnum()) == hard
    assert min(letters_for(codec, text, [SURE_OF_NAME] * len(text))) == (EVEN if "垚" in text else SURE_OF_NAME)


@pytest.mark.parametrize(("text", "doubted_letters"), [
    ("何嫩老师备课充分", "何嫩"), ("该同志认真", ""), ("在指导教师的帮助下", ""), ("与蒋老师结对", ""),
    ("和王明老师", ""), ("李大垚同志", "大垚"), ("我校教师认真", ""), ("骨干教师", ""), ("上官雪娜老师", ""),
    ("古丽娜尔·艾合买提江老师", ""),
])  # fmt: skip
def test_a_name_before_a_title_with_a_letter_that_names_seldom_have_is_never_sure(
    text: str, doubted_letters: str
) -> None:
    found = letters_for("prose", text, [1.0] * len(text))
    doubted_here = "".join(char for char, sure in zip(text, found, strict=True) if sure <= EVEN)
    assert bool(doubted_here) == bool(doubted_letters)
    assert doubted_letters[-1:] in doubted_here


@pytest.mark.parametrize(("name", "sure", "taken"), [
    ("林珺", 0.99, True), ("林珺", 0.985, False), ("林嫩", 1.0, False), ("林外", 1.0, False),
])  # fmt: skip
def test_a_rare_letter_of_a_name_before_a_title_is_believed_where_nothing_else_was_ever_read_as_it(
    name: str, sure: float, taken: bool
) -> None:
    text = f"{name}老师备课充分"
    each = [sure if char in name else 1.0 for char in text]
    assert (min(letters_for("prose", text, each)) > EVEN) == taken


@pytest.mark.parametrize(("text", "sure"), [
    ("日期是9月7日，", "月日"), ("9月17日", "月日"), ("9月日", ""), ("某月7日", "日"), ("9月7", ""), ("日月", ""),
])  # fmt: skip
def test_between_the_figures_of_a_day_its_words_are_no_other_letters(text: str, sure: str) -> None:
    found = letters_for("prose", text, [0.6] * len(text))
    assert "".join(char for char, one in zip(text, found, strict=True) if one == 1.0 and char.isalnum()) == sure


def test_a_dash_between_two_days_that_was_read_as_a_one_is_no_figure() -> None:
    text, poor = "2016年9月24日一12月28日", 0.4
    each = [poor if char == "一" else 0.99 for char in text]
    assert min(letters_for("period", text, each)) == 0.99
    assert min(letters_for("date", "二〇一六年九月一日", [0.99] * 7 + [poor, 0.99])) == poor
    assert min(letters_for("period", "一月一日至二日", [poor] + [0.99] * 6)) == poor


def test_the_dots_of_a_name_that_is_written_by_its_sound_are_no_other_letters() -> None:
    assert of_name("扎西·次仁", [0.97, 0.97, 0.6, 0.97, 0.97]) == [0.97, 0.97, 1.0, 0.97, 0.97]
    assert of_name("张三·四", [0.97, 0.97, 0.6, 0.97]) == [0.97, 0.97, 0.6, 0.97]
    assert of_name("扎西·次仁", [0.97, 0.97, doubted(0.0), 0.97, 0.97])[2] == 0.0


@pytest.mark.parametrize(("codec", "text", "wanted"), [
    ("text", "望川县柳林中学", "accepted"), ("prose", "听课认真。", "accepted"), ("text", "逄大明", "review"),
    ("text", "欧阳明华", "review"), ("text", "语文", "accepted"), ("text", "教龄长", "review"),
])  # fmt: skip
def test_what_may_be_a_name_of_a_rare_surname_is_asked_about_where_words_are_not(
    codec: str, text: str, wanted: str
) -> None:
    found = field_reading(FieldType(codec), text, parse(codec, text), Evidence("scan", True, 0.92, agreed=True), None)
    assert found.status == wanted


@pytest.mark.parametrize(("text", "certain"), [
    ("补交了材科", False), ("补交了材料", True), ("成果江报会", False), ("成果汇报会", True), ("学科语言", True),
])  # fmt: skip
@pytest.mark.parametrize("codec", ["text", "prose"])
def test_a_letter_that_others_were_read_as_is_in_doubt_where_another_would_make_a_word(
    codec: str, text: str, certain: bool
) -> None:
    assert (min(letters_for(codec, text, [1.0] * len(text))) > EVEN) is certain


@pytest.mark.parametrize(("text", "at", "told"), [
    ("西江师范人学数学学院", 4, False), ("西江师范大学数学学院", 4, True), ("四人小组交流", 1, True),
    ("授课日期和地点", 2, True), ("让人学习的地方", 1, True),
])  # fmt: skip
def test_what_black_and_white_leaves_of_a_letter_is_asked_about_where_that_makes_a_much_likelier_word(
    text: str, at: int, told: bool
) -> None:
    """人学 is a word too, of which 师范大学 has the lying stroke."""
    for codec in ("text", "prose"):
        assert (letters_for(codec, text, [1.0] * len(text))[at] == 1.0) is told


def test_where_some_letters_are_in_doubt_a_sure_one_is_too_if_a_likelier_word_would_stand_there() -> None:
    surely = letters_for("text", "证书有变他的人", [1.0] * 7)
    poorly = letters_for("text", "证书有变他的人", [0.94, 0.96, *[1.0] * 5])
    assert min(surely) == 1.0
    assert poorly[4] == EVEN


def test_a_number_and_the_dot_of_a_name_need_no_name_s_sureness() -> None:
    assert letters_for("prose", "听课10节", [0.99, 0.99, 0.91, 0.92, 0.99]) == [0.99, 0.99, 0.91, 0.92, 0.99]
    assert letters_for("text", "wx10", [0.91] * 4) == [EVEN] * 4
    assert letters_for("text", "买买提·孟和", [0.99, 0.99, 0.99, 0.91, 0.99, 0.99]) == [0.99] * 3 + [1.0] + [0.99] * 2
    assert letters_for("text", "买买提·孟和", [0.99, 0.99, 0.99, 0.8, 0.99, 0.99])[3] == EVEN


def test_one_letter_in_doubt_does_not_make_a_long_text_a_poor_copy() -> None:
    text = "且行且思不是一句口号今后将继续努力认真听课评课写好反思参加教研活动"
    doubt = [0.97 if char == "句" else 0.999 for char in text]
    assert letters_for("prose", text, doubt)[0] == 0.999
    short = text[:6]
    assert letters_for("prose", short, [0.999] * 5 + [0.97])[0] == EVEN


def test_a_blank_in_doubt_counts_in_a_text_of_one_line_and_in_no_long_one() -> None:
    read = [0.99, doubted(0.99), 0.99, 0.99]
    assert min(letters_for("text", "记了2页", read)) == 0.0
    assert min(letters_for("prose", "记了2页", read)) == pytest.approx(0.99)
    assert min(letters_for("prose", "情况属实", read)) == 0.0  # between two letters a mark may be lost


@pytest.mark.parametrize(("text", "weak", "certain"), [
    ("周军同志认真", "军", True), ("周明同志认真", "明", False), ("见谢老师上课", "谢", True),
    ("周垚同志认真", "垚", False),
    ("何媛老师", "媛", False), ("何辉老师", "辉", True), ("我与欧阳静老师", "静", True), ("周静认真备课", "静", False),
])  # fmt: skip
def test_a_name_before_a_title_may_be_less_sure_where_usual_names_have_its_characters(
    text: str, weak: str, certain: bool
) -> None:
    read = [0.96 if char == weak else 0.999 for char in text]
    assert min(letters_for("prose", text, read)) == (0.96 if certain else EVEN)


@pytest.mark.parametrize(("text", "asked"), [
    ("双河多九年一贯制学校", True), ("三合多小学", True), ("双河多教学点", True), ("双河乡九年一贯制学校", False),
    ("三合镇小学", False), ("石桥西小学", False), ("明德小学", False), ("县直小学", False), ("张村小学", False),
])  # fmt: skip
def test_a_letter_between_a_place_and_the_word_for_a_school_is_one_for_a_place(text: str, asked: bool) -> None:
    """A hand's 乡 is read as 多 by both, and surely."""
    assert (min(letters_for("text", text, [1.0] * len(text))) == EVEN) == asked


def test_a_letter_of_a_short_text_is_asked_about_where_one_like_it_makes_a_likelier_word() -> None:
    """A hand's 化 is read as 他 by both, and surely."""
    assert min(letters_for("text", "小学他学", [1.0] * 4)) == EVEN
    assert min(letters_for("text", "小学化学", [1.0] * 4)) == 1.0


@pytest.mark.parametrize(("text", "asked"), [
    ("本科（函投）", True), ("本科（函授）", False), ("平原大学（自考）", False), ("新庄中学（东校区）", False),
    ("数学组（王静）", False), ("三（1）班", False), ("组长(组投)", True),
])  # fmt: skip
def test_a_remark_in_brackets_is_of_words_or_a_usual_name(text: str, asked: bool) -> None:
    assert (min(letters_for("text", text, [1.0] * len(text))) == EVEN) == asked


@pytest.mark.parametrize("mark", "：；，”！？.·")
def test_a_mark_in_doubt_may_be_dirt_or_another_with_dirt_over_it(mark: str) -> None:
    text = f"学校的教研氛围浓厚{mark}管理精细"
    each = [1.0 if char != mark else 0.75 for char in text]
    assert min(letters_for("prose", text, each)) == EVEN
    assert min(letters_for("prose", text, [1.0] * len(text))) == 1.0


@pytest.mark.parametrize(("mark", "least"), [("。", 0.3), ("、", 0.6)])
def test_black_and_white_leaves_little_of_a_ring_and_of_a_short_stroke(mark: str, least: float) -> None:
    text = f"学校的教研氛围浓厚{mark}管理精细"
    assert min(letters_for("prose", text, [1.0 if char != mark else least for char in text])) == 1.0


def test_a_letter_as_which_another_was_read_is_held_against_the_word_of_that_one_alone() -> None:
    """县 before 白水 is no 且; 昙 was read as 县, and makes no word there."""
    assert min(letters_for("text", "望川县白水镇中学", [1.0] * 8)) == 1.0
    assert letters_for("prose", "好的材科和课件", [1.0] * 7)[3] == EVEN


@pytest.mark.parametrize(("lines", "wanted"), [
    ((("青山中学（东校", 0.99), ("区）", -0.01)), 0.99), ((("青山中学（东校", -0.01), ("区）", -0.01)), 0.0),
    ((("青山中学（东校", 0.99), ("区）和其他", -0.01)), 0.0), ((("青山中学东校", 0.99), ("区）", -0.01)), 0.0),
])  # fmt: skip
def test_a_bracket_at_its_line_s_end_is_as_surely_wide_as_the_one_that_it_closes(
    lines: tuple[tuple[str, float], ...], wanted: float
) -> None:
    """A line: its text, and how sure its brackets are; of one below nought nobody knows how wide it is."""
    read = tuple(Line(text, 0.99, text, each=tuple(sure if char in "（）" else 0.99 for char in text))
                 for text, sure in lines)  # fmt: skip
    whole = "".join(text for text, _ in lines)
    assert sure_of_text(whole, read, "text") == pytest.approx(wanted)


def test_what_a_form_prints_around_a_value_says_nothing_of_its_letters() -> None:
    """况 is a surname too, and no name stands here before a title."""
    read = tuple(Line(text, 0.99, text, each=(0.99,) * len(text)) for text in ("意见：", "情况属实", "校长签名：张三"))
    assert sure_of_text("情况属实", read, "prose") == 0.99
    assert sure_of_text("张三", read, "text") == 0.99
