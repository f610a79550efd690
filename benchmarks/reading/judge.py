"""Holds a reading to the truth, field by field; knows nothing of how the form was made.

A value accepted or proposed that equals the truth is right, and blank where nothing stands. Accepted and different is
wrong, as is a value where nothing stands; filled and called blank or missing is lost. A value for which the paper has
no place at all is wrong, and open when it is only proposed: a person has to strike it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.reading.truth import Stated, Truth
from extractors.policy import folded
from gengang.reading import FieldReading, FileReading, ListReading, Reading

Verdict = Literal["right", "proposed", "open", "wrong", "lost", "unsure"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One field, `list[2].column` for a cell.

    right: accepted (or blank) and true; proposed: in review and true; open: a person has to find it, or to strike it;
    unsure: nobody could know it, and it was not accepted. alike: the value is not the truth, but for its
    blanks, line ends and the width of its marks it is.
    """

    path: str
    verdict: Verdict
    accepted: bool = False
    filled: bool = False
    stated: str = ""
    found: str = ""
    confidence: float | None = None
    alike: bool = False


@dataclass(frozen=True, slots=True)
class FormJudged:
    """One person's form. identified, version: whether the reading names the right ones."""

    truth: Truth
    fields: tuple[Judged, ...]
    identified: bool
    version: bool
    file: str = ""

    def count(self) -> Counter[str]:
        """How many of each verdict, and how many values were accepted."""
        counts: Counter[str] = Counter(one.verdict for one in self.fields)
        counts["accepted"] = sum(one.accepted for one in self.fields)
        return counts


def judge_file(truths: Sequence[Truth], file: FileReading, name: str = "") -> list[FormJudged]:
    """The forms of one file in order; a submission too many is all wrong, one too few leaves its form unread."""
    judged = []
    readings = list(file.submissions)
    for index, truth in enumerate(truths):
        reading = _taken(truth, readings, len(truths) - index)
        fields = tuple(_judged_form(truth, reading))
        named = reading is not None and reading.form == truth.stem
        judged.append(FormJudged(truth, fields, named, named and reading is not None
                                 and reading.version == truth.version, name))  # fmt: skip
    for extra in readings:
        nothing = Truth(extra.form, extra.version, {}, {})
        judged.append(FormJudged(nothing, tuple(_invented(extra)), False, False, name))
    return judged


def _taken(truth: Truth, readings: list[Reading], left: int) -> Reading | None:
    """The reading of this form: the next one while there are enough, else the next that fits best."""
    if not readings:
        return None
    if len(readings) == left:
        return readings.pop(0)
    fitting = [number for number, one in enumerate(readings) if one.form == truth.stem]
    scored = [(sum(one.verdict in ("right", "proposed") and one.filled for one in _judged_form(truth, readings[n])), -n)
              for n in fitting]  # fmt: skip
    if not scored or max(scored)[0] == 0:
        return None
    return readings.pop(-max(scored)[1])


def fields_yielded(file: FileReading) -> int:
    """How many values were read from a paper that is no form."""
    return sum(len(list(_invented(reading))) or 1 for reading in file.submissions)


def _invented(reading: Reading) -> Iterator[Judged]:
    for name, found in reading.fields.items():
        cells = [(name, found)] if isinstance(found, FieldReading) else [
            (f"{name}[{n}].{column}", cell) for n, row in enumerate(found.rows, 1) for column, cell in row.items()
        ]  # fmt: skip
        for path, cell in cells:
            yield from _placeless(path, cell, "no form")


def _placeless(path: str, found: FieldReading, stated: str) -> Iterator[Judged]:
    """A value for which the paper has no place; what gave none is left out. stated: why there is no place."""
    if found.status == "accepted":
        yield Judged(path, "wrong", True, False, stated, _shown(found))
    elif found.value is not None:
        yield Judged(path, "open", False, False, stated, _shown(found))


