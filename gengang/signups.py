"""What the sign-up papers say of people: 附件3 报名表, 附件4 个人信息登记表 and 指导教师安排表, row by row.

It makes nobody a trainee: `proposals` puts together what several papers say of one person, and a person decides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gengang.codecs import Period, Value
from gengang.findings import Finding, Severity
from gengang.names import id_fault, name_skeleton, plain_id, plain_name, plain_stage_subject, plain_title
from gengang.roster import Person, Roster, School, find_schools, is_called, person_key
from gengang.submission import Paper, RowValues

PROPOSING_FORMS = ("registration", "personal_info", "mentor_assignment")
_LAST = date.max


@dataclass(frozen=True, slots=True)
class Said:
    """What one row of a list, or one form of their own, says of somebody.

    person: with the key that this alone gives; field: path of the row, empty where the whole paper is about them.
    findings: what is wrong here alone. recommended: whether the school says anything of them, or it waits to be read.
    """

    person: Person
    paper: Paper
    field: str = ""
    findings: tuple[Finding, ...] = ()
    recommended: bool = True

    @property
    def listed(self) -> bool:
        """Whether a school's or the base school's list says so, and not the person's own form."""
        return bool(self.field)


@dataclass(frozen=True, slots=True)
class PairSaid:
    """A row of a 指导教师安排表: the trainee as it names them, and the mentor's own key."""

    row: RowValues
    mentor: str
    paper: Paper
    field: str

    @property
    def planned(self) -> Period | None:
        """The agreed time."""
        planned = self.row.get("planned")
        return planned if isinstance(planned, Period) else None


def as_received(papers: Sequence[Paper]) -> list[Paper]:
    """By the day of receipt where it is known of all, else in the order in which they arrived."""
    if all(paper.received for paper in papers):
        return sorted(papers, key=lambda one: (str(one.received), one.arrived, one.key))
    return sorted(papers, key=lambda one: (one.arrived, one.received or _LAST, one.key))


def without_erased(roster: Roster, erased: Collection[str]) -> Roster:
    """The same without people who were erased by request. erased: their keys."""
    return Roster(
        roster.schools,
        tuple(one for one in roster.trainees if one.key not in erased),
        tuple(one for one in roster.mentors if one.key not in erased),
        tuple(pair for pair in roster.pairs if not {pair.trainee, pair.mentor} & set(erased)),
    )


def still_listed(listed: Roster, erased: Collection[str]) -> tuple[Finding, ...]:
    """Erased people in the office's own workbook, which only the office can take them out of; by key, not by name."""
    message = "roster.xlsx 里还有一位已按请求删除的人（编号 {}），没有读入。请从表中删去这一行。"
    people = (*listed.trainees, *listed.mentors)
    return tuple(Finding("erased_still_listed", message.format(one.key), severity="manual")
                 for one in people if one.key in erased)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignUps:
    """A season's sign-up lists in their order, and where a row bears an ID number or a name: (list, row) from 0."""

    papers: tuple[Paper, ...]
    rows: Mapping[str, tuple[tuple[int, RowValues], ...]]

    def naming(self, person: Person, schools: Sequence[School]) -> tuple[Paper, ...]:
        """Those that name a person: by ID number, else by name and school."""
        words = {person.id_number, *map(name_skeleton, (person.name, *person.former_names))} - {""}
        near = {at for word in words for at, row in self.rows.get(word, ())
                if _is_nominee(person, schools, self.papers[at], row)}  # fmt: skip
        return tuple(self.papers[at] for at in sorted(near))


def signups_in(registrations: Iterable[Paper]) -> SignUps:
    """Sign-up lists, each row found by its number and by its name."""
    papers, rows = tuple(registrations), defaultdict(list)
    for at, paper in enumerate(papers):
        for row in paper.submission.rows("nominees"):
            for word in {plain_id(_text(row, "id_number")), name_skeleton(_text(row, "name"))} - {""}:
                rows[word].append((at, row))
    return SignUps(papers, {word: tuple(found) for word, found in rows.items()})


