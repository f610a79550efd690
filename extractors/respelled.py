"""A returned paper with its labels as the form prints them: other words for the same, marks of duty, Word's numbers.

A word stands for a label only where the form has one label of its group, the paper has not that label itself, and no
second place claims it; or where it stands in that very cell of a row whose other labels are there. There a letter that
was recognised may be one that is taken for the label's; marks may differ anywhere. All else stays as it is, and what
cannot be found is asked about.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from extractors.align import plan_of
from extractors.policy import SURE_OF_WORDS
from extractors.sureness import sure_of
from gengang.characters import common_look_alikes
from gengang.form import Form, PatternRow
from gengang.numerals import CHINESE_NUMBER
from gengang.reading import SURE_OF_NAME
from gengang.sheet import Cell, Line, Row, squeezed

_COLON_WORD = re.compile(r"(?:^|(?<=[\s　,，;；。(（]))[^\s　:：,，;；。()（）]{2,12}(?=\s*[:：])")
_DUTY = re.compile(r"^[*＊★☆※]+|[*＊★☆※]+$|\((?:必填|选填|必填项)\)$|^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)]")
_LATIN, _FIGURE = re.compile("[A-Za-z]"), re.compile(CHINESE_NUMBER)
# Letters, and the share of them that may be lost; of a shorter label another may have nearly all.
LONG_LABEL, FEW_LOST = 6, 0.25
SHORTEST_IN_DOUBT = 4
LONG_NOTE, FEW = 12, 0.15  # letters of a note; the share of them that recognisers may have amiss
_NUMBER_MARKS = " .．。、)）(（"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a form prints. single: a word that it does not print -> the one label that it stands for; valued: labels
    with a field right behind them; options: words behind tick boxes; numbered: it numbers lines with fields itself.
    whole: labels that fill a cell, each with how often; in_lines: labels before a colon in lines with fields.
    """

    labels: frozenset[str]
    whole: tuple[tuple[str, int], ...]
    in_lines: frozenset[str]
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
    said = Counter(squeezed(cell.text) for row in rows for cell in row.cells)
    text = "\n".join(said)
    if all(said[word] >= count for word, count in words.whole) and all(word in text for word in words.in_lines):
        return rows
    misread = list(_claims_misread(rows, words, said))
    rows = _renamed(rows, misread) if misread else rows
    at_home = list(_claims_at_home(form, rows, words))
    rows = _renamed(rows, at_home) if at_home else rows
    claims = _claims(rows, words)
    return _renamed(rows, claims) if claims else rows


def other_words(form: Form) -> Mapping[str, str]:
    """Words that the form does not print, each with the one label of the form that it may stand for."""
    return _words_of(form).single


@lru_cache(maxsize=512)
def _words_of(form: Form) -> _Words:
    plan = plan_of(form)
    tokens = Counter(token for row in form.rows for token in _tokens(row))
    single: dict[str, str] = {}
    for group in (*form.synonyms, *({core_of(token)} for token in tokens)):
        own = [token for token in tokens if core_of(token) in group]
        if len(own) == 1 and tokens[own[0]] == 1:
            single |= dict.fromkeys(group, own[0])
    lines = [line for row in form.rows for cell in row.cells for line in cell.lines]
    printed = {squeezed(piece) for line in lines for piece in line.pieces if isinstance(piece, str)} - {""}
    whole = Counter(label for row in plan.rows for label in row.labels if label)
    return _Words(
        frozenset(whole | tokens),
        tuple(whole.items()),
        frozenset(tokens - whole),
        tuple(sorted(printed, key=len, reverse=True)),
        single,
        frozenset(_valued(form.rows)),
        frozenset(squeezed(word) for slot in form.slots() if slot.type.codec == "tick" for word in slot.type.options),
        any(line.number and (line.slots or not line.pieces) for line in lines),
    )


_REMARK = re.compile(r"\([^()]{1,12}\)$")


