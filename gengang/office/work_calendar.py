"""工作日程表: what the scheme asks of whom on which day, and, while it is a draft, which days do not go together."""

import re

from gengang.office.kinds import Asking, Material
from gengang.office.letters import marked
from gengang.office.plan_words import OPEN, blanked
from gengang.office.programme import programme_title
from gengang.papers.draft import Draft
from gengang.scheme import Scheme
from gengang.timetable import Line, collisions_of, timetable_of

_ANNEX = re.compile(r"附件\d+\s*")


def calendar_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """One table of the whole season."""
    judged, scheme = material.judged, material.judged.scheme
    issuer = blanked(scheme.organisation.college or OPEN)
    values = {
        "programme": programme_title(scheme),
        "remarks": remarks_of(scheme) if not asking.number else None,
        "issuer": issuer,
        "issued_on": judged.as_of.isoformat(),
    }
    lines = tuple(_row(number, one) for number, one in enumerate(timetable_of(scheme), 1))
    draft = Draft("timetable", "timetable", "papers", "", values, "研修方案/工作日程表", 10, {"lines": lines})
    return (marked(draft, asking),)


def _row(number: int, one: Line) -> dict[str, str | int | None]:
    when = OPEN if one.last is None else one.when
    who = "、".join(one.who) or None
    return {"number": number, "when": when, "what": _ANNEX.sub("", blanked(one.what)), "who": who}


def remarks_of(scheme: Scheme) -> str:
    """What does not go together, without the names of the scheme file's keys."""
    told = (one.message for one in collisions_of(scheme) if one.code != "calendar_unknown")
    return "\n".join(dict.fromkeys(_ANNEX.sub("", text) for text in told)) or "各项日期没有相互冲突之处。"
