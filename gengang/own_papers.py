"""An office's own papers: a Word file in `templates/own/` is filled by every run, without code.

Its folder says for whom: `person` one for each trainee, `school` one for each school that sent one, `cohort` one in
all.
A tag may bear any name of NAMES (or a row any name of ROWS in a list `trainees` or `missing`); one with another name,
or another type than the name has, is printed for nobody, and the reason is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.drafting import Judged
from gengang.findings import Finding
from gengang.form import Form
from gengang.papers.appraisal import base_school_of, window_of
from gengang.papers.draft import Draft, file_name, person_file
from gengang.papers.figures import plain
from gengang.papers.words import programme_of, stage_subject
from gengang.rendering import Given, GivenRows, Writer
from gengang.roster import Person
from gengang.workspace import OWN

FOLDER = "自定材料"
MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Name:
    """What a tag may ask for. codec: its type; says: in Chinese, and when it is blank; per: folders that have it."""

    name: str
    codec: str
    says: str
    per: tuple[str, ...]


_ALL = ("person", "school", "cohort")
_MANY = ("school", "cohort")
NAMES = (
    Name("county", "text", "县名（scheme.toml 的 organisation）", _ALL),
    Name("programme", "text", "项目全称，如“安和县2016年农村中小学骨干教师跟岗研修”", _ALL),
    Name("authority", "text", "教育体育局全称", _ALL),
    Name("college", "text", "教师进修学校全称", _ALL),
    Name("base_school", "text", "基地校；按人的材料里是其指导教师所在学校", _ALL),
    Name("period", "period", "研修起止日期，方案未定时空白", _ALL),
    Name("as_of", "date", "核算截至的日期", _ALL),
    Name("name", "text", "姓名", ("person",)),
    Name("gender", "text", "性别", ("person",)),
    Name("id_number", "id_number", "身份证号", ("person",)),
    Name("phone", "phone", "手机号", ("person",)),
    Name("school", "text", "派出学校", ("person", "school")),
    Name("stage_subject", "text", "学段学科，如“初中数学”", ("person",)),
    Name("mentors", "text", "指导教师，几位以“、”隔开", ("person",)),
    Name("outcome", "text", "结论，与《今日要点》一致", ("person",)),
    Name("score", "score", "考核得分，未评完时空白", ("person",)),
    Name("days", "days", "到岗天数", ("person",)),
    Name("hours", "count", "认定学时，未定时空白", ("person",)),
    Name("trainee_count", "count", "学员人数", _MANY),
    Name("passed_count", "count", "合格人数", _MANY),
)
ROWS: Mapping[str, tuple[Name, ...]] = {
    "missing": (
        Name("document", "text", "还缺的材料", ("person",)),
        Name("due", "date", "截止日期，方案没有写时空白", ("person",)),
        Name("clause", "text", "条款编号", ("person",)),
    ),
    "trainees": (
        Name("name", "text", "姓名", _MANY),
        Name("school", "text", "派出学校", _MANY),
        Name("stage_subject", "text", "学段学科", _MANY),
        Name("mentors", "text", "指导教师", _MANY),
        Name("outcome", "text", "结论", _MANY),
        Name("score", "score", "考核得分，未评完时空白", _MANY),
    ),
}


def own_drafts(judged: Judged, writers: Mapping[tuple[str, str], Writer]) -> tuple[Draft, ...]:
    """Every own paper of this season. writers: (`own`, `person/<stem>`) -> its template, others beside them.

    A template that asks for what there is not gives one draft that carries its faults and is never released.
    """
    own = sorted((place, writer.form) for (folder, place), writer in writers.items() if folder == OWN)
    return tuple(draft for place, form in own for draft in _drafts(judged, place, form))


def faults_of(place: str, form: Form) -> tuple[Finding, ...]:
    """Why a template cannot be filled: each tag with a name that there is not, or with another type than it has.

    place: `person/<stem>`, whose folder says which names there are.
    """
    per = place.partition("/")[0]
    return (
        *_wrong(NAMES, per, {name: kind.codec for name, kind in form.fields().items()}, ""),
        *(fault for name, columns in form.lists().items()
          for fault in _wrong(ROWS.get(name, ()), per, {key: kind.codec for key, kind in columns.items()}, name)),
    )  # fmt: skip


def _wrong(names: Sequence[Name], per: str, asked: Mapping[str, str], rows: str) -> Iterator[Finding]:
    known = {one.name: one.codec for one in names if per in one.per}
    for name, codec in asked.items():
        full = f"{rows}.{name}" if rows else name
        if name not in known:
            message = f"没有“{full}”这个名字：用 gengang papers names 查看可用的名字。"
            yield Finding("own_name", message, full, "error")
        elif known[name] != codec:
            message = f"“{full}”的类型是 {known[name]}，模板里写的是 {codec}：请改成 {{{{ {name} | {known[name]} }}}}。"
            yield Finding("own_type", message, full, "error")


def _drafts(judged: Judged, place: str, form: Form) -> Iterator[Draft]:
    per, _, stem = place.partition("/")
    faults = faults_of(place, form)
    if faults:
        yield Draft(place, place, "own", "", {}, f"{FOLDER}/{file_name(stem)}", MOST_PAGES, faults=faults)
        return
    people = judged.trainees
    if per == "person":
        for one in people:
            file = person_file(f"{FOLDER}/{file_name(stem)}", one, judged.season.roster)
            yield _draft(
                form, place, one.key, {**_common(judged), **_personal(judged, one)}, file, _missing(judged, one)
            )
    elif per == "school":
        for school in dict.fromkeys(one.school for one in people):
            sent = [one for one in people if one.school == school]
            values = {**_common(judged), **_counts(judged, sent), "school": school}
            whose = sent[0].key if len(sent) == 1 else ""  # what names one person alone goes with them
            yield _draft(
                form, place, whose, values, f"{FOLDER}/{file_name(stem)}/{file_name(school)}", _rows(judged, sent)
            )
    else:
        values = {**_common(judged), **_counts(judged, people)}
        yield _draft(form, place, "", values, f"{FOLDER}/{file_name(stem)}", _rows(judged, people))


def _draft(
    form: Form, place: str, person: str, values: Mapping[str, Given], file: str, lists: Mapping[str, GivenRows]
) -> Draft:
    """Only what the template asks for, so that nothing else makes the paper another one."""
    columns = form.lists()
    rows = {name: tuple({key: row[key] for key in columns[name]} for row in lists[name]) for name in columns}
    kept = {name: values[name] or None for name in form.fields()}
    return Draft(place, place, "own", person, kept, file, MOST_PAGES, rows)


# --- the values ---


def _common(judged: Judged) -> dict[str, Given]:
    made = judged.scheme.organisation
    return {
        "county": made.county, "programme": programme_of(judged.scheme), "authority": made.authority,
        "college": made.college, "base_school": made.base_school, "period": window_of(judged.scheme),
        "as_of": judged.as_of.isoformat(),
    }  # fmt: skip


def _personal(judged: Judged, one: Person) -> dict[str, Given]:
    verdict, roster = judged.verdicts[one.key], judged.season.roster
    return {
        "name": one.name, "gender": one.gender, "id_number": one.id_number, "phone": one.phone, "school": one.school,
        "stage_subject": stage_subject(one), "base_school": base_school_of(one, judged.scheme, roster),
        "mentors": "、".join(mentor.name for mentor in roster.mentors_of(one.key)), "outcome": verdict.outcome,
        "score": None if verdict.score is None else plain(verdict.score), "days": plain(verdict.days),
        "hours": verdict.hours,
    }  # fmt: skip


def _missing(judged: Judged, one: Person) -> dict[str, GivenRows]:
    papers = judged.verdicts[one.key].missing
    return {
        "missing": tuple(
            {"document": paper.document, "due": paper.due.isoformat() if paper.due else None, "clause": paper.clause}
            for paper in papers
        )
    }


def _counts(judged: Judged, people: Sequence[Person]) -> dict[str, Given]:
    return {
        "trainee_count": len(people),
        "passed_count": sum(judged.verdicts[one.key].answer == "yes" for one in people),
    }


def _rows(judged: Judged, people: Sequence[Person]) -> dict[str, GivenRows]:
    names = [one.name for one in ROWS["trainees"]]
    every = (_personal(judged, one) for one in people)
    return {"trainees": tuple({name: values[name] or None for name in names} for values in every)}
