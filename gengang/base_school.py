"""Base school: what its 研修方案 and 指导教师安排表 leave out, and mentors not of it (B-01, B-02, B-04, B-06)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from gengang.clause_rules import has_waiting, is_written, of_scheme
from gengang.findings import Finding
from gengang.names import plain_place
from gengang.reading import PROSE_BODY
from gengang.roster import Person, Roster
from gengang.scheme import Scheme
from gengang.submission import Paper

PLAN, ARRANGEMENT = "base_school_plan", "mentor_assignment"
_UNKNOWN = re.compile("×|XX")  # a name that the county has still to fill in
# What a plan says, by the fields that show it and the words with which prose does.
_FIELDS: Mapping[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    "校长": (("principal", "principal_signature"), re.compile("校长|(?<!副)组长")),
    "副组长": (("deputy",), re.compile("副组长|副校长")),
    "成员": (("members",), re.compile("成员")),
    "联系人": (("contact",), re.compile("联系人")),
}
_DUTIES = re.compile("分工|职责|负责")


def base_findings(scheme: Scheme, roster: Roster, papers: Sequence[Paper]) -> tuple[Finding, ...]:
    """One line for each cause and base school; nothing about a paper that is not in. papers: of the whole season."""
    found = (*_of_plans(papers), *_of_arrangements(papers), *_of_mentors(scheme, roster))
    return of_scheme(scheme, found)


def _of_plans(papers: Sequence[Paper]) -> Iterator[Finding]:
    for school, plans in _by_school(papers, PLAN):
        told: dict[str, Callable[[Paper], bool]] = {"校长": _names("校长"), "分工": _has_duties}
        if wanting := [what for what, has in told.items() if not any(map(has, plans))]:
            message = f"{school}的研修工作方案没有写明{'、'.join(wanting)}。"
            yield Finding("base_plan_incomplete", message, "", "info", "B-01", school)
        if wanting := [what for what in ("副组长", "成员") if not any(map(_names(what), plans))]:
            message = f"{school}的研修工作方案没有写明工作领导小组的{'、'.join(wanting)}。"
            yield Finding("leading_group_incomplete", message, "", "info", "B-06", school)


def _of_arrangements(papers: Sequence[Paper]) -> Iterator[Finding]:
    for school, lists in _by_school(papers, ARRANGEMENT):
        if not any(map(_names("联系人"), lists)):
            message = f"{school}的指导教师安排表没有写联系人。"
            yield Finding("contact_missing", message, "contact", "info", "B-04", school)


def _by_school(papers: Sequence[Paper], form: str) -> Iterator[tuple[str, list[Paper]]]:
    """The papers of a form under the base school as it is written."""
    found: dict[str, list[Paper]] = {}
    for paper in papers:
        if paper.submission.form == form:
            found.setdefault(paper.submission.text("base_school") or "基地校", []).append(paper)
    yield from sorted(found.items())


def _names(what: str) -> Callable[[Paper], bool]:
    fields, words = _FIELDS[what]

    def has(paper: Paper) -> bool:
        return is_written(paper, *fields) or words.search(paper.submission.text(PROSE_BODY)) is not None

    return has


def _has_duties(paper: Paper) -> bool:
    rows = any(row.get("work") or row.get("person") for row in paper.submission.rows("duties"))
    return rows or has_waiting(paper, "duties") or _DUTIES.search(paper.submission.text(PROSE_BODY)) is not None


def _of_mentors(scheme: Scheme, roster: Roster) -> Iterator[Finding]:
    """B-02; silent while nobody has said which schools are base schools, and of a mentor whose school is not known."""
    one = scheme.organisation
    known = (name for name in (one.base_school, *one.further_base_schools) if name and not _UNKNOWN.search(name))
    base = {plain_place(name) for name in (*(school.name for school in roster.base_schools), *known)}
    others = [mentor for mentor in roster.mentors if base and mentor.school and not _is_of(roster, mentor, base)]
    if others:
        names = "、".join(f"{mentor.name}（{mentor.school}）" for mentor in others)
        message = f"指导教师应是基地校教师，花名册上不是的：{names}，请核对。"
        yield Finding("mentor_of_another_school", message, "", "info", "B-02")


def _is_of(roster: Roster, mentor: Person, base: set[str]) -> bool:
    school = roster.school(mentor.school)
    return plain_place(school.name if school else mentor.school) in base
