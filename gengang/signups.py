"""How a season's roster is born: from the school table, the schools' 报名表 and the base school's 指导教师安排表.

Both papers propose; what does not fit is a finding with its clause, and everybody stays in the list for a person.
Longer than most files, since every test of sections E and T of the scheme that a list can answer stands here together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date

from gengang.codecs import Period, Value
from gengang.findings import Finding, Severity
from gengang.names import (
    born_of_id,
    gender_of_id,
    id_fault,
    plain_id,
    plain_name,
    plain_stage_subject,
    plain_title,
    title_level,
)
from gengang.roster import Pair, Person, Roster, School, find_schools, is_called, person_key
from gengang.scheme import Eligibility, Scheme
from gengang.submission import Paper, RowValues

_LAST = date.max
Signups = tuple[Roster, tuple[Finding, ...]]


def roster_from_signups(
    schools: Sequence[School], registrations: Sequence[Paper], assignments: Sequence[Paper]
) -> Signups:
    """The roster that sign-up papers propose, and what is wrong with them (W-02, W-03, E-01, E-07, T-03).

    Papers may come in any order; where a school sent one person twice, the paper received last is taken.
    A row whose name waits for a person makes nobody.
    """
    trainees, findings = _nominees(schools, _as_received(registrations))
    mentors, pairs, more = _mentors(schools, trainees, _as_received(assignments))
    roster = Roster(tuple(schools), _in_order(schools, trainees), mentors, pairs)
    return roster, (*findings, *more, *quota_findings(roster), *pairing_findings(roster))


def _as_received(papers: Sequence[Paper]) -> list[Paper]:
    """By the day of receipt where it is known of all, else in the order in which they arrived."""
    if all(paper.received for paper in papers):
        return sorted(papers, key=lambda one: (str(one.received), one.arrived, one.key))
    return sorted(papers, key=lambda one: (one.arrived, one.received or _LAST, one.key))


def _in_order(schools: Sequence[School], people: Iterable[Person]) -> tuple[Person, ...]:
    place = {school.name: (school.order, number) for number, school in enumerate(schools)}
    last = (len(schools) + 1, len(schools))
    return tuple(sorted(people, key=lambda one: (place.get(one.school, last), one.stage != "小学", one.key)))


def without_erased(roster: Roster, findings: Iterable[Finding], erased: Collection[str]) -> Signups:
    """The same without people who were erased by request: a school's list that stays names them still.

    erased: their keys. Findings that name one of them go too.
    """
    people = (*roster.trainees, *roster.mentors)
    names = {one.name for one in people if one.key in erased} - {one.name for one in people if one.key not in erased}
    kept = Roster(
        roster.schools,
        tuple(one for one in roster.trainees if one.key not in erased),
        tuple(one for one in roster.mentors if one.key not in erased),
        tuple(pair for pair in roster.pairs if not {pair.trainee, pair.mentor} & set(erased)),
    )
    return kept, tuple(one for one in findings if not any(name in one.message for name in names))


def still_listed(listed: Roster, erased: Collection[str]) -> tuple[Finding, ...]:
    """Erased people in the office's own workbook, which only the office can take them out of; by key, not by name."""
    message = "roster.xlsx 里还有一位已按请求删除的人（编号 {}），没有读入。请从表中删去这一行。"
    people = (*listed.trainees, *listed.mentors)
    return tuple(Finding("erased_still_listed", message.format(one.key), severity="manual")
                 for one in people if one.key in erased)  # fmt: skip


