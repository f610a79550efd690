"""收件回执: what one sender is told after an intake, ready to paste into a chat; no ID number, names only as needed.

A text has at most CHAT_LIMIT characters; what does not fit goes on in the next, which says again whom and what it is
about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gengang.papers.missing import CHAT_LIMIT
from gengang.papers.words import masked

FOLDER = "收件回执"
LONGEST_NAME, LONGEST_WORDS = 24, 60
_COUNTER = len("（99/99）")


@dataclass(frozen=True, slots=True)
class Several:
    """Some papers. whose: name of a person, empty for the sender's own; words: `研修日志10篇`."""

    whose: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one sender is told.

    came, missing: person by person; complete: who owes nothing any more; back: `1份（照片不清，请重拍）`;
    again: how many files had come before; asked: what else is to be mended.
    """

    sender: str
    came: tuple[Several, ...] = ()
    missing: tuple[Several, ...] = ()
    complete: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    again: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """One thing said. clause, group: what stands before it where it begins a new one, or a new text."""

    clause: str
    group: str
    words: str


def receipt_texts(receipt: Receipt) -> tuple[str, ...]:
    """The texts, one if it is short enough."""
    sender = _cut(masked(receipt.sender), LONGEST_NAME)
    room = CHAT_LIMIT - len(sender) - len("：。") - _COUNTER
    bodies = list(_packed(tuple(_pieces(receipt)), room))
    if len(bodies) == 1:
        return (f"{sender}：{bodies[0]}。",)
    return tuple(f"{sender}（{number}/{len(bodies)}）：{body}。" for number, body in enumerate(bodies, 1))


def page_of_receipt(texts: Sequence[str]) -> bytes:
    """The texts as a file that Notepad shows right, an empty line between two."""
    return ("\r\n\r\n".join(texts) + "\r\n").encode("utf-8-sig", "replace")


def _packed(pieces: Sequence[_Piece], room: int) -> Iterator[str]:
    body = ""
    before: _Piece | None = None
    for piece in pieces:
        more = _joint(before, piece) + piece.words
        if body and len(body) + len(more) > room:
            yield body
            body, before = "", None
            more = _joint(None, piece) + piece.words
        body += more
        before = piece
    if body:
        yield body


def _joint(before: _Piece | None, piece: _Piece) -> str:
    """What stands between two pieces: less, the more they have in common."""
    if before is None or before.clause != piece.clause:
        return f"{'；' if before else ''}{piece.clause}{piece.group}"
    return "、" if before.group == piece.group else f"，{piece.group}"


def _pieces(receipt: Receipt) -> Iterator[_Piece]:
    for some in receipt.came:
        yield from (_Piece("今收到", _short(some.whose), _words(one)) for one in some.words)
    if receipt.again:
        yield _Piece("另有", "", f"{receipt.again}份与以前交的相同，不重复计")
    alone = len({some.whose for some in (*receipt.came, *receipt.missing)} - {""}) <= 1
    for some in receipt.missing:
        yield from (_Piece("", f"{'' if alone else _short(some.whose)}缺", _words(one)) for one in some.words)
    if receipt.complete:
        yield from (_Piece("材料已交齐：", "", _short(name)) for name in receipt.complete if name)
        yield from (_Piece("", "", "材料已交齐") for name in receipt.complete if not name)
    yield from (_Piece("退回", "", _words(one)) for one in receipt.back)
    yield from (_Piece("另请补正：", "", _words(one)) for one in receipt.asked)


def _short(name: str) -> str:
    return _cut(masked(name), LONGEST_NAME)


def _words(text: str) -> str:
    return _cut(masked(text), LONGEST_WORDS)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
