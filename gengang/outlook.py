"""What a score can still become, and what of a task can still be made good; never a promise that somebody passes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from gengang.points import PointLine, shown
from gengang.scheme import Item, Measure, Scheme

# open: the study goes on; papers: what was done may still be handed in; closed: neither.
Chance = Literal["open", "papers", "closed"]
CHANCE_WORDS: dict[Chance, str] = {"open": "研修期内还可完成", "papers": "做过而未交材料的可补交", "closed": "已不可补"}


def chance_of(scheme: Scheme, measure: Measure, as_of: date) -> Chance:
    """What can still be done about a measure on a day. A day of attendance cannot be handed in afterwards."""
    end, closing = scheme.calendar.end, scheme.closing
    if end is None or as_of <= end:
        return "open"
    if measure != "workdays" and (closing is None or as_of <= closing):
        return "papers"
    return "closed"


def at_best(scheme: Scheme, lines: Sequence[PointLine], as_of: date) -> Decimal:
    """The score if everything that can still be made good is: at least what is open now, at most the maxima."""
    items = {item.id: item for item in scheme.items}
    return sum((_best(scheme, items[line.item], line, as_of) for line in lines), Decimal(0))


def _best(scheme: Scheme, item: Item, line: PointLine, as_of: date) -> Decimal:
    measure = "workdays" if item.rule == "attendance" else item.measure or ""
    return line.at_most if chance_of(scheme, measure, as_of) == "closed" else line.max


def outlook(scheme: Scheme, lines: Sequence[PointLine], as_of: date) -> str:
    """`补齐后最多可达到92.00分`, empty when nothing more can come."""
    now = sum((line.points for line in lines), Decimal(0))
    best = at_best(scheme, lines, as_of)
    if best <= now:
        return ""
    return f"现有{shown(now)}分，补齐后预计最多达到{shown(best)}分"
