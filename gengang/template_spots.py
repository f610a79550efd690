"""What the XML of a template hides from its reader: tags that nobody sees, labels cut by a list's rows, no borders.

It looks at the parts themselves, since the view of a Word file leaves out just what is looked for here.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from gengang.form import Fault
from gengang.sheet import Sheet
from gengang.tag_faults import shown
from gengang.tags import TAG, BadTag, EndTag, ForTag, ValueTag, tag_of
from gengang.template_walk import Paragraph, Table, walked, within
from gengang.wordpackage import W, flag, tree_of, value_of
from gengang.wordsymbols import is_symbol_font

_Element = etree._Element
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def hidden_faults(data: bytes, sheet: Sheet) -> tuple[Fault, ...]:
    """Faults that only the XML shows. data: a sound Word package; sheet: the view of it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return tuple(_hidden_faults(package, sheet))


def layout_faults(data: bytes, sheet: Sheet) -> tuple[Fault, ...]:
    """What makes a print hard to read though Word shows it well. data, sheet: as above."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = tree_of(package.read("word/styles.xml")) if "word/styles.xml" in package.namelist() else None
        tables = walked(package, sheet).tables
        return tuple(fault for table in tables for fault in _faults_of_layout(table, styles))


def _hidden_faults(package: zipfile.ZipFile, sheet: Sheet) -> Iterator[Fault]:
    walk = walked(package, sheet)
    numbers = {id(table.element): table.number for table in walk.tables}
    for paragraph in walk.paragraphs:
        yield from _faults_of_paragraph(paragraph, numbers)
    for table in walk.tables:
        yield from _faults_of_merges(table)
    yield from _faults_of_other_parts(package)


# --- tags that nobody sees ---


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text of one run. run: None for text that stands in none; why: what hides it, empty for text that is seen."""

    text: str
    parent: _Element
    why: str


_WHY = {
    "hidden": ("hidden_tag", "设成了隐藏文字，读不到，请在“字体”里取消“隐藏”。"),
    "deleted": ("deleted_tag", "在未接受的修订里（已删除），请在“审阅”里接受全部修订后保存。"),
    "code": ("field_code", "在域代码里，读不到，请删掉，直接输入文字标记。"),
    "prompt": ("prompt_tag", "在内容控件的提示文字里，会被当成没有填，请删掉这个控件，直接输入标记。"),
    "symbol": ("symbol_tag", "用了符号字体（如 Wingdings），会变成图形，请改成宋体等普通字体。"),
}


def _faults_of_paragraph(paragraph: Paragraph, numbers: Mapping[int, int]) -> Iterator[Fault]:
    stretches = list(_stretches(paragraph.element))
    text = "".join(stretch.text for stretch in stretches)
    if "{" not in text:
        return
    number = numbers.get(id(paragraph.table), 0) if paragraph.table is not None else 0
    place = f"t{number}/{paragraph.place}" if number else paragraph.place if paragraph.table is None else "表格里"
    for tag in TAG.finditer(text):
        touched = list(_touched(stretches, tag.start(), tag.end()))
        why = next((one.why for one in touched if one.why), "")
        if why and not isinstance(tag_of(tag[0]), BadTag):
            code, what = _WHY[why]
            yield Fault("error", code, place, f"标记 {shown(tag[0])} {what}")
        elif touched[0].parent is not touched[-1].parent:
            what = "一半在修订、链接或控件里、一半在外面，填表时会出错，请删掉重新输入一遍。"
            yield Fault("error", "split_tag", place, f"标记 {shown(tag[0])} {what}")


def _touched(stretches: Sequence[_Stretch], start: int, end: int) -> Iterator[_Stretch]:
    at = 0
    for stretch in stretches:
        if at < end and at + len(stretch.text) > start:
            yield stretch
        at += len(stretch.text)


def _stretches(paragraph: _Element) -> Iterator[_Stretch]:
    for node in paragraph.iter(f"{W}t", f"{W}delText", f"{W}instrText"):
        run = node.getparent()
        if run is None or next(node.iterancestors(f"{W}p"), None) is not paragraph:
            continue
        parent = run.getparent() if run.tag == f"{W}r" else run
        yield _Stretch(node.text or "", run if parent is None else parent, _why_hidden(node, run, paragraph))


def _why_hidden(node: _Element, run: _Element, paragraph: _Element) -> str:
    if node.tag == f"{W}delText":
        return "deleted"
    if node.tag == f"{W}instrText":
        return "code"
    if flag(run.find(f"{W}rPr/{W}vanish")):
        return "hidden"
    fonts = run.find(f"{W}rPr/{W}rFonts")
    if fonts is not None and is_symbol_font(fonts.get(f"{W}ascii", "")):
        return "symbol"
    return "prompt" if _is_prompt(run, paragraph) else ""


def _is_prompt(run: _Element, paragraph: _Element) -> bool:
    """In a content control that says it only shows its prompt: what is filled in there may be taken for one."""
    for control in run.iterancestors(f"{W}sdt"):
        inside = next(control.iterancestors(f"{W}p"), None)
        if flag(control.find(f"{W}sdtPr/{W}showingPlcHdr")) and (inside is None or inside is paragraph):
            return True
    return False


_OTHER_PARTS = {"comments": "批注", "footnotes": "脚注", "endnotes": "尾注",
                "diagrams/": "SmartArt 图形", "charts/": "图表"}  # fmt: skip


