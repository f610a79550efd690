"""The built-in schemes played: for each an invented cohort, every paper its documents name, and the day each comes in.

One person hands in everything, one about half, with one paper late, and one nothing; a plan of one's own is played
once for each of the three.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from gengang.codecs import CODECS, Value
from gengang.facts import Fact
from gengang.form import FieldType, Form
from gengang.papers.words import stage_subject
from gengang.parsed import Period
from gengang.rhythm import stretches
from gengang.roster import Pair, Person, Roster, School, school_key
from gengang.rulings import Ruling, ruling_data
from gengang.sample.papers import papers_of, papers_of_base, papers_of_mentor, registrations_of
from gengang.sample.papers_filled import Filled
from gengang.sample.people import cohort_of
from gengang.sample.season import season_of as sample_season
from gengang.sample.stories import story_of
from gengang.scheme import Document, Requirement, Scheme
from gengang.schemefile import scheme_from_toml
from gengang.schememoving import Wish
from gengang.season import roster_facts
from gengang.submission import RowValues, Submission
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN, new_workspace
from tests.unit.facts_of_papers import ME, came, numbered, read
from tests.unit.rosters import id_number, mentor, school, trainee

Story = Literal["diligent", "half", "nothing"]
STORIES: tuple[Story, ...] = ("diligent", "half", "nothing")
START = date(2026, 3, 2)
TERM = date(2026, 7, 5)
COUNTY = "安和县"
WISHES: Mapping[str, Wish] = {
    "county-2016": Wish(county=COUNTY),
    "term-plan": Wish(2026, COUNTY, start=START, end=TERM),
    "six-weeks": Wish(2026, COUNTY, start=START),
    "ten-teachers": Wish(2023, COUNTY, start=date(2023, 3, 6), end=date(2023, 5, 28)),
    "three-phases": Wish(2026, COUNTY, start=START),
    "personal-practice": Wish(2026, COUNTY, start=START),
    "personal-plan": Wish(2026, COUNTY),
    "middle-school": Wish(2026, COUNTY, start=START, end=date(2026, 4, 26)),
    "cut-off": Wish(2026, COUNTY, start=START),
}
OF_INDIVIDUALS = ("personal-practice", "personal-plan")
# What shows a measure that is no form's stem.
FORM_OF: Mapping[str, str] = {
    "research_activities": "activity_record", "class_activities": "activity_record", "lessons_heard": "training_log",
    "lessons_taught": "lesson_taught", "reflections": "reflection", "logs": "training_log",
}  # fmt: skip
HEAD = frozenset({"name", "id_number", "school"})
KIND_OF: Mapping[str, str] = {
    "research_activities": "教研活动", "class_activities": "第二课堂", "month": "月度", "quarter": "季度",
}  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈"


@dataclass(frozen=True, slots=True)
class Handed:
    """A paper as it came. form: empty for a decision; person: whose, empty for the base school's; due: its last day.

    path: in the inbox; submission: what stands on it, without the person's head.
    """

    day: date
    form: str
    person: str
    facts: tuple[Fact, ...]
    due: date | None = None
    path: str = ""
    submission: Submission | None = None


@dataclass(frozen=True, slots=True)
class Play:
    """A preset with its people and papers. stories: of each person's key; first, last: the days to be played."""

    name: str
    scheme: Scheme
    notes: tuple[str, ...]
    roster: Roster
    stories: Mapping[str, Story]
    papers: tuple[Handed, ...]
    first: date
    last: date
    listed: tuple[Fact, ...]

    @property
    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(number)

    def facts_by(self, day: date) -> tuple[Fact, ...]:
        """What the office knows on the evening of a day."""
        known = (fact for one in self.papers if one.day <= day for fact in one.facts)
        return numbered(*self.listed, *known)

    def of(self, story: Story) -> Person:
        return next(one for one in self.roster.trainees if self.stories[one.key] == story)


@lru_cache(maxsize=1)
def built_in_forms() -> Mapping[str, Form]:
    return {form.stem: form for form in forms_of_folder(BUILT_IN / "forms", [])[0]}


def play_of(folder: Path, name: str, only: Story | None = None) -> Play:
    """A new workspace of a preset, and its season. only: the story of a plan that one person makes."""
    notes = new_workspace(folder, name, WISHES[name])
    scheme = scheme_from_toml((folder / "scheme.toml").read_text(encoding="utf-8"))
    if name == "county-2016":
        roster, stories, papers = _county(scheme)
    else:
        roster, stories = _people(scheme, only)
        papers = tuple(
            one for person in roster.trainees for one in _papers(scheme, person, stories[person.key])
        ) + tuple(_of_the_office(scheme))
    start = scheme.calendar.start or START
    over = scheme.closing or scheme.calendar.end
    last = over + timedelta(21) if over else _end(scheme) + timedelta(1)
    listed = roster_facts(roster, "0" * 64, "workbook", ME, f"{start - timedelta(8)}T01:00:00Z")
    ordered = tuple(sorted(papers, key=lambda one: one.day))
    return Play(name, scheme, notes, roster, stories, ordered, start - timedelta(7), last, listed)


