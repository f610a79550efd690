"""What people do with a label and its value: respelled labels, values typed into, under or below them (group D)."""

import re
from collections.abc import Callable, Iterator
from random import Random

from gengang.codecs import HAN
from gengang.sample.habits_document import Cell, Document, Row, Spot
from gengang.sample.habits_grid import cells_of, drop, emptied, first_paragraph, is_plain, set_span, span_of
from gengang.sample.habits_runs import RUN, Element, paragraph_like, retitle, run_like, text_of
from gengang.sample.habits_typing import HabitRow
from gengang.wordxml import W

SYNONYMS = {
    "身份证号": ("身份证号码", "公民身份号码", "证件号码"), "联系电话": ("联系方式", "手机号码", "手机"),
    "出生年月": ("出生日期", "出生时间"), "工作单位": ("所在学校", "学校名称"), "姓名": ("教师姓名", "学员姓名"),
    "指导教师": ("指导老师", "导师"), "基地学校": ("基地校", "跟岗学校"), "基地校": ("基地学校", "跟岗基地"),
    "任教学科": ("所教学科", "任教科目"), "职称": ("专业技术职务",), "学历": ("最高学历", "文化程度"),
    "研修时间": ("跟岗时间", "起止时间"), "教龄": ("任教年限",), "民族": ("族别",), "日期": ("时间",),
    "学段学科": ("任教学段及学科", "学段、学科"), "课题": ("授课内容", "课题名称"), "班级": ("授课班级",),
}  # fmt: skip
_HAN_LABEL = re.compile(f"[{HAN}]{{2,8}}")


# --- a value and its label ---


def _labelled(document: Document) -> Iterator[tuple[Row, Cell, Cell, Spot]]:
    """Each label of one line with the cell beside it that holds one short filled field and nothing else."""
    for row in document.rows:
        if not is_plain(row):
            continue
        for label, cell in zip(row.cells, row.cells[1:], strict=False):
            spot = cell.lone
            one_line = not label.pattern.slots and len(label.pattern.lines) == 1 and "\n" not in label.pattern.printed
            if spot is not None and one_line and label.pattern.printed.strip() and _is_short(spot):
                yield row, label, cell, spot


def _is_short(spot: Spot) -> bool:
    return spot.value is not None and spot.slot.type.codec != "prose" and "\n" not in spot.text


def _moving(move: Callable[[Row, Cell, Cell, Spot], None]) -> Callable[[Document, Random], bool]:
    def edit(document: Document, rng: Random) -> bool:
        able = list(_labelled(document))
        if not able:
            return False
        row, label, cell, spot = rng.choice(able)
        move(row, label, cell, spot)
        for line in cell.lines:
            if line is not None:
                line.close()
        return True

    return edit


def _into_label(_row: Row, label: Cell, _cell: Cell, spot: Spot) -> None:
    paragraph = first_paragraph(label.element)
    colon = "" if text_of(paragraph).rstrip().endswith((":", "：")) else "："
    paragraph.append(run_like(paragraph.find(RUN), colon + spot.text))
    spot.write("")


def _under_label(_row: Row, label: Cell, _cell: Cell, spot: Spot) -> None:
    paragraph = first_paragraph(label.element)
    paragraph.addnext(paragraph_like(paragraph, spot.text))
    spot.write("")


def _in_row_below(row: Row, label: Cell, _cell: Cell, spot: Spot) -> None:
    below = emptied(row.element)
    place = cells_of(row.element).index(label.element)
    retitle(first_paragraph(cells_of(below)[place]), spot.text)
    spot.write("")
    row.element.addnext(below)


def _cells_joined(_row: Row, label: Cell, cell: Cell, spot: Spot) -> None:
    """Label and value in one merged cell, as Word joins them: a paragraph each."""
    set_span(label.element, span_of(label.element) + span_of(cell.element))
    last = list(label.element.iter(f"{W}p"))[-1]
    last.addnext(paragraph_like(first_paragraph(cell.element), spot.text))
    drop(cell.element)


def _cell_split(document: Document, rng: Random) -> bool:
    """The value's cell is split in two, the second of which stays empty."""
    able = [found for found in _labelled(document) if span_of(found[2].element) > 1]
    if not able:
        return False
    _, _, cell, spot = rng.choice(able)
    second = emptied(cell.element)
    set_span(second, 1)
    set_span(cell.element, span_of(cell.element) - 1)
    cell.element.addnext(second)
    spot.line.close()
    return True


# --- labels ---


def _labels(document: Document) -> Iterator[tuple[Element, str]]:
    """Printed labels of one paragraph, beside fields or over a list."""
    for row in document.rows:
        if not row.pattern.table:
            continue
        for cell in row.cells:
            words = "".join(cell.pattern.printed.split())
            if not cell.pattern.slots and len(cell.pattern.lines) == 1 and _HAN_LABEL.fullmatch(words):
                paragraph = first_paragraph(cell.element)
                if "".join(text_of(paragraph).split()) == words:
                    yield paragraph, words


def _labels_spaced(document: Document, rng: Random) -> bool:
    """姓　名, 姓名：, 姓 over 名: half of the labels are written otherwise than they are printed."""
    able = list(_labels(document))
    chosen = rng.sample(able, (len(able) + 1) // 2)
    style = rng.randrange(4)
    for paragraph, words in chosen:
        ways = ("　".join(words), f"{words}：", f"{words[:1]}\n{words[1:]}", f" {'  '.join(words)} :")
        retitle(paragraph, ways[style])
    return bool(chosen)


def _label_synonym(document: Document, rng: Random) -> bool:
    able = [(paragraph, words) for paragraph, words in _labels(document) if words in SYNONYMS]
    if not able:
        return False
    paragraph, words = rng.choice(able)
    retitle(paragraph, rng.choice(SYNONYMS[words]))
    return True


LABELS: tuple[HabitRow, ...] = (
    ("A02", "labels_spaced", "harmless", _labels_spaced),
    ("D02", "label_synonym", "harmless", _label_synonym),
    ("D02", "cells_joined", "harmless", _moving(_cells_joined)),
    ("D03", "value_in_label", "harmless", _moving(_into_label)),
    ("D04", "value_under_label", "harmless", _moving(_under_label)),
    ("D04", "value_in_row_below", "harmless", _moving(_in_row_below)),
    ("D05", "cell_split", "harmless", _cell_split),
)
