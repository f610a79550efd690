"""附件2 学员鉴定表, pre-filled from roster and records in its three copies; opinions, signatures and score stay blank.

A person whose own 鉴定表 has come in gets none: what is signed is never replaced by a fresh print.
"""

from collections.abc import Sequence

from gengang.codecs import Period
from gengang.papers.draft import Draft, person_file
from gengang.papers.figures import Figures, plain
from gengang.rendering import Given
from gengang.roster import Person, Roster
from gengang.scheme import Measure, Scheme
from gengang.submission import Paper

KEEPERS = ("教体局存", "教师进修学校存", "跟岗教师本人存")
FOLDER = "鉴定表"
COUNTED: dict[str, Measure] = {
    "lessons_heard": "lessons_heard",
    "lessons_taught": "lessons_taught",
    "report_lessons": "report_lessons",
    "research_activities": "research_activities",
    "class_activities": "class_activities",
    "reflections": "reflections",
    "logs": "logs",
}


def appraisal_drafts(
    person: Person, papers: Sequence[Paper], figures: Figures, scheme: Scheme, roster: Roster
) -> tuple[Draft, ...]:
    """The three copies for a trainee, none once their own 鉴定表 is in. papers: this person's."""
    if any(paper.submission.form == "appraisal" for paper in papers):
        return ()
    values = appraisal_values(person, figures, scheme, roster)
    return tuple(
        Draft("appraisal", "appraisal", "forms", person.key, {"keeper": keeper, **values},
              person_file(FOLDER, person, roster, keeper), 2)
        for keeper in KEEPERS
    )  # fmt: skip


def appraisal_values(person: Person, figures: Figures, scheme: Scheme, roster: Roster) -> dict[str, Given]:
    """What every copy is pre-filled with."""
    return {**_personal(person), **_stay(person, scheme, roster), **_records(figures)}


def _personal(person: Person) -> dict[str, Given]:
    return {
        "name": person.name,
        "gender": person.gender or None,
        "born": person.born or None,
        "ethnicity": person.ethnicity or None,
        "school": person.school or None,
        "stage": person.stage or None,
        "subject": person.subject or None,
        "title": person.title or None,
        "degree": person.degree or None,
        "teaching_years": person.teaching_years,
        "phone": person.phone or None,
        "id_number": person.id_number or None,
    }


def _stay(person: Person, scheme: Scheme, roster: Roster) -> dict[str, Given]:
    mentors = roster.mentors_of(person.key)
    return {
        "base_school": base_school_of(person, scheme, roster),
        "period": window_of(scheme),
        "mentor": "、".join(mentor.name for mentor in mentors) or None,
    }


def base_school_of(person: Person, scheme: Scheme, roster: Roster) -> str:
    """The school of the trainee's mentor, else the scheme's base school."""
    return next((mentor.school for mentor in roster.mentors_of(person.key) if mentor.school), "") or (
        scheme.organisation.base_school
    )


def window_of(scheme: Scheme) -> Period | None:
    """The programme's first and last day, None while they are not both set."""
    start, end = scheme.calendar.start, scheme.calendar.end
    return Period(start.isoformat(), end.isoformat()) if start and end else None


def _records(figures: Figures) -> dict[str, Given]:
    """Counts from records; what has none stays blank, to be written by hand."""
    counts: dict[str, Given] = {name: figures.count(measure) or None for name, measure in COUNTED.items()}
    if not figures.known:
        return counts
    due = {"due_days": plain(figures.due)} if figures.due is not None else {}
    days = {"present_days": figures.present, "leave_days": figures.leave, "absent_days": figures.absent}
    return {**counts, **due, **{name: plain(number) for name, number in days.items()}}
