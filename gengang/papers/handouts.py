"""Forms to hand out: blank ones, and each person's own with what the roster knows of them.

A field is pre-filled by its name and type, so a form that an office adds needs no code.
"""

from collections.abc import Mapping, Sequence

from gengang.form import Form
from gengang.papers.appraisal import base_school_of, window_of
from gengang.papers.draft import Draft, file_name, person_file
from gengang.rendering import Given, GivenRows
from gengang.roster import Person, Roster
from gengang.scheme import Scheme

BLANK_FOLDER, OWN_FOLDER = "空白表", "预填表"
MOST_PAGES = 12
# Empty rows to write on, by form and list; a list that is not here has ROWS.
ROWS = 6
ROWS_OF: Mapping[tuple[str, str], int] = {
    ("registration", "nominees"): 5,
    ("mentor_assignment", "pairs"): 16,
    ("attendance", "days"): 12,
    ("personal_info", "jobs"): 6,
    ("day_plan", "days"): 12,
    ("base_school_plan", "duties"): 8,
    ("development_plan", "phases"): 5,
    ("lesson_taught", "steps"): 8,
    ("sign_in", "attendees"): 20,
    ("score_sheet", "people"): 12,
    ("task_summary", "heard"): 24,
    ("task_summary", "taught"): 4,
    ("task_summary", "activities"): 6,
    ("task_summary", "reflections"): 4,
    ("question_response", "items"): 7,
    ("weekly_report", "tasks"): 5,
    ("growth_file", "papers"): 17,
}
# Papers of a school, the base school, a meeting or an assessor: nobody's own.
NOBODYS = frozenset({
    "registration", "mentor_assignment", "base_school_plan", "sign_in", "activity_evaluation", "score_sheet",
})  # fmt: skip
MENTORS = frozenset({"mentor_summary"})
_SAME = (
    "name", "gender", "born", "ethnicity", "school", "stage", "subject", "degree", "certificate", "title", "title_date",
    "work_start", "teaching_years", "backbone", "id_number", "phone",
)  # fmt: skip
_CODEC_OF = {
    "born": "month", "title_date": "month", "work_start": "month", "teaching_years": "count", "phone": "phone",
    "id_number": "id_number", "gender": "choice", "stage": "choice", "period": "period",
}  # fmt: skip


def blank_draft(form: Form, rows: int | None = None) -> Draft:
    """The clean form. rows: empty rows in each list, None for the usual number."""
    file = f"{BLANK_FOLDER}/{file_name(form.title)}"
    return Draft("blank_form", form.stem, "forms", "", {}, file, MOST_PAGES, empty_rows(form, rows))


def own_drafts(
    forms: Sequence[Form], people: Sequence[Person], roster: Roster, scheme: Scheme, rows: int | None = None
) -> tuple[Draft, ...]:
    """Each person's own forms: a trainee's and what is written about them, a mentor's where it is the mentor's."""
    return tuple(
        _own_draft(form, person, roster, scheme, rows)
        for person in people
        for form in forms
        if form.stem not in NOBODYS and (form.stem in MENTORS) == (person.role == "mentor")
    )


def _own_draft(form: Form, person: Person, roster: Roster, scheme: Scheme, rows: int | None) -> Draft:
    values = own_values(form, person, roster, scheme)
    file = person_file(f"{OWN_FOLDER}/{file_name(form.title)}", person, roster)
    return Draft("own_form", form.stem, "forms", person.key, values, file, MOST_PAGES, empty_rows(form, rows))


def own_values(form: Form, person: Person, roster: Roster, scheme: Scheme) -> dict[str, Given]:
    """What a form is pre-filled with, by the names and types of its fields."""
    known = known_values(person, roster, scheme)
    return {name: known[name] for name, kind in form.fields().items()
            if known.get(name) is not None and kind.codec == _CODEC_OF.get(name, "text")}  # fmt: skip


def known_values(person: Person, roster: Roster, scheme: Scheme) -> dict[str, Given]:
    """What the roster and the scheme know, by the names that forms give their fields; None where they do not."""
    known: dict[str, Given] = {name: getattr(person, name) or None for name in _SAME}
    mentors = roster.mentors_of(person.key)
    known |= {
        "stage_subject": f"{person.stage}{person.subject}" or None,
        "period": window_of(scheme),
        "base_school": base_school_of(person, scheme, roster) or None,
        "mentor": "、".join(mentor.name for mentor in mentors) or None,
        "trainees": "、".join(trainee.name for trainee in roster.trainees_of(person.key)) or None,
    }
    return known


def empty_rows(form: Form, rows: int | None) -> dict[str, GivenRows]:
    """Rows to write on. rows: how many in each list, None for the usual number."""
    return {name: tuple(dict.fromkeys(columns) for _ in range(rows or ROWS_OF.get((form.stem, name), ROWS)))
            for name, columns in form.lists().items()}  # fmt: skip
