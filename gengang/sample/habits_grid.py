"""The grid of a Word table as people change it: cells and their spans, copies without words, rows taken out."""

from copy import deepcopy

from gengang.sample.habits_document import Row
from gengang.sample.habits_runs import Element, made
from gengang.wordxml import W


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, also those in a control; not those of a table inside it."""
    return [
        cell for child in row for cell in ([child] if child.tag == f"{W}tc" else child.findall(f"{W}sdtContent/{W}tc"))
    ]


def span_of(cell: Element) -> int:
    """How many grid columns it covers."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val", "1"))


def set_span(cell: Element, span: int) -> None:
    """It covers so many grid columns, which Word wants to be told behind the width."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = made("tcPr")
        cell.insert(0, properties)
    found = properties.find(f"{W}gridSpan")
    if found is None:
        found = made("gridSpan")
        width = properties.find(f"{W}tcW")
        properties.insert(0 if width is None else 1, found)
    found.set(f"{W}val", str(span))


def first_paragraph(cell: Element) -> Element:
    """A cell has at least one."""
    return next(cell.iter(f"{W}p"))


def emptied(element: Element) -> Element:
    """A copy in which nothing is written."""
    copy = deepcopy(element)
    for paragraph in copy.iter(f"{W}p"):
        for child in list(paragraph):
            if child.tag != f"{W}pPr":
                paragraph.remove(child)
    return copy


def is_plain(row: Row) -> bool:
    """A row of a table that stands once and shares no cell with its neighbours."""
    return bool(row.pattern.table) and not row.number and row.element.find(f".//{W}vMerge") is None


def drop(element: Element) -> None:
    """It is no longer in the document."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
