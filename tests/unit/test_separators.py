"""Bag covers and date sheets: what their codes say, how they part a pile, and that they are never a form."""

import io
from datetime import date
from itertools import count

import cv2
import numpy as np
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import Rect
from extractors.marks import Pixels, mark_taken_off
from extractors.paper import Page, PrintedLine
from extractors.piles import Pile, Stack, pile_of, readings_of_pile
from extractors.scan import Picture, page_of_picture
from gengang.findings import Finding
from gengang.issued import Issued, PageMark, mark_of_text, text_of_mark
from gengang.separators import (
    BAG_TITLE,
    DAY_TITLE,
    BagCover,
    DaySheet,
    Separator,
    separator_of_text,
    text_of_separator,
    the_one,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
KEYS = st.from_regex(r"P-[0-9a-f]{12}", fullmatch=True)
SEPARATORS: st.SearchStrategy[Separator] = st.builds(BagCover, KEYS) | st.builds(DaySheet, DAYS)
ONE, TWO = BagCover("P-0123456789ab"), BagCover("P-ba9876543210")
DAY = DaySheet(date(2016, 12, 6))
MARK = PageMark(Issued("appraisal", "0123456789ab", "P-0123456789ab"), 1)


def line(text: str) -> PrintedLine:
    return PrintedLine(Rect(10, 10, 100, 20), text)


def page(number: int, *texts: str, separator: Separator | None = None, mark: PageMark | None = None) -> Page:
    return Page(number, 600, 800, loose=tuple(map(line, texts)), separator=separator, mark=mark)


def sheet_with(*texts: str, dots: int = 8) -> Pixels:
    """A page with these codes one under another."""
    sheet = np.full((1400, 1000), 255, np.uint8)
    for place, text in enumerate(texts):
        drawn = io.BytesIO()
        segno.make(text, error="h", micro=False).save(drawn, kind="png", scale=dots, border=2)
        code = np.asarray(cv2.imdecode(np.frombuffer(drawn.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)
        top = 40 + 460 * place
        sheet[top : top + code.shape[0], 600 : 600 + code.shape[1]] = code
    return sheet


@given(SEPARATORS)
def test_a_separators_code_says_what_it_is_and_is_no_page_mark(separator: Separator) -> None:
    text = text_of_separator(separator)
    assert separator_of_text(text) == separator
    assert mark_of_text(text) is None


@pytest.mark.parametrize("text", [text_of_mark(MARK), "https://example.invalid/pay", "GG1B/", "GG1D/2016", "", "GG1B"])
def test_another_code_is_no_separator(text: str) -> None:
    assert separator_of_text(text) is None


def test_a_day_that_is_none_leaves_the_day_untold() -> None:
    assert separator_of_text("GG1D/2016-13-40") == DaySheet(None)


def test_two_covers_on_one_picture_leave_it_untold_whose_pages_follow() -> None:
    assert the_one(frozenset({ONE, TWO})) == BagCover("")
    assert the_one(frozenset({DAY, DaySheet(date(2016, 12, 7))})) == DaySheet(None)
    assert the_one(frozenset({DAY})) == DAY
    assert the_one(frozenset()) is None
    both = mark_taken_off(sheet_with(text_of_separator(ONE), text_of_separator(TWO)))
    assert both.separator == BagCover("")


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("separator", [ONE, DAY], ids=["bag", "day"])
def test_a_scanned_separator_is_known_however_it_lies_and_holds_nothing_to_read(
    separator: Separator, turns: int
) -> None:
    turned = np.ascontiguousarray(np.rot90(sheet_with(text_of_separator(separator)), turns))
    seen, findings = page_of_picture(Picture(3, np.ascontiguousarray(np.dstack([turned] * 3))))
    assert seen == Page(3, float(turned.shape[1]), float(turned.shape[0]), separator=separator)
    assert findings == ()


# --- how they part a pile ---


@given(st.lists(st.sampled_from(["bag 1", "bag 2", "day 1", "day 2", "lost bag", "lost day", "page", "bare"])))
def test_every_page_is_of_the_last_cover_and_the_last_day_before_it_and_none_is_lost(kinds: list[str]) -> None:
    made: dict[str, Separator] = {"bag 1": ONE, "bag 2": TWO, "day 1": DAY, "day 2": DaySheet(date(2016, 12, 7))}
    titles = {"lost bag": BAG_TITLE, "lost day": DAY_TITLE, "page": "姓名"}
    pages, wanted = [], {}
    bag, day = "", None
    for number, kind in zip(count(1), kinds, strict=False):
        texts = (titles[kind],) if kind in titles else ()
        pages.append(page(number, *texts, separator=made.get(kind)))
        said = made.get(kind, {"lost bag": BagCover(""), "lost day": DaySheet(None)}.get(kind))
        bag = said.person if isinstance(said, BagCover) else bag
        day = said.day if isinstance(said, DaySheet) else day
        if kind == "page":
            wanted[number] = (bag, day)
    pile = pile_of(pages)
    got = {one.number: (stack.bag, stack.day) for stack in pile.stacks for one in stack.pages}
    assert {number: got.get(number) for number in wanted} == wanted
    parted = [kind for kind in kinds if kind not in ("page", "bare")]
    assert not parted or set(got) <= {number for number, kind in enumerate(kinds, 1) if kind in ("page", "bare")}
    unclear = [one for one in pile.findings if one.code == "separator_unclear"]
    assert len(unclear) == sum(kind.startswith("lost") for kind in kinds)


def test_pages_without_a_separator_are_one_stack_as_they_were() -> None:
    pages = [page(1), page(2, "姓名")]
    assert pile_of(pages) == Pile((Stack(tuple(pages)),))


def test_a_cover_behind_which_nothing_lies_is_told() -> None:
    pages = [page(1, separator=ONE), page(2), page(3, separator=TWO), page(4, "姓名"), page(5, separator=ONE)]
    told = [(one.code, one.place) for one in pile_of(pages).findings]
    assert told == [("bag_without_papers", "第1页"), ("bag_without_papers", "第5页")]


def test_a_form_on_the_picture_of_a_cover_is_kept_and_nobodys_for_sure() -> None:
    pages = [page(1, separator=ONE), page(2, "甲"), page(3, "乙", separator=TWO, mark=MARK), page(4, "丙")]
    pile = pile_of(pages)
    assert [(stack.bag, [one.number for one in stack.pages]) for stack in pile.stacks] == [
        (ONE.person, [2]),
        ("", [3, 4]),
    ]
    assert [one.code for one in pile.findings] == ["separator_unclear"]


def test_separators_alone_are_no_form_and_say_what_to_do() -> None:
    read = readings_of_pile([page(1, separator=ONE), page(2, separator=DAY)], "scan", (), (), "a.pdf")
    assert read.readings == ()
    assert [one.code for one in read.findings if one.severity == "error"] == ["bag_empty"]


def test_what_is_said_of_one_stack_is_not_said_of_another() -> None:
    pages = [page(1, separator=ONE), page(2, "甲"), page(3, separator=TWO), page(4, "乙"), page(5, "乙")]
    poor = Finding("low_resolution", "第 4 页太不清晰。", place="第4页")
    read = readings_of_pile(pages, "scan", (poor,), ())
    told = [(one.code, one.message[:7], one.place) for one in read.findings]
    assert [place for code, _, place in told if code == "low_resolution"] == ["第4页"]
    assert [place for code, _, place in told if code == "unknown_form"] == ["第2页", "第4页"]
    assert "第 4 至 5" in [said for code, said, _ in told if code == "unknown_form"][1]