# --- the people ---


def _people(scheme: Scheme, only: Story | None) -> tuple[Roster, dict[str, Story]]:
    stage = next(iter(scheme.participants.subjects), "小学")
    number = {"individual": 1, "fixed": scheme.participants.number}.get(scheme.participants.kind, 3)
    schools = (*_schools(stage), School(school_key(scheme.organisation.base_school), scheme.organisation.base_school,
                                        (), False, (), "", 9, True))  # fmt: skip
    people = tuple(
        trainee(f"{SURNAMES[place]}小{SURNAMES[-place - 1]}", schools[place % 3].name, stage, "语文",
                id_number("19800105", f"{111 + 2 * place}")) for place in range(number)
    )  # fmt: skip
    stories = {one.key: only or STORIES[min(place, 2) if place < 3 else 0] for place, one in enumerate(people)}
    guide = replace(mentor(), school=scheme.organisation.base_school)
    guides = (guide,) if scheme.pairing.mentors else ()
    pairs = tuple(Pair(one.key, guides[0].key) for one in people) if guides else ()
    return Roster(schools, people, guides, pairs), stories


def _schools(stage: str) -> tuple[School, ...]:
    return tuple(school(name, stage, order=place) for place, name in enumerate(("张村小学", "李河学校", "王沟学校"), 1))


# --- the papers ---


def _papers(scheme: Scheme, person: Person, story: Story) -> Iterator[Handed]:
    """What one person's file gets: each document's number, and a paper for each stretch of a rhythm."""
    if story == "nothing":
        return
    made = [*_of_rhythms(scheme), *_of_documents(scheme)]
    judging = scheme.evaluation.form
    if story == "half":
        made = [one for place, one in enumerate(one for one in made if one[0] != judging) if place % 2 == 0]
        late = next((place for place, one in enumerate(made) if one[3] is not None), None)
        if late is not None:
            form, written, _, due, values = made[late]
            assert due is not None
            made[late] = (form, written, due + timedelta(2), due, values)
    for place, (form, written, day, due, values) in enumerate(made):
        yield _handed(person, form, written, day, due, f"{person.name}{place + 1}", values)
    if scheme.evaluation.kind == "qualitative" and not judging:
        yield _concluded(person, "合格" if story == "diligent" else "不合格", _end(scheme))


Planned = tuple[str, date, date, date | None, Mapping[str, Value]]  # form, written, handed in, due, what stands in it


def _end(scheme: Scheme) -> date:
    return scheme.calendar.end or (scheme.calendar.start or START) + timedelta(183)


def _of_rhythms(scheme: Scheme) -> Iterator[Planned]:
    asked_already: set[tuple[str, str]] = set()
    for asked in scheme.requirements:
        way = asked.alternatives[0] if asked.alternatives else asked
        if way.per in ("total", "workday") or (way.measure, way.per) in asked_already:
            continue
        asked_already.add((way.measure, way.per))
        yield from _kept(scheme, asked)


def _kept(scheme: Scheme, asked: Requirement) -> Iterator[Planned]:
    """A paper for each that is asked in each stretch, handed in on its last day."""
    way = asked.alternatives[0] if asked.alternatives else asked
    form = FORM_OF.get(way.measure, way.measure)
    if form == "sign_in":
        return
    phase = next((one for one in scheme.phases if one.id == asked.phase), None)
    calendar = scheme.calendar
    every = stretches(type(calendar)(calendar.start, _end(scheme)), way.per, phase)
    kind = KIND_OF.get(way.measure) or (KIND_OF.get(way.per) if form == "checkpoint" else "")
    kinds: dict[str, Value] = {"kind": kind} if kind else {}
    for one in every:
        for number in range(int(way.need)):
            written = min(one.first + timedelta(1 + number), one.last)
            yield form, written, one.last, None, kinds


def _of_documents(scheme: Scheme) -> Iterator[Planned]:
    """One of each paper that the documents name and no rhythm gave, in time."""
    by_rhythm = {one[0] for one in _of_rhythms(scheme)}
    for place, one in enumerate(one for one in scheme.documents if one.per == "trainee" and one.form not in by_rhythm):
        day = _day_of(scheme, one) - timedelta(place)
        for number in range(max(one.need, 1)):
            written = day - timedelta(2 + number)
            values: dict[str, Value] = {}
            if one.form == scheme.evaluation.form:
                values[scheme.evaluation.conclusion] = scheme.evaluation.passed[0]
            yield one.form, min(written, _end(scheme)), day, one.due, values


def _day_of(scheme: Scheme, document: Document) -> date:
    return min(document.due or _end(scheme), _end(scheme))


def _of_the_office(scheme: Scheme) -> Iterator[Handed]:
    """What belongs to nobody: a sheet of signatures, the expert's word on the whole."""
    for one in scheme.documents:
        if one.per != "trainee" and one.form:
            day = _day_of(scheme, one)
            yield _handed(None, one.form, day - timedelta(1), day, one.due, one.name, {})