def _judged_form(truth: Truth, reading: Reading | None) -> Iterator[Judged]:
    fields = reading.fields if reading is not None and reading.form == truth.stem else {}
    for name, stated in truth.fields.items():
        found = fields.get(name)
        cell = found if isinstance(found, FieldReading) else None
        yield from _judged(name, stated, cell)
    for name, rows in truth.lists.items():
        listed = fields.get(name)
        yield from _judged_list(name, rows, listed if isinstance(listed, ListReading) else None)
    if reading is not None and reading.form != truth.stem:
        yield from _invented(reading)


def _judged(path: str, stated: Stated | None, found: FieldReading | None) -> Iterator[Judged]:
    """One verdict; none for a place that is gone and gave no value."""
    if stated is None:
        if found is not None:
            yield from _placeless(path, found, "place deleted")
        return
    verdict = _verdict(stated, found)
    accepted = found is not None and found.status == "accepted"
    filled = stated.value is not None or not stated.sure
    confidence = found.confidence if found is not None else None
    alike = found is not None and _same_letters(stated.value, found.value)
    yield Judged(path, verdict, accepted, filled, _told(stated), _shown(found), confidence, alike)


def _same_letters(stated: object, found: object) -> bool:
    both = isinstance(stated, str) and isinstance(found, str) and stated != found
    return both and folded(str(stated)) == folded(str(found))


def _verdict(stated: Stated, found: FieldReading | None) -> Verdict:
    if found is None:
        return "open" if stated.sure else "unsure"
    if found.status == "accepted" and (stated.value is None or found.value != stated.value):
        return "wrong"
    if stated.prompt:
        return "right" if found.status == "blank" else "proposed" if found.value is None else "open"
    if found.status in ("blank", "missing") and (stated.value is not None or not stated.sure):
        return "lost"
    if not stated.sure:
        return "unsure"
    if stated.value is None:
        return "right" if found.status == "blank" else "open"
    if found.value == stated.value:
        return "right" if found.status == "accepted" else "proposed"
    return "open"


def _told(stated: Stated) -> str:
    return f"{stated.value!r}{'' if stated.sure else ' (not to be known)'}{' (prompt)' if stated.prompt else ''}"


def _shown(found: FieldReading | None) -> str:
    return "nothing" if found is None else f"{found.status} {found.value!r}, stood {found.raw!r}"


# --- lists ---

Entry = Mapping[str, Stated]
Cells = Mapping[str, FieldReading]


def _judged_list(name: str, rows: Sequence[Entry], found: ListReading | None) -> Iterator[Judged]:
    """Rows in document order; a row that is not there is lost unless the list itself asks for a person."""
    known = found.rows if found is not None else ()
    asked = found is None or found.status in ("review", "unread")
    pairs = _paired(rows, known)
    for number, row in enumerate(rows):
        cells = pairs.get(number)
        for column, stated in row.items():
            path = f"{name}[{number + 1}].{column}"
            if cells is None and not asked and stated.value is not None:
                yield Judged(path, "lost", False, True, _told(stated), f"list {found.status if found else ''}")
                continue
            yield from _judged(path, stated, None if cells is None else cells.get(column))
    used = {id(cells) for cells in pairs.values()}
    for number, cells in enumerate(known, 1):
        if id(cells) not in used:
            for column, cell in cells.items():
                yield from _placeless(f"{name}[+{number}].{column}", cell, "no such row")


def _paired(rows: Sequence[Entry], known: Sequence[Cells]) -> dict[int, Cells]:
    """Rows of the truth with rows of the reading in the same order, as many equal cells as possible."""
    if len(rows) == len(known):
        return dict(enumerate(known))
    best: list[list[tuple[int, tuple[tuple[int, int], ...]]]] = [[(0, ())] * (len(known) + 1)]
    for r, row in enumerate(rows):
        line: list[tuple[int, tuple[tuple[int, int], ...]]] = [(0, ())]
        for k, cells in enumerate(known):
            score, taken = best[r][k]
            alike = sum(column in cells and cells[column].value == stated.value for column, stated in row.items())
            line.append(max(best[r][k + 1], line[k], (score + alike, (*taken, (r, k))) if alike else (0, ())))
        best.append(line)
    return {r: known[k] for r, k in best[-1][-1][1]}
