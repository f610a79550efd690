"""What a change of the scheme comes to, and the changes that were made, with their places in the office's words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gengang.amending import Amendment
from gengang.desk.views.rule_words import LABELS, MEMBER, OTHER, PART_LABELS
from gengang.mailed import minute_in_china
from gengang.schemefile import values_of_toml
from gengang.whatif import Setting, WhatIf


def place_label(values: Mapping[str, Any], place: str) -> str:
    """A place as the office says it: 听课：至少. Its own name where there are no words for it."""
    if place in LABELS:
        return LABELS[place]
    head, _, key = place.partition(".")
    section, _, id = head.partition(" ")
    label = PART_LABELS.get(section, {}).get(key, OTHER.get(key, key))
    parts = values.get(section)
    if id and isinstance(parts, list):
        named = next((str(one.get("name", id)) for one in parts if one.get("id") == id), id)
        return f"{named}：{label}"
    if section == "clause":
        return f"条款{key.partition('.')[0]}：{OTHER.get(key.partition('.')[2], key)}"
    if section == "organisation":
        number, last = re.search(r"\[(\d+)\]", place), place.rpartition(".")[2]
        return f"领导小组第{number[1]}位：{MEMBER.get(last, last)}" if number else OTHER.get(key, f"单位：{key}")
    return f"{OTHER.get(section, section)}：{OTHER.get(key, key)}" if key else place


@dataclass(frozen=True, slots=True)
class Told:
    """A setting in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody who would be judged otherwise. decides: whether the verdict itself changes."""

    key: str
    whose: str
    decides: bool
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What a change comes to. unchanged: how many people it leaves as they are."""

    settings: tuple[Told, ...]
    decided: int
    others: int
    unchanged: int
    people: tuple[Affected, ...]
    doubts: tuple[str, ...]


def change_page(found: WhatIf, text: str) -> ChangePage:
    """The page of a change. text: the file as it would be, for the names of parts."""
    values = values_of_toml(text)
    people = tuple(
        Affected(one.person, one.whose, one.decides, tuple(
            f"{each.what} {each.before or '（无）'}→{each.after or '（无）'}" for each in one.changes))
        for one in sorted(found.differences, key=lambda one: not one.decides)
    )  # fmt: skip
    decided = sum(one.decides for one in people)
    doubts = (
        *(f"花名册提示取消：{one}" for one in found.doubts_gone),
        *(f"花名册提示新增：{one}" for one in found.doubts_new),
    )
    return ChangePage(
        settings_told(found.settings, values),
        decided,
        len(people) - decided,
        found.people - len(people),
        people,
        doubts,
    )


def settings_told(settings: Sequence[Setting], values: Mapping[str, Any]) -> tuple[Told, ...]:
    """Settings in words."""
    return tuple(Told(place_label(values, one.place), one.before, one.after) for one in settings)


@dataclass(frozen=True, slots=True)
class Past:
    """A change that was made."""

    who: str
    when: str
    why: str
    changes: tuple[Told, ...]


def past_changes(made: Sequence[Amendment], text: str) -> tuple[Past, ...]:
    """The changes that were made, the last first."""
    values = values_of_toml(text)
    return tuple(Past(one.who, minute_in_china(one.at), one.why, settings_told(one.changes, values)) for one in made)