def _handed(
    person: Person | None, form: str, written: date, day: date, due: date | None, name: str, values: Mapping[str, Value]
) -> Handed:  # fmt: skip
    filled, lists = _filled(built_in_forms()[form], written, name)
    about: dict[str, Value] = {
        "mentor": mentor().name,
        "weekday": f"星期{'一二三四五六日'[written.weekday()]}",
        "lesson_count": 1,
        "week_number": (written - START).days // 7 + 1,
    }
    if person is not None:
        about |= {"stage_subject": stage_subject(person), "gender": person.gender, "born": person.born,
                  "title": person.title}  # fmt: skip
    filled |= {key: value for key, value in about.items() if key in filled}
    given = {key: value for key, value in {**filled, **values}.items() if person is None or key not in HEAD}
    path = f"{day} {person.school if person else '办公室'}/{name} {form} {written}.docx"
    return _came(path, Submission(form, given, lists), person, day, due)


def _came(path: str, stated: Submission, person: Person | None, day: date, due: date | None) -> Handed:
    at = f"{day}T10:30:00Z"
    known = {key: value for key, value in stated.values.items() if value is not None}
    name = path.rpartition("/")[2]
    reading = read(name, stated.form, person, known, **stated.lists)  # type: ignore[arg-type]
    facts = (came(path, day.isoformat(), at, modified=at), reading)
    return Handed(day, stated.form, person.key if person else "", facts, due, path, stated)


def _filled(form: Form, day: date, name: str) -> tuple[dict[str, Value], dict[str, tuple[RowValues, ...]]]:
    """Plausible values by codec, different in each paper."""
    values = {key: _value(kind, day, f"{name}{key}") for key, kind in form.fields().items()}
    lists: dict[str, tuple[RowValues, ...]] = {
        key: ({column: _value(kind, day, f"{name}{column}") for column, kind in columns.items()},)
        for key, columns in form.lists().items()
    }
    return values, lists


def _value(kind: FieldType, day: date, name: str) -> Value:
    if kind.codec == "date":
        return day.isoformat()
    if kind.codec == "period":
        return Period((day - timedelta(4)).isoformat(), day.isoformat())
    if kind.options:
        return kind.options[0]
    if kind.codec == "choice":
        return "听课"
    return f"{name}之记" if kind.codec in ("text", "prose") else CODECS[kind.codec].sample


def _concluded(person: Person, word: str, day: date) -> Handed:
    """The organiser's word where there is no paper for it."""
    data, personal = ruling_data(Ruling(0, person.key, "conclude", "看过周报和心得", "培训组织者", item=word))
    fact = Fact("decision", person.key, data, ME, f"{day}T10:30:00Z", personal)
    return Handed(day, "", person.key, (fact,))


# --- the county ---


def _county(scheme: Scheme) -> tuple[Roster, dict[str, Story], tuple[Handed, ...]]:
    """Three of the sample's people and what they wrote; the second misses half, and one log comes late."""
    cohort = cohort_of(3, 2016, scheme.organisation.base_school)
    people = cohort.trainees
    stories = {one.key: story for one, story in zip(people, STORIES, strict=True)}
    seasons = [sample_season(one, cohort, story_of(0, "usual"), scheme.calendar, 2016) for one in people]
    full, some = ([_written(scheme, paper, one, place) for place, paper in enumerate(papers_of(season))]
                  for season, one in zip(seasons, people[:2], strict=False))  # fmt: skip
    half = [one for one in some[::2] if one.form not in ("appraisal", "attendance")]
    summary = next(paper for paper in papers_of(seasons[1]) if paper.kind == "appraisal")
    late = _written(scheme, summary, people[1], 99, 2)
    lists = [_written(scheme, paper, None, place)
             for place, paper in enumerate((*registrations_of(cohort), *papers_of_base(cohort, seasons)))]  # fmt: skip
    mentors = [_written(scheme, paper, one, 0) for one in cohort.mentors for paper in papers_of_mentor(one, seasons)]
    pairs = tuple(Pair(one.key, cohort.mentor_of[one.key].key) for one in people)
    roster = Roster(cohort.schools, people, cohort.mentors, pairs)
    return roster, stories, (*full, *half, late, *lists, *mentors)


def _written(scheme: Scheme, paper: Filled, person: Person | None, place: int, late: int = 0) -> Handed:
    """late: days after the last day in time; 0 for the day after it was written, or that last day."""
    day = paper.written + timedelta(1)
    document = scheme.document(paper.kind)
    due = document.due if document else None
    if due is not None:
        day = due + timedelta(late) if late else min(day, due)
    file = f"{person.name if person else paper.sender} {paper.kind} {paper.written} {place}.docx"
    values = {key: value for key, value in paper.values.items() if person is None or key not in HEAD}
    return _came(f"{day} {paper.sender}/{file}", Submission(paper.kind, values, paper.lists), person, day, due)
