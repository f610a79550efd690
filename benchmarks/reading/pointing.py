"""Where in a drawn form an edit can be made: its tables, rows, cells and marked runs, and what a cell says."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from benchmarks.reading.drawing import ENTRY, SLOT, Element, W, parsed, run
from benchmarks.reading.truth import Draft

HAN = range(0x4E00, 0x9FFF)


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A printed label and the cell of one value at its right. mark: the run with the value."""

    row: Element
    label: Element
    value: Element
    mark: Element


def tables(draft: Draft) -> list[Element]:
    """The tables of the body."""
    return list(draft.drawn.body.findall(f"{W}tbl"))


def rows_of(table: Element) -> list[Element]:
    """The rows of a table."""
    return list(table.findall(f"{W}tr"))


def marks_in(part: Element) -> list[Element]:
    """Marked runs under an element."""
    return [one for one in part.iter(f"{W}r") if one.get(SLOT) is not None]


def marks_of(draft: Draft) -> list[Element]:
    """Marked runs of the body."""
    return marks_in(draft.drawn.body)


def text_of(part: Element) -> str:
    """The words under an element."""
    return "".join(node.text or "" for node in part.iter(f"{W}t"))


def set_text(mark: Element, text: str) -> None:
    """Other words in a run; its properties stay."""
    for child in list(mark):
        if child.tag != f"{W}rPr":
            mark.remove(child)
    for child in parsed(run(text)):
        mark.append(child)


def copy_of_run(mark: Element, text: str, marked: bool = True) -> Element:
    """A run that looks the same with other words."""
    other = deepcopy(mark)
    if not marked and SLOT in other.attrib:
        del other.attrib[SLOT]
    set_text(other, text)
    return other


def is_plain(row: Element) -> bool:
    """A row that stands once and in which no area is merged downwards."""
    return row.get(ENTRY) is None and row.find(f"{W}tc/{W}tcPr/{W}vMerge") is None


def begins_no_area(row: Element) -> bool:
    """A row above which a table may be cut: nothing reaches into it from above."""
    return all(merge.get(f"{W}val") == "restart" for merge in row.findall(f"{W}tc/{W}tcPr/{W}vMerge"))


def pairs_of(draft: Draft) -> list[Pair]:
    """Every printed label with one paragraph whose neighbour holds one value and nothing else."""
    return [pair for table in tables(draft) for row in rows_of(table) if row.get(ENTRY) is None
            for pair in _pairs_of_row(row)]  # fmt: skip


def _pairs_of_row(row: Element) -> Iterator[Pair]:
    cells = row.findall(f"{W}tc")
    for label, value, behind in zip(cells, cells[1:], [*cells[2:], None], strict=False):
        marks = marks_in(value)
        alone = len(marks) == 1 and text_of(value) == text_of(marks[0]) and len(value.findall(f"{W}p")) == 1
        drawn = any(mark.find(f"{W}drawing") is not None for mark in marks)
        if alone and not drawn and _is_label(label) and _ends_pair(behind):
            yield Pair(row, label, value, marks[0])


def _is_label(cell: Element) -> bool:
    words = "" if marks_in(cell) else text_of(cell)
    flat = len(cell.findall(f"{W}p")) == 1 and cell.find(f"{W}tcPr/{W}textDirection") is None
    return flat and any(map(is_han, words))


def _ends_pair(behind: Element | None) -> bool:
    """The next cell is a label or a merged area: what a label names is the one value before it."""
    return behind is None or _is_label(behind) or behind.find(f"{W}tcPr/{W}vMerge") is not None


def filled_pairs(draft: Draft, codecs: Sequence[str] = ()) -> list[Pair]:
    """Pairs whose value somebody wrote; codecs: of these only."""
    return [pair for pair in pairs_of(draft) if draft.is_filled(pair.mark)
            and (not codecs or draft.slot_of(pair.mark).codec in codecs)]  # fmt: skip


def span_of(cell: Element) -> int:
    """Grid columns of a cell."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(str(span.get(f"{W}val")))


def set_span(cell: Element, span: int) -> None:
    """Make a cell cover so many grid columns."""
    properties = cell.find(f"{W}tcPr")
    assert properties is not None
    old = properties.find(f"{W}gridSpan")
    if old is not None:
        properties.remove(old)
    if span > 1:
        properties.insert(0, parsed(f'<w:gridSpan w:val="{span}"/>'))


def is_han(char: str) -> bool:
    """A Chinese character."""
    return ord(char) in HAN
