"""A pile of pages to the stacks in it: bag covers and date sheets part it, and tell whose the pages behind them are.

A cover or sheet is never read as a form. What it says holds until the next of its kind, and where its code cannot be
read it says that nobody knows, never what the one before said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from extractors.fields import SheetReadings
from extractors.pageorder import readings_of_pages
from extractors.paper import Page, sheet_of_pages
from extractors.prose import or_prose
from extractors.spreads import on_pictures
from gengang.findings import Finding
from gengang.form import Form
from gengang.separators import BAG_TITLE, DAY_TITLE, BagCover, DaySheet, Separator
from gengang.sheet import Medium, squeezed

FIRST_LINES = 6  # among which a separator's title stands

ALONE = "只有材料袋封面或收到日期分隔页，后面没有材料。请把材料放在它后面一起扫描。"
EMPTY = "第 {number} 页的材料袋封面后面没有材料，请核对是否漏扫。"
UNCLEAR_BAG = "第 {number} 页的材料袋封面看不清是谁的，后面的材料没有按袋归人。请重新打印封面、重扫这一袋，或逐份核对。"
UNCLEAR_DAY = "第 {number} 页的收到日期分隔页看不清日期，后面的材料收到日期待确认。请重新打印分隔页后重扫。"
SHARED = "第 {number} 页上既有表格又有材料袋封面或收到日期分隔页，分不清后面的材料归谁。请一张一张分开扫描。"


@dataclass(frozen=True, slots=True)
class Stack:
    """Pages under the same separators. bag: key of a person, empty for nobody; day: of receipt, None where unstated."""

    pages: tuple[Page, ...]
    bag: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """The stacks that have pages, in order, and what a person should know of the separators."""

    stacks: tuple[Stack, ...]
    findings: tuple[Finding, ...] = ()


def readings_of_pile(
    pages: Sequence[Page],
    medium: Medium,
    findings: Sequence[Finding],
    forms: Sequence[Form],
    named: str | None = None,
) -> SheetReadings:
    """The papers on some pages; a finding goes with the page it names.

    named: path of the file, with who sent it, for papers of prose; None where the pages can hold none.
    """
    pile = pile_of(pages)
    if not pile.stacks:
        return SheetReadings((), (*findings, *pile.findings, Finding("bag_empty", ALONE, severity="error")))
    places = [{f"第{page.number}页" for page in stack.pages} for stack in pile.stacks]
    known = set().union(*places)
    found = []
    for number, stack in enumerate(pile.stacks):
        own = [one for one in findings if one.place in places[number] or (number == 0 and one.place not in known)]
        read = _read(stack, medium, own, forms, named)
        found.append(_told_apart(read, stack) if len(pile.stacks) > 1 else read)
    return SheetReadings(tuple(reading for one in found for reading in one.readings),
                         (*pile.findings, *(finding for one in found for finding in one.findings)))  # fmt: skip


def _read(
    stack: Stack, medium: Medium, findings: Sequence[Finding], forms: Sequence[Form], named: str | None
) -> SheetReadings:
    found = readings_of_pages(stack.pages, medium, findings, forms)
    if named is not None:
        found = or_prose(found, sheet_of_pages(stack.pages, medium, findings), forms, named)
    placed = (on_pictures(reading, stack.pages) for reading in found.readings)
    marked = (replace(reading, bag=stack.bag, handed_in=stack.day) for reading in placed)
    return replace(found, readings=tuple(marked))


def _told_apart(read: SheetReadings, stack: Stack) -> SheetReadings:
    """What is said of no page, said of the stack's pages: another stack of the file may be well."""
    first, last = stack.pages[0].number, stack.pages[-1].number
    where = f"第 {first} 页" if first == last else f"第 {first} 至 {last} 页"
    told = (one if one.place or one.message.startswith("第 ") else
            replace(one, message=f"{where}：{one.message}", place=f"第{first}页") for one in read.findings)  # fmt: skip
    return replace(read, findings=tuple(told))


# --- stacks ---


def pile_of(pages: Sequence[Page]) -> Pile:
    """The pages in stacks, separators left out."""
    stacks: list[Stack] = [Stack(())]
    told: list[Finding] = []
    for page in pages:
        separator = separator_of(page)
        if separator is None:
            stacks[-1] = replace(stacks[-1], pages=(*stacks[-1].pages, page))
            continue
        told += _doubts(page, separator)
        own = page.mark is not None  # a form is on the picture too, and belongs to nobody's stack for sure
        stacks.append(_behind(stacks[-1], separator, own))
        if own:
            stacks[-1] = replace(stacks[-1], pages=(page,))
    if len(stacks) == 1:
        return Pile(tuple(stacks))
    told += _empty_bags(pages)
    return Pile(tuple(stack for stack in stacks if any(not _is_bare(page) for page in stack.pages)), tuple(told))


def separator_of(page: Page) -> Separator | None:
    """What the page's code says; a sheet whose code cannot be read is known by the words it prints."""
    if page.separator is not None or page.mark is not None:
        return page.separator
    titles = {squeezed(line.text) for line in islice(page.loose, FIRST_LINES)}
    if BAG_TITLE in titles:
        return BagCover("")
    return DaySheet(None) if DAY_TITLE in titles else None


def _behind(before: Stack, separator: Separator, shared: bool) -> Stack:
    if isinstance(separator, BagCover):
        return Stack((), "" if shared else separator.person, before.day)
    return Stack((), before.bag, None if shared else separator.day)


def _doubts(page: Page, separator: Separator) -> Iterator[Finding]:
    if page.mark is not None:
        message = SHARED
    elif separator == BagCover(""):
        message = UNCLEAR_BAG
    elif separator == DaySheet(None):
        message = UNCLEAR_DAY
    else:
        return
    yield Finding("separator_unclear", message.format(number=page.number), place=f"第{page.number}页")


def _empty_bags(pages: Sequence[Page]) -> Iterator[Finding]:
    """Covers behind which no page lies before the next; the blank back of one is no page."""
    cover: Page | None = None
    for page in [*pages, None]:
        separator = None if page is None else separator_of(page)
        if page is None or isinstance(separator, BagCover):
            if cover is not None:
                yield Finding("bag_without_papers", EMPTY.format(number=cover.number), place=f"第{cover.number}页")
            cover = page if page is not None and page.mark is None else None
        elif separator is None and not _is_bare(page):
            cover = None


def _is_bare(page: Page) -> bool:
    return not (page.tables or page.loose or page.unread)
