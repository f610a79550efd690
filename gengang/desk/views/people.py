"""Who handed in what: a row for each trainee with a cell for each paper that is owed, and the same summed by school."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from gengang.debts import Owed
from gengang.desk.standing import Standing
from gengang.desk.views.leaves import leaf_of
from gengang.desk.views.queue import elsewhere_of
from gengang.drafting import Judged
from gengang.outcome import Outcome
from gengang.owed import MissingPaper
from gengang.papers.words import plain_name
from gengang.points import shown
from gengang.roster import Person, School
from gengang.scheme import Document
from gengang.submission import Paper
from gengang.workbook import Column, workbook_bytes

TONES: Mapping[Outcome, str] = {
    "合格": "good", "完成": "good", "合格（证书缓发）": "wait", "不合格": "poor", "未完成": "poor", "未考核": "open",
}  # fmt: skip
STATES = ("缺件", "逾期", "待核对", "齐全")  # what a row is also found by, beside its outcome


@dataclass(frozen=True, slots=True)
class Cell:
    """What of a paper is in. tone: good, wait (owed), poor (overdue); words: 齐, 缺, 差3; said: the whole sentence."""

    tone: str
    words: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """A trainee. lacking, overdue: kinds of paper; waiting: fields that wait for somebody."""

    key: str
    name: str
    school: str
    stage: str
    subject: str
    mentors: str
    outcome: Outcome
    tone: str
    score: str
    lacking: int
    overdue: int
    waiting: int
    cells: tuple[Cell, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """Words by which the row is found."""
        said = (("缺件", self.lacking), ("逾期", self.overdue), ("待核对", self.waiting), ("齐全", not self.lacking))
        return (self.outcome, *(word for word, holds in said if holds))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty for everything. name: a part of a name."""

    school: str = ""
    stage: str = ""
    subject: str = ""
    state: str = ""
    name: str = ""

    def holds(self, row: Row) -> bool:
        """Whether a row is wanted."""
        pairs = ((self.school, row.school), (self.stage, row.stage), (self.subject, row.subject))
        return (
            all(not wanted or wanted == has for wanted, has in pairs)
            and (not self.state or self.state in row.states)
            and self.name in row.name
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """The page. columns: names of the papers; found: how many rows are wanted in all; the others: what to choose from.

    page, pages: from 1.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    found: int
    everybody: int
    page: int
    pages: int
    schools: tuple[str, ...]
    stages: tuple[str, ...]
    subjects: tuple[str, ...]
    states: tuple[str, ...]
    counts: Mapping[str, int]


def asked_papers(standing: Standing) -> tuple[Document, ...]:
    """The papers that are owed for each trainee, in the scheme's order."""
    return tuple(one for one in standing.judged.scheme.documents if one.tracked and one.per == "trainee")


def trainees(standing: Standing) -> tuple[Person, ...]:
    """Everybody, in the order of every list, put in order once."""
    return standing.judged.trainees


def rows_of(standing: Standing) -> tuple[Row, ...]:
    """A row for each trainee, in the order of every list."""
    asked, elsewhere = asked_papers(standing), standing.of(elsewhere_of)
    return tuple(_row(standing.judged, one, asked, elsewhere) for one in standing.of(trainees))


def _row(
    judged: Judged, one: Person, asked: Collection[Document], elsewhere: Mapping[str, Collection[str]]
) -> Row:  # fmt: skip
    """elsewhere: paper key -> open fields that another copy says for certain."""
    season, verdict = judged.season, judged.verdicts[one.key]
    papers = season.papers_of(one.key)
    missing = {paper.document: paper for paper in verdict.missing}
    mentors = "、".join(mentor.name for mentor in season.roster.mentors_of(one.key))
    score = shown(verdict.points_now) if judged.scheme.evaluation.kind == "points" else ""
    return Row(
        one.key, one.name, one.school, one.stage, one.subject, mentors, verdict.outcome, TONES[verdict.outcome], score,
        len(verdict.missing), sum(paper.overdue for paper in verdict.missing),
        sum(len({*paper.open_fields}.difference(elsewhere.get(paper.key, ()))) for paper in papers),
        tuple(_cell(document, missing.get(document.name), papers) for document in asked),
    )  # fmt: skip


def _cell(document: Document, missing: MissingPaper | None, papers: Iterable[Paper]) -> Cell:
    came = sum(one.submission.form == document.form for one in papers)
    if missing is None:
        return Cell("good", "齐", f"{document.name}：收到{came}份" if came else f"{document.name}：不缺")
    words = f"差{missing.lacking}" if came or document.need > 1 else "缺"
    return Cell("poor" if missing.overdue else "wait", words, missing.sentence)


# --- who sees whom -----------------------------------------------------------------------------------------------


def seen_by(standing: Standing, school: str | None) -> frozenset[str] | None:
    """Keys of the people whom a school's account sees: those it sent, or those it hosts with their mentors.

    school: key or name of the account's school, None for an account of the office, which sees everybody: None.
    """
    if school is None:
        return None
    roster, own = standing.judged.season.roster, school_named(standing, school)
    if own is None:
        return frozenset()
    sent = {one.key for one in roster.trainees if one.school == own.name}
    mentors = {one.key for one in roster.mentors if one.school == own.name} if own.base else set()
    hosted = {one.key for mentor in mentors for one in roster.trainees_of(mentor)}
    return frozenset(sent | mentors | hosted)


def school_named(standing: Standing, school: str) -> School | None:
    """The school of this key or name."""
    schools = standing.judged.season.roster.schools
    return next((one for one in schools if school and school in (one.key, one.name)), None)


def rows_seen(standing: Standing, school: str | None) -> tuple[Row, ...]:
    """The rows that an account sees."""
    rows, seen = standing.of(rows_of), seen_by(standing, school)
    return rows if seen is None else tuple(row for row in rows if row.key in seen)


# --- the page ----------------------------------------------------------------------------------------------------


def matrix_of(standing: Standing, school: str | None, wanted: Wanted, page: int) -> Matrix:
    """The page of the rows that are wanted. school: as for `seen_by`."""
    rows = rows_seen(standing, school)
    found = tuple(row for row in rows if wanted.holds(row))
    leaf = leaf_of(found, page)
    outcomes = tuple(dict.fromkeys(row.outcome for row in rows))
    return Matrix(
        tuple(plain_name(one.name) for one in asked_papers(standing)),
        leaf.rows, leaf.found, len(rows), leaf.page, leaf.pages,
        tuple(sorted({row.school for row in rows})), tuple(dict.fromkeys(row.stage for row in rows)),
        tuple(dict.fromkeys(row.subject for row in rows)), (*outcomes, *STATES),
        Counter(state for row in rows for state in row.states),
    )  # fmt: skip


def matrix_book(standing: Standing, school: str | None, wanted: Wanted) -> bytes:
    """Every row that is wanted as an .xlsx."""
    names = tuple(plain_name(one.name) for one in asked_papers(standing))
    heads = ("学校", "学段", "学科", "姓名", "指导教师", "结论", "得分", "缺件", "待核栏目", *names)
    columns = tuple(Column(str(number), (head,)) for number, head in enumerate(heads))
    rows = [dict(zip((one.field for one in columns), _texts(row), strict=True))
            for row in rows_seen(standing, school) if wanted.holds(row)]  # fmt: skip
    return workbook_bytes({"收件情况": (columns, rows)})


def _texts(row: Row) -> Iterator[str]:
    yield from (row.school, row.stage, row.subject, row.name, row.mentors, row.outcome, row.score)
    yield from (str(row.lacking or ""), str(row.waiting or ""))
    yield from (cell.words for cell in row.cells)


# --- by school ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school. people: it sent; passed, lacking, waiting: of them; owed: papers that the school itself owes."""

    key: str
    name: str
    stages: str
    base: bool
    people: int
    passed: int
    lacking: int
    waiting: int
    owed: int


@dataclass(frozen=True, slots=True)
class MentorRow:
    """A mentor of the base school. owed: sentences of what the mentor owes."""

    key: str
    name: str
    subject: str
    trainees: tuple[tuple[str, str], ...]
    owed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """A school with its people, what it owes itself, and the mentors where it receives trainees."""

    school: School
    rows: tuple[Row, ...]
    owed: tuple[Owed, ...]
    mentors: tuple[MentorRow, ...]
    columns: tuple[str, ...]


def schools_of(standing: Standing) -> tuple[SchoolRow, ...]:
    """A row for each school, in the order of its table."""
    rows, roster = standing.of(rows_of), standing.judged.season.roster
    by_school: dict[str, list[Row]] = {}
    for row in rows:
        by_school.setdefault(row.school, []).append(row)
    owed = {debt.key: len(debt.items) for debt in standing.judged.debts if debt.debtor in ("school", "base_school")}
    return tuple(_school(one, by_school.get(one.name, []), owed.get(one.key, 0))
                 for one in sorted(roster.schools, key=lambda one: (not one.base, one.order)))  # fmt: skip


def _school(one: School, rows: Collection[Row], owed: int) -> SchoolRow:
    return SchoolRow(
        one.key, one.name, "、".join(one.stages), one.base, len(rows), sum(row.tone == "good" for row in rows),
        sum(bool(row.lacking) for row in rows), sum(bool(row.waiting) for row in rows), owed,
    )  # fmt: skip


def school_page(standing: Standing, key: str) -> SchoolPage | None:
    """The page of a school; None for a key that no school has."""
    judged = standing.judged
    school = next((one for one in judged.season.roster.schools if one.key == key), None)
    if school is None:
        return None
    debts = {(debt.debtor, debt.key): debt.items for debt in judged.debts}
    owed = debts.get(("base_school" if school.base else "school", key), ())
    rows = tuple(row for row in standing.of(rows_of) if row.school == school.name)
    mentors = tuple(_mentor(judged, one, debts.get(("mentor", one.key), ()))
                    for one in judged.season.roster.mentors if school.base and one.school == school.name)  # fmt: skip
    columns = tuple(plain_name(one.name) for one in asked_papers(standing))
    return SchoolPage(school, rows, owed, mentors, columns)


def _mentor(judged: Judged, one: Person, owed: Iterable[Owed]) -> MentorRow:
    trainees = tuple((each.key, each.name) for each in judged.season.roster.trainees_of(one.key))
    return MentorRow(one.key, one.name, f"{one.stage}{one.subject}", trainees, tuple(_owed(each) for each in owed))


def _owed(one: Owed) -> str:
    return f"{one.about}：{one.sentence}" if one.about else one.sentence
