"""The scheme changed by a person at the desk: what would become another, and the change itself with its reason.

The file in the workspace stays what a run reads; the change is written into it and told to the ledger in one go, so
that the desk judges by it at once. Nothing is written before the whole file has been proved.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gengang.arrivals import write_whole
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact, values_of
from gengang.judging import judged_of
from gengang.ledger import kept_ledger
from gengang.ledger_lease import lease
from gengang.schemefile import scheme_from_toml, values_of_toml
from gengang.schemeplaces import with_value, words_of_value
from gengang.settings import Settings
from gengang.under_way import scheme_fact
from gengang.whatif import Setting, WhatIf, compared
from gengang.workspace import scheme_text

KIND = "amended"


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change that was made. at: UTC."""

    who: str
    at: str
    why: str
    changes: tuple[Setting, ...]


def text_with(text: str, wanted: Sequence[tuple[str, str]]) -> str:
    """The file with other values. wanted: place, and the value as typed. Raises WorkspaceError for a place that is none
    or that holds no single value.
    """
    for place, written in wanted:
        if any(not letter.isprintable() for letter in written):
            raise WorkspaceError(f"“{place}”的内容里不能有换行或控制字符。")
        text = with_value(text, place, written)
    return text


def would_change(judged: Judged, facts: Sequence[Fact], old: str, new: str) -> WhatIf:
    """Who would be judged otherwise under another file; nothing is written. judged: what the facts come to now.

    Raises SchemeError with every fault of the new file, WorkspaceError when it says nothing new.
    """
    scheme, settings = scheme_from_toml(new), settings_between(old, new)
    if not settings:
        raise WorkspaceError("没有改动。")
    return compared(judged, judged_of(facts, scheme, judged.as_of), settings)


def amend(settings: Settings, seen: str, new: str, why: str, actor: Actor, at: str) -> tuple[Setting, ...]:
    """Make the file say this, for a reason. seen: hash of the file that was shown, as `hash_of` gives it.

    Raises WorkspaceError when there is no reason or the file is another one by now, SchemeError with every fault,
    LedgerError when the season is closed or a run is under way.
    """
    if not why.strip():
        raise WorkspaceError("改方案要写明理由或依据。")
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        ledger.refuse_closed()
        old = scheme_text(settings)
        if hash_of(old) != seen:
            raise WorkspaceError("方案刚刚被别人改过，您的没有保存。请重新打开方案设置再改。")
        scheme_from_toml(new)
        changes = settings_between(old, new)
        if not changes:
            raise WorkspaceError("没有改动。")
        # The file first: killed in between, the next run judges by it all the same, and only the reason is lost.
        write_whole(settings.scheme, [new.encode("utf-8")])
        ledger.append([scheme_fact(new, actor, at), _amended(seen, new, changes, why.strip(), actor, at)])
    return changes


def _amended(before: str, new: str, changes: Sequence[Setting], why: str, actor: Actor, at: str) -> Fact:
    told = [[one.place, one.before, one.after] for one in changes]
    data = {"before": before, "sha256": hash_of(new), "changes": told}
    return Fact(KIND, "scheme", data, actor, at, {"why": why})


def hash_of(text: str) -> str:
    """Of a scheme file's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def amendments_of(facts: Sequence[Fact]) -> tuple[Amendment, ...]:
    """Every change that was made with a reason, the last first."""
    return tuple(_amendment(fact) for fact in reversed(facts) if fact.kind == KIND)


def _amendment(fact: Fact) -> Amendment:
    data: Mapping[str, Any] = fact.data
    changes = tuple(Setting(*map(str, one)) for one in data["changes"])
    return Amendment(fact.actor.user, fact.at, str(values_of(fact.personal).get("why", "")), changes)


# --- what differs between two files ------------------------------------------------------------------------------


def settings_between(old: str, new: str) -> tuple[Setting, ...]:
    """Every place at which two files differ, in words; empty for what one of them does not have."""
    was, now = dict(_leaves(values_of_toml(old), "")), dict(_leaves(values_of_toml(new), ""))
    places = [*was, *(place for place in now if place not in was)]
    return tuple(
        Setting(place, *("" if place not in own else words_of_value(own[place]) for own in (was, now)))
        for place in places
        if place not in was or place not in now or was[place] != now[place]
    )


def _leaves(value: object, place: str) -> Iterator[tuple[str, object]]:
    """Each single value with its place; a part of which there are several by its id, or by its number without one."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        for number, one in enumerate(value, 1):
            named = f"{place} {one['id']}" if "id" in one else f"{place}[{number}]"
            yield from _leaves({key: each for key, each in one.items() if key != "id"}, named)
    else:
        yield place, value
