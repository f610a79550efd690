"""收件回执 as text: short enough to paste, nothing lost in splitting, nobody's number in it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from gengang.papers.form_words import FORM_WORDS, form_words
from gengang.papers.missing import CHAT_LIMIT
from gengang.papers.receipts import Receipt, Several, page_of_receipt, receipt_texts
from tests.unit.prints import FORMS
from tests.unit.rosters import id_number

NAMES = st.sampled_from(["", "张三", "李𬱖", "阿卜杜热合曼·买买提", "王芳"])
WORDS = st.integers(0, 999).map(lambda number: f"研修日志<{number}>篇（照片不清，请重拍）"[: 4 + number % 16])
SEVERAL = st.builds(Several, NAMES, st.lists(WORDS, max_size=14).map(tuple))
RECEIPTS = st.builds(
    Receipt,
    sender=st.sampled_from(
        ["张村小学", "安和县青石岭回族自治乡第二九年一贯制寄宿制中心学校", "王芳", "wang@example.invalid"]
    ),
    came=st.lists(SEVERAL, max_size=4).map(tuple),
    missing=st.lists(SEVERAL, max_size=4).map(tuple),
    complete=st.lists(NAMES, max_size=3).map(tuple),
    back=st.lists(WORDS, max_size=4).map(tuple),
    asked=st.lists(WORDS, max_size=12).map(tuple),
    again=st.integers(0, 3),
)


def test_it_says_what_came_what_is_missing_and_what_goes_back() -> None:
    receipt = Receipt(
        "张村小学",
        (Several("张三", ("研修日志10篇", "请假条1份")),),
        (Several("张三", ("听课记录3节",)),),
        back=("1份（照片不清，请重拍）",),
    )
    assert receipt_texts(receipt) == (
        "张村小学：今收到张三研修日志10篇、请假条1份；缺听课记录3节；退回1份（照片不清，请重拍）。",
    )


def test_whose_is_said_where_there_are_several() -> None:
    receipt = Receipt(
        "张村小学",
        (Several("张三", ("考勤表1份",)), Several("李四", ("研修日志2篇",))),
        (Several("李四", ("研修日志8篇", "研修报告")),),
        complete=("张三",),
        asked=("李四考勤表缺第2页，请补齐",),
        again=1,
    )
    assert receipt_texts(receipt) == (
        "张村小学：今收到张三考勤表1份，李四研修日志2篇；另有1份与以前交的相同，不重复计；"
        "李四缺研修日志8篇、研修报告；材料已交齐：张三；另请补正：李四考勤表缺第2页，请补齐。",
    )


def test_the_next_text_says_again_whom_and_what_it_is_about() -> None:
    many = tuple(f"第{number}号材料1份" for number in range(60))
    first, second = receipt_texts(Receipt("张村小学", (Several("张三", many),)))
    assert first.startswith("张村小学（1/2）：今收到张三第0号材料1份、第1号")
    assert second.startswith("张村小学（2/2）：今收到张三第")
    assert first.endswith("1份。")


def bare(texts: tuple[str, ...]) -> str:
    """What the texts say, without whom they address."""
    return "".join(text.partition("：")[2] for text in texts)


@given(RECEIPTS)
def test_each_text_can_be_pasted_and_together_they_say_everything_once(receipt: Receipt) -> None:
    texts = receipt_texts(receipt)
    assert [len(text) <= CHAT_LIMIT for text in texts] == [True] * len(texts)
    assert [text.startswith(receipt.sender[:8]) for text in texts] == [True] * len(texts)
    words = [word for some in (*receipt.came, *receipt.missing) for word in some.words]
    said = bare(texts)
    for word in (*words, *receipt.back, *receipt.asked):
        place = said.find(word)
        assert place >= 0, word
        said = said[:place] + "…" * len(word) + said[place + len(word) :]


@given(RECEIPTS, st.sampled_from(["sender", "whose", "words", "back"]))
def test_no_id_or_phone_number_is_ever_in_it(receipt: Receipt, where: str) -> None:
    number = f"{id_number()}、13800138000"
    came = (Several(number if where == "whose" else "张三", (number if where == "words" else "考勤表1份",)),)
    back = (number if where == "back" else "1份（打不开）",)
    sender = number if where == "sender" else receipt.sender
    told = "".join(receipt_texts(Receipt(sender, came, receipt.missing, back=back)))
    assert re.search(r"\d{11,}", told) is None


def test_nothing_to_say_is_no_text() -> None:
    assert receipt_texts(Receipt("张村小学")) == ()


def test_every_form_of_ours_has_its_word_and_a_foreign_one_its_title() -> None:
    assert {form.stem for form in FORMS} == {*FORM_WORDS}
    assert form_words("safety_pledge", "附件9 安全承诺书") == ("安全承诺书", "份")
    assert form_words("safety_pledge") == ("其他材料", "份")


def test_the_page_opens_in_notepad() -> None:
    data = page_of_receipt(("张村小学：一。", "张村小学：二。"))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "张村小学：一。\r\n\r\n张村小学：二。\r\n"
