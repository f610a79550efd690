"""Day plan: the half days a person is due (应到) by the 个人研修方案 as last agreed, with every 改期 (L-07, W-06)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gengang.calendar_days import counts, written
from gengang.findings import Finding
from gengang.halfdays import HALVES, Half, HalfName, day_of_value, halves_of, halves_written
from gengang.scheme import Calendar
from gengang.submission import Paper

FORM = "day_plan"
# What stands in the cell of a half day on which nothing is planned.
_NOTHING = re.compile(r"[\s—–\-_/\\、.。×✕]*(?:无|空|休息|不安排|放假)?[\s—–\-_/\\、.。×✕]*")


@dataclass(frozen=True, slots=True)
class Move:
    """改期: a half day, or a day where no half is named, is done on another. words: what was said; on: when."""

    first: date
    first_half: HalfName | None
    to: date
    to_half: HalfName | None
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class DayPlan:
    """halves: what is due, on days that count. known: whether a plan with any day is in; whole: whether all was read.

    moved: half days that were planned, or thought to be, and are done on another day. unclear: what a 改期 says that
    does not fit, in Chinese.
    """

    known: bool = False
    whole: bool = False
    halves: frozenset[Half] = frozenset()
    moved: frozenset[Half] = frozenset()
    file: str = ""
    unclear: tuple[str, ...] = ()

    @property
    def due(self) -> Decimal | None:
        """应到 in days, half days as 0.5; None without a plan that was read in full."""
        return Decimal(len(self.halves)) / 2 if self.known and self.whole else None


NO_PLAN = DayPlan()


def plan_of(calendar: Calendar, papers: Iterable[Paper], moves: Sequence[Move] = ()) -> DayPlan:
    """The plan of one person's papers, each paper once. moves: in the order in which they were said."""
    papers = sorted((paper for paper in papers if paper.submission.form == FORM), key=lambda paper: paper.key)
    planned = {half for paper in papers for half in _planned(paper)}
    known = bool(planned)
    whole = known and not any(path.startswith("days") for paper in papers for path in paper.open_fields)
    moved: set[Half] = set()
    unclear = []
    for move in moves:
        away = _away(move, planned)
        back = {(move.to, move.to_half or half) for _, half in away}
        if not counts(calendar, move.to):
            unclear.append(f"“{move.words}”改到的{written(move.to)}在研修期以外或不是工作日")
        if whole and not away & planned:
            # Nobody is due on a day that was never planned, so its 改期 makes nobody due on another.
            unclear.append(f"“{move.words}”中的{written(move.first)}不在个人研修方案里，没有改动应到的日子")
            back = set()
        moved = (moved | away) - back
        planned = (planned - away) | (back if known else set())
    due = frozenset(half for half in planned if counts(calendar, half[0]))
    return DayPlan(known, whole, due, frozenset(moved), papers[0].file if papers else "", tuple(unclear))


def planned_days(paper: Paper) -> frozenset[date]:
    """The days on which a plan has something to do, whether they count or not."""
    return frozenset(day for day, _ in _planned(paper))


def _planned(paper: Paper) -> Iterable[Half]:
    for row in paper.submission.rows("days"):
        day = day_of_value(row.get("date"))
        if day is None:
            continue
        named: list[HalfName] = [half for half in HALVES if not _NOTHING.fullmatch(str(row.get(half) or ""))]
        # A day whose halves are left blank and whose content says what is done is planned as a whole.
        whole = not named and all(row.get(half) is None for half in HALVES) and row.get("content") is not None
        yield from ((day, half) for half in (HALVES if whole else named))


def _away(move: Move, planned: set[Half]) -> set[Half]:
    if move.first_half:
        return {(move.first, move.first_half)}
    halves = set(halves_of(move.first))
    return (halves & planned) or halves


def plan_findings(
    plan: DayPlan, marks: Mapping[Half, str], settled: Iterable[Half], as_of: date, end: date | None
) -> Iterator[Finding]:
    """What was planned and stands nowhere on the 考勤表: a person says what it was; it is never an absence by itself.

    settled: other half days of which nothing is to be asked. end: of the window; before it days behind the last marked
    one are not asked.
    """
    last = max((day for day, _ in marks), default=None)
    known = {*marks, *settled}
    over = end is not None and as_of >= end
    due = [half for half in plan.halves if half not in known and last is not None and (over or half[0] <= last)]
    if due:
        ask = "请指导教师说明是到岗、请假还是改期，确认前不算缺勤"
        message = f"个人研修方案安排了而考勤表没有记载，{ask}：{halves_written(due)}。"
        yield Finding("planned_without_mark", message, "days", "manual", "L-07", plan.file)
    if plan.unclear:
        yield Finding("move_unclear", f"改期请核对：{'；'.join(plan.unclear)}。", "", "manual", "L-07", plan.file)
