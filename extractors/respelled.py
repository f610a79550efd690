"""A returned paper with its labels as the form prints them: other words for the same, marks of duty, Word's numbers.

A word stands for a label only where the form has one label of its group, the paper has not that label itself, and no
second place claims it. All else stays as it is typed, and what cannot be found is asked about.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.align import plan_of
from gengang.form import Form, PatternRow
from gengang.sheet import Cell, Line, Row, squeezed

_COLON_WORD = re.compile(r"(?:^|(?<=[\s　,，;；。(（]))[^\s　:：,，;；。()（）]{2,12}(?=\s*[:：])")
_DUTY = re.compile(r"^[*＊★☆※]+|[*＊★☆※]+$|\((?:必填|选填|必填项)\)$|^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)]")
_NUMBER_MARKS = " .．。、)）(（"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a form prints. single: a word that it does not print -> the one label that it stands for; valued: labels
    with a field right behind them; options: words behind tick boxes; numbered: it numbers lines with fields itself.
    """

    labels: frozenset[str]
    printed: tuple[str, ...]
    single: Mapping[str, str]
    valued: frozenset[str]
    options: frozenset[str]
    numbered: bool


def as_printed(form: Form, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with each label that is surely one of the form's written as the form writes it."""
    words = _words_of(form)
    if any(line.number for row in rows for cell in row.cells for line in cell.lines):
        rows = [_with_numbers(row, words) for row in rows]
    claims = _claims(rows, words)
    return _renamed(rows, claims) if claims else rows


@lru_cache(maxsize=512)
def _words_of(form: Form) -> _Words:
    plan = plan_of(form)
    tokens = Counter(token for row in form.rows for token in _tokens(row))
    single: dict[str, str] = {}
    for group in form.synonyms:
        own = [token for token in tokens if token in group]
        if len(own) == 1 and tokens[own[0]] == 1:
            single |= dict.fromkeys(group - {own[0]}, own[0])
    lines = [line for row in form.rows for cell in row.cells for line in cell.lines]
    printed = {squeezed(piece) for line in lines for piece in line.pieces if isinstance(piece, str)} - {""}
    return _Words(
        frozenset(label for row in plan.rows for label in row.labels if label) | {*tokens},
        tuple(sorted(printed, key=len, reverse=True)),
        single,
        frozenset(_valued(form.rows)),
        frozenset(squeezed(word) for slot in form.slots() if slot.type.codec == "tick" for word in slot.type.options),
        any(line.number and (line.slots or not line.pieces) for line in lines),
    )


def _tokens(row: PatternRow) -> Iterator[str]:
    """The labels of a row: whole cells, and words before a colon in lines with fields."""
    for cell in row.cells:
        if not cell.slots:
            yield from filter(None, [squeezed(cell.printed)])
            continue
        for line in cell.lines:
            yield from (squeezed(word) for word in _COLON_WORD.findall(line.printed))


def _valued(rows: Sequence[PatternRow]) -> Iterator[str]:
    for row in rows:
        for before, cell in zip(row.cells, row.cells[1:], strict=False):
            if cell.slots and not before.slots:
                yield squeezed(before.printed)


# --- other words for a label ---


@dataclass(frozen=True, slots=True)
class _Claim:
    """A place where a word may stand for a label: row and cell by index, the word as it is compared."""

    row: int
    cell: int
    word: str
    label: str


def _claims(rows: Sequence[Row], words: _Words) -> list[_Claim]:
    """Words that stand for a label which is not on the paper itself and which nothing else claims."""
    found: list[_Claim] = []
    present: set[str] = set()
    for number, row in enumerate(rows):
        for index, cell in enumerate(row.cells):
            for word in _words_in(cell):
                present.add(word)
                label = words.single.get(word) or _without_duty(word, words)
                if label and not (index and squeezed(row.cells[index - 1].text) in words.valued):
                    found.append(_Claim(number, index, word, label))
    counts = Counter(claim.label for claim in found)
    return [claim for claim in found if counts[claim.label] == 1 and claim.label not in present]


def _words_in(cell: Cell) -> Iterator[str]:
    """What may be a label in a cell: all of it, what stands before its colon, words before colons in its lines."""
    text = squeezed(cell.text)
    if not text:
        return
    yield text
    found = {text.partition(":")[0]} if ":" in text else set()
    found |= {squeezed(word) for line in cell.lines if ":" in line.text or "：" in line.text
              for word in _COLON_WORD.findall(line.text)}  # fmt: skip
    yield from found - {text}


def _without_duty(word: str, words: _Words) -> str:
    if word in words.labels:
        return ""
    bare = _DUTY.sub("", word)
    return bare if bare != word and bare in words.labels else ""


def _renamed(rows: Sequence[Row], claims: Sequence[_Claim]) -> list[Row]:
    changed = list(rows)
    for claim in claims:
        cells = list(changed[claim.row].cells)
        cells[claim.cell] = _with_label(cells[claim.cell], claim)
        changed[claim.row] = replace(changed[claim.row], cells=tuple(cells))
    return changed


def _with_label(cell: Cell, claim: _Claim) -> Cell:
    """The cell with the label in place of the word, which may be spaced out or broken over lines."""
    if squeezed(cell.text) == claim.word:
        first = cell.lines[0] if cell.lines else Line("")
        return replace(cell, lines=(replace(first, text=claim.label),))
    letters = r"[\s_＿]*".join(re.escape(char) for char in claim.word)
    text = re.sub(letters, lambda _: claim.label, cell.text, count=1)
    parts = text.split("\n")
    if len(parts) != len(cell.lines):
        return replace(cell, lines=tuple(map(Line, parts)))
    return replace(cell, lines=tuple(replace(line, text=part) for line, part in zip(cell.lines, parts, strict=True)))


# --- Word's own numbers ---


def _with_numbers(row: Row, words: _Words) -> Row:
    return replace(row, cells=tuple(_numbered(cell, words) for cell in row.cells))


def _numbered(cell: Cell, words: _Words) -> Cell:
    if not any(line.number for line in cell.lines):
        return cell
    return replace(cell, lines=tuple(_with_number(line, words) for line in cell.lines))


def _with_number(line: Line, words: _Words) -> Line:
    """What a person sees: the number is part of a value, but not of a label that the form prints without it."""
    text = squeezed(line.text)
    bare = replace(line, number="")
    if line.number in ("☑", "□"):
        return replace(bare, text=line.number + line.text) if text in words.options else bare
    with_it = replace(bare, text=line.number + line.text)
    if text and any(squeezed(with_it.text).startswith(word) for word in words.printed if len(word) > len(line.number)):
        return with_it
    if words.numbered or (text and any(text.startswith(word) for word in words.printed)):
        return bare
    return with_it if text else replace(bare, text=line.number.strip(_NUMBER_MARKS))
