"""Word bytes to Form: the only reader of `templates/`. It compiles a tagged document once and names its faults."""

import difflib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gengang.codecs import CODECS
from gengang.errors import TemplatesError
from gengang.form import Fault, FieldType, Form, PatternCell, PatternLine, PatternRow, Piece, Slot
from gengang.sheet import Cell, Row, squeezed
from gengang.tags import BadTag, EndTag, ForTag, Tag, ValueTag, pieces_of
from gengang.wordxml import NotWordError, sheet_of_word

_NEEDS_OPTIONS = ("choice", "tick")
_RESERVED = frozenset(
    ("and", "or", "not", "if", "else", "in", "is", "true", "false", "none", "True", "False", "None", "self")
)
_RUN_TOGETHER = frozenset(("id_number", "phone", "count", "days", "score", "money"))  # digits, and nothing when blank
_NOTHING_WHEN_BLANK = _RUN_TOGETHER | {"choice"}


def version_of(data: bytes) -> str:
    """The version of a template: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:12]


def form_of(data: bytes, stem: str) -> Form:
    """Compile a template. Faults stand in the form; a file that is no Word document gives a form with one error."""
    try:
        sheet = sheet_of_word(data)
    except NotWordError as fault:
        return Form(stem, version_of(data), stem, (), (Fault("error", "not_word", "", str(fault)),))
    rows, faults = _pattern_rows(sheet.rows)
    faults += [*_faults_of_names(rows), *_faults_of_lines(rows)]
    title = _title_of(rows) or stem
    if not any(row.slots for row in rows):
        faults.append(Fault("error", "no_fields", "", "模板里没有一个字段标记，例如 {{ name | text }}。"))
    return Form(stem, version_of(data), title, tuple(rows), tuple(faults))


_ATTACHMENT = re.compile(r"附件[一二三四五六七八九十\d]*")


def _title_of(rows: Iterable[PatternRow]) -> str:
    """The first printed line that is more than an attachment's number."""
    lines = (squeezed(row.cells[0].printed) for row in rows if row.cells and not row.slots and row.part == "body")
    return next((line for line in lines if line and not _ATTACHMENT.fullmatch(line)), "")


def forms_of_folder(folder: Path) -> tuple[tuple[Form, ...], tuple[Fault, ...]]:
    """Every usable template of a folder, and the faults of those left out. Raises TemplatesError when none is left."""
    if not folder.is_dir():
        raise TemplatesError("没有可用的表格模板。", (f"找不到模板文件夹：{folder.name}",))
    files = sorted(path for path in folder.glob("*.docx") if not path.name.startswith("~$"))
    forms = [form_of(path.read_bytes(), path.stem) for path in files]
    left_out = [replace(fault, place=f"{form.stem}.docx {fault.place}".strip())
                for form in forms if not form.usable for fault in form.faults]  # fmt: skip
    usable = tuple(form for form in forms if form.usable)
    if not usable:
        faults = tuple(f"{fault.place}：{fault.message}" for fault in left_out) or ("文件夹里没有 .docx 模板",)
        raise TemplatesError("没有可用的表格模板，请先改正：", faults)
    return usable, tuple(left_out)


# --- rows ---


def _pattern_rows(rows: Iterable[Row]) -> tuple[list[PatternRow], list[Fault]]:
    found: list[PatternRow] = []
    faults: list[Fault] = []
    loop: ForTag | None = None
    start = 0
    lists: set[str] = set()
    for row in rows:
        tags = [piece for cell in row.cells for line in cell.lines for piece in pieces_of(line.text)
                if not isinstance(piece, str)]  # fmt: skip
        opening = next((tag for tag in tags if isinstance(tag, ForTag)), None)
        closing = any(isinstance(tag, EndTag) for tag in tags)
        if opening or closing:
            faults += _faults_of_loop(opening, loop, tags, row)
            faults += _faults_of_body(found[start:], loop, _place(row)) if closing and loop else []
            if opening is not None and opening.list in lists:
                message = f"列表 {opening.list} 在模板里写了两次，读回来分不清，请只写一次。"
                faults.append(Fault("error", "list_twice", _place(row), message))
            lists |= {opening.list} if opening else set()
            loop, start = opening, len(found)
            continue
        found.append(_pattern_row(row, loop, faults))
    if loop is not None:
        faults.append(Fault("error", "loop_open", "", f"列表 {loop.list} 没有用 {{%tr endfor %}} 结束。"))
    return found, faults


