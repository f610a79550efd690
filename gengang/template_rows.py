"""The rows of a list in the XML of a template: its own tags get rows of their own, a merged label runs through them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gengang.tags import TAG, EndTag, ForTag, Tag, ValueTag, tag_of
from gengang.xml_edits import Edit, Element
from gengang.xml_paragraphs import Change, edits_of_changes, leaves_of, text_of

END = "{%tr endfor %}"


@dataclass(frozen=True, slots=True)
class _TagAt:
    """A tag and where it stands: its cell, its paragraph and its bounds in that paragraph's text."""

    tag: Tag
    text: str
    cell: Element
    paragraph: Element
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A row. words: what is printed in it."""

    element: Element
    cells: tuple[Element, ...]
    tags: tuple[_TagAt, ...]
    words: str

    def of(self, kind: type[Tag]) -> list[_TagAt]:
        """Its tags of one kind."""
        return [one for one in self.tags if isinstance(one.tag, kind)]

    def is_all_of(self, item: str) -> bool:
        """Whether every field in it is a column of the list with this loop variable."""
        return all(one.tag.loop == item for one in self.tags if isinstance(one.tag, ValueTag))


class _Unclear(Exception):
    """More than one thing could be meant."""


# --- rows of their own ---


def parted_loops(root: Element, source: str) -> tuple[list[Edit], list[str]]:
    """Beginnings and ends of lists that stand among their fields, or an end that is missing below its one row."""
    edits: list[Edit] = []
    did: list[str] = []
    for table in root.iter("w:tbl"):
        try:
            more, told = _parted(_rows_of(table, source), source)
        except _Unclear:
            continue
        edits += more
        did += told
    return edits, did


def _parted(rows: Sequence[_Row], source: str) -> tuple[list[Edit], list[str]]:
    edits: list[Edit] = []
    did: list[str] = []
    opened: tuple[ForTag, int] | None = None
    for number, row in enumerate(rows):
        begins, ends, fields = row.of(ForTag), row.of(EndTag), row.of(ValueTag)
        if len(begins) > 1 or len(ends) > 1 or (begins and opened) or (ends and not begins and not opened):
            raise _Unclear
        loop = begins[0].tag if begins else opened[0] if opened else None
        if isinstance(loop, ForTag) and fields and (begins or ends):
            if not row.is_all_of(loop.item):
                raise _Unclear
            edits += _taken_out([*begins, *ends], source)
            edits += (
                [Edit(row.element.start, row.element.start, _tag_row(row, begins[0].text, source))] if begins else []
            )
            edits += [Edit(row.element.end, row.element.end, _tag_row(row, END, source))] if ends else []
            which = "、".join(name for name, there in (("开始", begins), ("结束", ends)) if there)
            did.append(f"给列表 {loop.list} 的{which}标记各加了一行")
        opened = None if ends else (loop, number) if begins and isinstance(loop, ForTag) else opened
    if opened is not None:
        body = _only_body(rows, *opened)
        edits.append(Edit(body.element.end, body.element.end, _tag_row(body, END, source)))
        did.append(f"给列表 {opened[0].list} 补上了结束标记 {END}")
    return edits, did


def _only_body(rows: Sequence[_Row], loop: ForTag, begun: int) -> _Row:
    """The one row of a list that is not closed: the one in which it begins, or the one below."""
    using = [n for n, row in enumerate(rows) if any(_is_column(one.tag, loop.item) for one in row.tags)]
    if len(using) != 1 or using[0] - begun not in (0, 1) or not rows[using[0]].is_all_of(loop.item):
        raise _Unclear
    return rows[using[0]]


def _is_column(tag: Tag, item: str) -> bool:
    return isinstance(tag, ValueTag) and tag.loop == item


def _taken_out(tags: Sequence[_TagAt], source: str) -> Iterator[Edit]:
    """The tags' texts out of their paragraphs; a paragraph with nothing else goes where its cell has another."""
    by_paragraph: dict[int, list[_TagAt]] = {}
    for one in tags:
        by_paragraph.setdefault(id(one.paragraph), []).append(one)
    for group in by_paragraph.values():
        paragraph = group[0].paragraph
        leaves = leaves_of(paragraph, source)
        changes = [Change(one.start, one.end, "") for one in group]
        rest = len(text_of(leaves).strip()) - sum(one.end - one.start for one in group)
        mates = [child for child in group[0].cell.children if child.name == "w:p"]
        if rest <= 0 and any(mate is paragraph for mate in mates[:-1]):
            yield Edit(paragraph.start, paragraph.end)
        else:
            yield from edits_of_changes(leaves, changes)


