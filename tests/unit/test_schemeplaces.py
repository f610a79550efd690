"""Places in a scheme file: every one that can be set is set there and nowhere else."""

import difflib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.errors import WorkspaceError
from gengang.schemefile import scheme_from_toml, values_of_toml
from gengang.schemeplaces import (
    in_toml,
    places_of,
    value_at,
    with_part,
    with_value,
    without_part,
    words_of_value,
)
from gengang.workspace import preset_text, presets

COUNTY = preset_text("county-2016")
VALUES: Mapping[str, Any] = values_of_toml(COUNTY)
NUMBERS = [
    f"{kind} {one['id']}.{key}" if isinstance(part, list) else f"{kind}.{key}"
    for kind, part in VALUES.items()
    for one in (part if isinstance(part, list) else [part])
    for key, value in one.items()
    if isinstance(value, int) and not isinstance(value, bool)
]


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


@given(st.sampled_from(NUMBERS), st.integers(0, 9))
def test_a_number_is_set_at_its_place_alone(place: str, number: int) -> None:
    made = with_value(COUNTY, place, str(number))
    assert value_at(values_of_toml(made), place) == number
    assert len(changed(COUNTY, made)) in (0, 2)
    assert with_value(made, place, str(value_at(values_of_toml(COUNTY), place))) == COUNTY


@pytest.mark.parametrize(
    ("place", "written", "line"),
    [
        ("evaluation.pass_at", "65", "+pass_at = 65 # 含60分（G-05）"),
        ("item.R2.each", "0.9", "+each = 0.9"),
        ("document DOC1.due", "2016-09-06", "+due = 2016-09-06"),
        ("eligibility.age_inclusive", "否", "+age_inclusive = false"),
        ("certificate hours.seals", "教育局、进修学校", '+seals = ["教育局", "进修学校"]'),
        ("commendation.places", "5", "+places = 5"),
        ("participants.subjects.小学", "语文", '+"小学" = ["语文"]'),
        ("clause.E-02.severity", "info", '+severity = "info"'),
        ("organisation.college", '甲"乙\\丙', '+college = "甲\\"乙\\\\丙"'),
        ("document DOC1.due", "结束后7日", '+due = "结束后7日"'),
        ("calendar.holidays", "2016-10-01 2016-10-02", "+holidays = [2016-10-01, 2016-10-02]"),
        ("commendation.kinds", "优秀学员、 优秀导师", '+kinds = ["优秀学员", "优秀导师"]'),
        ("organisation.leading_group[2].name", "李局长", '+name = "李局长"'),
    ],
)
def test_what_is_typed_becomes_what_stands_there(place: str, written: str, line: str) -> None:
    made = with_value(COUNTY, place, written)
    scheme_from_toml(made)
    assert changed(COUNTY, made)[1] == line


@pytest.mark.parametrize(
    "place",
    [
        "organisation.leading_group[3].name",
        "organisation.leading_group[0].name",
        "x",
        "evaluation.x",
        "item R99.max",
        "item",
        "evaluation",
        "item.max",
        "clause.T-01",
    ],
)
def test_a_place_that_is_none_is_refused_with_what_to_do(place: str) -> None:
    with pytest.raises(WorkspaceError, match=r"方案里没有|直接设定|哪一项"):
        with_value(COUNTY, place, "1")


def test_places_of_a_switch() -> None:
    assert places_of("document DOC14.inside、DOC15.due") == ("document DOC14.inside", "document DOC15.due")
    assert places_of("leave.late_paper、outcomes.hours_mentor") == ("leave.late_paper", "outcomes.hours_mentor")
    assert places_of("学校一览表") == places_of("") == ()


def test_every_switch_of_every_preset_is_a_place_of_its_file() -> None:
    for name, _ in presets():
        text = preset_text(name)
        scheme = scheme_from_toml(text)
        switches = [*(one.switch for one in scheme.questions), *(one.switch for one in scheme.clauses)]
        for switch in switches:
            for place in places_of(switch):
                assert words_of_value(value_at(values_of_toml(text), place))


def test_an_empty_list_is_told_as_nothing() -> None:
    assert (words_of_value([]), words_of_value([{}, {}])) == ("没有", "2项")


@pytest.mark.parametrize("item", [f"R{number}" for number in range(1, 13)])
def test_a_part_goes_and_comes_again_and_nothing_else_is_touched(item: str) -> None:
    values = values_of_toml(COUNTY)
    items: Any = values["item"]
    part = next(one for one in items if one["id"] == item)
    made = with_part(without_part(COUNTY, "item", item), "item", [f"{key} = {in_toml(_plain(one))}" for key, one in
                                                                   part.items()])  # fmt: skip
    again: Any = values_of_toml(made)
    assert sorted(again["item"], key=_id) == sorted(items, key=_id)
    assert {name: one for name, one in again.items() if name != "item"} == {
        name: one for name, one in values.items() if name != "item"
    }
    comments = [line for line in COUNTY.splitlines() if line.startswith("#")]
    assert [line for line in made.splitlines() if line.startswith("#")] == comments


def _plain(value: object) -> str | Decimal | list[str]:
    if isinstance(value, int):
        return Decimal(value)
    assert isinstance(value, str | Decimal | list)
    return value


def _id(part: Mapping[str, str]) -> str:
    return part["id"]


def test_a_part_that_is_none_is_told() -> None:
    with pytest.raises(WorkspaceError, match="没有“item R99”"):
        without_part(COUNTY, "item", "R99")


def test_members_of_the_leading_group_come_and_go() -> None:
    kind = "organisation.leading_group"
    made = with_part(COUNTY, kind, ['role = "成员"', 'name = "王校长"'])
    assert [one.role for one in scheme_from_toml(made).organisation.leading_group] == ["组长", "副组长", "成员"]
    assert without_part(made, kind, 3) == COUNTY
    none = without_part(without_part(COUNTY, kind, 2), kind, 1)
    again = scheme_from_toml(with_part(none, kind, ['role = "组长"', 'name = "李局长"']))
    assert [one.name for one in again.organisation.leading_group] == ["李局长"]
    with pytest.raises(WorkspaceError, match="没有"):
        without_part(COUNTY, kind, 3)
