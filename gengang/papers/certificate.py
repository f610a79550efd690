"""培训结业证书 of trainees and 学时证明书 of mentors: who gets one, who does not and by which clause, and what it says.

Without a number it is a draft and says so. No seal is drawn. Who waits for a decision gets none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gengang.assess import Verdict
from gengang.codecs import parse
from gengang.papers.appraisal import base_school_of, window_of
from gengang.papers.draft import Draft, person_file
from gengang.papers.figures import plain
from gengang.papers.words import programme_of, stage_subject
from gengang.rendering import Given
from gengang.roster import Person, Roster
from gengang.scheme import Certificate, Scheme

DRAFT = "草稿"
TASKS_DONE = "完成规定的研修任务，"
PASSED = "经考核合格"
TRAINEE_FOLDER = "证书/培训结业证书"
MENTOR_FOLDER = "证书/学时证明书"
# G-01: what must be in for each trainee before the mentor's hours are recognised without a person's decision.
MENTOR_FORMS = frozenset({"attendance", "appraisal", "assessment_register", "mentor_summary"})


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Somebody who gets no certificate now. state: 缓发, 待定, 不发 or 未考核; why: Chinese; clause: its id."""

    person: str
    name: str
    state: str
    why: str
    clause: str


def completion_draft(
    person: Person, verdict: Verdict, scheme: Scheme, roster: Roster, issued_on: date | None, number: int | None = None
) -> Draft | HeldBack:
    """The 培训结业证书 of a trainee, or why there is none.

    number: from the register, None for a draft; issued_on: None leaves the date blank.
    """
    held = _held_trainee(person, verdict)
    if held is not None:
        return held
    values: dict[str, Given] = {
        "base_school": base_school_of(person, scheme, roster),
        "stage_subject": stage_subject(person),
        "completion": f"{TASKS_DONE if verdict.tasks_done else ''}{PASSED}",
        "hours": verdict.hours,
    }
    values |= _common(person, scheme, scheme.certificate("trainee"), issued_on, number)
    file = person_file(TRAINEE_FOLDER, person, roster, _mark(number))
    template = _fitting("certificate", values, TRAINEE_ROOM)
    return Draft("certificate", template, "papers", person.key, values, file, 1, final=number is not None)


def hours_draft(
    mentor: Person, verdicts: Mapping[str, Verdict], scheme: Scheme, roster: Roster, issued_on: date | None,
    number: int | None = None,
) -> Draft | HeldBack:  # fmt: skip
    """The 学时证明书 of a mentor, or why there is none. verdicts: person key -> verdict of each trainee."""
    trainees = roster.trainees_of(mentor.key)
    held = _held_mentor(mentor, trainees, verdicts)
    if held is not None:
        return held
    values: dict[str, Given] = {
        "school": mentor.school or scheme.organisation.base_school,
        "trainee_count": len(trainees),
        "trainees": "、".join(trainee.name for trainee in trainees),
        "hours": scheme.outcomes.hours_mentor,
    }
    values |= _common(mentor, scheme, scheme.certificate("mentor"), issued_on, number)
    file = person_file(MENTOR_FOLDER, mentor, roster, _mark(number))
    template = _fitting("hours_certificate", values, MENTOR_ROOM)
    return Draft("hours_certificate", template, "papers", mentor.key, values, file, 1, final=number is not None)


def _fitting(stem: str, values: Mapping[str, Given], room: float) -> str:
    """The template whose type is small enough for the text. room: for values, in characters of the usual type."""
    shown = "".join(str(values[name]) for name in _IN_TEXT if values.get(name) is not None)
    width = sum(1.0 if ord(letter) > NARROW else 0.5 for letter in shown)
    return stem if width <= room else f"{stem}_long"


# Five lines without the words that the template itself says.
_IN_TEXT = (
    "name",
    "id_number",
    "programme",
    "stage_subject",
    "base_school",
    "completion",
    "hours",
    "school",
    "trainees",
)
NARROW = 0xFF
TRAINEE_ROOM, MENTOR_ROOM = 80.0, 62.0


def _common(
    person: Person, scheme: Scheme, certificate: Certificate | None, issued_on: date | None, number: int | None
) -> dict[str, Given]:
    return {
        "name": person.name,
        "id_number": person.id_number,
        "period": window_of(scheme),
        "programme": programme_of(scheme),
        "bureau": scheme.organisation.authority,
        "college": scheme.organisation.college,
        "issued_on": issued_on.isoformat() if issued_on else None,
        "number": number_words(scheme, certificate, number),
    }


def number_words(scheme: Scheme, certificate: Certificate | None, number: int | None) -> str:
    """`安教训结字〔2016〕第0001号`, or 草稿 while there is no number."""
    if certificate is None or number is None:
        return DRAFT
    return certificate.number.format(
        word=scheme.organisation.word, year=scheme.year, number=number, region=scheme.organisation.region
    )


def _mark(number: int | None) -> str:
    return DRAFT if number is None else f"{number:04d}号"


# --- who gets none ---


def _held_trainee(person: Person, verdict: Verdict) -> HeldBack | None:
    if verdict.certificate == "issue":
        return _held_for_id(person)
    states = {"withheld": "缓发", "manual": "待定", "none": "不发", "open": "未考核"}
    why, clause = _reason(verdict)
    return HeldBack(person.key, person.name, states[verdict.certificate], why, clause)


def _reason(verdict: Verdict) -> tuple[str, str]:
    """The words and the clause that keep a certificate back."""
    codes = {"withheld": "unexcused_absence", "manual": "task_gate", "none": "task_gate"}
    wanted = codes.get(verdict.certificate)
    found = [finding for finding in verdict.findings if finding.code == wanted]
    if found:
        return "".join(finding.message for finding in found), found[0].clause
    if verdict.certificate == "open":
        return f"还不能定：{'；'.join(verdict.needs)}。", "G-05"
    score = "" if verdict.score is None else f"{plain(verdict.score)}分，"
    return f"{score}考核不合格，不发证书。", "G-06"


def _held_for_id(person: Person) -> HeldBack | None:
    """A certificate never states an ID number that fails its own check."""
    if parse("id_number", person.id_number).state == "value":
        return None
    return HeldBack(person.key, person.name, "待定", "花名册上的身份证号缺失或有误，核实后再出证书。", "G-05")


def _held_mentor(mentor: Person, trainees: Sequence[Person], verdicts: Mapping[str, Verdict]) -> HeldBack | None:
    if not trainees:
        return HeldBack(mentor.key, mentor.name, "待定", "名下没有跟岗教师，请核对指导教师安排表。", "G-01")
    lacking = [
        f"{trainee.name}的{missing.document}"
        for trainee in trainees
        if trainee.key in verdicts
        for missing in verdicts[trainee.key].missing
        if missing.form in MENTOR_FORMS
    ]
    if lacking:
        return HeldBack(mentor.key, mentor.name, "待定", f"缺{'、'.join(lacking)}，交齐或由人决定后再出。", "G-01")
    return _held_for_id(mentor)