def _tag_row(like: _Row, tag: str, source: str) -> str:
    """A row with the cells of another one, that holds a list's own tag and nothing else."""
    free = next((cell for cell in like.cells if not _merge_of(cell)), None)
    if free is None or any(_merge_of(cell) == "restart" for cell in like.cells):
        raise _Unclear
    properties = like.element.find("w:trPr")
    front = "" if properties is None else source[properties.start : properties.end]
    cells = "".join(_tag_cell(cell, tag if cell is free else "", source) for cell in like.cells)
    return f"<w:tr>{front}{cells}</w:tr>"


def _tag_cell(cell: Element, tag: str, source: str) -> str:
    properties = cell.find("w:tcPr")
    front = "" if properties is None else source[properties.start : properties.end]
    return f"<w:tc>{front}<w:p>{f'<w:r><w:t>{tag}</w:t></w:r>' if tag else ''}</w:p></w:tc>"


# --- merged labels ---


def run_through(root: Element, source: str) -> tuple[list[Edit], list[str]]:
    """A label that is merged downwards beside a list and stops at the rows of the list's own tags goes on in them."""
    edits: list[Edit] = []
    for table in root.iter("w:tbl"):
        rows = _rows_of(table, source)
        for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
            like = below if row.of(ForTag) else above
            if (
                len(row.tags) == 1
                and not row.words
                and (row.of(ForTag) or row.of(EndTag))
                and _is_cut(above, row, below)
            ):
                try:
                    edits.append(Edit(row.element.start, row.element.end, _tag_row(like, row.tags[0].text, source)))
                except _Unclear:
                    continue
    return edits, [f"让竖向合并的栏目名穿过 {len(edits)} 个列表标记行"] if edits else []


def _is_cut(above: _Row, row: _Row, below: _Row) -> bool:
    begun, here, on = (dict(_merges_of(one)) for one in (above, row, below))
    return any(column in begun and column not in here and on.get(column) == "continue" for column in begun)


def _merges_of(row: _Row) -> Iterator[tuple[int, str]]:
    column = _number(row.element, "w:trPr", "w:gridBefore")
    for cell in row.cells:
        if merge := _merge_of(cell):
            yield column, merge
        column += _number(cell, "w:tcPr", "w:gridSpan") or 1


def _merge_of(cell: Element) -> str:
    merge = cell.find("w:tcPr", "w:vMerge")
    return "" if merge is None else merge.get("w:val") or "continue"


def _number(element: Element, *path: str) -> int:
    node = element.find(*path)
    value = "" if node is None else node.get("w:val")
    return int(value) if value.isdigit() else 0


# --- pages ---


def kept_whole(root: Element, source: str) -> tuple[list[Edit], list[str]]:
    """A list's row that a page's end would cut in two, of which a reader of the print would make two rows."""
    edits: list[Edit] = []
    for table in root.iter("w:tbl"):
        for row in _rows_of(table, source):
            columns = any(isinstance(one.tag, ValueTag) and one.tag.loop for one in row.tags)
            if columns and row.element.find("w:trPr", "w:cantSplit") is None:
                edits.append(_kept_whole(row, row.element.find("w:trPr")))
    return edits, [f"让 {len(edits)} 个列表行不跨页断开"] if edits else []


def _kept_whole(row: _Row, properties: Element | None) -> Edit:
    if properties is not None and properties.end > properties.inner:
        return Edit(properties.inner, properties.inner, "<w:cantSplit/>")
    if properties is not None:
        return Edit(properties.start, properties.end, "<w:trPr><w:cantSplit/></w:trPr>")
    exceptions = row.element.find("w:tblPrEx")
    at = exceptions.end if exceptions is not None else row.element.inner
    return Edit(at, at, "<w:trPr><w:cantSplit/></w:trPr>")


# --- looking ---


def _rows_of(table: Element, source: str) -> list[_Row]:
    return [_row_of(row, source) for row in _nearest(table, "w:tr")]


def _row_of(row: Element, source: str) -> _Row:
    cells = tuple(_nearest(row, "w:tc"))
    tags: list[_TagAt] = []
    words = ""
    for cell in cells:
        for paragraph in _nearest(cell, "w:p"):
            text = text_of(leaves_of(paragraph, source))
            found = list(TAG.finditer(text))
            tags += [_TagAt(tag_of(one[0]), one[0], cell, paragraph, *one.span()) for one in found]
            words += TAG.sub("", text).strip()
    return _Row(row, cells, tuple(tags), words)


def _nearest(element: Element, name: str) -> Iterator[Element]:
    """The nearest elements of a name, through controls, not through tables, rows, cells or paragraphs."""
    for child in element.children:
        if child.name == name:
            yield child
        elif child.name not in ("w:tbl", "w:tr", "w:tc", "w:p", "w:del"):
            yield from _nearest(child, name)
