"""The one view of a Word package: its parts as one sheet of rows, and what a person should know of them.

python-docx drops cells inside content controls, `w:sym` ticks and text boxes, and gives merged cells twice;
these modules walk the parts with lxml instead. They know nothing of forms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from gengang.findings import STRUCK_OUT, Finding
from gengang.issued import NAMESPACE, Issued
from gengang.sheet import Row, Sheet
from gengang.wordnumbers import Numbering, numbering_of
from gengang.wordpackage import NotWordError, Package, W, XmlPart, read_package, tree_of
from gengang.wordrows import Walk, holds_something, rows_of_notes, rows_of_part
from gengang.wordsections import are_apart, sections_of, shown_parts
from gengang.wordstyles import NO_STYLES, Styles, names_unseen, styles_of
from gengang.wordtext import Seen

__all__ = ["NotWordError", "W", "sheet_of_word"]

_LARGEST_HIDDEN = 100_000
_DEEPEST_CHUNK = 1


def sheet_of_word(data: bytes) -> Sheet:
    """The accepted view of a .docx: headers, body, text boxes, footers, notes as rows. Raises NotWordError."""
    return _sheet(data, 0)


def _sheet(data: bytes, depth: int) -> Sheet:
    return read_package(data, lambda package: _sheet_of_package(package, depth))


def _sheet_of_package(package: Package, depth: int) -> Sheet:
    main = package.part(package.main)
    styles = _styles(package, main)
    walk = Walk(package, Seen(styles=styles), _numbering(main, package, styles),
                (lambda data: _sheet(data, depth + 1)) if depth < _DEEPEST_CHUNK else None)  # fmt: skip
    rows = _rows_with_margins(package, main, walk)
    rows += [replace(row, part="note") for kind in ("footnotes", "endnotes") for row in rows_of_notes(kind, walk)]
    findings = (*_findings(walk.seen), *walk.findings, *_findings_of_comments(package))
    return Sheet(tuple(rows), "word", findings, _issued(package) or walk.seen.issued, tuple(walk.pasted))


def _rows_with_margins(package: Package, main: XmlPart, walk: Walk) -> list[Row]:
    """The text between its headers and footers; section by section where each has its own."""
    sections = sections_of(main.root)
    heads, feet = shown_parts(package, sections, "header"), shown_parts(package, sections, "footer")
    names = dict.fromkeys(name for part in (*heads, *feet) for name in part)
    margins = {name: rows_of_part(package.part(name), walk) for name in names}
    said = {name: _words(part) for name, part in margins.items()}
    walk.sectioned = len(sections) > 1 and (are_apart(heads, said) or are_apart(feet, said))
    body = rows_of_part(main, walk)
    bounds = [0, *walk.section_ends[: len(sections) - 1], len(body)] if walk.sectioned else [0, len(body)]
    if not walk.sectioned or len(bounds) != len(sections) + 1:
        heads, feet, bounds = [_joined(heads)], [_joined(feet)], [0, len(body)]
    rows: list[Row] = []
    for (first, last), above, below in zip(pairwise(bounds), heads, feet, strict=True):
        rows += [replace(row, part="header") for row in _distinct([margins[name] for name in above])]
        rows += body[first:last]
        rows += [replace(row, part="footer") for row in _distinct([margins[name] for name in below])]
    return rows


def _joined(parts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts for name in part))


def _words(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.text for cell in row.cells) for row in rows)


def _distinct(parts: list[list[Row]]) -> list[Row]:
    """The rows of several headers; one that says what another says is the same on other pages, an empty one nothing."""
    said: set[tuple[tuple[str, ...], ...]] = set()
    kept: list[Row] = []
    for rows in parts:
        words = _words(rows)
        if words not in said and any(holds_something(cell) for row in rows for cell in row.cells):
            kept += rows
        said.add(words)
    return kept


# --- what stands beside the text ---


def _findings(seen: Seen) -> Iterator[Finding]:
    if seen.tracked:
        yield Finding("tracked_changes", "文件里有未接受的修订，已按接受修订后的内容读取，请核对。")
    if seen.hidden:
        yield Finding("hidden_text", "文件里有隐藏文字，未读取，请核对。")
    if seen.struck:
        words = next((text for text in seen.struck if text), "")
        yield Finding(STRUCK_OUT, f"文件里有划掉的文字（“{_short(words)}”），未作为填写内容，请核对。")
    if seen.unseen:
        yield Finding("unseen_text", "文件里有白色或极小、纸面上看不见的文字，请核对。")
    if seen.clock:
        yield Finding("changing_date", "文件里有自动更新的日期，每次打开都会变，请核对后改成固定的日期。")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else f"{text[:20]}…"


def _findings_of_comments(package: Package) -> Iterator[Finding]:
    """Comments are for a person; none is an answer."""
    texts = []
    for name in package.of_kind(package.main, "comments"):
        for comment in package.part(name).root.iter(f"{W}comment"):
            texts.append(_short("".join(text.text or "" for text in comment.iter(f"{W}t"))))
    texts = [text for text in texts if text]
    if texts:
        more = "等" if len(texts) > 1 else ""
        yield Finding("comments", f"文件里有 {len(texts)} 条批注（“{texts[0]}”{more}），批注不作填写内容，请人工查看。")


def _issued(package: Package) -> Issued | None:
    """What our own hidden part says; other programs' parts are not looked into, and ours may be damaged."""
    for name in package.of_kind(package.main, "customXml"):
        if package.file.getinfo(name).file_size > _LARGEST_HIDDEN:
            continue
        content = package.bytes_of(name)
        root = _parsed(content) if NAMESPACE.encode() in content else None
        if root is not None and root.tag == f"{{{NAMESPACE}}}issued":
            return Issued(root.get("form", ""), root.get("version", ""), root.get("person", ""))
    return None


def _parsed(content: bytes) -> etree._Element | None:
    try:
        return tree_of(content)
    except etree.XMLSyntaxError:
        return None


def _styles(package: Package, main: XmlPart) -> Styles:
    """Only styles that are used, and that hide, strike out, make unseen or number anything, are worth a look."""
    for name in package.of_kind(package.main, "styles") if main.has("pStyle", "rStyle") else ():
        part = package.part(name)
        if part.has("vanish", "strike", "dstrike", "numPr") or names_unseen(part):
            return styles_of(part.root)
    return NO_STYLES


def _numbering(main: XmlPart, package: Package, styles: Styles) -> Numbering | None:
    if not (styles.numbered or main.has("numPr")):
        return None
    names = package.of_kind(package.main, "numbering")
    return numbering_of(package.part(names[0]).root, styles.numbered) if names else None
