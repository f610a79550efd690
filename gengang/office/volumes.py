"""归档: the volumes of a season, one for each trainee and one for each matter, with what lies in each.

A volume lists what the ledger knows to be in; numbers of pages, of the volume and of the box are written when it is
bound.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gengang.copies import counted_once, name_of_form
from gengang.drafting import Spent
from gengang.meetings import Meeting
from gengang.office.kinds import Asking, Material
from gengang.office.meeting_words import meeting_of, showcase_of, trainees
from gengang.office.works import WORKS
from gengang.papers.certificate import number_words
from gengang.papers.draft import file_name
from gengang.papers.form_words import FORM_WORDS
from gengang.papers.words import chinese_date, in_titles
from gengang.roster import Person
from gengang.submission import Paper

# Matter -> the forms whose papers belong to it; what no matter names lies in the last.
MATTERS: Mapping[str, tuple[str, ...]] = {
    "报名及资格审核": ("registration", "personal_info"),
    "基地校方案及指导教师安排": ("base_school_plan", "mentor_assignment", "sign_in"),
    "过程管理": ("study_plan", "development_plan", "day_plan", "attendance", "leave_request", "training_log",
             "lesson_observation", "lesson_taught", "activity_record", "reflection", "task_summary"),
    "考核鉴定": ("appraisal", "assessment_register", "base_school_appraisal", "score_sheet"),
    "成果": ("action_research_report", "study_report", "mentor_summary"),
    "其他": (),
}  # fmt: skip
# Who answers for what a paper says (责任者); others are the trainee's.
_AUTHORS = {"attendance": "mentor", "assessment_register": "mentor", "mentor_summary": "mentor",
            "registration": "school", "base_school_plan": "base_school", "mentor_assignment": "base_school",
            "base_school_appraisal": "base_school", "sign_in": "college", "score_sheet": "college"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filed:
    """A line of a volume's contents. day: when it came in, None while not known; pages: 0 while not known."""

    author: str
    title: str
    day: date | None
    pages: int = 0
    code: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume. kind: 个人 or 事由; file: its folder under the outbox; lacking: what should be in it and is not.

    person: key of whose it is, '' for a matter's.
    """

    kind: str
    title: str
    file: str
    filed: tuple[Filed, ...]
    lacking: tuple[str, ...] = ()
    person: str = ""

    @property
    def first_and_last(self) -> tuple[date | None, date | None]:
        """First and last day of what is in it."""
        days = [one.day for one in self.filed if one.day]
        return min(days, default=None), max(days, default=None)


def volumes_of(material: Material, asking: Asking) -> tuple[Volume, ...]:
    """The volumes asked for: a person's, a school's people's, or all of both kinds."""
    people = [one for one in trainees(material, _meeting(material)) if _is_asked(one, material, asking)]
    own = tuple(_of_person(material, one) for one in people)
    matters = () if asking.person or asking.school else tuple(_of_matters(material))
    return (*own, *matters)


def _meeting(material: Material) -> Meeting:
    event = showcase_of(material)
    return meeting_of(material, event) if event else Meeting("")


def _is_asked(one: Person, material: Material, asking: Asking) -> bool:
    school = material.judged.season.roster.school(asking.school) if asking.school else None
    wanted = asking.person in ("", one.key, one.name)
    return wanted and (not asking.school or one.school == (school.name if school else asking.school))


# --- a person ----------------------------------------------------------------------------------------------------


def _of_person(material: Material, one: Person) -> Volume:
    season, verdict = material.judged.season, material.judged.verdicts[one.key]
    papers = sorted(counted_once(season.papers_of(one.key)), key=_place)
    mentor = "、".join(mentor.name for mentor in season.roster.mentors_of(one.key))
    by = {"mentor": mentor, "school": one.school, "base_school": material.judged.scheme.organisation.base_school,
          "college": material.judged.scheme.organisation.college}  # fmt: skip
    pages = {held.paper.key: len(held.reading.pages) for held in season.papers}
    filed = [
        Filed(by.get(_AUTHORS.get(paper.submission.form, ""), one.name) or one.name, _title(paper), paper.received,
              pages.get(paper.key, 0))
        for paper in papers
    ]  # fmt: skip
    filed += [_certificate(material, spent) for spent in material.spent if spent.person == one.key]
    lacking = tuple(in_titles(missing.document) for missing in verdict.missing)
    school = season.roster.school(one.school)
    number = f"{school.order:02d}" if school and school.order else ""
    folder = file_name(f"{number}{one.school}", one.name)
    title = f"{one.school}{one.name}跟岗研修材料"
    return Volume("个人", title, f"归档/个人/{one.stage or '其他'}/{folder}", tuple(filed), lacking, one.key)


def _place(paper: Paper) -> tuple[int, str, str]:
    """By matter and form, then by the day of what is told, or by the day it came."""
    return _rank(paper), paper.submission.text("log_date"), str(paper.received)


def _rank(paper: Paper) -> int:
    order = [form for forms in MATTERS.values() for form in forms]
    form = paper.submission.form
    return order.index(form) if form in order else len(order)


def _title(paper: Paper) -> str:
    form = paper.submission.form
    name = FORM_WORDS[form][0] if form in FORM_WORDS else name_of_form(form)
    own = paper.submission.text(WORKS[form]).strip() if WORKS.get(form) else ""
    day = paper.submission.text("log_date")
    more = f"《{own}》" if own else f"（{chinese_date(date.fromisoformat(day))}）" if day else ""
    return f"{name}{more}"


def _certificate(material: Material, spent: Spent) -> Filed:
    scheme = material.judged.scheme
    certificate = next((one for one in scheme.certificates if one.series == spent.series), None)
    name = certificate.name if certificate else "证书"
    code = number_words(scheme, certificate, spent.number)
    return Filed(scheme.organisation.authority, f"{name}（存根）", spent.issued_on, code=code)


# --- a matter ----------------------------------------------------------------------------------------------------


def _of_matters(material: Material) -> Iterator[Volume]:
    """One line for each kind of a person's paper with its number, one for each paper that is nobody's own."""
    named = {form for forms in MATTERS.values() for form in forms}
    programme = material.judged.scheme.programme
    for matter, forms in MATTERS.items():
        filed = tuple(line for form in _forms_in(material, named, forms) for line in _lines_of(material, form))
        if filed:
            yield Volume("事由", f"{programme}{matter}材料", f"归档/事由/{file_name(matter)}", filed)


def _forms_in(material: Material, named: set[str], forms: tuple[str, ...]) -> tuple[str, ...]:
    if forms:
        return forms
    held = {one.paper.submission.form for one in material.judged.season.papers}
    return tuple(sorted(held - named))


def _lines_of(material: Material, form: str) -> Iterator[Filed]:
    season, organisation = material.judged.season, material.judged.scheme.organisation
    by = {"base_school": organisation.base_school, "college": organisation.college, "mentor": "指导教师"}
    own = [one for one in season.papers if one.paper.submission.form == form]
    name = FORM_WORDS[form][0] if form in FORM_WORDS else name_of_form(form)
    for held in own:
        if not held.paper.person:
            school = held.paper.submission.text("school")
            author = school or by.get(_AUTHORS.get(form, ""), organisation.college)
            yield Filed(author, name, held.paper.received, len(held.reading.pages))
    number = sum(bool(one.paper.person) for one in own)
    if number:
        days = [one.paper.received for one in own if one.paper.person and one.paper.received]
        author = by.get(_AUTHORS.get(form, ""), "各跟岗教师")
        yield Filed(author, f"{name}（{number}份，见各人案卷）", max(days, default=None))