def _is_nominee(person: Person, schools: Sequence[School], paper: Paper, row: RowValues) -> bool:
    number = plain_id(_text(row, "id_number"))
    if number and person.id_number:
        return number == person.id_number
    here = {one.name for one in find_schools(schools, paper.submission.text("school"))}
    return person.school in here and is_called(person, _text(row, "name"))


# --- 报名表 and 个人信息登记表 ------------------------------------------------------------------------------------


def said_of_trainees(schools: Sequence[School], papers: Iterable[Paper]) -> tuple[list[Said], list[Finding]]:
    """What 报名表 and 个人信息登记表 say, in the order given, and what is wrong with a paper before any person."""
    said: list[Said] = []
    findings: list[Finding] = []
    for paper in papers:
        if paper.submission.form == "personal_info":
            said += _own_form(schools, paper)
        elif paper.submission.form == "registration":
            found, wrong = _nominees(schools, paper)
            said, findings = said + found, findings + wrong
    return said, findings


def _nominees(schools: Sequence[School], paper: Paper) -> tuple[list[Said], list[Finding]]:
    school, complaint = school_of(schools, paper, "school", "W-02")
    rows = paper.submission.rows("nominees")
    said: list[Said] = []
    findings = [] if rows else list(complaint)
    for number, row in enumerate(rows, 1):
        field = f"nominees[{number}]"
        person = _person(school, row)
        if not person.name:
            message = "姓名待核，确认后才列入花名册"
            findings += [*complaint, about(paper, "nominee_unread", message, f"{field}.name")]
            continue
        open_word = f"{field}.opinion" in paper.open_fields
        said.append(Said(person, paper, field, (*complaint, *_number_fault(paper, field, person)),
                         open_word or bool(_text(row, "opinion"))))  # fmt: skip
    return said, findings


def _own_form(schools: Sequence[School], paper: Paper) -> Iterator[Said]:
    """A form of which neither number nor school was read proposes nobody: its fields are asked about as it is."""
    values = paper.submission.values
    school, complaint = school_of(schools, paper, "school", "G-10")
    stage, subject = plain_stage_subject(_text(values, "stage_subject"))
    row = {**values, "stage": stage, "subject": subject}
    person = _person(school, row)
    if person.name and (person.id_number or person.school):
        known = () if not person.school else complaint
        word = "school_opinion" in paper.open_fields or bool(_text(values, "school_opinion"))
        yield Said(person, paper, "", (*known, *_number_fault(paper, "", person)), word)


def _person(school: str, row: RowValues) -> Person:
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


def school_of(schools: Sequence[School], paper: Paper, field: str, clause: str) -> tuple[str, tuple[Finding, ...]]:
    """The full name of the school a field names, and what is wrong with it; the name as written when it is not one."""
    written = paper.submission.text(field)
    known = find_schools(schools, written)
    if len(known) == 1:
        return known[0].name, ()
    wrong = "在学校一览表中不止一所" if known else "不在学校一览表中，请补录学校或别名"
    message = f"学校“{written}”{wrong}" if written else "学校名称空白或待核，请核对"
    return written, (about(paper, "school_unknown", message, field, "error", clause),)


def _number_fault(paper: Paper, field: str, person: Person) -> tuple[Finding, ...]:
    fault = id_fault(person.id_number) if person.id_number else ""
    if not fault:
        return ()
    return (about(paper, "id_checksum", f"{person.name}的{fault}", inside(field, "id_number"), "error"),)


# --- 指导教师安排表 ----------------------------------------------------------------------------------------------


def said_of_mentors(
    schools: Sequence[School], papers: Iterable[Paper]
) -> tuple[list[Said], list[PairSaid], list[Finding]]:
    """What 指导教师安排表 say of mentors and pairs, in the order given, and what is wrong with a paper or a row."""
    said: list[Said] = []
    pairs: list[PairSaid] = []
    findings: list[Finding] = []
    for paper in papers:
        base, complaint = school_of(schools, paper, "base_school", "W-03")
        findings += complaint
        for number, row in enumerate(paper.submission.rows("pairs"), 1):
            field = f"pairs[{number}]"
            mentor = _mentor(base, row)
            if not mentor.name:
                message = "指导教师姓名空白或待核"
                findings.append(about(paper, "mentor_unread", message, f"{field}.mentor", "error", "T-03"))
                continue
            said.append(Said(mentor, paper, field, _mentor_fault(paper, field, mentor)))
            pairs.append(PairSaid(row, mentor.key, paper, field))
    return said, pairs, findings


