"""Word bytes to Form: the only reader of `templates/`. It compiles a tagged document once and names its faults."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from gengang.errors import TemplatesError
from gengang.form import Fault, FieldType, Form, PatternCell, PatternLine, PatternRow, Piece, Slot
from gengang.sheet import Cell, Line, Row, squeezed
from gengang.synonyms import FILE_NAME, Group, Synonyms, joined, synonyms_of
from gengang.tags import EndTag, ForTag, Tag, ValueTag, pieces_of
from gengang.template_faults import (
    Placed,
    faults_of_body,
    faults_of_form,
    faults_of_lines,
    faults_of_loop_row,
    faults_of_tag,
    is_loop_row,
    tags_of,
)
from gengang.template_spots import hidden_faults
from gengang.template_walk import in_words, words_of_places
from gengang.wordxml import NotWordError, sheet_of_word

BUILT_IN_SYNONYMS = Path(__file__).parents[1] / "templates" / FILE_NAME


def version_of(data: bytes) -> str:
    """The version of a template: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:12]


@lru_cache(maxsize=128)  # a run meets each template thrice: today's, as it was kept, and to write with
def form_of(data: bytes, stem: str) -> Form:
    """Compile a template. Faults stand in the form; a file that is no Word document gives a form with one error."""
    try:
        sheet = sheet_of_word(data)
    except NotWordError as fault:
        return Form(stem, version_of(data), stem, (), (Fault("error", "not_word", "", str(fault)),))
    compiling = _compiled(sheet.rows)
    rows = [placed.row for placed in compiling.rows]
    faults = (*_without_echoes(compiling.faults), *faults_of_form(compiling.rows), *hidden_faults(data, sheet))
    return Form(stem, version_of(data), _title_of(rows) or stem, tuple(rows), tuple(dict.fromkeys(faults)))


def _without_echoes(faults: Sequence[Fault]) -> Iterator[Fault]:
    """A list whose own tag is spelt wrong is told once, not again for each of its fields."""
    loops = {item for fault in faults if fault.code != "loop_variable" for item in _FOR_IN.findall(fault.message)}
    return (one for one in faults if one.code != "loop_variable" or not any(f"{it}." in one.message for it in loops))


_FOR_IN = re.compile(r"\bfor\s+(\w+)\s+in\b")
_ATTACHMENT = re.compile(r"附件[一二三四五六七八九十\d]*")


def _title_of(rows: Iterable[PatternRow]) -> str:
    """The first printed line that is more than an attachment's number."""
    lines = (squeezed(row.cells[0].printed) for row in rows if row.cells and not row.slots and row.part == "body")
    return next((line for line in lines if line and not _ATTACHMENT.fullmatch(line)), "")


FIXED = ".fixed.docx"


def template_files(folder: Path) -> list[Path]:
    """The templates of a folder, without Word's lock files and mended copies that lie beside what they mend."""
    files = sorted(path for path in folder.glob("*.docx") if not path.name.startswith("~$"))
    names = {path.name for path in files}
    return [path for path in files if not (path.name.endswith(FIXED) and path.name[: -len(FIXED)] + ".docx" in names)]


def forms_of_folder(folder: Path, synonyms: Sequence[Path] = ()) -> tuple[tuple[Form, ...], tuple[Fault, ...]]:
    """Every usable template of a folder, and the faults of what is left out. Raises TemplatesError when none is left.

    synonyms: further tables of labels that mean the same, beside the built-in one and those in or over the folder.
    """
    if not folder.is_dir():
        raise TemplatesError("没有可用的表格模板。", (f"找不到模板文件夹：{folder.name}",))
    files = template_files(folder)
    forms = [form_of(path.read_bytes(), path.stem) for path in files]
    left_out = [replace(fault, place=f"{path.name} {fault.place}".strip())
                for path, form in zip(files, forms, strict=True) if not form.usable
                for fault in _faults_in_words(path.read_bytes(), form)]  # fmt: skip
    groups, faulty = _synonyms((BUILT_IN_SYNONYMS, folder / FILE_NAME, folder.parent / FILE_NAME, *synonyms))
    left_out += faulty
    usable = tuple(replace(form, synonyms=groups) for form in forms if form.usable)
    if not usable:
        faults = tuple(f"{fault.place}：{fault.message}" for fault in left_out) or ("文件夹里没有 .docx 模板",)
        raise TemplatesError("没有可用的表格模板，请先改正：", faults)
    return usable, tuple(left_out)


def _faults_in_words(data: bytes, form: Form) -> Iterator[Fault]:
    words = {} if _is_no_word(form) else words_of_places(data, sheet_of_word(data))
    return (in_words(fault, words) for fault in form.faults)


def _is_no_word(form: Form) -> bool:
    return any(fault.code == "not_word" for fault in form.faults)


