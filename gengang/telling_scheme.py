"""What the morning note says of the scheme itself: what its text leaves open, and that it goes no further."""

from collections.abc import Iterator
from datetime import date

from gengang.calendar_days import written
from gengang.papers.morning import Link, Need
from gengang.scheme import Scheme

# Places that decide what can be judged, and what follows while nobody has set them.
_MATTERS = {
    "calendar.start": ("起始日", "日期在不在研修期内不核对，每周、每月的任务不催"),
    "calendar.end": ("结束日", "不认定研修已经结束"),
    "scheme.closing": ("补交截止日", "一直可以补交"),
    "evaluation.kind": ("评价办法", "不给结论"),
}


def scheme_remarks(scheme: Scheme) -> Iterator[str]:
    """One line of what matters and is not set, with what follows; none where everything is."""
    open_places = {one.place for one in scheme.unknowns}
    told = [f"{name}（{follows}）" for place, (name, follows) in _MATTERS.items() if place in open_places]
    if told:
        yield f"方案还有没写明的：{'；'.join(told)}。定下来后写进 scheme.toml；全部见 gengang scheme explain。"


def scheme_needs(scheme: Scheme, as_of: date) -> tuple[Need, ...]:
    """A text that says no way of judging and whose last day is over goes no further without a person."""
    end = scheme.calendar.end
    if scheme.evaluation.kind or end is None or as_of <= end:
        return ()
    note = next((one.note for one in scheme.unknowns if one.place == "evaluation.kind"), "")
    why = (
        f"方案写到的部分到{written(end)}为止{f'，{note}' if note else ''}：程序不再催办，也不给结论。"
        "请在 scheme.toml 补上后面的安排和评价办法，再继续。"
    )
    return (Need("", Link("方案"), "", why),)