def _mentor(base: str, row: RowValues) -> Person:
    stage, subject = plain_stage_subject(_text(row, "mentor_subject"))
    name, number = plain_name(_text(row, "mentor")), plain_id(_text(row, "mentor_id"))
    return Person(
        key=person_key(number, name, base, stage, subject), name=name, role="mentor", id_number=number, school=base,
        stage=stage, subject=subject, phone=_text(row, "mentor_phone"), title=plain_title(_text(row, "mentor_title")),
        classes=_text(row, "mentor_class"),
    )  # fmt: skip


def _mentor_fault(paper: Paper, field: str, mentor: Person) -> tuple[Finding, ...]:
    fault = id_fault(mentor.id_number) if mentor.id_number else ""
    if not fault:
        return ()
    return (about(paper, "id_checksum", f"{mentor.name}的{fault}", f"{field}.mentor_id", "error", "W-03"),)


def by_name(people: Iterable[Person]) -> Mapping[str, tuple[Person, ...]]:
    """People by each of their names, its spaces and kinds of middle dot taken out."""
    found: dict[str, tuple[Person, ...]] = {}
    for one in people:
        for name in dict.fromkeys(map(name_skeleton, (one.name, *one.former_names))):
            found[name] = (*found.get(name, ()), one)
    return found


def paired_trainee(
    schools: Sequence[School], trainees: Mapping[str, Sequence[Person]], said: PairSaid
) -> tuple[Person | None, tuple[Finding, ...]]:
    """The trainee whom a row of the arrangement names, or why it is none. trainees: `by_name`."""
    code, message, found = _paired(schools, trainees, said.row)
    if found is not None:
        return found, ()
    return None, (about(said.paper, code, message, f"{said.field}.trainee", "error", "W-03"),)


def _paired(
    schools: Sequence[School], trainees: Mapping[str, Sequence[Person]], row: RowValues
) -> tuple[str, str, Person | None]:
    name = _text(row, "trainee")
    called = trainees.get(name_skeleton(name), ()) if name else ()
    if not called:
        return "trainee_unknown", f"安排表中的跟岗教师“{name or '（空白或待核）'}”不在报名名单中，请核对", None
    fitting = [one for one in called if _fits(schools, one, row)]
    if len(fitting) == 1:
        return "", "", fitting[0]
    if fitting:
        return "trainee_ambiguous", f"安排表中的“{name}”在报名名单中不止一人，请注明学校、学段和学科", None
    where = "、".join(f"{one.school}{one.stage}{one.subject}" for one in called)
    return "trainee_differs", f"安排表中“{name}”的学校、学段或学科与报名（{where}）不一致，请核对", None


def _fits(schools: Sequence[School], person: Person, row: RowValues) -> bool:
    school, (_, subject) = _text(row, "school"), plain_stage_subject(_text(row, "subject"))
    stage = _text(row, "stage")
    same_school = not school or person.school in {one.name for one in find_schools(schools, school)}
    return same_school and stage in ("", person.stage) and subject in ("", person.subject)


# --- words ---


def _text(row: RowValues, column: str) -> str:
    value: Value | None = row.get(column)
    return value if isinstance(value, str) else ""


def inside(field: str, column: str) -> str:
    """The path of a column in a row, or of a field where there is no row."""
    return f"{field}.{column}" if field else column


def about(
    paper: Paper, code: str, message: str, field: str, severity: Severity = "manual", clause: str = "W-02"
) -> Finding:
    """A finding about a paper."""
    return Finding(code, f"{message}。".replace("。。", "。"), field, severity, clause, paper.file or paper.key)
