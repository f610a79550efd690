"""What people do to the rows and columns of a form: group D of the catalogue, as far as the grid goes."""

from random import Random

from gengang.sample.habits_document import Document, Row, Spot
from gengang.sample.habits_grid import cells_of, drop, emptied, first_paragraph, is_plain, set_span, span_of
from gengang.sample.habits_runs import Element, made, paragraph_like, retitle
from gengang.sample.habits_typing import HabitRow
from gengang.wordxml import W

REMARKS = ("另附材料见袋中", "补充说明：原件在学校存档", "（此行为学校另加）以原件为准", "以上内容由教务处代填")
NO_MORE = ("以下空白", "（以下无）", "——以下空白——")
_IDENTITY = ("name", "id_number", "mentor")


# --- rows ---


def _row_deleted(document: Document, rng: Random) -> bool:
    able = [row for row in document.rows if is_plain(row) and row.spots and not row.touched
            and not any(spot.slot.name in _IDENTITY for spot in row.spots)
            and any(not _other_places(document, spot, row.spots) for spot in row.spots)]  # fmt: skip
    if not able:
        return False
    row = rng.choice(able)
    drop(row.element)
    _lose(document, row.spots)
    document.rows.remove(row)
    return True


def _other_places(document: Document, spot: Spot, own: list[Spot]) -> list[Spot]:
    return [one for row in document.rows for one in row.spots
            if one.key == spot.key and not one.taken and not any(one is mine for mine in own)]  # fmt: skip


def _lose(document: Document, spots: list[Spot]) -> None:
    """Fields whose place is no longer there; what stands in a second place of the same name is still read."""
    for spot in spots:
        spot.taken = True
        others = [one for row in document.rows for one in row.spots if one.key == spot.key and not one.taken]
        if not others:
            document.values[spot.key] = None
            document.gone.add(spot.key)


def _list_row_deleted(document: Document, rng: Random) -> bool:
    able = [row for row in document.rows if row.number and not row.touched and _rows_left(document, row) > 1]
    if not able:
        return False
    row = rng.choice(able)
    drop(row.element)
    document.lost.add((row.pattern.loop, row.number))
    document.rows.remove(row)
    return True


def _rows_left(document: Document, row: Row) -> int:
    return sum(1 for other in document.rows if other.pattern.loop == row.pattern.loop)


def _remark_row(document: Document, rng: Random) -> bool:
    able = [row for row in document.rows if is_plain(row)]
    if not able:
        return False
    row = rng.choice(able)
    row.element.addnext(_note_row(row.element, rng.choice(REMARKS)))
    document.expect.append("unread_content")
    return True


def _note_row(like: Element, text: str) -> Element:
    """A row of one cell as wide as the table."""
    cells = cells_of(like)
    note = made("tc", made("tcPr", made("gridSpan", val=str(sum(map(span_of, cells))))))
    note.append(paragraph_like(first_paragraph(cells[0]), text))
    return made("tr", note)


def _list_rows(document: Document) -> list[Row]:
    return [row for row in document.rows if row.number]


def _last_of_list(document: Document, rng: Random) -> Row | None:
    rows = _list_rows(document)
    if not rows:
        return None
    name = rng.choice(sorted({row.pattern.loop for row in rows}))
    return [row for row in rows if row.pattern.loop == name][-1]


def _blank_list_rows(document: Document, rng: Random) -> bool:
    last = _last_of_list(document, rng)
    if last is None:
        return False
    for _ in range(rng.randint(1, 3)):
        last.element.addnext(emptied(last.element))
    return True


def _list_closed(document: Document, rng: Random) -> bool:
    """以下空白 in the first cell of a further row."""
    last = _last_of_list(document, rng)
    if last is None:
        return False
    closing = emptied(last.element)
    retitle(first_paragraph(cells_of(closing)[0]), rng.choice(NO_MORE))
    last.element.addnext(closing)
    return True


def _row_in_two(document: Document, rng: Random) -> bool:
    """Every cell of a row is merged with an empty one below it."""
    able = [row for row in document.rows if is_plain(row) and row.spots]
    if not able:
        return False
    row = rng.choice(able)
    below = emptied(row.element)
    for tr, kind in ((row.element, "restart"), (below, "continue")):
        for cell in cells_of(tr):
            set_span(cell, span_of(cell))
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            if span is not None:
                span.addnext(made("vMerge", val=kind))
    row.element.addnext(below)
    return True


# --- columns ---


def _column_added(document: Document, rng: Random) -> bool:
    """A column at the right of a list, with a heading and a word in one of its rows."""
    able = [(table, rows) for table, rows in document.tables() if any(row.number for row in rows)]
    if not able:
        return False
    table, rows = rng.choice(able)
    first = next(index for index, row in enumerate(rows) if row.number)
    marked = rng.choice([row for row in rows if row.number])
    for index, row in enumerate(rows):
        last = cells_of(row.element)[-1]
        if index == first - 1 or row.number:
            words = "其他说明" if index == first - 1 else "见附页" if row is marked else ""
            last.addnext(made("tc", made("tcPr"), paragraph_like(first_paragraph(last), words)))
        else:
            set_span(last, span_of(last) + 1)
    grid = table.find(f"{W}tblGrid")
    if grid is not None:
        grid.append(made("gridCol", w="567"))
    document.expect.append("unread_content")
    return True


ROWS_AND_CELLS: tuple[HabitRow, ...] = (
    ("D02", "row_deleted", "asks", _row_deleted),
    ("D02", "list_row_deleted", "typed", _list_row_deleted),
    ("D02", "remark_row", "asks", _remark_row),
    ("D02", "column_added", "asks", _column_added),
    ("D02", "blank_list_rows", "harmless", _blank_list_rows),
    ("D02", "list_closed", "harmless", _list_closed),
    ("D05", "row_in_two", "harmless", _row_in_two),
)
