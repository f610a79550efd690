"""评分表: whose each row is, and the judgements in it.

A sheet has one assessor and many people, so it is nobody's paper. A row is found by its 人员编号; without one by name
and school together, where only one person has both. A row that is not certain is asked about and counts for nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gengang.findings import Finding
from gengang.halfdays import day_of_value
from gengang.judgements import Judgement
from gengang.names import name_skeleton
from gengang.reconcile import Lookup
from gengang.roster import Person, is_called
from gengang.submission import Paper, RowValues, Submission

SHEET = "score_sheet"
PEOPLE = "people"
DAY = "assessed_on"
SCORE = "_score"  # how the names of its columns of points end, as those of the fields of the 考核登记表


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A row with points. person: None while it is not certain, and why is asked; number: of the row, from 1."""

    number: int
    person: Person | None
    points: Mapping[str, Decimal]
    why: str = ""


def score_rows(lookup: Lookup, submission: Submission, gone: Collection[str] = ()) -> Iterator[ScoreRow]:
    """Every row in which somebody gave points. gone: keys of people who were erased: nothing is said of them."""
    for number, row in enumerate(submission.rows(PEOPLE), 1):
        points = {name: Decimal(value) for name, value in row.items()
                  if name.endswith(SCORE) and isinstance(value, str) and value}  # fmt: skip
        if points and _text(row, "person_no") not in gone:
            person, why = _whose(lookup, row)
            yield ScoreRow(number, person, points, why)


def _whose(lookup: Lookup, row: RowValues) -> tuple[Person | None, str]:
    key, name, school = (_text(row, column) for column in ("person_no", "name", "school"))
    if key:
        person = lookup.by_key.get(key)
        if person is None:
            return None, f"人员编号“{key}”不在花名册里"
        if name and not is_called(person, name):
            return None, f"人员编号是{person.name}的，姓名却写“{name}”"
        return person, ""
    if not name:
        return None, "没有人员编号，也没有姓名"
    named = lookup.by_name.get(name_skeleton(name), ())
    schools = {one.name for one in lookup.roster.schools_called(school)}
    found = [one for one in named if one.school in schools]
    if len(found) == 1:
        return found[0], ""
    if len(found) > 1:
        return None, f"{school}有{len(found)}位“{name}”，没有人员编号分不清"
    return None, f"没有人员编号，“{school or '（学校空白）'}”的“{name}”在花名册里找不到"


def _text(row: RowValues, column: str) -> str:
    value = row.get(column)
    return value.strip() if isinstance(value, str) else ""


def sheet_questions(lookup: Lookup, submission: Submission, gone: Collection[str] = ()) -> tuple[Finding, ...]:
    """What keeps a sheet, or a row of it, from counting; what it has not said where that matters."""
    rows = tuple(score_rows(lookup, submission, gone))
    found = []
    if rows and not submission.text("assessor"):
        message = "评分表没有写明评分方（指导教师、基地校、教师进修学校），这份评分暂不计，请核对。"
        found.append(Finding("assessor_unknown", message, "assessor", "manual", "G-04"))
    if rows and submission.values.get(DAY) is None:
        message = "评分表没有写明评分日期，与同一评分方的其他评分不同时分不出先后，请核对。"
        found.append(Finding("assessed_on_unknown", message, DAY, "manual", "G-04"))
    for row in rows:
        if row.person is None:
            message = f"评分表第{row.number}行：{row.why}，这一行不计分，请核对。"
            found.append(Finding("score_row_unmatched", message, f"{PEOPLE}[{row.number}].name", "manual", "G-04"))
    return tuple(found)


def judgements_of_sheets(
    lookup: Lookup, sheets: Iterable[Paper], gone: Collection[str] = ()
) -> dict[str, tuple[Judgement, ...]]:  # fmt: skip
    """A person's key -> the judgements of the person in all sheets, in order of their papers' keys."""
    found: dict[str, tuple[Judgement, ...]] = {}
    for sheet in sorted(sheets, key=lambda one: one.key):
        head = sheet.submission
        assessor, name, day = head.text("assessor"), head.text("assessor_name"), day_of_value(head.values.get(DAY))
        for row in score_rows(lookup, head, gone) if assessor else ():
            if row.person is not None:
                words = _words(sheet, assessor, name, day, row)
                found[row.person.key] = (*found.get(row.person.key, ()), *words)
    return found


def _words(sheet: Paper, assessor: str, name: str, day: date | None, row: ScoreRow) -> Iterator[Judgement]:
    for column, points in row.points.items():
        yield Judgement(column, points, assessor, name, day, "sheet", sheet.key, sheet.file)