def _synonyms(files: Iterable[Path]) -> tuple[tuple[Group, ...], list[Fault]]:
    """The tables of several files as one, and what is wrong in each; a file that is not there says nothing."""
    tables: list[Synonyms] = []
    faults: list[Fault] = []
    for path in dict.fromkeys(path.resolve() for path in files if path.is_file()):
        try:
            table = synonyms_of(path.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            table = Synonyms((), (("", "读不出来，请核对权限，并以 UTF-8 编码保存。"),))
        tables.append(table)
        faults += [
            Fault("warning", "synonyms", f"{path.name} {place}".strip(), message) for place, message in table.faults
        ]
    return joined(tables), faults


# --- rows ---


@dataclass(slots=True)
class _Compiling:
    """Rows and faults as they are met, and the list that is open: its tag, where it began, its first row."""

    rows: list[Placed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    loop: ForTag | None = None
    begun: str = ""
    start: int = 0
    lists: set[str] = field(default_factory=set)


def _compiled(rows: Sequence[Row]) -> _Compiling:
    done = _Compiling()
    for row, place, covered in zip(rows, places_of_rows(rows), _covered(rows), strict=True):
        for cell in row.cells:
            done.faults += faults_of_lines([line.text for line in cell.lines], cell.place.cell or place)
        tags = tags_of(row)
        if is_loop_row(tags):
            _open_or_close(done, tags, row, place)
        else:
            done.rows.append(Placed(_pattern_row(row, done, place), place, covered))
    if done.loop is not None:
        what = f"列表 {done.loop.list} 没有结束，请在它的行下面加一行，写 {{%tr endfor %}}。"
        done.faults.append(Fault("error", "loop_open", done.begun, what))
    return done


def _open_or_close(done: _Compiling, tags: Sequence[Tag], row: Row, place: str) -> None:
    done.faults += faults_of_loop_row(tags, done.loop, row, place)
    if done.loop is not None and any(isinstance(tag, EndTag) for tag in tags):
        done.faults += faults_of_body(done.rows[done.start :], done.loop, place)
    opening = next((tag for tag in tags if isinstance(tag, ForTag)), None)
    if opening is not None and opening.list in done.lists:
        what = f"列表 {opening.list} 在模板里写了两次，读回来分不清，请给第二个换个名字。"
        done.faults.append(Fault("error", "list_twice", place, what))
    done.lists |= {opening.list} if opening else set()
    closed = any(isinstance(tag, EndTag) for tag in tags) and done.loop is None  # begins and ends in this very row
    done.loop, done.begun, done.start = None if closed else opening, place, len(done.rows)


_OUTSIDE = {"body": "表格外", "header": "页眉", "footer": "页脚", "box": "文本框里", "note": "脚注里"}


def places_of_rows(rows: Iterable[Row | PatternRow]) -> Iterator[str]:
    """Where each row stands: its first cell, or which paragraph with words it is outside the tables of its part."""
    counts = dict.fromkeys(_OUTSIDE, 0)
    for row in rows:
        counts[row.part] += not row.table and _says_something(row)
        yield _first_cell(row) or f"{_OUTSIDE[row.part]}第{max(counts[row.part], 1)}段"


def _first_cell(row: Row | PatternRow) -> str | None:
    if isinstance(row, PatternRow):
        return next((cell.cell for cell in row.cells if cell.cell), None)
    return next((cell.place.cell for cell in row.cells if cell.place.cell), None)


def _says_something(row: Row | PatternRow) -> bool:
    if isinstance(row, PatternRow):
        return any(cell.slots or squeezed(cell.printed) for cell in row.cells)
    return any(squeezed(cell.text) for cell in row.cells)


def _covered(rows: Sequence[Row]) -> Iterator[bool]:
    """Whether a label that began in a row above reaches down beside this one."""
    left: dict[int, int] = {}
    for row in rows:
        down = left.get(row.table, 0)
        yield bool(row.table) and down > 0
        begun = (cell.rows - 1 for cell in row.cells if squeezed(cell.text) and "{{" not in cell.text)
        left[row.table] = max(down - 1, *begun, 0)


def _pattern_row(row: Row, done: _Compiling, place: str) -> PatternRow:
    cells = tuple(_pattern_cell(cell, done, place) for cell in row.cells)
    loop = done.loop.list if done.loop and any(slot.loop for cell in cells for slot in cell.slots) else ""
    return PatternRow(cells, row.table, loop, row.part)


def _pattern_cell(cell: Cell, done: _Compiling, place: str) -> PatternCell:
    lines = tuple(_pattern_line(line, done, cell.place.cell or place) for line in cell.lines)
    return PatternCell(lines, cell.column, cell.span, cell.place.cell, cell.pictures, cell.objects, cell.doubts)


def _pattern_line(line: Line, done: _Compiling, place: str) -> PatternLine:
    pieces: list[Piece] = []
    for piece in pieces_of(line.text):
        if isinstance(piece, str):
            pieces.append(piece)
        elif isinstance(piece, ValueTag):
            done.faults += faults_of_tag(piece, done.loop, place)
            loop = done.loop.list if done.loop and piece.loop else ""
            pieces.append(Slot(piece.name, FieldType(piece.type.codec or "text", piece.type.options), loop))
    return PatternLine(tuple(pieces), line.number)
