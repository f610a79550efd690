"""A small judged cohort for the tests of papers: who passed, who is kept back, and what lies under it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from extractors.fields import readings_of_sheet
from gengang.assess import Verdict, assess
from gengang.debts import Debt, missing_by_debtor
from gengang.form import Form
from gengang.papers.certificate import HeldBack, hours_draft
from gengang.papers.cohort_report import CohortFacts
from gengang.papers.figures import figures_of
from gengang.press import Press
from gengang.reading import accepted_values
from gengang.rendering import Writer, writer_of
from gengang.roster import Person, Roster
from gengang.scheme import Organisation, Scheme
from gengang.submission import Paper, Submission
from gengang.wordxml import sheet_of_word
from tests.unit.rosters import id_number, mentor, roster, trainee
from tests.unit.seasons import AFTER, DAYS, SCHEME, attendance, log, logs, register, row, season

TEMPLATES = Path(__file__).parents[2] / "templates"
FONTS = TEMPLATES / "fonts"
COUNTY = Organisation("安和县", "安和县教育体育局", "安和县教师进修学校", "安和县实验学校", "安", "000000")
OUR_SCHEME: Scheme = replace(SCHEME, organisation=COUNTY)

PASSED = trainee("张三")
WITHHELD = trainee("阿卜杜热合曼·买买提", "李河中学", "初中", "数学", id_number("19800101", "125"))
FAILED = trainee("李𬱖", "王沟学校", "小学", "英语", id_number("19810202", "127"))
GUIDE = mentor("周明")


def papers_of(person: Person) -> list[Paper]:
    """All, two days unexcused, or one log alone."""
    if person is PASSED:
        papers = season()
    elif person is WITHHELD:
        marks = {f"d{day}_{half}": "缺勤" for day in (10, 11) for half in ("morning", "afternoon")}
        papers = [attendance(DAYS[:12], **marks), *logs(), register()]
    else:
        zeros: dict[str, Any] = {f"r{number}": "0" for number in range(1, 13)}
        papers = [log(DAYS[0], row("听课")), attendance(DAYS[:1]), register(**zeros)]
    return [replace(one, person=person.key) for one in papers]


def roster_of() -> Roster:
    """Three trainees of one mentor."""
    return roster(PASSED, WITHHELD, FAILED, mentors=(GUIDE,))


def verdicts_of(as_of: date = AFTER) -> dict[str, Verdict]:
    """The verdict of each."""
    return {one.key: assess(OUR_SCHEME, one, papers_of(one), as_of) for one in roster_of().trainees}


def debts_of(as_of: date = AFTER) -> tuple[Debt, ...]:
    """What is owed."""
    return missing_by_debtor(tuple(verdicts_of(as_of).values()), roster_of(), OUR_SCHEME, as_of)


def facts_of(as_of: date = AFTER) -> CohortFacts:
    """What the cohort report is made from."""
    verdicts = verdicts_of(as_of)
    figures = {one.key: figures_of(OUR_SCHEME, one.key, papers_of(one)) for one in roster_of().trainees}
    hours = hours_draft(GUIDE, verdicts, OUR_SCHEME, roster_of(), None)
    back = {GUIDE.key: hours} if isinstance(hours, HeldBack) else {}
    return CohortFacts(OUR_SCHEME, roster_of(), verdicts, figures, debts_of(as_of), back, (), as_of, FONTS)


def writers() -> dict[tuple[str, str], Writer]:
    """Every shipped template, ready to write."""
    return {
        (folder, path.stem): writer_of(path.read_bytes(), path.stem)
        for folder in ("forms", "papers")
        for path in sorted((TEMPLATES / folder).glob("*.docx"))
    }


def read_back(data: bytes, form: Form) -> Submission | None:
    """What our reader finds in a Word file."""
    found = readings_of_sheet(sheet_of_word(data), (form,)).readings
    return accepted_values(found[0]) if len(found) == 1 else None


def press_at(folder: Path) -> Press:
    """A press into a folder of the test."""
    return Press(writers(), read_back, folder / "outbox", folder / "staging", FONTS)
