"""The one view of a Word package: its XML as rows of cells, with controls, ticks, merged areas and pictures.

python-docx drops cells inside content controls, `w:sym` ticks and text boxes, and gives merged cells twice;
this module walks the parts with lxml instead. It knows nothing of forms.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from gengang.errors import GengangError
from gengang.findings import Finding
from gengang.issued import MARK_NAME, NAMESPACE, Issued, mark_of_text
from gengang.sheet import Cell, Line, Place, Row, Sheet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_STRICT = b"http://purl.oclc.org/ooxml/"
_LARGEST_PART = 200_000_000
_LARGEST_HIDDEN = 100_000

# What the tick fonts draw at these positions; the same marks come as private-use characters F0xx.
_SYMBOL_TICKED = frozenset({0xFE, 0xFD, 0xFC, 0xFB, 0x52, 0x53, 0x54, 0x50, 0x78, 0x6E})
_SYMBOL_UNTICKED = frozenset({0xA8, 0x6F, 0x70, 0x71, 0x72, 0xA3, 0x2A, 0x30})
_SYMBOL_FONTS = ("wingdings", "webdings", "marlett")


class NotWordError(GengangError):
    """The bytes are no Word package that can be read; the message says what to do."""


@dataclass(slots=True)
class _Seen:
    """What a walk over one part met besides text."""

    tracked: bool = False
    hidden: bool = False
    boxes: list[etree._Element] = field(default_factory=list)
    nested: list[etree._Element] = field(default_factory=list)
    pictures: int = 0
    issued: Issued | None = None


def sheet_of_word(data: bytes) -> Sheet:
    """The accepted view of a .docx: headers, body, text boxes, footers as rows. Raises NotWordError."""
    parts = word_parts(data)
    seen = _Seen()
    tables = _Counter()
    headers, footers = (_distinct([_rows_of_part(parts.trees[name], seen, tables) for name in names])
                        for names in (parts.headers, parts.footers))  # fmt: skip
    body = _rows_of_part(parts.trees[parts.main], seen, tables)
    rows = [*(replace(row, part="header") for row in headers), *body, *(replace(row, part="footer") for row in footers)]
    return Sheet(tuple(rows), "word", _findings(seen), parts.issued or seen.issued)


def _distinct(parts: list[list[Row]]) -> list[Row]:
    """The rows of several headers; one that says what another says is the same on other pages, an empty one nothing."""
    said: set[tuple[tuple[str, ...], ...]] = set()
    kept: list[Row] = []
    for rows in parts:
        words = tuple(tuple(cell.text for cell in row.cells) for row in rows)
        if words not in said and any(cell.text.strip() or cell.pictures for row in rows for cell in row.cells):
            kept += rows
        said.add(words)
    return kept


def _findings(seen: _Seen) -> tuple[Finding, ...]:
    found = []
    if seen.tracked:
        found.append(Finding("tracked_changes", "文件里有未接受的修订，已按接受修订后的内容读取，请核对。"))
    if seen.hidden:
        found.append(Finding("hidden_text", "文件里有隐藏文字，未读取，请核对。"))
    return tuple(found)


# --- the package ---


@dataclass(frozen=True, slots=True)
class WordParts:
    """Parsed parts of a package: the main document's name, its header and footer parts, name -> root element.

    issued: what its hidden custom XML says, None in a form that we did not hand out.
    """

    main: str
    headers: tuple[str, ...]
    footers: tuple[str, ...]
    trees: dict[str, etree._Element]
    issued: Issued | None = None


def word_parts(data: bytes) -> WordParts:
    """The parts a reader looks at. Raises NotWordError for anything that is no sound Word package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _parts_of(package)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, RuntimeError, NotImplementedError,
            ValueError, EOFError) as fault:  # fmt: skip
        raise NotWordError("这个文件不是完好的 Word 文档，请用 Word 或 WPS 打开后另存为 .docx 再交。") from fault
    except zlib.error as fault:
        raise NotWordError("这个 Word 文档已损坏，请对方重新发送。") from fault


