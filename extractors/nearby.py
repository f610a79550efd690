"""What stands on a paper beside its fields, and whether an empty field's value may be among it.

A note that nobody could take for a value leaves a blank blank; everything else makes a person look. It reads nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gengang.codecs import CODECS, parse
from gengang.form import FieldType, Form, PatternCell, PatternRow
from gengang.sheet import Cell, Row, squeezed

_COLONS = re.compile("[:：]")
_PAGE_NUMBER = re.compile(r"[-—~]?(?:第?\d{1,4}页?(?:[,/]?[共of]*\d{1,4}页?)?)[-—~]?", re.IGNORECASE)
_NOTE = re.compile(
    r"^(?:[(\[]?(?:注|附|备注|说明|填表|提示)|请|现将|兹|[※★*])"
    "|审核|审阅|查收|报送|一式|盖章|有效|本表|此表|材料"
)
_LONGEST_TEXT = 60


def is_page_number(text: str) -> bool:
    """`3`, `- 3 -`, `第 3 页`, `第3页 共8页`, `3/8`."""
    return _PAGE_NUMBER.fullmatch(squeezed(text)) is not None


def could_be(kind: FieldType, text: str) -> bool:
    """Whether a text that stands beside a field may be its value."""
    words = squeezed(text)
    if not words or kind.codec == "picture":
        return False
    if CODECS[kind.codec].closed:
        parts = (text, *_COLONS.split(text)[1:])
        return any(parse(kind.codec, part, kind.options).state != "blank" and _tells(kind, part) for part in parts)
    if kind.codec == "text" and len(words) > _LONGEST_TEXT:
        return False
    return _NOTE.search(words) is None


_SHAPED = frozenset({"date", "month", "period", "phone", "id_number"})


def _tells(kind: FieldType, text: str) -> bool:
    """A certain value, or one with a slip where the shape alone says what was meant."""
    parsed = parse(kind.codec, text, kind.options)
    slip = parsed.state == "doubt" and parsed.value is not None and kind.codec in _SHAPED
    return parsed.state == "value" or slip


def said_by_heads(kind: FieldType, text: str) -> bool:
    """Whether a line over or under the pages may be the value of a closed field: free words there are nobody's."""
    return CODECS[kind.codec].closed and not is_page_number(text) and could_be(kind, text)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the cells of a row. behind: unknown rows right below it; more: things in its other cells."""

    row: Row
    behind: Sequence[Row]
    more: bool = False

    def hides(self, kind: FieldType, pattern: PatternCell, cell: Cell, extra: Sequence[Cell]) -> bool:
        """Whether the value of an empty cell may be among it. extra: cells of the row that belong to no field."""
        if self.more or cell.pictures > pattern.pictures or cell.objects > pattern.objects:
            return True
        if any(one.unread or could_be(kind, one.text) for one in extra):
            return True
        return any(_may_hold(kind, cell, self.row, other) for other in self.behind)

    def below(self, kind: FieldType, cell: Cell) -> Cell | None:
        """The one cell right below an empty one, or below its label, that its value may have been typed into."""
        if len(self.behind) != 1 or self.behind[0].table != self.row.table or not self.row.table:
            return None
        [other] = self.behind
        first = _label_column(cell, self.row)
        below = [one for one in other.cells if first <= one.column and one.column + one.span <= cell.column + cell.span]
        filled = [one for one in below if squeezed(one.text)]
        only = filled[0] if len(filled) == 1 and not _is_labelled(other, first, cell) else None
        return only if only is not None and could_be(kind, only.text) else None


def _may_hold(kind: FieldType, cell: Cell, row: Row, other: Row) -> bool:
    if other.part in ("header", "footer", "note"):
        return False
    if not row.table or other.table != row.table or cell.place.page is not None:
        return any(one.unread or one.pictures or one.objects or could_be(kind, one.text) for one in other.cells)
    first, last = _label_column(cell, row), cell.column + cell.span
    if _is_labelled(other, first, cell):
        return False
    below = [one for one in other.cells if one.column < last and first < one.column + one.span]
    return any(one.unread or one.pictures or one.objects or could_be(kind, one.text)
               or (_is_free(kind) and squeezed(one.text) and first <= one.column and one.column + one.span <= last)
               for one in below)  # fmt: skip


def _is_free(kind: FieldType) -> bool:
    """A field that any words may be the value of."""
    return not CODECS[kind.codec].closed


def _label_column(cell: Cell, row: Row) -> int:
    """Where the label before a cell begins."""
    before = [one for one in row.cells if one.column + one.span <= cell.column]
    return before[-1].column if before else cell.column


def _is_labelled(other: Row, first: int, cell: Cell) -> bool:
    """Words under the label and words under the empty cell: a label and its value of their own."""
    under_label = [one for one in other.cells if first <= one.column and one.column + one.span <= cell.column]
    under_cell = [one for one in other.cells if cell.column <= one.column < cell.column + cell.span]
    return any(squeezed(one.text) for one in under_label) and any(squeezed(one.text) for one in under_cell)


_TOTAL = re.compile("(?:合|总|小|共)计|总数|合共")
_SUM = re.compile(r"[\d.,%/\\-]*[^\W\d_]{0,2}")


def is_total(row: Row) -> bool:
    """Whether a row of a list sums up the rows above: its first word says so, and all else is numbers."""
    first, *rest = [text for cell in row.cells if (text := squeezed(cell.text))] or [""]
    return _TOTAL.fullmatch(first) is not None and all(_SUM.fullmatch(text) and text[0].isdigit() for text in rest)


# --- things without words ---


def shows_more(pattern: PatternCell, cell: Cell) -> bool:
    """Whether a cell shows a thing that the form does not print there; a picture counts where none is asked for."""
    if cell.objects <= pattern.objects and cell.pictures <= pattern.pictures:
        return False
    return cell.objects > pattern.objects or not any(slot.type.codec == "picture" for slot in pattern.slots)


def has_more(pattern: PatternRow, row: Row, taken: Sequence[Cell]) -> bool:
    """Whether a row shows more pictures and things than the form prints in it, outside the cells that hold fields."""
    if not any(cell.pictures or cell.objects for cell in row.cells):
        return False
    fields = {id(cell) for cell in taken}
    printed = sum(cell.pictures + cell.objects for cell in pattern.cells)
    return sum(cell.pictures + cell.objects for cell in row.cells if id(cell) not in fields) > printed


def prints_things(form: Form) -> int:
    """How many pictures and other things the form prints itself."""
    return sum(cell.pictures + cell.objects for row in form.rows for cell in row.cells)


def things_on(rows: Sequence[Row]) -> int:
    """How many pictures and other things stand on some rows."""
    return sum(cell.pictures + cell.objects for row in rows for cell in row.cells)


def floats_over(form: Form, rows: Sequence[Row]) -> bool:
    """Whether a picture that the form does not print lies loose on the paper, perhaps over another place.

    On a page every picture does: the edge of one may be taken for the wall of a cell.
    """
    cells = [cell for row in rows for cell in row.cells]
    loose = any(cell.floating or (cell.pictures and cell.place.box is not None) for cell in cells)
    own = sum(cell.pictures for row in form.rows for cell in row.cells)
    return loose and sum(cell.pictures for cell in cells) > own
