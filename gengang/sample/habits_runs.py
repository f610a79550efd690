"""The runs of a Word paragraph: cut at a character, found by their place in the text, written anew."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from gengang.wordxml import W

Element = etree._Element
RUN, TEXT, BREAK, PROPERTIES = f"{W}r", f"{W}t", f"{W}br", f"{W}rPr"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LEAVES = {BREAK: "\n", f"{W}cr": "\n", f"{W}tab": " "}


def made(name: str, *children: Element, **attributes: str) -> Element:
    """An element of the w: namespace with attributes of the same namespace."""
    element = etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})
    element.extend(children)
    return element


def text_of(paragraph: Element) -> str:
    """The text of a paragraph as its writer left it."""
    return "".join(_length_text(leaf) for run in paragraph.iter(RUN) for leaf in run)


def _length_text(leaf: Element) -> str:
    return leaf.text or "" if leaf.tag == TEXT else _LEAVES.get(leaf.tag, "")


def run_text(run: Element) -> str:
    """The text of one run."""
    return "".join(map(_length_text, run))


def runs_between(paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs that hold just these characters, cut free where they shared a run; an empty one where there are none."""
    _cut(paragraph, start)
    _cut(paragraph, end)
    at, found = 0, []
    last: Element | None = None
    for run in paragraph.iter(RUN):
        length = len(run_text(run))
        if start <= at and at + length <= end and (length or start == end):
            found.append(run)
        if at + length <= start:
            last = run
        at += length
    return found or [_empty_run(paragraph, last)]


def _empty_run(paragraph: Element, before: Element | None) -> Element:
    run = made("r")
    if before is None:
        first = paragraph.find(RUN)
        run.extend(_look_of(first))
        place = 0 if paragraph.find(f"{W}pPr") is None else 1
        paragraph.insert(place, run)
    else:
        run.extend(_look_of(before))
        before.addnext(run)
    return run


def _look_of(run: Element | None) -> Iterator[Element]:
    properties = None if run is None else run.find(PROPERTIES)
    if properties is not None:
        yield deepcopy(properties)


def _cut(paragraph: Element, offset: int) -> None:
    at = 0
    for run in paragraph.iter(RUN):
        length = len(run_text(run))
        if at < offset < at + length:
            split_run(run, offset - at)
            return
        at += length


def split_run(run: Element, offset: int) -> Element:
    """Cuts a run before this character and gives the second half, which looks the same."""
    second = made("r", *_look_of(run))
    at = 0
    for leaf in list(run):
        if leaf.tag == PROPERTIES:
            continue
        text = _length_text(leaf)
        if at < offset < at + len(text):
            second.append(_text(text[offset - at :]))
            leaf.text = text[: offset - at]
            leaf.set(_SPACE, "preserve")
        elif at >= offset:
            second.append(leaf)
        at += len(text)
    run.addnext(second)
    return second


def set_text(run: Element, text: str) -> None:
    """The run says this and no more; a line feed becomes a break."""
    for leaf in list(run):
        if leaf.tag != PROPERTIES:
            run.remove(leaf)
    for number, part in enumerate(text.split("\n")):
        if number:
            run.append(made("br"))
        run.append(_text(part))


def _text(text: str) -> Element:
    node = made("t")
    node.set(_SPACE, "preserve")
    node.text = text
    return node


def run_like(run: Element | None, text: str) -> Element:
    """A new run that says this and looks like another."""
    new = made("r", *_look_of(run))
    set_text(new, text)
    return new


def paragraph_like(paragraph: Element, text: str) -> Element:
    """A new paragraph that says this and looks like another."""
    properties = paragraph.find(f"{W}pPr")
    new = made("p", *([] if properties is None else [deepcopy(properties)]))
    new.append(run_like(next(paragraph.iter(RUN), None), text))
    return new


def retitle(paragraph: Element, text: str) -> None:
    """The paragraph says this, in the look of its first run."""
    new = paragraph_like(paragraph, text)
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    paragraph.append(new[-1])
