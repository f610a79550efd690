"""Sign-up: 报名汇总及资格审核表, each nominee against each condition, and the 转达函 to the base school."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.drafting import Judged
from gengang.eligibility import eligibility_findings
from gengang.findings import Finding
from gengang.office.kinds import Asking, Material
from gengang.office.letters import as_letter, marked
from gengang.office.plan_words import OPEN, blanked, day_words
from gengang.office.programme import balanced, programme_title
from gengang.papers.appraisal import base_school_of
from gengang.papers.draft import STAGES, Draft, file_name
from gengang.papers.words import masked, stage_subject
from gengang.proposals import WORDS, is_in
from gengang.rendering import Given
from gengang.roster import Person, Roster
from gengang.scheme import Scheme

FOLDER = "报名"
FITS, FAILS, ASKED, BLANK = "符合", "不符", "待核", "未填"
# Column -> the clause that it answers to, and the person's own word without which nobody can say.
CONDITIONS: Mapping[str, tuple[str, str]] = {
    "quota": ("E-01", ""), "age": ("E-02", "id_number"), "backbone": ("E-03a", "backbone"),
    "years": ("E-03b", "teaching_years"), "grade": ("E-03c", "title"), "certificate": ("E-04a", "certificate"),
    "degree": ("E-04b", "degree"), "opinion": ("E-05", ""), "rural": ("E-07", ""), "subject": ("T-04", "subject"),
}  # fmt: skip
_NAMES = re.compile("(?<=人)：[^，]*")  # all of a school that sent too many
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Nominee:
    """One who was sent in. state: the office's word so far, in Chinese."""

    person: Person
    findings: tuple[Finding, ...]
    state: str
    accepted: bool


def nominees_of(material: Material, asking: Asking) -> tuple[Nominee, ...]:
    """Whom the papers propose, and trainees of the office's own roster whom no paper does; by school."""
    found = [*_proposed(material), *_listed_alone(material)]
    places = {one.name: (one.order, number) for number, one in enumerate(material.judged.season.roster.schools)}
    last = (len(places) + 1, 0)
    found.sort(key=lambda one: (places.get(one.person.school, last), one.person.stage != STAGES[0]))
    return tuple(one for one in found if asking.school in ("", one.person.school)
                 and asking.person in ("", one.person.name, one.person.key))  # fmt: skip


def _proposed(material: Material) -> Iterator[Nominee]:
    """Who stands in the roster is accepted, also where the office wrote the roster itself."""
    there = is_in(material.judged.season.roster)
    for one in material.proposals.trainees:
        accepted = one.state == "accepted" or (one.state == "proposed" and there(one))
        state = WORDS["accepted"] if accepted else WORDS[one.state]
        yield Nominee(one.person, one.findings, state, accepted)


def _listed_alone(material: Material) -> Iterator[Nominee]:
    trainees = material.proposals.trainees
    keys = {key for one in trainees for key in (one.key, *one.keys)}
    numbers = {one.person.id_number for one in trainees if one.person.id_number}
    for one in material.judged.trainees:
        if one.key not in keys and one.id_number not in numbers:
            yield Nominee(one, _of_roster(material.judged, one), WORDS["accepted"], accepted=True)


def _of_roster(judged: Judged, one: Person) -> tuple[Finding, ...]:
    roster = judged.season.roster
    return eligibility_findings(judged.scheme, Roster(roster.schools, (one,), (), ()))


# --- 报名汇总及资格审核表 -----------------------------------------------------------------------------------------


def review_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """The table of all nominees; none where the scheme has no conditions, or nobody was sent in."""
    judged, scheme = material.judged, material.judged.scheme
    people = nominees_of(material, asking)
    if scheme.eligibility is None or not people:
        return ()
    issuer = blanked(scheme.organisation.college)
    values: dict[str, Given] = {
        "programme": programme_title(scheme),
        "summary": summary_of(people),
        "lacking": _lacking(material) or "没有",
        "issuer": issuer,
        "issued_on": judged.as_of.isoformat(),
    }
    rows = tuple(_review_row(number, one) for number, one in enumerate(people, 1))
    file = f"{FOLDER}/{file_name('报名汇总及资格审核表', asking.school or asking.person)}"
    draft = Draft("sign_up_review", "sign_up_review", "papers", "", values, file, 500, {"people": rows})
    return (marked(draft, asking),)


def summary_of(people: Sequence[Nominee]) -> str:
    """How many were sent in, of which stage, and how many of them meet everything."""
    schools = len({one.person.school for one in people})
    stages = Counter(one.person.stage for one in people)
    told = "、".join(f"{stage}{stages[stage]}名" for stage in STAGES if stages[stage])
    failing = sum(FAILS in conditions_of(one).values() for one in people)
    fitting = sum({*conditions_of(one).values()} == {FITS} for one in people)
    rest = len(people) - failing - fitting
    return (
        f"报名学校{schools}所，报名教师{len(people)}名{f'，其中{told}' if told else ''}；"
        f"各项条件都符合的{fitting}名，有不符合条件的{failing}名，有待核或未填的{rest}名。"
    )


