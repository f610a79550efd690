"""Pace: how far each trainee is against the days of their own day plan that have passed (G-03).

Before the scheme's share of the window nobody is a candidate for criticism. A candidate is a proposal: nobody is named
on any paper unless a person ticks them.
"""

from dataclasses import dataclass
from datetime import date

from gengang.drafting import Judged
from gengang.papers.figures import Figures
from gengang.roster import Person


@dataclass(frozen=True, slots=True)
class Pace:
    """planned: days of the own plan that have passed, None without a plan; done: days with any record; logs: written.

    behind: whether less was done than planned, or no plan is in.
    """

    person: Person
    planned: int | None
    done: int
    logs: int

    @property
    def behind(self) -> bool:
        return self.planned is None or self.done < self.planned

    @property
    def why(self) -> str:
        """In Chinese, without blame."""
        if self.planned is None:
            return f"个人研修方案未收到，有记录的研修日{self.done}天"
        return f"本人方案已安排{self.planned}天，有记录的研修日{self.done}天，研修日志{self.logs}篇"


def paces(judged: Judged, day: date) -> tuple[Pace, ...]:
    """Of every trainee, in the order of the lists."""
    return tuple(_pace(one, judged.figures[one.key], day) for one in judged.trainees)


def _pace(person: Person, figures: Figures, day: date) -> Pace:
    planned = None if figures.planned is None else sum(one <= day for one in figures.planned)
    days = {one for every in figures.days.values() for one in every if one <= day}
    return Pace(person, planned, len(days), figures.until("logs", day))


def may_be_named(judged: Judged, day: date) -> bool:
    """Whether so much of the window has passed that anybody may be proposed for criticism."""
    start, end = judged.scheme.calendar.start, judged.scheme.calendar.end
    if start is None or end is None or day < start:
        return False
    passed, whole = (day - start).days + 1, (end - start).days + 1
    return passed >= whole * judged.scheme.bulletins.from_share


def candidates(judged: Judged, day: date) -> tuple[Pace, ...]:
    """Who may be ticked for criticism in the 通报 of a day; nobody before the scheme's share of the window."""
    return tuple(one for one in paces(judged, day) if one.behind) if may_be_named(judged, day) else ()
