"""今日要点: what is given is on the page, masked and escaped, and the page needs nothing but itself."""

import re
from datetime import date
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from gengang.papers.morning import Came, Changed, Chat, Link, MorningNote, Need, Overdue, Standing, Sum, morning_note

DAY = date(2016, 12, 10)
FULL = MorningNote(
    "安和县2016年农村中小学骨干教师跟岗研修", DAY,
    sums=(Sum("收到文件", 10, (("已读", 8), ("待处理", 2))),),
    came=(Came("附件1 研修日志", "张三", Link("日志.docx")),),
    changed=(Changed("张三", "考核结论", "未考核", "合格", "补交考勤表"),),
    needs=(Need("李四", Link("李四鉴定表.docx", "待处理/a:b#1 (2).docx"), "身份证号", "请核对。", "A15"),),
    overdue=(Overdue("周明", "考勤表：未交", "M-04", "已过期3天"),),
    standings=(Standing("张三", "张村小学", "小学语文", "95", "合格", 0, 1),),
    papers=(Link("缺件清单", "缺件/缺件清单.docx"),),
    remarks=("证书尚未审核。",),
    receipts=(Chat("张村小学", ("张村小学（1/2）：今收到张三研修日志10篇。", "张村小学（2/2）：缺<听课记录>3节。"),
                   Link("", "收件回执/2016-12-10 张村小学.txt")),),
)  # fmt: skip


class Outline(HTMLParser):
    """Open tags, texts and link targets of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def outline(note: MorningNote) -> Outline:
    page = Outline()
    page.feed(morning_note(note))
    page.close()
    return page


@pytest.mark.parametrize("note", [FULL, MorningNote("安和县", DAY)])
def test_the_page_is_whole_and_needs_no_script_and_no_other_file(note: MorningNote) -> None:
    page = outline(note)
    assert page.open == []
    assert not {"script", "img", "link", "iframe"} & {*page.tags}
    assert "http" not in morning_note(note)
    assert len(page.links) >= 5
    assert all(link.startswith(("#", "./")) for link in page.links)


def test_everything_given_is_said() -> None:
    said = "".join(outline(FULL).words)
    given = ["2016年12月10日", "李四", "身份证号", "请核对。", "A15", "已过期3天", "M-04", "补交考勤表"]
    given += ["张村小学", "95", "缺件清单", "证书尚未审核。"]
    for words in (*given, "收到文件 10 个 ＝ 已读 8 ＋ 待处理 2"):
        assert words in said


def test_an_empty_morning_says_that_there_is_nothing() -> None:
    said = "".join(outline(MorningNote("安和县", DAY)).words)
    assert "没有需要您处理的事。" in said
    assert "应交的都已交来。" in said


def test_id_numbers_are_masked_everywhere() -> None:
    name = "00000019760305123X 13800138000"
    note = MorningNote(
        name, DAY, came=(Came(name, name, Link(name), name),), changed=(Changed(name, name, name, name, name),),
        needs=(Need(name, Link(name), name, name),), overdue=(Overdue(name, name, "", ""),),
        standings=(Standing(name, name, name, "", name, 0, 0),), papers=(Link(name),), remarks=(name,),
        sums=(Sum(name, 1, ((name, 1),)),),
    )  # fmt: skip
    page = morning_note(note)
    assert "00000019760305123X" not in page
    assert "13800138000" not in page
    assert page.count("000000********123X") == page.count("138****8000") > 20


def test_what_people_write_is_never_markup() -> None:
    note = MorningNote("<b>&", DAY, needs=(Need("<script>", Link("x", 'a"><script>'), "", "& <i>"),))
    page = outline(note)
    assert "script" not in page.tags
    assert "& <i>" in "".join(page.words)


def test_a_link_reaches_a_file_of_any_name() -> None:
    [link] = [link for link in outline(FULL).links if "a%3Ab" in link]
    assert link == "./%E5%BE%85%E5%A4%84%E7%90%86/a%3Ab%231%20%282%29.docx"


@pytest.mark.parametrize(("total", "mark"), [(10, "✓"), (11, "✗")])
def test_a_sum_that_does_not_balance_is_said_aloud(total: int, mark: str) -> None:
    page = morning_note(MorningNote("安和县", DAY, sums=(Sum("收到", total, (("已读", 8), ("待处理", 2))),)))
    assert mark in page
    assert bool(re.search(r"<p class=bad>", page)) is (mark == "✗")


def test_a_receipt_stands_there_whole_each_text_by_itself_and_leads_to_its_file() -> None:
    page = outline(FULL)
    assert [words for words in page.words if words.startswith("张村小学（")] == list(FULL.receipts[0].texts)
    assert "./" + quote("收件回执/2016-12-10 张村小学.txt", safe="/.~-_") in page.links
    assert morning_note(FULL).count('class="chat"') == 2
