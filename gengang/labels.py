"""What a field is called on the printed form: the words that a clerk looks for, from the pattern around it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gengang.form import Form, PatternCell, PatternRow, Slot
from gengang.sheet import squeezed

_OF_PROSE = {"prose_title": "题目", "prose_body": "正文"}  # of a paper that was written on no form
_UNITS = "天次节篇份分;,。、 ()"


@lru_cache(maxsize=256)
def labels_of(form: Form) -> dict[str, str]:
    """Field path (`name`, `lessons.date` for a column) -> its printed label, or its own name where there is none."""
    labels: dict[str, str] = {}
    above: PatternRow | None = None
    for row in form.rows:
        for index, cell in enumerate(row.cells):
            for slot, words in _slots_with_words(cell):
                path = f"{slot.loop}.{slot.name}" if slot.loop else slot.name
                alone = slot.loop or not any(squeezed(one.printed) for one in row.cells)
                beside = _above(above, cell) if alone else _left_of(row, index, above)
                beside = "照片" if slot.type.codec == "picture" else beside
                day = "日期" if slot.type.codec == "date" and not slot.loop else ""
                labels.setdefault(path, _joined(beside, _last_words(words) or day) or slot.name)
        if not row.slots:
            above = row
    return labels


def label_of(form: Form, path: str) -> str:
    """The label of `name`, `lessons` or `lessons[2].date`, with the row's number where there is one."""
    name, bracket, rest = path.partition("[")
    if path in _OF_PROSE:
        return _OF_PROSE[path]
    if not bracket:
        columns = [label for key, label in labels_of(form).items() if key.startswith(f"{name}.")]
        return labels_of(form).get(path) or (f"“{'、'.join(columns[:2])}”各行" if columns else path)
    number, _, column = rest.partition("].")
    return f"第{number}行{labels_of(form).get(f'{name}.{column}', column)}"


def _slots_with_words(cell: PatternCell) -> Iterator[tuple[Slot, str]]:
    for line in cell.lines:
        words = ""
        for piece in line.pieces:
            if isinstance(piece, str):
                words = squeezed(piece)
            else:
                yield piece, words
                words = ""


def _last_words(words: str) -> str:
    """The words right before a field in a line: 天,缺勤 is 缺勤, 老师(工作单位 is 工作单位, 学校(盖章) is 学校."""
    whole = re.sub(r"\([^()]*\)", "", words) or words
    return next((part for part in reversed(re.split("[(,;。]", whole)) if part), "").lstrip(_UNITS).strip("()")


def _left_of(row: PatternRow, index: int, head: PatternRow | None) -> str:
    """The nearest words to the left; in a row of a printed table its first words and the head of the column."""
    words = [squeezed(cell.printed) for cell in row.cells[:index] if not cell.slots and squeezed(cell.printed)]
    if len(words) > 2 and words[-1].isdigit():
        return _joined(next(word for word in words if not word.isdigit()), _above(head, row.cells[index]))
    return words[-1] if words else ""


def _above(head: PatternRow | None, cell: PatternCell) -> str:
    if head is None:
        return ""
    return next((squeezed(one.printed) for one in head.cells if one.column <= cell.column < one.column + one.span), "")


def _joined(beside: str, words: str) -> str:
    return f"{beside}·{words}" if beside and words and beside != words and len(words) < 10 else beside or words