def _parts_of(package: zipfile.ZipFile) -> WordParts:
    roots = _relations(package, "_rels/.rels", "")
    main = next((target for kind, target in roots if kind == "officeDocument"), "word/document.xml")
    folder, base = posixpath.split(main)
    try:
        relations = _relations(package, f"{folder}/_rels/{base}.rels", folder)
    except KeyError:
        relations = []
    trees = {main: _tree(package, main)}
    names: dict[str, list[str]] = {"header": [], "footer": []}
    for kind, target in relations:
        if kind in names and target not in trees and target in package.namelist():
            trees[target] = _tree(package, target)
            names[kind].append(target)
    hidden = (target for kind, target in relations if kind == "customXml")
    issued = next((found for target in hidden if (found := _issued_in(package, target))), None)
    return WordParts(main, tuple(names["header"]), tuple(names["footer"]), trees, issued)


def _issued_in(package: zipfile.ZipFile, name: str) -> Issued | None:
    """What our own hidden part says; other programs' parts are not looked into, and ours may be damaged."""
    if name not in package.namelist() or package.getinfo(name).file_size > _LARGEST_HIDDEN:
        return None
    content = package.read(name)
    try:
        root = etree.fromstring(content, _parser()) if NAMESPACE.encode() in content else None
    except etree.XMLSyntaxError:
        return None
    if root is None or root.tag != f"{{{NAMESPACE}}}issued":
        return None
    return Issued(root.get("form", ""), root.get("version", ""), root.get("person", ""))


def _relations(package: zipfile.ZipFile, part: str, folder: str) -> list[tuple[str, str]]:
    found = []
    for relation in _tree(package, part).iter(f"{_REL}Relationship"):
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found.append((kind, posixpath.normpath(path)))
    return found


def _tree(package: zipfile.ZipFile, name: str) -> etree._Element:
    if package.getinfo(name).file_size > _LARGEST_PART:
        raise ValueError(name)
    content = package.read(name)
    if _STRICT in content:
        content = _as_transitional(content)
    root = etree.fromstring(content, _parser())
    return _without_prompts(root) if b"showingPlcHdr" in content else root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
                           remove_pis=True)  # fmt: skip


_PROMPT = re.compile(r"单击|点击|轻触|此处|请输入|请选择|选择一项|Click|Tap|Choose|Enter", re.IGNORECASE)


def _without_prompts(root: etree._Element) -> etree._Element:
    """A content control nobody touched shows its prompt, which is not an answer."""
    for shown in root.iter(f"{W}showingPlcHdr"):
        control = next(shown.iterancestors(f"{W}sdt"), None)
        texts = [] if control is None else list(control.iter(f"{W}t"))
        if _PROMPT.search("".join(text.text or "" for text in texts)):
            for text in texts:
                text.text = ""
    return root


def _as_transitional(content: bytes) -> bytes:
    """Strict Open XML differs in its namespace names alone, as far as text and tables go."""
    return content.replace(
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ).replace(
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )


# --- blocks ---

_TRANSPARENT = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")
)
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "sdtPr", "sdtEndPr", "pPr", "rPr", "tcPr", "tblPr"))


