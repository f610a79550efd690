"""What is printed to be signed, in as many copies as the scheme asks, and what is later put into three of its cells.

A person whose own paper has come in gets none: what is signed is never replaced by a fresh print.
"""

from collections.abc import Mapping, Sequence

from gengang.assess import Verdict
from gengang.form import Form
from gengang.papers.appraisal import appraisal_values
from gengang.papers.draft import Draft, person_file
from gengang.papers.figures import Figures, plain
from gengang.papers.handouts import empty_rows, own_values
from gengang.rendering import Given, Kept
from gengang.roster import Person, Roster
from gengang.scheme import Scheme
from gengang.submission import Paper

TITLES: Mapping[str, str] = {"assessment_register": "考核登记表", "personal_info": "个人信息登记表"}
_KEPT_BY: Mapping[str, str] = {
    "教体局": "教体局存", "教师进修校": "教师进修学校存", "教师进修学校": "教师进修学校存",
    "基地校": "基地学校存", "基地学校": "基地学校存", "跟岗教师本人": "跟岗教师本人存", "本人": "跟岗教师本人存",
}  # fmt: skip


def sheets_to_sign(
    form: Form, person: Person, papers: Sequence[Paper], scheme: Scheme, roster: Roster
) -> tuple[Draft, ...]:
    """A person's copies, one for each keeper; none once their own paper is in. form: one that TITLES names."""
    stem = form.stem
    document = scheme.document(stem)
    if document is None or any(paper.submission.form == stem for paper in papers):
        return ()
    title = TITLES[stem]
    values = own_values(form, person, roster, scheme)
    return tuple(
        Draft(stem, stem, "forms", person.key, {**values, "keeper": keeper},
              person_file(title, person, roster, keeper or f"第{number}份"), 2, empty_rows(form, None))
        for number, keeper in enumerate(keepers_of(scheme, stem), 1)
    )  # fmt: skip


def keepers_of(scheme: Scheme, stem: str) -> tuple[str | None, ...]:
    """Who keeps each copy, as the form prints it; None where the form has no such word."""
    document = scheme.document(stem)
    if document is None:
        return ()
    named = tuple(_KEPT_BY.get(keeper) for keeper in document.keepers)
    return (*named, *(None for _ in range(max(document.copies, 1) - len(named))))


# --- after scoring ---


def result_of(verdict: Verdict) -> dict[str, Given]:
    """Score, grade and hours that are certain; empty while the score is not."""
    if verdict.score is None or verdict.answer == "cannot_tell":
        return {}
    passed = verdict.answer == "yes"
    return {"score": plain(verdict.score), "grade": "合格" if passed else "不合格", "hours": verdict.hours}


def cells_of(stem: str, result: Mapping[str, Given]) -> dict[str, Given]:
    """The fields of a form that are filled after scoring."""
    if stem == "appraisal":
        return dict(result)
    return {"total": result["score"], "college_score": result["score"], "college_hours": result["hours"]}


def sheet_values(form: Form, person: Person, figures: Figures, scheme: Scheme, roster: Roster) -> dict[str, Given]:
    """What the signed sheet was pre-filled with, as far as it is still known: it holds the cells at their places."""
    if form.stem == "appraisal":
        return appraisal_values(person, figures, scheme, roster)
    return own_values(form, person, roster, scheme)


def kept_alone(values: Mapping[str, Given]) -> dict[str, Given | Kept]:
    """The same values, to be printed alone."""
    return {name: value if value is None or not isinstance(value, str | int) else Kept(value)
            for name, value in values.items()}  # fmt: skip