@lru_cache(maxsize=4096)
def core_of(label: str) -> str:
    """A label without the remark in brackets behind it: 工作单位(全称)."""
    return _REMARK.sub("", label) or label


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
                label = (
                    ""
                    if word in words.labels or word in words.printed
                    else words.single.get(core_of(word)) or _without_duty(word, words)
                )
                if label and not (index and squeezed(row.cells[index - 1].text) in words.valued):
                    found.append(_Claim(number, index, word, label))
    counts = Counter(claim.label for claim in found)
    return [claim for claim in found if counts[claim.label] == 1 and claim.label not in present]


def _claims_misread(rows: Sequence[Row], words: _Words, said: Mapping[str, int]) -> Iterator[_Claim]:
    """Labels that the paper lacks, recognised but for their marks, as 1·课程 for 1.课程, or but for a letter in doubt,
    long ones in another order or without a few letters, and long notes but for a few, where one alone can be meant.
    """
    lacking = [word for word, count in words.whole if said[word] < count]
    bare = Counter(letters_of(word) for word, _ in words.whole)
    wanted = {letters_of(word): word for word in lacking if bare[letters_of(word)] == 1 < len(letters_of(word))}
    notes = [word for word in lacking if len(word) >= LONG_NOTE]
    for number, row in enumerate(rows):
        for index, cell in enumerate(row.cells):
            text = squeezed(cell.text)
            if _is_recognised(cell) and text not in words.labels:
                valued = index > 0 and squeezed(row.cells[index - 1].text) in words.valued
                meant = [
                    wanted.get(letters_of(text)),
                    *(note for note in notes if _is_note(text, note)),
                    *(word for word in lacking if not valued and _is_label(cell, word)),
                ]
                labels = {label for label in meant if label}
                yield from (_Claim(number, index, text, label) for label in labels if len(labels) == 1)


def letters_of(text: str) -> str:
    """A text without its blanks and marks, which recognisers lose."""
    return "".join(char for char in text if char.isalnum())


def _is_note(text: str, note: str) -> bool:
    """Whether a long note was recognised but for a few of its letters; one more than it has was written into it."""
    own, wanted = letters_of(text), letters_of(note)
    if not (1 - FEW) * len(wanted) <= len(own) <= len(wanted):
        return False
    edits = [one for one in SequenceMatcher(None, own, wanted, autojunk=False).get_opcodes() if one[0] != "equal"]
    added = any(end - start > last - begin for _, start, end, begin, last in edits)
    return not added and sum(last - begin for *_, begin, last in edits) <= FEW * len(wanted)


def _is_label(cell: Cell, label: str) -> bool:
    """Whether a cell that stands behind no label can hardly be but this one."""
    return _has_letters_of(squeezed(cell.text), label) or (
        len(label) >= SHORTEST_IN_DOUBT and _is_in_doubt(cell, label, SURE_OF_WORDS)
    )


def _has_letters_of(text: str, label: str) -> bool:
    """Whether a text has all letters of a long label and no other, or nearly all: printed downwards in two columns, or
    so close that two run into one, they are found in another order or some are not found, none of them a number.

    What is a part of a label is a word by itself: 教师进修学校 is where somebody works.
    """
    own, wanted = Counter(letters_of(text)), Counter(letters_of(label))
    lost = [*(wanted - own).elements()]
    few = len(lost) <= FEW_LOST * wanted.total() and letters_of(text) not in letters_of(label)
    return wanted.total() >= LONG_LABEL and not own - wanted and few and not any(map(_FIGURE.match, lost))


def _is_in_doubt(cell: Cell, label: str, below: float) -> bool:
    """Whether a recognised word is a label but for one letter of which its readers were less sure, and no number."""
    read = [pair for line in cell.lines for pair in zip(line.text, line.each, strict=False) if not pair[0].isspace()]
    other = [(own, sure) for (seen, sure), own in zip(read, label, strict=False) if seen != own]
    alone = len(read) == len(label) and len(other) == 1
    return alone and sure_of(other[0][1], True) < below and not _FIGURE.match(other[0][0])


def _is_recognised(cell: Cell) -> bool:
    return any(line.second is not None for line in cell.lines)


