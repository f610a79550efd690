"""Whether a print shows what it should: every character has a glyph, the pages are counted, every value is found."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

from gengang.codecs import CODECS, Value, show
from gengang.findings import Finding
from gengang.form import FieldType, Form
from gengang.papers.draft import Draft
from gengang.papers.glyphs import undrawable
from gengang.rendering import Drawing, Given, Picture
from gengang.sheet import squeezed
from gengang.submission import Submission

WINDOW = 8
SHORT = 40
_RARE = re.compile("[\U00010000-\U0010ffff]")
MARKS = ",。;:、"  # as they are compared


def stated_of(draft: Draft, form: Form) -> Submission:
    """What a draft states, in normal form, so that it can be compared with what a reader finds in the file."""
    fields, columns = form.fields(), form.lists()
    values = {name: _normal(value, fields[name]) for name, value in draft.values.items() if name in fields}
    lists = {
        name: tuple(
            {key: _normal(cell, columns[name][key]) for key, cell in row.items() if key in columns[name]}
            for row in rows
        )
        for name, rows in draft.lists.items()
        if name in columns
    }
    return Submission(form.stem, values, lists)


def _normal(value: Given, type: FieldType) -> Value | None:
    if isinstance(value, Picture | Drawing):
        return "present"
    if value is None or value == "":
        return None
    return CODECS[type.codec].parse(show(type.codec, value, type.options), type.options).value


def glyph_findings(form: Form, stated: Submission, fonts: Path | None) -> tuple[Finding, ...]:
    """What cannot be printed at all: values with a character that no installed font has. fonts: our own folder."""
    return tuple(
        Finding("no_glyph", f"没有字体能印出“{lacking}”字，未放行，请安装含该字的字体后重新运行。", path, "error")
        for path, shown in _shown_values(form, stated)
        if (lacking := undrawable(shown, fonts))
    )


def print_findings(pdf: bytes, form: Form, stated: Submission, max_pages: int) -> tuple[int, tuple[Finding, ...]]:
    """The number of pages, and what is wrong with the print: too many pages, or a value that cannot be seen.

    A value is absent when its cell is too small for it.
    """
    try:
        pages = page_texts(pdf)
    except pypdfium2.PdfiumError:
        return 0, (Finding("print_unread", "打印出的 PDF 打不开，未放行，请重新运行。", severity="error"),)
    found: list[Finding] = []
    if len(pages) > max_pages:
        message = f"应为{max_pages}页以内，实为{len(pages)}页，未放行，请缩短内容或调整模板。"
        found.append(Finding("print_pages", message, severity="error"))
    text = "".join(map(_comparable, pages))
    for path, shown in _shown_values(form, stated):
        if not _is_printed(_comparable(shown), text, len(pages)):
            message = f"“{shown[:20]}”没有完整打印出来，未放行，请在模板里放大该格。"
            found.append(Finding("print_value", message, path, "error"))
    found += () if found else _lost_marks(form, stated, text)
    return len(pages), tuple(found)


def _lost_marks(form: Form, stated: Submission, text: str) -> Iterator[Finding]:
    """LibreOffice leaves out the mark at the end of some justified lines, where less than its width is left."""
    wanted = Counter(one for _, shown in _shown_values(form, stated) for one in _comparable(shown) if one in MARKS)
    lost = wanted - Counter(text)
    if lost:
        message = f"有{lost.total()}处标点（{''.join(lost)}）没有打印出来，未放行，请在模板里把这段文字改为左对齐。"
        yield Finding("print_marks", message, severity="error")


def words_findings(pdf: bytes, words: Sequence[str], fonts: Path | None) -> tuple[Finding, ...]:
    """Words beside the fields, as of a red head, that a print lacks, or that no installed font has."""
    text = "".join(map(_comparable, page_texts(pdf)))
    lost = [one for one in words if _comparable(one) not in text or undrawable(one, fonts)]
    return tuple(Finding("print_value", f"“{one[:20]}”没有完整打印出来，未放行。", "", "error") for one in lost)


def page_texts(pdf: bytes) -> list[str]:
    """The text layer of each page. Raises PdfiumError when the bytes are no PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
        return texts
    finally:
        document.close()


def _comparable(text: str) -> str:
    """Without white space and hyphens, of which the text layer has its own where a line ends; marks of one width."""
    return re.sub("[-\u0002\ufffe\u00ad\u2011]", "", squeezed(unicodedata.normalize("NFKC", text)))


def _shown_values(form: Form, stated: Submission) -> Iterator[tuple[str, str]]:
    """Path and printed text of every value. A tick prints its unticked words too, and a picture prints none."""
    for name, type in form.fields().items():
        yield from _shown_value(name, stated.values.get(name), type)
    for name, columns in form.lists().items():
        for number, row in enumerate(stated.rows(name), 1):
            for column, type in columns.items():
                yield from _shown_value(f"{name}[{number}].{column}", row.get(column), type)


def _shown_value(path: str, value: Value | None, type: FieldType) -> Iterator[tuple[str, str]]:
    if value is not None and type.codec != "picture":
        text = str(value) if type.codec == "tick" else show(type.codec, value, type.options)
        for line in text.split("\n"):
            yield path, line


def _is_printed(wanted: str, text: str, pages: int) -> bool:
    """Whether a value stands in the text. A page end may cut a long one, a borrowed font may move parts of one."""
    if wanted in text:
        return True
    if len(wanted) <= SHORT:
        return not Counter(wanted) - Counter(text)
    # A rare character is of a borrowed font, and the text layer has it at the end of its line.
    if Counter(_RARE.findall(wanted)) - Counter(text):
        return False
    wanted, text = _RARE.sub("", wanted), _RARE.sub("", text)
    windows = [wanted[place : place + WINDOW] for place in range(0, len(wanted), WINDOW)]
    return sum(window not in text for window in windows) < pages
