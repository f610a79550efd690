"""A template mended where only one thing can be meant; everything else stays byte for byte.

Tags are spelt right and put into one run, what hides a tag is taken off, a list's own tags get rows of their own. Each
step tells what it did.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gengang.tag_faults import shown, suspects
from gengang.tags import TAG
from gengang.template_faults import broken_tag
from gengang.template_rows import kept_whole, parted_loops, run_through
from gengang.wordsymbols import is_symbol_font
from gengang.xml_edits import Edit, Element, edited, element_of
from gengang.xml_paragraphs import Change, Leaf, edits_of_changes, leaves_of, split_tags, text_edit, text_of

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

Stepped = tuple[list[Edit], list[str]]
Step = Callable[[Element, str], Stepped]


@dataclass(frozen=True, slots=True)
class Mended:
    """data: the template's bytes after mending; did: a sentence for each thing done, empty when there was nothing."""

    data: bytes
    did: tuple[str, ...] = ()


def mended_template(data: bytes) -> Mended:
    """The template with all that is safe to mend. data: a sound Word package."""
    did: list[str] = []
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if _PARTS.fullmatch(info.filename):
                content, told = _mended_part(content)
                did += told
            target.writestr(info, content)
    return Mended(packed.getvalue(), tuple(did)) if did else Mended(data)


def _mended_part(content: bytes) -> tuple[bytes, list[str]]:
    """The part mended, with what was done. One whose XML is not as Word and WPS write it is left alone."""
    did: list[str] = []
    try:
        text = content.decode("utf-8")
        if _WORD not in text.replace("'", '"'):
            return content, []
        for step in STEPS:
            edits, told = step(element_of(text), text)
            text = edited(text, edits)
            did += told
    except (UnicodeDecodeError, ValueError):
        return content, []
    return (text.encode("utf-8") if did else content), did


# --- the steps, each on the text that the one before left ---


def _rejoined(root: Element, source: str) -> Stepped:
    """A tag that an Enter broke over two paragraphs: its rest moves to the end of the first."""
    edits: list[Edit] = []
    did: list[str] = []
    taken: set[int] = set()
    for first, second in _neighbours(root):
        one, two = leaves_of(first, source), leaves_of(second, source)
        tag = "" if id(first) in taken else broken_tag(text_of(one), text_of(two))
        if not tag or one[-1].element.name != "w:t":
            continue
        taken.add(id(second))
        rest = next(tag[-n:] for n in range(len(tag) - 1, 0, -1) if text_of(two).startswith(tag[-n:]))
        edits.append(text_edit(one[-1].element, one[-1].text + rest))
        gone = text_of(two).strip() == rest.strip()
        edits += [Edit(second.start, second.end)] if gone else edits_of_changes(two, [Change(0, len(rest), "")])
        did.append(f"把被回车断开的标记 {shown(tag)} 接成一段")
    return edits, did


def _neighbours(root: Element) -> Iterator[tuple[Element, Element]]:
    for node in root.iter():
        for first, second in zip(node.children, node.children[1:], strict=False):
            if first.name == second.name == "w:p":
                yield first, second


def _respelt(root: Element, source: str) -> Stepped:
    """Tags that are spelt wrong, each as it is meant; a tag in several runs comes into the first of them."""
    edits: list[Edit] = []
    did: list[str] = []
    joined = 0
    for paragraph in root.iter("w:p"):
        leaves = leaves_of(paragraph, source)
        text = text_of(leaves)
        if not re.search("[{}｛｝]", text):
            continue
        wrong = [one for one in suspects(text) if one.mended is not None]
        changes = [Change(one.start, one.end, one.mended or "") for one in wrong]
        did += [f"把 {shown(text[one.start : one.end])} 改成 {one.mended}" for one in wrong]
        split = [one for one in split_tags(leaves) if not any(_overlap(one, other) for other in changes)]
        joined += len(split)
        edits += edits_of_changes(leaves, sorted([*changes, *split], key=lambda change: change.start))
    return edits, [*did, *([f"把 {joined} 个分散在几段格式里的标记各自合成一段"] if joined else [])]


def _overlap(one: Change, other: Change) -> bool:
    return one.start < other.end and one.end > other.start


def _unprompted(root: Element, source: str) -> Stepped:
    """A content control that says it only shows its prompt: what is filled in there would be taken for one."""
    edits = []
    for control in root.iter("w:sdt"):
        sign = control.find("w:sdtPr", "w:showingPlcHdr")
        texts = (text_of(leaves_of(paragraph, source)) for paragraph in control.iter("w:p", "w:sdtContent"))
        if sign is not None and any(TAG.search(text) for text in texts):
            edits.append(Edit(sign.start, sign.end))
    return edits, [f"把 {len(edits)} 个内容控件的提示文字变成正文"] if edits else []


def _plain_fonts(root: Element, source: str) -> Stepped:
    """A run that holds nothing but tags, or parts of them, in a font that draws letters as pictures."""
    edits = []
    for paragraph in root.iter("w:p"):
        leaves = leaves_of(paragraph, source)
        drawn: dict[tuple[int, int], bool] = {}  # bounds of a run's font -> whether it draws tags alone
        for leaf, tagged in zip(leaves, _are_tagged(leaves), strict=True):
            fonts = _symbol_fonts(leaf.run)
            if fonts is not None and leaf.text.strip():
                bounds = fonts.start, fonts.end
                drawn[bounds] = drawn.get(bounds, True) and tagged
        edits += [Edit(*bounds) for bounds, only_tags in drawn.items() if only_tags]
    return edits, [f"把 {len(edits)} 处标记的符号字体去掉"] if edits else []


def _are_tagged(leaves: Sequence[Leaf]) -> Iterator[bool]:
    """Of each text whether it is a tag, or a part of one."""
    tags = [tag.span() for tag in TAG.finditer(text_of(leaves))]
    at = 0
    for leaf in leaves:
        end = at + len(leaf.text)
        yield any(start <= at and end <= last for start, last in tags)
        at = end


def _symbol_fonts(run: Element) -> Element | None:
    fonts = run.find("w:rPr", "w:rFonts")
    return fonts if fonts is not None and is_symbol_font(fonts.get("w:ascii")) else None


STEPS: Sequence[Step] = (_rejoined, _respelt, _unprompted, _plain_fonts, parted_loops, run_through, kept_whole)
