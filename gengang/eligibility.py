"""Who may be sent, how many of each school, and who guides whom: E-01 to E-07, T-03 and T-04 on a list of people.

Nothing is refused here: what does not fit is a finding with its clause, beside those it is about.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from gengang.findings import Finding, Severity
from gengang.names import born_of_id, id_fault, title_level
from gengang.roster import Pair, Person, Roster, School
from gengang.scheme import Eligibility, Scheme

Noted = tuple[Finding, tuple[str, ...]]  # a finding, and the keys of those it is about

# --- who may be sent ---

Doubt = tuple[str, str, Severity, str]
_LIGHTNESS: tuple[Severity, ...] = ("error", "manual", "warn", "info")
_PRIMARY_CERTIFICATES = ("小学",)
_MIDDLE_CERTIFICATES = ("初级中学", "初中", "高级中学", "高中", "高等学校", "中学")


def eligibility_findings(scheme: Scheme, roster: Roster) -> tuple[Finding, ...]:
    """What of E-02 to E-04 and T-04 a trainee does not meet or leaves blank, in roster order.

    No heavier than the scheme's clause: what the office calls a hint bars nobody.
    """
    return tuple(finding for one in roster.trainees for finding in doubts_about(scheme, one))


def doubts_about(scheme: Scheme, one: Person) -> tuple[Finding, ...]:
    """The same of one trainee."""
    rules, subjects = scheme.eligibility, scheme.participants.subjects
    if rules is None:
        return ()
    return tuple(
        weighed(scheme, Finding(code, f"{one.name}{message}。", "", severity, clause, one.school))
        for code, message, severity, clause in (
            *_subject_doubts(subjects, one), *_age_doubts(rules, one), *_years_doubts(rules, one),
            *_title_doubts(rules, one), *_schooling_doubts(rules, one), *_blanks(one),
        )
    )  # fmt: skip


def weighed(scheme: Scheme, finding: Finding) -> Finding:
    """The finding, no heavier than the clause that it rests on."""
    limit = next((one.severity for one in scheme.clauses if one.id == finding.clause), finding.severity)
    lighter = max(finding.severity, limit, key=_LIGHTNESS.index)
    return replace(finding, severity=lighter)


def _subject_doubts(subjects: Mapping[str, Collection[str]], one: Person) -> list[Doubt]:
    if one.subject in subjects.get(one.stage, ()):
        return []
    return [("subject_not_offered", f"的学科{one.stage}{one.subject}不在研修学科之内，请确认", "error", "T-04")]


def age_on(born: date, day: date) -> int:
    """Completed years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _age_doubts(rules: Eligibility, one: Person) -> list[Doubt]:
    """E-02; the ID number's birthday, and the boundary is shown, never refused."""
    born = born_of_id(one.id_number) if one.id_number and not id_fault(one.id_number) else None
    if born is None:
        return [("age_unknown", "没有可用的身份证号，年龄待核", "manual", "E-02")]
    age = age_on(born, rules.as_of)
    on_the_day = (born.month, born.day) == (rules.as_of.month, rules.as_of.day)
    if age == rules.age_max or (on_the_day and age == rules.age_max + 1):
        inside = "按本方案在内" if age == rules.age_max and rules.age_inclusive else "按本方案不在内"
        return [
            ("age_boundary", f"在{rules.as_of.isoformat()}正处年龄界线（{age}周岁，{inside}），请确认", "warn", "E-02")
        ]
    if age > rules.age_max:
        return [("age_over", f"在{rules.as_of.isoformat()}已满{age}周岁，超过{rules.age_max}周岁", "error", "E-02")]
    return []


def _years_doubts(rules: Eligibility, one: Person) -> list[Doubt]:
    if one.teaching_years is None or one.teaching_years >= rules.years_min:
        return []
    message = f"连续从教{one.teaching_years}年，不足{rules.years_min}年"
    return [("years_short", message, "error", "E-03b")]


def _title_doubts(rules: Eligibility, one: Person) -> list[Doubt]:
    level = title_level(one.title)
    if not one.title or level in rules.title_levels:
        return []
    if level == "不明":
        return [("title_unclear", f"的职称“{one.title}”看不出级别，请确认", "manual", "E-03c")]
    return [("title_low", f"的职称“{one.title}”为{level}，未达中级", "error", "E-03c")]


def _schooling_doubts(rules: Eligibility, one: Person) -> list[Doubt]:
    doubts: list[Doubt] = []
    if one.degree and one.degree not in rules.degrees.get(one.stage, ()):
        if one.degree in ("学士", "硕士", "博士"):
            doubts.append(("degree_is_title", f"的学历栏填的是学位“{one.degree}”，请核对学历", "warn", "E-04b"))
        else:
            doubts.append(("degree_low", f"的学历“{one.degree}”不合{one.stage}教师的要求，请核对", "error", "E-04b"))
    enough = _MIDDLE_CERTIFICATES if one.stage == "初中" else (*_PRIMARY_CERTIFICATES, *_MIDDLE_CERTIFICATES)
    if one.certificate and not any(word in one.certificate for word in enough):
        primary = any(word in one.certificate for word in _PRIMARY_CERTIFICATES)
        severity: Severity = "error" if primary else "manual"
        doubts.append(("certificate_low", f"的教师资格“{one.certificate}”不合{one.stage}，请核对", severity, "E-04a"))
    return doubts