class _Counter:
    """Numbers tables of a document from 1, over all its parts."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def _rows_of_part(root: etree._Element, seen: _Seen, tables: _Counter) -> list[Row]:
    body = root.find(f"{W}body")
    rows: list[Row] = []
    for block in _blocks(root if body is None else body, seen):
        rows += _rows_of_block(block, seen, tables)
    return rows


def _rows_of_block(block: etree._Element, seen: _Seen, tables: _Counter) -> list[Row]:
    if block.tag == f"{W}tbl":
        return _rows_of_table(block, seen, tables)
    line, pictures = _line(block, seen)
    row = Row((Cell((line,), pictures=pictures),))
    return [row, *_rows_of_boxes(seen, tables)]


def _rows_of_boxes(seen: _Seen, tables: _Counter) -> list[Row]:
    rows: list[Row] = []
    while seen.boxes:
        box = seen.boxes.pop(0)
        for block in _blocks(box, seen):
            rows += [replace(row, part="box") for row in _rows_of_block(block, seen, tables)]
    return rows


def _blocks(parent: etree._Element, seen: _Seen) -> Iterator[etree._Element]:
    """Paragraphs and tables, through content controls and accepted changes."""
    for child in parent:
        tag = child.tag
        if tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif tag in _TRANSPARENT:
            seen.tracked |= tag in (f"{W}ins", f"{W}moveTo")
            yield from _blocks(child, seen)
        elif tag in (f"{W}del", f"{W}moveFrom"):
            seen.tracked = True
        elif tag == f"{_MC}AlternateContent":
            yield from _blocks(_chosen(child), seen)


def _chosen(alternate: etree._Element) -> etree._Element:
    """Word shows the choice; the fallback repeats it for old programs."""
    choice = alternate.find(f"{_MC}Choice")
    return alternate[0] if choice is None else choice


# --- tables ---


@dataclass(slots=True)
class _Open:
    """A merged area that later rows may still extend."""

    row: int
    index: int
    span: int


def _rows_of_table(table: etree._Element, seen: _Seen, tables: _Counter) -> list[Row]:
    number = tables.next()
    grid: list[list[Cell]] = []
    merged: dict[int, _Open] = {}
    after: list[list[Row]] = []
    for row_number, tr in enumerate(_children(table, f"{W}tr", seen), 1):
        grid.append(_cells_of_row(tr, (number, row_number), grid, merged, seen))
        after.append(_rows_inside(seen, tables))
    rows: list[Row] = []
    for cells, inner in zip(grid, after, strict=True):
        rows += [Row(tuple(cells), number), *inner]
    return rows


def _rows_inside(seen: _Seen, tables: _Counter) -> list[Row]:
    """Nested tables and text boxes stand behind the row that holds them."""
    rows = _rows_of_boxes(seen, tables)
    nested, seen.nested = seen.nested, []
    for table in nested:
        rows += _rows_of_table(table, seen, tables)
    return rows


def _cells_of_row(
    tr: etree._Element, at: tuple[int, int], grid: list[list[Cell]], merged: dict[int, _Open], seen: _Seen
) -> list[Cell]:
    cells: list[Cell] = []
    column = _int(tr, "trPr/gridBefore")
    for number, tc in enumerate(_children(tr, f"{W}tc", seen), 1):
        span = _int(tc, "tcPr/gridSpan") or 1
        lines, pictures = _lines_of_cell(tc, seen)
        restart = _merge_of(tc)
        origin = merged.get(column)
        if restart == "continue" and origin is not None and origin.span == span:
            _extend(grid[origin.row], origin.index, lines)
        else:
            if restart == "restart":
                merged[column] = _Open(len(grid), len(cells), span)
            else:
                merged.pop(column, None)
            place = Place(cell=f"t{at[0]}/r{at[1]}/c{number}")
            cells.append(Cell(tuple(lines), column, span, 1, place, pictures))
        column += span
    return cells


def _extend(row: list[Cell], index: int, lines: list[Line]) -> None:
    """A continued merge shows nothing of its own; a writer that put text there meant the merged cell."""
    cell = row[index]
    more = tuple(line for line in lines if line.text.strip())
    row[index] = replace(cell, rows=cell.rows + 1, lines=cell.lines + more)


def _merge_of(tc: etree._Element) -> str:
    merge = tc.find(f"{W}tcPr/{W}vMerge")
    return "" if merge is None else merge.get(f"{W}val", "continue")


def _int(parent: etree._Element, path: str) -> int:
    node = parent.find("/".join(W + step for step in path.split("/")))
    value = "" if node is None else node.get(f"{W}val", "")
    return int(value) if value.isdigit() else 0


def _children(parent: etree._Element, wanted: str, seen: _Seen) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls; deleted rows are left out."""
    for child in parent:
        if child.tag == wanted:
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
            else:
                seen.tracked = True
        elif child.tag in _TRANSPARENT:
            seen.tracked |= child.tag == f"{W}ins"
            yield from _children(child, wanted, seen)
        elif child.tag == f"{_MC}AlternateContent":
            yield from _children(_chosen(child), wanted, seen)