def unlisted_findings(
    roster: Roster, registrations: Sequence[Paper], erased: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Nominees of sign-up papers whom the office's own roster does not have: nobody is added to it unasked (W-02).

    erased: keys of people who were erased by request, and are not to be listed again.
    """
    proposed, _ = roster_from_signups(roster.schools, registrations, ())
    listed = {(one.name, one.school) for one in roster.trainees}
    keys = {*erased, *(one.key for one in roster.trainees)}
    return tuple(
        Finding("signup_unlisted", f"报名表上的{one.name}（{one.school}）不在花名册里，请核对后补录。", "", "manual",
                "W-02", one.school)
        for one in proposed.trainees if one.key not in keys and (one.name, one.school) not in listed
    )  # fmt: skip


def signups_of(person: Person, schools: Sequence[School], registrations: Iterable[Paper]) -> tuple[Paper, ...]:
    """The sign-up papers that name a person: by ID number, else by name and school."""
    return tuple(
        paper for paper in registrations
        if any(_is_nominee(person, schools, paper, row) for row in paper.submission.rows("nominees"))
    )  # fmt: skip


def _is_nominee(person: Person, schools: Sequence[School], paper: Paper, row: RowValues) -> bool:
    number = plain_id(_text(row, "id_number"))
    if number and person.id_number:
        return number == person.id_number
    here = {one.name for one in find_schools(schools, paper.submission.text("school"))}
    return person.school in here and is_called(person, _text(row, "name"))


# --- 报名表 ------------------------------------------------------------------------------------------------------


def _nominees(schools: Sequence[School], papers: Sequence[Paper]) -> tuple[list[Person], list[Finding]]:
    found: dict[str, Person] = {}
    findings: list[Finding] = []
    for paper in papers:
        school, complaint = _school_of(schools, paper, "school", "W-02")
        findings += complaint
        for number, row in enumerate(paper.submission.rows("nominees"), 1):
            person = _nominee(school, row)
            place = f"nominees[{number}]"
            if not person.name:
                findings.append(_about(paper, "nominee_unread", "姓名待核，确认后才列入花名册", f"{place}.name"))
                continue
            person = _completed(person, found.get(person.key))
            findings += _row_findings(paper, place, person, found.get(person.key))
            found[person.key] = person
    return list(found.values()), findings


def _completed(person: Person, before: Person | None) -> Person:
    """What a second paper leaves out, as a workbook does that names no school, stands as the first one had it."""
    if before is None:
        return person
    left_out = {one.name: getattr(before, one.name) for one in fields(Person) if not getattr(person, one.name)}
    return replace(person, **left_out)


def _school_of(schools: Sequence[School], paper: Paper, field: str, clause: str) -> tuple[str, list[Finding]]:
    written = paper.submission.text(field)
    known = find_schools(schools, written)
    if len(known) == 1:
        return known[0].name, []
    wrong = "在学校一览表中不止一所" if known else "不在学校一览表中，请补录学校或别名"
    message = f"学校“{written}”{wrong}" if written else "学校名称空白或待核，请核对"
    return written, [_about(paper, "school_unknown", message, field, "error", clause)]


def _nominee(school: str, row: RowValues) -> Person:
    stage, subject = plain_stage_subject(_text(row, "subject"))
    stage = _text(row, "stage") or stage
    name, number = plain_name(_text(row, "name")), plain_id(_text(row, "id_number"))
    years = row.get("teaching_years")
    return Person(
        key=person_key(number, name, school, stage, subject), name=name, role="trainee", id_number=number,
        gender=_text(row, "gender"), born=_text(row, "born"), ethnicity=_text(row, "ethnicity"), school=school,
        stage=stage, subject=subject, phone=_text(row, "phone"), title=plain_title(_text(row, "title")),
        title_date=_text(row, "title_date"), degree=_text(row, "degree"), certificate=_text(row, "certificate"),
        work_start=_text(row, "work_start"), teaching_years=years if isinstance(years, int) else None,
        backbone=_text(row, "backbone"), remark=_text(row, "remark"),
    )  # fmt: skip


def _text(row: RowValues, column: str) -> str:
    value: Value | None = row.get(column)
    return value if isinstance(value, str) else ""


def _row_findings(paper: Paper, place: str, person: Person, before: Person | None) -> list[Finding]:
    findings = [] if before is None else _twice(paper, place, person, before)
    if not person.id_number:
        message = f"{person.name}的身份证号空白或待核，暂按姓名、学校、学段、学科认定"
        return [*findings, _about(paper, "id_missing", message, f"{place}.id_number", "warn")]
    fault = id_fault(person.id_number)
    if fault:
        return [*findings, _about(paper, "id_checksum", f"{person.name}的{fault}", f"{place}.id_number", "error")]
    return findings + _id_contradictions(paper, place, person)


def _twice(paper: Paper, place: str, person: Person, before: Person) -> list[Finding]:
    if not is_called(before, person.name):
        message = f"同一身份证号有两个姓名：{before.name}、{person.name}，请对照原件确认"
        return [_about(paper, "id_two_names", message, f"{place}.name", "error")]
    if before.school != person.school:
        message = f"{person.name}由{before.school}和{person.school}分别报名，请确认"
        return [_about(paper, "nominated_twice", message, f"{place}.name", "error", "E-01")]
    changed = [one.name for one in fields(Person) if getattr(before, one.name) != getattr(person, one.name)]
    if not changed:
        return []
    message = f"{person.name}的报名信息前后两份不同，已采用最后收到的一份，请核对"
    return [_about(paper, "nominee_changed", message, f"{place}.{changed[0]}", "warn")]


def _id_contradictions(paper: Paper, place: str, person: Person) -> list[Finding]:
    findings = []
    born = born_of_id(person.id_number)
    if person.born and born and born.isoformat()[:7] != person.born:
        message = f"{person.name}的出生年月{person.born}与身份证号不一致，年龄以身份证号为准，请确认"
        findings.append(_about(paper, "id_birth_differs", message, f"{place}.born", "warn", "E-02"))
    if person.gender and gender_of_id(person.id_number) != person.gender:
        message = f"{person.name}的性别“{person.gender}”与身份证号不一致，请确认"
        findings.append(_about(paper, "id_gender_differs", message, f"{place}.gender", "warn", "E-02"))
    return findings


def quota_findings(roster: Roster) -> tuple[Finding, ...]:
    """E-01 one nominee for each rural school and stage, E-07 none from another school; in school order."""
    findings: list[Finding] = []
    for school in roster.schools:
        here = [one for one in roster.trainees if one.school == school.name]
        if school.rural is False and here:
            names = "、".join(one.name for one in here)
            message = f"{school.name}不是农村学校，不能选派：{names}。"
            findings.append(Finding("school_not_rural", message, "", "error", "E-07", school.name))
        for stage in school.stages if school.rural else ():
            findings += _quota_of(school, stage, [one for one in here if one.stage == stage])
    return tuple(findings)


def _quota_of(school: School, stage: str, people: list[Person]) -> list[Finding]:
    if len(people) == 1:
        return []
    if people:
        names = "、".join(one.name for one in people)
        message = f"{school.name}{stage}只能报1人，现报{len(people)}人：{names}，请学校择一。"
        return [Finding("quota_exceeded", message, "", "error", "E-01", school.name)]
    return [Finding("quota_unused", f"{school.name}（{stage}）尚未报名，请催报。", "", "warn", "E-01", school.name)]


# --- 指导教师安排表 ----------------------------------------------------------------------------------------------

Mentors = tuple[tuple[Person, ...], tuple[Pair, ...], list[Finding]]


def _mentors(schools: Sequence[School], trainees: Sequence[Person], papers: Sequence[Paper]) -> Mentors:
    mentors: dict[str, Person] = {}
    pairs: dict[tuple[str, str], Pair] = {}
    findings: list[Finding] = []
    for paper in papers:
        base, complaint = _school_of(schools, paper, "base_school", "W-03")
        findings += complaint
        for number, row in enumerate(paper.submission.rows("pairs"), 1):
            place = f"pairs[{number}]"
            mentor = _mentor(base, row)
            trainee, wrong = _paired_trainee(schools, trainees, row)
            findings += [_about(paper, code, text, f"{place}.trainee", "error", "W-03") for code, text in wrong]
            if not mentor.name:
                findings.append(
                    _about(paper, "mentor_unread", "指导教师姓名空白或待核", f"{place}.mentor", "error", "T-03")
                )
                continue
            if mentor.id_number and id_fault(mentor.id_number):
                message = f"{mentor.name}的{id_fault(mentor.id_number)}"
                findings.append(_about(paper, "id_checksum", message, f"{place}.mentor_id", "error", "W-03"))
            mentors[mentor.key] = mentor
            if trainee is not None:
                planned = row.get("planned")
                pair = Pair(trainee.key, mentor.key, planned if isinstance(planned, Period) else None)
                pairs[trainee.key, mentor.key] = pair
    return tuple(mentors.values()), tuple(pairs.values()), findings


def _mentor(base: str, row: RowValues) -> Person:
    stage, subject = plain_stage_subject(_text(row, "mentor_subject"))
    name, number = plain_name(_text(row, "mentor")), plain_id(_text(row, "mentor_id"))
    return Person(
        key=person_key(number, name, base, stage, subject), name=name, role="mentor", id_number=number, school=base,
        stage=stage, subject=subject, phone=_text(row, "mentor_phone"), title=plain_title(_text(row, "mentor_title")),
        classes=_text(row, "mentor_class"),
    )  # fmt: skip


def _paired_trainee(
    schools: Sequence[School], trainees: Sequence[Person], row: RowValues
) -> tuple[Person | None, list[tuple[str, str]]]:
    name = _text(row, "trainee")
    called = [one for one in trainees if name and is_called(one, name)]
    if not called:
        return None, [("trainee_unknown", f"安排表中的跟岗教师“{name or '（空白或待核）'}”不在报名名单中，请核对")]
    fitting = [one for one in called if _fits(schools, one, row)]
    if len(fitting) == 1:
        return fitting[0], []
    if fitting:
        return None, [("trainee_ambiguous", f"安排表中的“{name}”在报名名单中不止一人，请注明学校、学段和学科")]
    where = "、".join(f"{one.school}{one.stage}{one.subject}" for one in called)
    return None, [("trainee_differs", f"安排表中“{name}”的学校、学段或学科与报名（{where}）不一致，请核对")]


def _fits(schools: Sequence[School], person: Person, row: RowValues) -> bool:
    school, (_, subject) = _text(row, "school"), plain_stage_subject(_text(row, "subject"))
    stage = _text(row, "stage")
    same_school = not school or person.school in {one.name for one in find_schools(schools, school)}
    return same_school and stage in ("", person.stage) and subject in ("", person.subject)


def pairing_findings(roster: Roster) -> tuple[Finding, ...]:
    """T-03 one mentor for each trainee, of the same subject; nothing is said before a mentor is known."""
    findings: list[Finding] = []
    for trainee in roster.trainees if roster.mentors else ():
        findings += _pairing_of(trainee, roster.mentors_of(trainee.key))
    for mentor in roster.mentors:
        guided = roster.trainees_of(mentor.key)
        if len(guided) > 1:
            names = "、".join(one.name for one in guided)
            message = f"{mentor.name}指导{len(guided)}名学员：{names}；指导教师学时只认定一次。"
            findings.append(Finding("mentor_shared", message, "", "warn", "T-03", mentor.name))
    return tuple(findings)


def _pairing_of(trainee: Person, mentors: tuple[Person, ...]) -> list[Finding]:
    if not mentors:
        return [Finding("mentor_missing", f"{trainee.name}还没有指导教师。", "", "error", "T-03", trainee.name)]
    if len(mentors) > 1:
        names = "、".join(one.name for one in mentors)
        message = f"{trainee.name}有{len(mentors)}名指导教师：{names}，只能有1名。"
        return [Finding("mentor_several", message, "", "error", "T-03", trainee.name)]
    [mentor] = mentors
    differs = mentor.subject and mentor.subject != trainee.subject
    if not differs and mentor.stage in ("", trainee.stage):
        return []
    message = (
        f"{trainee.name}的学科是{trainee.stage}{trainee.subject}，"
        f"指导教师{mentor.name}的是{mentor.stage}{mentor.subject}，请确认。"
    )
    return [Finding("mentor_subject_differs", message, "", "warn", "T-03", trainee.name)]


# --- who may be sent ---

Doubt = tuple[str, str, Severity, str]
_PRIMARY_CERTIFICATES = ("小学",)
_MIDDLE_CERTIFICATES = ("初级中学", "初中", "高级中学", "高中", "高等学校", "中学")


def eligibility_findings(scheme: Scheme, roster: Roster) -> tuple[Finding, ...]:
    """What of E-02 to E-04 and T-04 a trainee does not meet or leaves blank, in roster order."""
    rules, subjects = scheme.eligibility, scheme.participants.subjects
    if rules is None:
        return ()
    return tuple(
        Finding(code, f"{one.name}{message}。", "", severity, clause, one.school)
        for one in roster.trainees
        for code, message, severity, clause in (
            *_subject_doubts(subjects, one), *_age_doubts(rules, one), *_years_doubts(rules, one),
            *_title_doubts(rules, one), *_schooling_doubts(rules, one), *_blanks(one),
        )
    )  # fmt: skip


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


def _about(
    paper: Paper, code: str, message: str, field: str, severity: Severity = "manual", clause: str = "W-02"
) -> Finding:
    return Finding(code, f"{message}。".replace("。。", "。"), field, severity, clause, paper.file or paper.key)
