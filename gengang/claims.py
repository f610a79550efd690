"""What a paper claims against what the records show, and a paper's own figures against each other."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from gengang.calendar_days import written
from gengang.findings import Finding
from gengang.judgements import NOT_JUDGED, MediumName, given_score
from gengang.names import name_skeleton, plain_title
from gengang.points import PointLine, Records, plain, shown
from gengang.roster import Person, is_called
from gengang.scheme import Measure, Scheme
from gengang.submission import Paper, Submission

# Field of the 鉴定表 -> measure, words, clause.
_CLAIMED: dict[str, tuple[Measure, str, str]] = {
    "lessons_heard": ("lessons_heard", "听课{}节", "L-03b"),
    "lessons_taught": ("lessons_taught", "上课{}节", "L-03c"),
    "report_lessons": ("report_lessons", "汇报课{}节", "L-03c"),
    "research_activities": ("research_activities", "教研{}次", "L-03d"),
    "class_activities": ("class_activities", "班级活动{}次", "L-03e"),
    "logs": ("logs", "日志{}篇", "L-05"),
    "reflections": ("reflections", "反思{}篇", "L-03f"),
}
_DEGREES: dict[str, str] = {"大学本科": "本科", "大学": "本科", "大学专科": "专科", "大专": "专科"}
# Field of the 鉴定表 -> its label and how two wordings are compared; each is the roster's attribute of that name.
_PERSONAL: dict[str, tuple[str, Callable[[str], str]]] = {
    "id_number": ("身份证号", str),
    "gender": ("性别", str),
    "born": ("出生年月", str),
    "title": ("职称", plain_title),
    "degree": ("学历", lambda text: _DEGREES.get(text, text)),
}
_WEEKDAYS = "一二三四五六日"
_POINTS_OF: dict[MediumName, str] = {"register": "考核登记表的评分", "sheet": "评分表的评分", "desk": "登记的评分"}
_ATTENDANCE_WORDS = re.compile(r"出勤|到岗|请假|缺勤|全勤|\d+(?:\.\d)?\s*[个]?(?:工作)?[天日]")
_PRESENT_DAYS = re.compile(r"(?:出勤|到岗|实到)[^，。；,;]{0,4}?(\d+(?:\.\d)?)\s*[个]?(?:工作)?[天日]")
_BARE_OPINION = re.compile(r"(?:同意|合格|同意推荐|已阅)[。！]?")


def claim_findings(
    scheme: Scheme, records: Records, lines: Sequence[PointLine], score: Decimal | None
) -> tuple[Finding, ...]:
    """Every figure and date that does not agree; each with its clause and the paper it stands in."""
    found: list[Finding] = _weekdays(records)
    for paper in records.papers.get("appraisal", ()):
        found += _claimed_counts(scheme, paper, records)
        found += _claimed_days(paper, records)
        found += _claimed_result(scheme, paper, score)
        found += _opinions(paper, records)
    if records.register is not None:
        found += _register_sums(scheme, records.register)
        found += _score_differences(scheme, records, records.register, lines)
        found += _college_score(records.register, score)
    found += _without_record(scheme, records, lines)
    for paper in records.papers.get("attendance", ()):
        found += _sheet_sums(paper)
    return tuple(dict.fromkeys(found))


def identity_findings(person: Person, mentors: Sequence[Person], records: Records) -> tuple[Finding, ...]:
    """What a person's papers say of the person (H12) and of the mentor (H11) otherwise than the roster does.

    mentors: those of the 安排表; nothing is said of the mentor while there are none.
    """
    found = [_personal_differences(person, paper) for paper in records.papers.get("appraisal", ())]
    return tuple(one for one in (*found, _mentor_difference(mentors, records)) if one is not None)


def _personal_differences(person: Person, paper: Paper) -> Finding | None:
    wrong = []
    for field, (label, plain_of) in _PERSONAL.items():
        said, known = paper.submission.text(field), str(getattr(person, field))
        if said and known and plain_of(said) != plain_of(known):
            wrong.append(f"{label}写“{said}”、花名册是“{known}”" if field != "id_number" else f"{label}与花名册不同")
    if not wrong:
        return None
    return _about(
        paper, "person_differs", f"鉴定表与花名册不一致，请核对：{'；'.join(wrong)}。", "", "W-02", manual=True
    )


def _mentor_difference(mentors: Sequence[Person], records: Records) -> Finding | None:
    """H11, one line for all papers."""
    named: dict[str, Paper] = {}
    for papers in records.papers.values():
        for paper in papers:
            said = paper.submission.text("mentor")
            if said and mentors and not any(is_called(one, said) for one in mentors):
                named.setdefault(name_skeleton(said), paper)
    if not named:
        return None
    agreed = "、".join(one.name for one in mentors)
    message = f"材料上的指导教师是{'、'.join(sorted(named))}，安排表是{agreed}，请核对。"
    return _about(named[min(named)], "mentor_differs", message, "mentor", "T-03")


def _weekdays(records: Records) -> list[Finding]:
    """A date beside another day of the week is a slip or a misreading: shown, and the date is kept."""
    found = []
    for form, name, clause in (("training_log", "研修日志", "L-05"), ("attendance", "考勤表", "M-04")):
        slips = {day for paper in records.papers.get(form, ()) for day, said in _dated(paper.submission)
                 if said and said != f"星期{_WEEKDAYS[day.weekday()]}"}  # fmt: skip
        if slips:
            days = "、".join(written(day) for day in sorted(slips))
            message = f"{name}的日期与星期不符，请核对：{days}。"
            found.append(Finding("weekday_differs", message, "", "warn", clause))
    return found


def _dated(submission: Submission) -> Iterator[tuple[date, str]]:
    for row, column in ((submission.values, "log_date"), *((row, "date") for row in submission.rows("days"))):
        day, said = row.get(column), row.get("weekday")
        if isinstance(day, str):
            yield date.fromisoformat(day), said if isinstance(said, str) else ""


def _about(paper: Paper, code: str, message: str, field: str, clause: str, manual: bool = False) -> Finding:
    return Finding(code, message, field, "manual" if manual else "warn", clause, paper.file or paper.key)


# --- 鉴定表 ------------------------------------------------------------------------------------------------------


def _claimed_counts(scheme: Scheme, paper: Paper, records: Records) -> list[Finding]:
    """H01: the claim is compared with the records, which alone count; silent before any record is in."""
    found = []
    for field, (measure, words, clause) in _CLAIMED.items():
        claim, count = paper.submission.number(field), records.counts[measure]
        begun = records.logs.sources or records.sources[measure] or measure in records.seen
        if claim is None or claim == count or not begun or records.waiting(measure):
            continue
        asked = scheme.requirement(measure)
        if measure == "reflections" and asked and count < asked.need and count < claim:
            continue  # said as a paper that is missing
        message = f"鉴定表自报{words.format(claim)}，记录是{words.format(count)}，按记录计。"
        found.append(_about(paper, "claim_differs", message, field, clause))
    return found


def _claimed_days(paper: Paper, records: Records) -> list[Finding]:
    presence = records.presence
    if not presence.known or presence.waiting or presence.asked:
        return []
    found = []
    on_leave = presence.leave_days - presence.excused_days
    for field, words, known, marked in (
        ("present_days", "实到", presence.days, presence.marked_present),
        ("leave_days", "请假", presence.leave_days, on_leave),
        ("absent_days", "缺勤", presence.unexcused, presence.marked_absent),
    ):
        claim = paper.submission.text(field)
        if claim and Decimal(claim) not in {known, marked}:
            message = f"鉴定表{words}{claim}天，考勤表是{plain(known)}天，按考勤表计。"
            found.append(_about(paper, "days_differ", message, field, "M-05"))
    return found


def _claimed_result(scheme: Scheme, paper: Paper, score: Decimal | None) -> list[Finding]:
    """B18: the tick against the score, first the one written beside it, then ours."""
    written, grade = paper.submission.text("score"), paper.submission.text("grade")
    found = []
    own = Decimal(written) if written else score
    if grade and own is not None and (own >= scheme.evaluation.pass_at) != (grade == "合格"):
        clause = "G-05" if own >= scheme.evaluation.pass_at else "G-06"
        message = f"鉴定表勾选“{grade}”，得分却是{shown(own)}，请核对。"
        found.append(_about(paper, "grade_differs", message, "grade", clause, manual=True))
    if written and score is not None and Decimal(written) != score:
        message = f"鉴定表写{written}分，按记录和评分计得{shown(score)}分，请核对。"
        found.append(_about(paper, "score_differs", message, "score", "G-04", manual=True))
    return found


def _opinions(paper: Paper, records: Records) -> list[Finding]:
    found = []
    mentor = paper.submission.text("mentor_opinion")
    if mentor and not _ATTENDANCE_WORDS.search(mentor):
        found.append(
            _about(paper, "opinion_without_attendance", "指导教师鉴定没有说明出勤情况。", "mentor_opinion", "M-05")
        )
    said = _PRESENT_DAYS.search(mentor)
    known = records.presence
    if said and known.known and not known.waiting and Decimal(said[1]) not in {known.days, known.marked_present}:
        message = f"指导教师鉴定说出勤{said[1]}天，考勤表是{plain(known.days)}天，请核对。"
        found.append(_about(paper, "opinion_days_differ", message, "mentor_opinion", "M-05"))
    for field, whose, clause in (("mentor_opinion", "指导教师鉴定", "M-05"), ("base_opinion", "基地学校鉴定", "B-05")):
        if _BARE_OPINION.fullmatch(paper.submission.text(field)):
            found.append(_about(paper, "bare_opinion", f"{whose}只写了结论，没有评价。", field, clause))
    return found


# --- 考核登记表 --------------------------------------------------------------------------------------------------


def _register_sums(scheme: Scheme, register: Paper) -> list[Finding]:
    """B16 the total against the items, B17 an item above its maximum."""
    given = [(item, given_score(register, item)) for item in scheme.items]
    found = []
    for item, score in given:
        if score is not None and score > item.max:
            message = f"{item.name}评{plain(score)}分，超过分值，按{plain(item.max)}分封顶，请核对。"
            found.append(_about(register, "score_over_max", message, item.register, item.clause, manual=True))
    total = register.submission.text("total")
    known = [score for _, score in given if score is not None]
    if total and len(known) == len(given) and sum(known) != Decimal(total):
        message = f"考核登记表合计写{total}分，各项相加是{plain(sum(known, Decimal(0)))}分，请核对。"
        found.append(_about(register, "total_differs", message, "total", "G-04", manual=True))
    return found


def _score_differences(
    scheme: Scheme, records: Records, register: Paper, lines: Sequence[PointLine]
) -> list[Finding]:  # fmt: skip
    """G-04: base school proposes, records decide; what differs in computed rows is listed in one line.

    A row that another word than the register's decides differs from that word, not from the records.
    """
    wrong = []
    for item, line in zip(scheme.items, lines, strict=True):
        word = records.judged.get(item.id, NOT_JUDGED).counts
        if item.rule not in ("attendance", "count", "lessons") or (word and word.medium != "register"):
            continue
        given = given_score(register, item)
        if given is not None and given != line.points and line.at_most == line.points:
            wrong.append(f"{item.name}评{plain(given)}分、记录计{shown(line.points)}分")
    if not wrong:
        return []
    return [_about(register, "score_differs", f"考核登记表与记录不同，按记录计：{'；'.join(wrong)}。", "", "G-04")]


def _without_record(scheme: Scheme, records: Records, lines: Sequence[PointLine]) -> list[Finding]:
    """G-04: points that no paper supports are said in one line, for each paper that gives them."""
    shown = {asked.name for asked in scheme.in_all if asked.measure in records.shown}
    bare: dict[tuple[str, str], list[str]] = {}
    for item, line in zip(scheme.items, lines, strict=True):
        word = records.judged.get(item.id, NOT_JUDGED).counts
        if item.rule not in ("papers", "judged") or line.points <= 0 or word is None or item.name in shown:
            continue
        own = word.medium == "sheet" and "assessment_register" in item.evidence  # the assessment is its own evidence
        if _unsupported(records, item.evidence) and not own:
            bare.setdefault((_POINTS_OF[word.medium], word.file or word.source), []).append(line.name)
    return [
        Finding("no_record", f"只有{where}，没有佐证材料：{'、'.join(names)}。", "", "warn", "G-04", file)
        for (where, file), names in bare.items()
    ]


def _unsupported(records: Records, evidence: Sequence[str]) -> bool:
    return not any(records.number_of(form) for form in evidence)


def _college_score(register: Paper, score: Decimal | None) -> list[Finding]:
    confirmed = register.submission.text("college_score")
    if not confirmed or score is None or Decimal(confirmed) == score:
        return []
    message = f"进修学校认定{confirmed}分，按记录和评分计得{shown(score)}分，请核对。"
    return [_about(register, "confirmed_score_differs", message, "college_score", "G-04", manual=True)]


# --- 考勤表 ------------------------------------------------------------------------------------------------------


def _sheet_sums(sheet: Paper) -> list[Finding]:
    """The figures at the foot of a 考勤表 against its own rows; silent where a row waits."""
    if any(path.startswith("days") for path in sheet.open_fields):
        return []
    rows = sheet.submission
    found = []
    for field, words, marks in (
        ("present_days", "实到", ("出勤", "迟到", "早退")),
        ("personal_leave_days", "事假", ("事假",)),
        ("sick_leave_days", "病假", ("病假",)),
        ("official_leave_days", "公假", ("公假",)),
        ("absent_days", "缺勤", ("缺勤",)),
    ):
        claim, known = rows.text(field), Decimal(_marked(rows, marks)) / 2
        if claim and Decimal(claim) != known:
            message = f"考勤表合计{words}{claim}天，逐日相加是{plain(known)}天，按逐日记载计，请核对。"
            found.append(_about(sheet, "sheet_sum_differs", message, field, "M-04"))
    for field, words, mark in (("late_count", "迟到", "迟到"), ("early_count", "早退", "早退")):
        times = rows.number(field)
        if times is not None and times != _marked(rows, (mark,)):
            message = f"考勤表合计{words}{times}次，逐日相加是{_marked(rows, (mark,))}次，按逐日记载计，请核对。"
            found.append(_about(sheet, "sheet_sum_differs", message, field, "M-04"))
    return found


def _marked(rows: Submission, marks: Sequence[str]) -> int:
    return sum(row.get(half) in marks for row in rows.rows("days") for half in ("morning", "afternoon"))
