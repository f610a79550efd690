"""Mentoring, as it shows in a trainee's papers: whose lessons were heard (Z-05), and what material was kept (M-06)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from gengang.findings import Finding
from gengang.points import Records, plain
from gengang.roster import Person, is_called
from gengang.scheme import Scheme

_TENTH = Decimal("0.1")


def own_lessons(records: Records, mentors: Sequence[Person]) -> Iterator[Finding]:
    """Z-05 in figures, never judged: of the lessons heard whose teacher is written down, those of the mentor."""
    told = [
        {one.teacher for one in (lesson.best, *lesson.others) if one.teacher}
        for lesson in records.found["lessons_heard"]
    ]
    told = [teachers for teachers in told if teachers]
    if not told or not mentors:
        return
    own = sum(any(is_called(mentor, name) for mentor in mentors for name in teachers) for teachers in told)
    share = (Decimal(own) * 100 / len(told)).quantize(_TENTH, ROUND_HALF_UP)
    message = f"听课写明授课教师的{len(told)}节中，指导教师本人的课{own}节，占{plain(share)}%。"
    yield Finding("own_lessons_share", message, "", "info", "Z-05")


def material_findings(scheme: Scheme, records: Records, evidence: int, as_of: date) -> Iterator[Finding]:
    """M-06 once the study is over: no photo and no other material of somebody whose papers are in. evidence: pieces."""
    end = scheme.calendar.end
    if evidence == 0 and records.papers and end is not None and as_of > end:
        message = "研修已结束，还没有收到这名学员参加活动的照片和其他影像、文字资料。"
        yield Finding("no_material", message, "", "info", "M-06")
