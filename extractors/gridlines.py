"""Lines of words around a list: one that has some of the labels of a line of the form is written out with all of them.

Schools keep 学校（盖章）：孙店小学 over their list and leave out what stands behind it on the form.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from extractors.respelled import core_of
from gengang.form import Form, PatternRow, Slot
from gengang.sheet import squeezed

_LABEL = re.compile(r"([^\s:：]{2,14})\s*[:：]")
_UNIT = re.compile(
    r"[人名位个所份节天元岁年篇次]次?|[万千百]元|[学课]时|小时|%"
)  # 单位：人 is of numbers, not a school
_GAP = "\u3000" * 4


@dataclass(frozen=True, slots=True)
class Completed:
    """A line as the form prints it. gone: fields whose labels the school left out."""

    text: str
    gone: tuple[str, ...] = ()


def completed(text: str, form: Form) -> Completed:
    """The line with the labels that are not there; as it is where its labels are none, all, or others than a line's.

    A value of two words may hold what the school wrote without a label, so nothing is written out around it.
    """
    marks = [*_LABEL.finditer(text)]
    if not marks or text[: marks[0].start()].strip():
        return Completed(text)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    values = [text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    if any(len(value.split()) > 1 or _UNIT.fullmatch(value) for value in values):
        return Completed(text)
    said = [squeezed(mark[1]) for mark in marks]
    for row in form.rows:
        fields = dict(_labelled(row))
        known = [_as_printed(word, fields.keys(), form) for word in said]
        if all(known) and len({*known}) == len(known) < len(fields):
            written = dict(zip(known, values, strict=True))
            line = _GAP.join(f"{label}：{written.get(label, '')}" for label in fields)
            return Completed(line, tuple(name for label, name in fields.items() if label not in written))
    return Completed(text)


def _labelled(row: PatternRow) -> Iterator[tuple[str, str]]:
    """Labels of a line outside the tables, each with the one field behind it."""
    if row.table or len(row.cells) != 1 or len(row.cells[0].lines) != 1:
        return
    label = ""
    for piece in row.cells[0].lines[0].pieces:
        if isinstance(piece, Slot):
            if label:
                yield label, piece.name
            label = ""
        else:
            label = squeezed(piece) if re.search("[:：]\\s*$", piece) else ""


def _as_printed(word: str, labels: Collection[str], form: Form) -> str:
    """The one label of the line that a word is, or stands for; empty for none."""
    core = core_of(word)
    groups = [group for group in form.synonyms if core in group]
    found = [one for one in labels if core_of(one) == core or any(core_of(one) in group for group in groups)]
    return found[0] if len(found) == 1 else ""


def is_label_of_line(word: str, form: Form) -> bool:
    """Whether a word, squeezed, stands for a label of a line that the form prints outside its tables."""
    return any(_as_printed(word, dict(_labelled(row)).keys(), form) for row in form.rows)