def conditions_of(one: Nominee) -> dict[str, str]:
    """Column -> whether the condition is met."""
    return {column: _answer(one, clause, field) for column, (clause, field) in CONDITIONS.items()}


def _answer(one: Nominee, clause: str, field: str) -> str:
    said = {finding.severity for finding in one.findings if finding.clause == clause and not _only_blank(finding)}
    if "error" in said:
        return FAILS
    if field and getattr(one.person, field) in ("", None):
        return BLANK
    return ASKED if said & {"manual", "warn"} else FITS


def _only_blank(finding: Finding) -> bool:
    """One line names every word that nobody wrote, under the clause of the first: each column says its own."""
    return finding.code == "eligibility_blank"


def _review_row(number: int, one: Nominee) -> dict[str, Given]:
    person = one.person
    return {
        "number": number, "school": person.school, "name": person.name, "gender": person.gender or None,
        "stage_subject": stage_subject(person) or None, "state": one.state, "note": _note(one) or None,
        **conditions_of(one),
    }  # fmt: skip


def _note(one: Nominee) -> str:
    """What is wrong, in one line, without the name that stands beside it."""
    told = dict.fromkeys(plain_message(finding, one.person.name) for finding in one.findings if is_told(finding))
    return "；".join(told)


def is_told(finding: Finding) -> bool:
    """Whether a finding asks somebody to do something."""
    return finding.severity != "info"


def plain_message(finding: Finding, name: str) -> str:
    """A finding's sentence without the name before it, its days as print has them, no number of anybody."""
    text = finding.message.removeprefix(name).removeprefix("的").removeprefix("在").rstrip("。")
    text = _NAMES.sub("", text) if finding.code == "quota_exceeded" else text
    return masked(_DAY.sub(_day_words, text))


def _day_words(day: re.Match[str]) -> str:
    return f"{day[1]}年{int(day[2])}月{f'{int(day[3])}日' if day[3] else ''}"


def _lacking(material: Material) -> str:
    """Schools and stages that have sent nobody."""
    names = (one.message.removesuffix("尚未报名，请催报。") for one in material.proposals.findings
             if one.code == "quota_unused")  # fmt: skip
    return "、".join(names)


# --- 转达函 ------------------------------------------------------------------------------------------------------


def letter_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """A letter to each base school with those who come to it; none while nobody is accepted."""
    judged, scheme = material.judged, material.judged.scheme
    people = [one.person for one in nominees_of(material, asking) if one.accepted]
    groups: dict[str, list[Person]] = {}
    for one in people:
        groups.setdefault(base_school_of(one, scheme, judged.season.roster), []).append(one)
    return tuple(_letter(judged, school, some, asking) for school, some in groups.items())


def _letter(judged: Judged, school: str, people: Sequence[Person], asking: Asking) -> Draft:
    scheme = judged.scheme
    issuer = blanked(scheme.organisation.authority or scheme.organisation.college or OPEN)
    values: dict[str, Given] = {
        "title": balanced(f"关于转达{scheme.programme}报名情况的函"),
        "to": blanked(school) or OPEN,
        "text": blanked(_letter_text(judged, people)),
        "attachments": "学员名单",
        "issuer": issuer,
        "issued_on": judged.as_of.isoformat(),
    }
    rows = tuple({"number": number, "name": one.name, "gender": one.gender or None,
                  "stage_subject": stage_subject(one) or None, "school": one.school or None,
                  "grade": one.title or None} for number, one in enumerate(people, 1))  # fmt: skip
    file = f"{FOLDER}/转达函/{file_name(blanked(school) or '基地校')}"
    draft = Draft("sign_up_letter", "sign_up_letter", "papers", "", values, file, 100, {"people": rows})
    return as_letter(draft, asking, issuer, judged.as_of)


def _letter_text(judged: Judged, people: Sequence[Person]) -> str:
    subjects = Counter(stage_subject(one) for one in people)
    counted = "、".join(f"{subject}{number}名" for subject, number in subjects.items())
    return "\n".join((
        f"截至{day_words(judged.as_of)}，{programme_title(judged.scheme)}经审核录取、到你校研修的学员共{len(people)}名，"
        f"其中{counted}，名单附后。现将有关情况转达给你校，请做好以下工作：",
        *(f"{number}.{line}" for number, line in enumerate(_asked_of_base(judged.scheme), 1)),
    ))  # fmt: skip


def _asked_of_base(scheme: Scheme) -> Iterable[str]:
    plan, list_of_mentors = scheme.document("base_school_plan"), scheme.document("mentor_assignment")
    yield "根据学员的学段学科和跟岗需求，制定研修方案，明确分工，落实到人。"
    if scheme.pairing.mentors:
        yield f"从本校学科骨干教师中确定指导教师，每名学员{scheme.pairing.mentors}名。"
    for one in filter(None, (plan, list_of_mentors)):
        due = f"于{day_words(one.due)}前" if one.due else f"在{_meeting(scheme)}前"
        to = f"报{'、'.join(one.receivers)}" if one.receivers else "报来"
        yield f"将{one.name}{due}{to}。"


def _meeting(scheme: Scheme) -> str:
    """The meeting at which both sides see each other first (W-04)."""
    return next((one.name for one in scheme.events if "指导教师" in one.attendees), "研修开始")