def _faults_of_loop(opening: ForTag | None, loop: ForTag | None, tags: list[Tag], row: Row) -> list[Fault]:
    place = _place(row)
    if len(tags) > 1:
        return [Fault("error", "loop_row", place, "列表的开始或结束标记要单独占一行，不与别的标记同行。")]
    if opening is None and loop is None:
        return [Fault("error", "loop_close", place, "多出一个 {%tr endfor %}。")]
    if opening is not None and loop is not None:
        return [Fault("error", "loop_nested", place, f"列表 {opening.list} 套在列表 {loop.list} 里面，读不回来。")]
    if opening is not None and not row.table:
        return [Fault("error", "loop_place", place, "列表标记只能放在表格的行里。")]
    if opening is not None and any(cell.rows > 1 for cell in row.cells):
        return [Fault("error", "loop_merge", place, "竖向合并不能从列表的开始行起，请从表头行起。")]
    return []


def _faults_of_body(body: list[PatternRow], loop: ForTag, place: str) -> list[Fault]:
    """A list is one row of fields that is printed once for each of its entries."""
    if len(body) > 1:
        return [Fault("error", "loop_rows", place, f"列表 {loop.list} 的每一项只能占一行，请并成一行。")]
    if not any(row.loop for row in body):
        message = f"列表 {loop.list} 的行里没有一个字段，例如 {{{{ {loop.item}.name | text }}}}。"
        return [Fault("error", "loop_empty", place, message)]
    return []


def _pattern_row(row: Row, loop: ForTag | None, faults: list[Fault]) -> PatternRow:
    cells = tuple(_pattern_cell(cell, loop, faults, _place(row)) for cell in row.cells)
    looped = loop is not None and any(slot.loop for cell in cells for slot in cell.slots)
    return PatternRow(cells, row.table, loop.list if loop and looped else "", row.part)


def _pattern_cell(cell: Cell, loop: ForTag | None, faults: list[Fault], where: str) -> PatternCell:
    place = cell.place.cell or where
    lines = tuple(_pattern_line(line.text, loop, faults, place) for line in cell.lines)
    return PatternCell(lines, cell.column, cell.span, cell.place.cell, cell.pictures)


def _pattern_line(text: str, loop: ForTag | None, faults: list[Fault], place: str) -> PatternLine:
    pieces: list[Piece] = []
    for piece in pieces_of(text):
        if isinstance(piece, str):
            faults += _faults_of_text(piece, place)
            pieces.append(piece)
        elif isinstance(piece, ValueTag):
            faults += _faults_of_tag(piece, loop, place)
            pieces.append(Slot(piece.name, FieldType(piece.type.codec or "text", piece.type.options),
                               loop.list if loop and piece.loop else ""))  # fmt: skip
        elif isinstance(piece, BadTag):
            faults.append(Fault("error", "bad_tag", place, f"看不懂的标记：{piece.text}"))
    return PatternLine(tuple(pieces))


def _place(row: Row) -> str:
    return next((cell.place.cell for cell in row.cells if cell.place.cell), "表格外的段落")


# --- faults ---


def _faults_of_text(text: str, place: str) -> list[Fault]:
    if any(mark in text for mark in ("{{", "}}", "{%", "%}", "｛", "｝")):
        return [Fault("error", "broken_braces", place, f"标记的大括号不成对或是全角的：{text.strip()}")]
    return []


