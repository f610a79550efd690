"""Draft: one paper to be written, as a value: which template, which values, for whom, and where it will lie."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gengang.codecs import Period
from gengang.filenames import shortened
from gengang.findings import Finding
from gengang.papers.letterhead import Letterhead
from gengang.rendering import Drawing, Given, GivenRows, Picture
from gengang.roster import Person, Roster

Folder = Literal["forms", "papers", "own"]
NAME_LIMIT = 100
NAME_BYTES = 240  # a file system takes 255, and an ending, or a `_2`, stands behind

_WINDOWS_FORBIDS = str.maketrans(':*?"<>|\\', "：＊？＂＜＞｜＼", "".join(map(chr, range(32))))


@dataclass(frozen=True, slots=True)
class Draft:
    """One paper.

    kind: what it is (`appraisal`, `certificate`); template: stem in `templates/<folder>`.
    person: key of the roster, empty for a paper about no single person.
    file: path under the outbox without ending, with `/` between folders, legal on Windows.
    max_pages: a print with more pages is not released. final: it bears a number, and no run takes it back.
    codes: what the QR codes on it say, each of which must be readable on the print.
    faults: why it cannot be filled as its template asks; with any it is not released.
    letterhead: red head and 版记 of a 公文, None for a draft.
    """

    kind: str
    template: str
    folder: Folder
    person: str
    values: Mapping[str, Given]
    file: str
    max_pages: int
    lists: Mapping[str, GivenRows] = field(default_factory=dict)
    final: bool = False
    codes: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
    letterhead: Letterhead | None = None


def content_hash(draft: Draft, version: str) -> str:
    """Hex SHA-256 of what a draft says on a template of this version; where it will lie does not count."""
    rows = {name: [_plain_row(row) for row in rows] for name, rows in draft.lists.items()}
    said = [version, draft.kind, draft.person, _plain_row(draft.values), rows, draft.max_pages]
    said += [repr(draft.letterhead)] if draft.letterhead else []
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _plain_row(row: Mapping[str, Given]) -> dict[str, object]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Given) -> object:
    if isinstance(value, Picture):
        return {"picture": hashlib.sha256(value.data).hexdigest(), "width": value.width_mm}
    if isinstance(value, Drawing):
        return {"drawing": value.by.__name__, "of": repr(value.of)}
    if isinstance(value, Period):
        return {"from": value.start, "to": value.end}
    return value


def file_name(*parts: str) -> str:
    """Parts joined by `_` as one file or folder name that Windows takes too, of at most NAME_LIMIT characters.

    A Chinese character is three bytes: eighty of them are all that there is room for.
    """
    name = "_".join(re.sub(r"\s+", "", part.replace("/", "／")) for part in parts if part)
    return shortened(name.translate(_WINDOWS_FORBIDS)[:NAME_LIMIT], NAME_BYTES)


def numbered_file(file: str, number: str) -> str:
    """Where a paper of this file lies once it bears a 发文字号."""
    folder, slash, name = file.rpartition("/")
    note = f"_{file_name(number)}"
    return f"{folder}{slash}{shortened(name, NAME_BYTES - len(note.encode()))}{note}"


def person_file(folder: str, person: Person, roster: Roster, *notes: str) -> str:
    """`鉴定表/小学/03张村小学_张三_教体局存`: sorted by stage, then by the schools' order."""
    school = roster.school(person.school)
    number = f"{school.order:02d}" if school and school.order else ""
    name = file_name(f"{number}{person.school}", person.name, *notes)
    return "/".join(part for part in (folder, person.stage, name) if part)


def list_order(
    people: Iterable[Person],
    roster: Roster,
    subjects: Mapping[str, tuple[str, ...]],
    by_name: Callable[[str], tuple[Any, ...]] = lambda name: (name,),
) -> tuple[Person, ...]:
    """People in the order of every printed list: 小学 before 初中, subjects as in T-04, schools' order, name.

    subjects: stage -> its subjects in the scheme's order; by_name: what names are sorted by within a school.
    """
    orders = {school.name: school.order for school in roster.schools}

    def place(person: Person) -> tuple[Any, ...]:
        offered = subjects.get(person.stage, ())
        subject = offered.index(person.subject) if person.subject in offered else len(offered)
        stage = STAGES.index(person.stage) if person.stage in STAGES else len(STAGES)
        return stage, subject, orders.get(person.school, len(orders) + 1), by_name(person.name), person.key

    return tuple(sorted(people, key=place))


STAGES = ("小学", "初中")