def _blanks(one: Person) -> list[Doubt]:
    """What nobody wrote is one line, under the clause of the first."""
    asked = (
        ("骨干级别", one.backbone, "E-03a"),
        ("连续从教年限", one.teaching_years is not None, "E-03b"),
        ("职称", one.title, "E-03c"),
        ("教师资格", one.certificate, "E-04a"),
        ("学历", one.degree, "E-04b"),
    )
    blank = [(label, clause) for label, value, clause in asked if not value]
    if not blank:
        return []
    return [("eligibility_blank", f"的{'、'.join(label for label, _ in blank)}空白，请补填", "warn", blank[0][1])]


# --- how many, and from where ---


def quota_findings(scheme: Scheme, roster: Roster) -> Iterator[Noted]:
    """How many are sent, by the kind of quota, and E-07 none from another than a rural school; in school order."""
    kind, number = scheme.participants.kind, scheme.participants.number
    if kind == "per_school_stage":
        yield from ((weighed(scheme, finding), keys) for finding, keys in _of_schools(scheme, roster))
    most = {"fixed": number, "individual": 1}.get(kind, 0)
    if most and len(roster.trainees) > most:
        message = f"方案定为{most}名，花名册上有{len(roster.trainees)}名，请核对。"
        yield Finding("quota_exceeded", message, "", "manual", scheme.participants.clause), _keys(roster.trainees)


def _of_schools(scheme: Scheme, roster: Roster) -> Iterator[Noted]:
    """E-01 one nominee for each rural school and stage."""
    rural_only = scheme.eligibility is not None and scheme.eligibility.rural_only
    for school in roster.schools:
        here = [one for one in roster.trainees if one.school == school.name]
        if rural_only and school.rural is False and here:
            names = "、".join(one.name for one in here)
            message = f"{school.name}不是农村学校，不能选派：{names}。"
            yield Finding("school_not_rural", message, "", "error", "E-07", school.name), _keys(here)
        for stage in school.stages if school.rural else ():
            yield from _quota_of(school, stage, [one for one in here if one.stage == stage])


def _quota_of(school: School, stage: str, people: Sequence[Person]) -> Iterator[Noted]:
    if len(people) > 1:
        names = "、".join(one.name for one in people)
        message = f"{school.name}{stage}只能报1人，现报{len(people)}人：{names}，请学校择一。"
        yield Finding("quota_exceeded", message, "", "error", "E-01", school.name), _keys(people)
    elif not people:
        yield (
            Finding("quota_unused", f"{school.name}（{stage}）尚未报名，请催报。", "", "warn", "E-01", school.name),
            (),
        )


def _keys(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(one.key for one in people)


# --- who guides whom ---


def pair_key(pair: Pair) -> str:
    """What a pair is known by: both keys."""
    return f"{pair.trainee}+{pair.mentor}"


def pairing_findings(scheme: Scheme, roster: Roster) -> Iterator[Noted]:
    """T-03 one mentor for each trainee, of the same subject; nothing is said before a mentor is known."""
    if scheme.pairing.mentors:
        yield from ((weighed(scheme, finding), keys) for finding, keys in _pairings(scheme, roster))


def _pairings(scheme: Scheme, roster: Roster) -> Iterator[Noted]:
    for trainee in roster.trainees if roster.mentors else ():
        yield from _pairing_of(scheme, roster, trainee)
    for mentor in roster.mentors:
        guided = roster.trainees_of(mentor.key)
        if len(guided) > scheme.pairing.trainees_at_most:
            names = "、".join(one.name for one in guided)
            message = f"{mentor.name}指导{len(guided)}名学员：{names}；指导教师学时只认定一次。"
            yield Finding("mentor_shared", message, "", "warn", "T-03", mentor.name), (mentor.key,)


def _pairing_of(scheme: Scheme, roster: Roster, trainee: Person) -> Iterator[Noted]:
    most = scheme.pairing.mentors
    mentors = roster.mentors_of(trainee.key)
    about = tuple(pair_key(Pair(trainee.key, mentor.key)) for mentor in mentors)
    if not mentors:
        yield Finding("mentor_missing", f"{trainee.name}还没有指导教师。", "", "error", "T-03", trainee.name), ()
    if len(mentors) > most:
        names = "、".join(one.name for one in mentors)
        message = f"{trainee.name}有{len(mentors)}名指导教师：{names}，只能有{most}名。"
        yield Finding("mentor_several", message, "", "error", "T-03", trainee.name), about
    if len(mentors) != 1 or not scheme.pairing.same_subject:
        return
    [mentor] = mentors
    if mentor.subject in ("", trainee.subject) and mentor.stage in ("", trainee.stage):
        return
    message = (
        f"{trainee.name}的学科是{trainee.stage}{trainee.subject}，"
        f"指导教师{mentor.name}的是{mentor.stage}{mentor.subject}，请确认。"
    )
    yield Finding("mentor_subject_differs", message, "", "warn", "T-03", trainee.name), about
