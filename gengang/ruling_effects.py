"""What rulings change in the judgement of one person: days, points, outcome and certificate, each in a finding."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from gengang.attendance import LEAVE, Absence, Presence
from gengang.calendar_days import written
from gengang.findings import Finding
from gengang.points import PointLine, plain
from gengang.rulings import RULING_WORDS, Ruling, RulingKind

_CLAUSES: dict[RulingKind, str] = {
    "excuse": "L-07", "refuse": "L-07", "make_up": "G-07", "withdraw": "W-02", "substitute": "W-02",
    "mentor": "T-03", "appeal": "G-04", "confirm": "G-05", "release": "G-07", "conclude": "G-04",
}  # fmt: skip


def has(rulings: Sequence[Ruling], *kinds: RulingKind) -> bool:
    """Whether one of these kinds was ruled."""
    return any(one.kind in kinds for one in rulings)


def days_of(rulings: Sequence[Ruling], kind: RulingKind) -> tuple[date, ...]:
    """The days that rulings of a kind name, each once, in order."""
    return tuple(sorted({day for one in rulings if one.kind == kind for day in one.days}))


def presence_ruled(presence: Presence, rulings: Sequence[Ruling]) -> Presence:
    """Absence on an excused day is excused, leave on a refused one is absence, and days made up stand beside the rest.

    Of two words about one day the last counts.
    """
    said: dict[date, Absence] = {}
    for one in rulings:
        if one.kind in ("excuse", "refuse"):
            said |= dict.fromkeys(one.days, "excused" if one.kind == "excuse" else "unexcused")
    absences = dict(presence.absences)
    for half, mark in presence.marks.items():
        ruled = said.get(half[0])
        if absences.get(half) in ("unexcused", "asked") and ruled is not None:
            absences[half] = ruled
        elif mark in LEAVE and ruled == "unexcused":
            absences[half] = "unexcused"
    return replace(presence, absences=absences, ruled=frozenset(said), made_up=days_of(rulings, "make_up"))


def line_ruled(line: PointLine, rulings: Sequence[Ruling]) -> PointLine:
    """The points that an appeal gave an item, never above its maximum."""
    found = next((one for one in reversed(rulings) if one.kind == "appeal" and one.item == line.item), None)
    if found is None or found.points is None:
        return line
    points = max(Decimal(0), min(line.max, found.points))
    how = f"申诉后改为{plain(points)}分（{found.by_whom}）；原为{plain(line.points)}分：{line.how}"
    return replace(line, points=points, at_most=points, how=how)


def ruling_findings(rulings: Sequence[Ruling]) -> tuple[Finding, ...]:
    """Each ruling in one sentence, for the page of the person."""
    return tuple(Finding("ruling", f"{_sentence(one)}。", "", "info", _CLAUSES[one.kind]) for one in rulings)


def _sentence(one: Ruling) -> str:
    days = f"{'、'.join(map(written, one.days))}" if one.days else ""
    item = one.item if one.points is None else f"{one.item} {plain(one.points)}分"
    what = " ".join(filter(None, (RULING_WORDS[one.kind], days, item)))
    return f"{what}：{one.why}（{one.by_whom}）"