def _lines_of_cell(tc: etree._Element, seen: _Seen) -> tuple[list[Line], int]:
    lines, pictures = [], 0
    for block in _blocks(tc, seen):
        if block.tag == f"{W}tbl":
            seen.nested.append(block)
        else:
            line, here = _line(block, seen)
            lines.append(line)
            pictures += here
    return lines, pictures


# --- text ---


def _line(paragraph: etree._Element, seen: _Seen) -> tuple[Line, int]:
    before = seen.pictures
    text = "".join(_texts(paragraph, seen))
    return Line(text), seen.pictures - before


_PLAIN = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def _texts(parent: etree._Element, seen: _Seen) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag == f"{W}r":
            yield from _texts_of_run(child, seen)
        elif tag == f"{W}t" or tag == _MATH_TEXT:
            yield child.text or ""
        elif tag in _PLAIN:
            yield _PLAIN[tag]
        elif tag not in _GONE:
            yield from _special(child, seen)
        elif tag in (f"{W}del", f"{W}moveFrom"):
            seen.tracked = True


def _texts_of_run(run: etree._Element, seen: _Seen) -> Iterator[str]:
    properties = run.find(f"{W}rPr")
    if properties is None:
        yield from _texts(run, seen)
    elif _hidden(properties):
        seen.hidden |= any(node.text for node in run.iter(f"{W}t"))
    else:
        font = _symbol_font(properties)
        for text in _texts(run, seen):
            yield "".join(_symbol(font, f"{ord(char):X}") for char in text) if font else text


def _hidden(properties: etree._Element) -> bool:
    vanish = properties.find(f"{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false", "off")


def _symbol_font(properties: etree._Element) -> str:
    """The tick font that a run's own characters are drawn in, or empty."""
    fonts = properties.find(f"{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii", "")
    return font if font.lower().startswith(_SYMBOL_FONTS) else ""


def _special(child: etree._Element, seen: _Seen) -> Iterable[str]:
    tag = child.tag
    if tag == f"{W}br":
        return () if child.get(f"{W}type") in ("page", "column") else ("\n",)
    if tag == f"{W}sym":
        return (_symbol(child.get(f"{W}font", ""), child.get(f"{W}char", "")),)
    if tag == f"{W}fldChar":
        return _legacy_box(child)
    if tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
        return _drawn(child, seen)
    if tag == f"{W}ruby":
        return (text for base in child.iter(f"{W}rubyBase") for text in _texts(base, seen))
    if tag == f"{_MC}AlternateContent":
        return _texts(_chosen(child), seen)
    if tag in (f"{W}ins", f"{W}moveTo"):
        seen.tracked = True
    if (
        tag in _TRANSPARENT
        or tag.endswith("}oMath")
        or tag.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/math}")
    ):
        return _texts(child, seen)
    return ()


def _symbol(font: str, char: str) -> str:
    try:
        code = int(char, 16)
    except ValueError:
        return "\ufffd"
    if 0xF000 <= code <= 0xF0FF or (code <= 0xFF and font.lower().startswith(_SYMBOL_FONTS)):
        if code & 0xFF in _SYMBOL_TICKED:
            return "☑"
        if code & 0xFF in _SYMBOL_UNTICKED:
            return "□"
    return chr(code) if code < 0x110000 else "\ufffd"


def _legacy_box(begin: etree._Element) -> Iterable[str]:
    """A form field of old Word: its state stands in the field, not in the text."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ()
    state = box.find(f"{W}checked")
    if state is None:
        state = box.find(f"{W}default")
    ticked = state is not None and state.get(f"{W}val", "1") not in ("0", "false", "off")
    return ("☑" if ticked else "□",)


def _drawn(child: etree._Element, seen: _Seen) -> Iterable[str]:
    named = list(child.iter(f"{_WP}docPr"))
    marks = [mark for one in named if (mark := mark_of_text(one.get("descr", "")))]
    if marks or any(one.get("name", "").startswith(MARK_NAME) for one in named):
        seen.issued = seen.issued or next((mark.issued for mark in marks), None)
        return ()
    boxes = list(child.iter(f"{W}txbxContent"))
    seen.boxes += boxes
    if not boxes:
        seen.pictures += 1
    return ()