def _faults_of_other_parts(package: zipfile.ZipFile) -> Iterator[Fault]:
    """Comments are for people and may show a tag; a field that is written elsewhere is never filled."""
    for name in package.namelist():
        words = next((words for kind, words in _OTHER_PARTS.items() if name.startswith(f"word/{kind}")), "")
        if not words or not name.endswith(".xml"):
            continue
        nodes = tree_of(package.read(name)).iter(f"{W}t", f"{_DRAWN_TEXT}t")
        for tag in TAG.finditer("".join(node.text or "" for node in nodes)):
            if isinstance(tag_of(tag[0]), ValueTag):
                what = f"标记 {shown(tag[0])} 写在{words}里，不会填写也读不到，请移到正文里。"
                yield Fault("warning" if words == "批注" else "error", "unread_part", words, what)


# --- tables ---


def _faults_of_merges(table: Table) -> Iterator[Fault]:
    """A label that is merged downwards beside a list must run through the rows of the list's own tags too."""
    above: dict[int, str] = {}
    cut: dict[int, str] = {}
    for number, cells in enumerate(_cells_by_row(table), 1):
        merged = dict(_merges_of(cells))
        for column in [column for column in cut if merged.get(column) == "continue"]:
            what = "列表旁边竖向合并的栏目名在这一行断开了，打印后对不上，请把这一行的格也合并进去。"
            yield Fault("error", "merge_cut", cut.pop(column), what)
        tags = (tag for cell in cells for tag in TAG.findall(_text(cell)))
        looped = any(isinstance(tag_of(tag), ForTag | EndTag) for tag in tags)
        lost = dict.fromkeys(above.keys() - merged.keys(), f"t{table.number}/r{number}/c1")
        cut = {**cut, **lost} if looped else {}
        above = merged


def _cells_by_row(table: Table) -> list[list[_Element]]:
    return [list(within(tr, f"{W}tc")) for tr in within(table.element, f"{W}tr")]


def _text(cell: _Element) -> str:
    return "".join(node.text or "" for node in cell.iter(f"{W}t"))


def _merge_of(tc: _Element) -> str:
    """Its part in a vertical merge: restart, continue, or empty for none."""
    merge = tc.find(f"{W}tcPr/{W}vMerge")
    return "" if merge is None else merge.get(f"{W}val", "continue")


def _merges_of(cells: Sequence[_Element]) -> Iterator[tuple[int, str]]:
    column = _number(cells[0].getparent(), "trPr", "gridBefore") if cells else 0
    for cell in cells:
        if merge := _merge_of(cell):
            yield column, merge
        column += _number(cell, "tcPr", "gridSpan") or 1


def _number(parent: _Element | None, *path: str) -> int:
    value = value_of(parent, *path)
    return int(value) if value.isdigit() else 0


_COLUMN = re.compile(r"\{\{\s*\w+\.\w+")
_FREE_TAG = re.compile(r"\|\s*(?:text|prose)\s*\}\}")


def _faults_of_layout(table: Table, styles: _Element | None) -> Iterator[Fault]:
    texts = [[_text(cell) for cell in row] for row in _cells_by_row(table)]
    if not table.number or not any("{{" in text for row in texts for text in row):
        return
    if not _has_borders(table.element, styles):
        what = "这个表没有边框线，打印件和扫描件里分不出格子，请给表格加上边框。"
        yield Fault("warning", "no_borders", f"t{table.number}/r1/c1", what)
    for number, tr in enumerate(within(table.element, f"{W}tr"), 1):
        height = tr.find(f"{W}trPr/{W}trHeight")
        free = [cell for cell, text in enumerate(texts[number - 1], 1) if _FREE_TAG.search(text)]
        if height is not None and height.get(f"{W}hRule") == "exact" and free:
            what = "这一行的行高是“固定值”，写长了会被截掉，请在表格属性里改成“最小值”。"
            yield Fault("warning", "exact_height", f"t{table.number}/r{number}/c{free[0]}", what)
        if _COLUMN.search("".join(texts[number - 1])) and not flag(tr.find(f"{W}trPr/{W}cantSplit")):
            what = "列表的行会被分页切成两半，打印件上读成两行，请在表格属性的“行”里取消“允许跨页断行”。"
            yield Fault("warning", "row_splits", f"t{table.number}/r{number}/c1", what)


_NO_LINE = ("nil", "none")


def _has_borders(table: _Element, styles: _Element | None) -> bool:
    """Lines of its own, of a cell, or of the style it is in; without any Word draws none."""
    own = [*table.iterfind(f"{W}tblPr/{W}tblBorders"), *table.iter(f"{W}tcBorders")]
    if any(_draws(borders) for borders in own):
        return True
    if styles is None or table.find(f"{W}tblPr/{W}tblBorders") is not None:
        return False
    known = {style.get(f"{W}styleId", ""): style for style in styles.iterfind(f"{W}style")}
    name, seen = value_of(table, "tblPr", "tblStyle"), set[str]()
    while name in known and name not in seen:
        seen.add(name)
        if any(_draws(borders) for borders in known[name].iter(f"{W}tblBorders")):
            return True
        name = value_of(known[name], "basedOn")
    return False


def _draws(borders: _Element) -> bool:
    return any(line.get(f"{W}val") not in _NO_LINE for line in borders)