def _is_misread(cell: Cell, label: str, words: _Words) -> bool:
    """Whether a recognised word in the place of a label is it but for one letter that is easily taken for the label's,
    or of which its readers were not sure.
    """
    text = squeezed(cell.text)
    other = [(one, own) for one, own in zip(text, label, strict=False) if one != own]
    alike = len(other) == 1 and (_is_taken_for(*other[0]) or _is_in_doubt(cell, label, SURE_OF_NAME))
    return _is_recognised(cell) and len(text) == len(label) > 2 and alike and text not in words.labels


def _is_taken_for(seen: str, own: str) -> bool:
    """Whether a recogniser may have read one letter of a label so: 甲 for 申, I for 工.

    第二周 and 第三周 look alike, too, and are labels both: a number is never a misread one.
    """
    if own.isascii() or (_FIGURE.fullmatch(own) and _FIGURE.fullmatch(seen)):
        return False
    return own in common_look_alikes(seen) or _LATIN.match(seen) is not None


def _claims_at_home(form: Form, rows: Sequence[Row], words: _Words) -> Iterator[_Claim]:
    """Words in the very cells of labels, in rows that show most of the other labels of one row of the form."""
    groups = {word: group for group in form.synonyms for word in group}
    shapes = _label_rows(form)
    for number, row in enumerate(rows):
        texts = [squeezed(cell.text) for cell in row.cells]
        if not row.table or len(texts) not in shapes:
            continue
        fits = [claims for labels in shapes[len(texts)] if (claims := _in_place(labels, row.cells, words, groups))]
        if len(fits) == 1:
            yield from (_Claim(number, index, texts[index], label) for index, label in fits[0])


@lru_cache(maxsize=512)
def _label_rows(form: Form) -> Mapping[int, tuple[tuple[str, ...], ...]]:
    """The form's rows with several labels, by their number of cells."""
    rows = [plan.labels for plan in plan_of(form).rows if sum(map(bool, plan.labels)) > 1]
    return {count: tuple(row for row in rows if len(row) == count) for count in {len(row) for row in rows}}


def _in_place(
    labels: Sequence[str], cells: Sequence[Cell], words: _Words, groups: Mapping[str, Collection[str]]
) -> list[tuple[int, str]]:
    """Where the words that differ from a row's labels mean the same, or were misread; none when any differs otherwise,
    or too many.
    """
    pairs = [(index, label, cell) for index, (label, cell) in enumerate(zip(labels, cells, strict=True)) if label]
    other = [(index, label, cell) for index, label, cell in pairs if label != squeezed(cell.text)]
    alike = all(_same(core_of(label), core_of(squeezed(cell.text)), groups) or _is_misread(cell, label, words)
                for _, label, cell in other)  # fmt: skip
    return [(index, label) for index, label, _ in other] if alike and 2 * len(other) <= len(pairs) else []


def _same(label: str, text: str, groups: Mapping[str, Collection[str]]) -> bool:
    return label == text or label in groups.get(text, ())


def _words_in(cell: Cell) -> Iterator[str]:
    """What may be a label in a cell: all of it, what stands before its colon, words before colons in its lines."""
    text = squeezed(cell.text)
    if not text:
        return
    yield text
    head = text.partition(":")[0] if ":" in text else ""
    found = {squeezed(word) for line in cell.lines if ":" in line.text or "：" in line.text
             for word in _COLON_WORD.findall(line.text)}  # fmt: skip
    yield from filter(None, {head} | {word for word in found if not head.endswith(word)} - {text})


def _without_duty(word: str, words: _Words) -> str:
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

_FIGURE_ENDS = re.compile(r"\d[.．]?$")


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
    gap = " " if _FIGURE_ENDS.search(line.number) and line.text[:1].isdigit() else ""  # 1. and 92 are not 1.92
    with_it = replace(bare, text=line.number + gap + line.text)
    if text and any(squeezed(with_it.text).startswith(word) for word in words.printed if len(word) > len(line.number)):
        return with_it
    if words.numbered or (text and any(text.startswith(word) for word in words.printed)):
        return bare
    return with_it if text else replace(bare, text=line.number.strip(_NUMBER_MARKS))
