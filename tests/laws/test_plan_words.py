"""The notice says every rule of its scheme: each number and day stands in it, and changing any of them changes it."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.eligibility import age_on
from gengang.office.plan_words import born_from, day_words, notice_text
from gengang.points import plain
from gengang.scheme import Eligibility, Scheme
from gengang.schemefile import scheme_from_toml
from gengang.workspace import BUILT_IN

SCHEMES = {path.stem: scheme_from_toml(path.read_text("utf-8")) for path in (BUILT_IN / "schemes").glob("*.toml")}
# No rule: how the file calls itself, what it quotes and asks, and what only a printed certificate says.
NO_RULES = {"id", "version", "source", "title", "year", "notes", "unknowns", "clauses", "questions", "region", "word"}
# Said by the section itself: a number without effect in this programme, or a window told by its weeks.
Path = tuple[Any, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every number, day and yes or no of a scheme, with the way to it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in NO_RULES:
                yield from leaves(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, (tuple, list)):
        for number, one in enumerate(value):
            yield from leaves(one, (*path, number))
    elif isinstance(value, (bool, int, Decimal, date)):
        yield path, value


def changed(value: Any, path: Path, new: Any) -> Any:
    """The same scheme with another value at a place."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return (*value[:first], changed(value[first], rest, new), *value[first + 1 :])
    return dataclasses.replace(value, **{first: changed(getattr(value, first), rest, new)})


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + timedelta(1) if isinstance(value, date) else value + 7


def is_in_force(scheme: Scheme, path: Path) -> bool:
    """Whether a rule means anything in this programme: a rubric where points are given, guidance where there is any."""
    points = scheme.evaluation.kind == "points"
    first = path[0]
    if first == "items" and path[-1] == "at_most":
        return scheme.items[path[1]].each > 0
    if first in ("discipline", "items") or path in (("evaluation", "pass_at"), ("outcomes", "gate_lessons_heard")):
        return points
    if path in (("evaluation", "excellent_at"), ("evaluation", "excellent_share")):
        return points and scheme.evaluation.excellent_at > 0
    if first == "pairing":
        return scheme.pairing.mentors > 0
    if first == "leave":
        return scheme.participants.kind != "individual"
    if path == ("participants", "number"):
        return scheme.participants.kind == "fixed"
    if first == "signals":
        return scheme.signals.lessons_a_day > 0
    if path == ("calendar", "half_days"):
        return any(one.measure == "workdays" for one in scheme.requirements)
    if path == ("bulletins", "from_share"):
        return scheme.bulletins.rhythm != "none"
    if path[0] == "commendation":
        return bool(scheme.commendation.kinds)
    if path[0] == "documents" and path[-1] == "tracked":
        return False  # whether the machine watches it, no matter of the notice
    if path[0] == "requirements":
        asked = scheme.requirements[path[1]]
        if path[-1] == "tracked" or (path[-1] == "most" and not asked.need):
            return False
        return not asked.alternatives or path[2] == "alternatives"
    return True


RULES = [(stem, path, value) for stem, scheme in sorted(SCHEMES.items()) for path, value in leaves(scheme)
         if is_in_force(scheme, path)]  # fmt: skip
ID = [f"{stem}:{'.'.join(map(str, path))}" for stem, path, _ in RULES]


@pytest.mark.parametrize(("stem", "path", "value"), RULES, ids=ID)
def test_changing_a_rule_changes_the_notice(stem: str, path: Path, value: Any) -> None:
    scheme = SCHEMES[stem]
    assert notice_text(changed(scheme, path, other(value)), draft=False) != notice_text(scheme, draft=False)


@pytest.mark.parametrize("stem", sorted(SCHEMES))
def test_every_number_and_day_of_the_rules_is_in_the_notice(stem: str) -> None:
    text = notice_text(SCHEMES[stem], draft=False)
    numbers = {*re.findall(r"\d+(?:\.\d+)?%?", text)}
    for rule_stem, path, value in RULES:
        if rule_stem != stem or isinstance(value, bool) or not value or path == ("eligibility", "as_of"):
            continue
        if isinstance(value, date):
            assert day_words(value) in text, path
        elif path[-1] != "copies" or value > 1:
            shown = Decimal(value)
            assert {plain(shown), f"{plain(shown * 100)}%"} & numbers, path


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize("stem", sorted(SCHEMES))
def test_a_day_that_follows_from_an_open_window_is_said_as_the_file_says_it(stem: str) -> None:
    scheme = SCHEMES[stem]
    for number, one in enumerate(scheme.waiting):
        assert one.note in notice_text(scheme, draft=False)
        later = dataclasses.replace(one, note=re.sub(r"\d+", lambda figure: str(int(figure[0]) + 20), one.note))
        other_one = changed(scheme, ("waiting", number), later)
        assert notice_text(other_one, draft=False) != notice_text(scheme, draft=False), one


@given(DAYS, st.integers(20, 60), st.booleans())
def test_the_printed_birthday_is_the_age_rule(day: date, age: int, inside: bool) -> None:
    rules = Eligibility(day, age, inside, 3, (), {}, rural_only=True)
    limit = age if inside else age - 1
    first = born_from(rules)
    assert age_on(first, day) <= limit < age_on(first - timedelta(1), day)


def test_the_county_prints_the_age_as_the_day_that_offices_print() -> None:
    assert "1970年9月2日及以后出生" in notice_text(SCHEMES["county-2016"], draft=False)


def test_what_no_rule_rests_on_is_said_in_the_countys_own_words() -> None:
    text = notice_text(SCHEMES["county-2016"], draft=False)
    assert "指定专人负责在校内提供相应的工作条件。" in text
    assert "跟班听课。" in text
    assert "（一）跟班听课" not in text
    assert "《跟岗学习日志》" not in text, "a slip of the text: the annex calls it 研修日志"


def test_what_is_open_is_a_gap_in_a_draft_and_a_promise_in_an_issued_notice() -> None:
    draft, issued = (notice_text(SCHEMES["county-2016"], draft=one) for one in (True, False))
    assert "跟岗研修对接会：待补充" in draft
    assert "跟岗研修对接会：另行通知" in issued
    assert "待补充" not in issued


@pytest.mark.parametrize("stem", sorted(SCHEMES))
def test_a_notice_has_no_word_of_the_file_and_no_placeholder(stem: str) -> None:
    text = notice_text(SCHEMES[stem], draft=True)
    assert re.findall(".{0,5}(?:[A-Za-z×]|未定|[,;:()]).{0,5}", text) == []