def _faults_of_tag(tag: ValueTag, loop: ForTag | None, place: str) -> list[Fault]:
    if tag.loop and (loop is None or tag.loop != loop.item):
        return [Fault("error", "loop_variable", place, f"{tag.loop}.{tag.name} 不在它的列表行里。")]
    if tag.name in _RESERVED:
        return [Fault("error", "reserved_name", place, f"{tag.name} 是模板语言自己的词，不能作字段名，请换一个。")]
    if loop is not None and not tag.loop:
        message = (
            f"字段 {tag.name} 写在列表 {loop.list} 的行里，却不是它的列，请写成 {loop.item}.{tag.name} 或移到列表外。"
        )
        return [Fault("error", "loop_field", place, message)]
    if not tag.type.codec:
        return [Fault("warning", "no_codec", place, f"字段 {tag.name} 没写类型，按 text 读。")]
    if tag.type.codec not in CODECS:
        near = difflib.get_close_matches(tag.type.codec, CODECS, 1)
        hint = f"，是不是 {near[0]}" if near else ""
        return [Fault("error", "unknown_codec", place, f"字段 {tag.name} 的类型 {tag.type.codec} 不认识{hint}。")]
    if tag.type.codec in _NEEDS_OPTIONS and not tag.type.options:
        return [Fault("error", "no_options", place, f'字段 {tag.name} 没写可选的词，如 {tag.type.codec}("是","否")。')]
    return []


def _faults_of_names(rows: Iterable[PatternRow]) -> list[Fault]:
    types: dict[tuple[str, str], FieldType] = {}
    faults = []
    names: dict[str, set[str]] = {"list": set(), "field": set()}
    for row in rows:
        for slot in row.slots:
            first = types.setdefault((slot.loop, slot.name), slot.type)
            if first != slot.type:
                faults.append(Fault("error", "two_codecs", _pattern_place(row), f"字段 {slot.name} 写了两种类型。"))
            names["list" if slot.loop else "field"].add(slot.loop or slot.name)
    both = names["list"] & names["field"]
    faults += [Fault("error", "name_is_list", "", f"{name} 既是字段又是列表。") for name in sorted(both)]
    return faults


def _faults_of_lines(rows: Iterable[PatternRow]) -> list[Fault]:
    faults = []
    for row in rows:
        for cell in row.cells:
            for line in cell.lines:
                faults += _faults_of_neighbours(line, cell.cell or _pattern_place(row))
    return faults


def _faults_of_neighbours(line: PatternLine, place: str) -> list[Fault]:
    """Fields with nothing but white space between them, whose texts could not be told apart again."""
    faults = []
    before: Slot | None = None
    touching = True
    free: Slot | None = None
    for piece in line.pieces:
        if isinstance(piece, str):
            touching = False
            free = None if squeezed(piece) else free
            continue
        fault = _fault_of_pair(before, piece, place) if before is not None and touching else None
        if _is_free(piece) and free is not None:
            message = f"{free.name} 和 {piece.name} 两个自由文本紧挨着，读回来分不开，请在中间加字或分到两格。"
            fault = Fault("error", "free_neighbours", place, message)
        faults += [fault] if fault else []
        free = piece if _is_free(piece) else None
        before, touching = piece, True
    return faults


def _is_free(slot: Slot) -> bool:
    return slot.type.codec in CODECS and not CODECS[slot.type.codec].closed


def _fault_of_pair(first: Slot, second: Slot, place: str) -> Fault | None:
    """Two fields without even a blank between them."""
    codecs = {first.type.codec, second.type.codec}
    if codecs <= _RUN_TOGETHER:
        message = f"{first.name} 和 {second.name} 的数字会连成一个数，读回来分不开，请在中间加字或空格。"
        return Fault("error", "numbers_run_together", place, message)
    if _is_free(first) != _is_free(second) and codecs & _NOTHING_WHEN_BLANK:
        message = f"{first.name} 和 {second.name} 之间没有空格，读回来可能分不清，建议在中间加空格或字。"
        return Fault("warning", "free_beside_closed", place, message)
    return None


def _pattern_place(row: PatternRow) -> str:
    return next((cell.cell for cell in row.cells if cell.cell), "表格外的段落")
