"""`gengang whatif`: who would be judged otherwise under another rule. Nothing is written, neither file nor ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gengang.differing import Difference, differences_between
from gengang.drafting import Judged
from gengang.eligibility import eligibility_findings
from gengang.errors import WorkspaceError
from gengang.in_force import day_to_judge
from gengang.judging import judged_of
from gengang.ledger import kept_ledger
from gengang.schemefile import scheme_from_toml, values_of_toml
from gengang.schemeplaces import value_at, with_value, words_of_value
from gengang.settings import Settings
from gengang.workspace import scheme_text


@dataclass(frozen=True, slots=True)
class Setting:
    """One rule as it is and as it would be, in words."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Who would be judged otherwise. people: how many there are; doubts: of the roster, before and after."""

    settings: tuple[Setting, ...]
    as_of: date
    people: int
    differences: tuple[Difference, ...]
    doubts_gone: tuple[str, ...]
    doubts_new: tuple[str, ...]
    exit_code: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """Sentences for the terminal."""
        return tuple(_lines(self))


def what_if(settings: Settings, wanted: Sequence[str], as_of: date | None) -> WhatIf:
    """Judge the ledger's facts under the scheme file as it is and as it would be.

    wanted: `evaluation.pass_at=65` and the like. Raises WorkspaceError for a place that does not exist, SchemeError
    when the scheme would have faults, WorkspaceError before the first run.
    """
    if not wanted:
        raise WorkspaceError("请写明要试改什么，例如 gengang whatif --set evaluation.pass_at=65。")
    old = scheme_text(settings)
    new = old
    for one in wanted:
        place, mark, value = one.partition("=")
        if not mark:
            raise WorkspaceError(f"--set 应写成 evaluation.pass_at=65 的样子，现在是“{one}”。")
        new = with_value(new, place.strip(), value)
    with kept_ledger(settings) as ledger:
        facts = tuple(ledger.read())
    scheme, other = scheme_from_toml(old), scheme_from_toml(new)
    day = as_of or day_to_judge(facts, scheme)
    return compared(judged_of(facts, scheme, day), judged_of(facts, other, day), _settings(old, new, wanted))


def _settings(old: str, new: str, wanted: Sequence[str]) -> tuple[Setting, ...]:
    was, would = values_of_toml(old), values_of_toml(new)
    places = dict.fromkeys(one.partition("=")[0].strip() for one in wanted)
    return tuple(Setting(place, *(words_of_value(value_at(values, place)) for values in (was, would)))
                 for place in places)  # fmt: skip


def compared(before: Judged, after: Judged, settings: tuple[Setting, ...]) -> WhatIf:
    """Two judgements of the same facts, side by side; pure."""
    old, new = (
        [one.message for one in eligibility_findings(judged.scheme, judged.season.roster)] for judged in (before, after)
    )
    return WhatIf(
        settings, after.as_of, len(after.trainees), differences_between(before, after),
        tuple(one for one in old if one not in new), tuple(one for one in new if one not in old),
    )  # fmt: skip


def document_of(found: WhatIf) -> dict[str, Any]:
    """The document of `gengang whatif --json`."""
    return {
        "schema": 1,
        "as_of": found.as_of.isoformat(),
        "set": [{"place": one.place, "before": one.before, "after": one.after} for one in found.settings],
        "persons": [
            {"key": one.person, "name": one.whose, "verdict_changes": one.decides,
             "changes": [{"what": each.what, "before": each.before, "after": each.after} for each in one.changes]}
            for one in found.differences
        ],
        "unchanged": found.people - len(found.differences),
        "roster": {"gone": list(found.doubts_gone), "new": list(found.doubts_new)},
    }  # fmt: skip


def _lines(found: WhatIf) -> Iterator[str]:
    for one in found.settings:
        yield f"若 {one.place} 由“{one.before}”改为“{one.after}”（截至{found.as_of.isoformat()}，没有改动任何文件）："
    decided = sum(one.decides for one in found.differences)
    rest = len(found.differences) - decided
    yield (
        f"学员{found.people}人：结论、学时或证书有变的{decided}人，只有分数或提示有变的{rest}人，"
        f"不变的{found.people - len(found.differences)}人。"
    )
    for each in sorted(found.differences, key=lambda one: not one.decides):
        told = "；".join(f"{one.what} {one.before or '（无）'}→{one.after or '（无）'}" for one in each.changes)
        yield f"{each.whose}：{told}"
    yield from (f"花名册提示取消：{one}" for one in found.doubts_gone)
    yield from (f"花名册提示新增：{one}" for one in found.doubts_new)
