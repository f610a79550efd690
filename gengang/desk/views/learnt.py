"""学到的: wordings that corrections taught, and thresholds before and after, with the counts that they come from."""

from collections.abc import Mapping
from dataclasses import dataclass

from gengang.desk.standing import Standing
from gengang.desk.views.fields import CODEC_WORDS
from gengang.desk.views.queue import MEDIA_WORDS
from gengang.learned import (
    ALWAYS,
    FIELDS,
    AliasLine,
    Group,
    State,
    alias_lines,
    policies_of,
    policy_in_force,
    refused_groups,
)
from gengang.learning import TOLERATED, Learnt, learnt_from, shipped_floor, upper_bound
from gengang.mailed import minute_in_china

STATE_WORDS: Mapping[State, str] = {"in_use": "在用", "refused": "不用", "withdrawn": "已收回"}
TONES: Mapping[State, str] = {"in_use": "good", "refused": "poor", "withdrawn": "open"}


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A wording. number: of its line, which names it; by: who corrected it so."""

    number: int
    field: str
    wording: str
    means: str
    by: str
    times: int
    when: str
    state: State
    state_word: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A wording that the next run will know."""

    field: str
    wording: str
    means: str
    by: str
    times: int


@dataclass(frozen=True, slots=True)
class FloorRow:
    """Values of one medium and sort. shipped, now, coming: thresholds in words, of the program, in force and after the
    next run; upper: the 95 % bound of the share of wrong ones; raised: whether one is or will be higher.
    taken: of what waited anyway, how often the proposal was taken as it stood, and how often not.
    """

    name: str
    medium: str
    codec: str
    checked: int
    wrong: int
    upper: float | None
    shipped: str
    now: str
    coming: str
    refused: str
    raised: bool
    taken: str


@dataclass(frozen=True, slots=True)
class Change:
    """A time that thresholds changed."""

    when: str
    who: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LearntPage:
    """The page. tolerated: share of wrong ones in hundredths."""

    wordings: tuple[WordingRow, ...]
    coming: tuple[Coming, ...]
    floors: tuple[FloorRow, ...]
    changes: tuple[Change, ...]
    tolerated: str


def learnt_now(standing: Standing) -> Learnt:
    """What a run would learn now."""
    return learnt_from(standing.facts, standing.forms)


def learnt_page(standing: Standing, learnt: Learnt) -> LearntPage:
    """What was learnt, and what will be."""
    lines = alias_lines(standing.facts)
    known = {line.alias.place for line in lines if line.state != "withdrawn"}
    return LearntPage(
        tuple(map(_wording, sorted(lines, key=lambda line: (line.state == "withdrawn", -line.number)))),
        tuple(Coming(FIELDS[one.field], one.wording, one.means, "、".join(one.by), one.times)
              for one in learnt.aliases if one.place not in known),
        tuple(_floors(standing, learnt)), tuple(_changes(standing)), f"{TOLERATED:.0%}",
    )  # fmt: skip


def _wording(line: AliasLine) -> WordingRow:
    alias = line.alias
    return WordingRow(
        line.number, FIELDS[alias.field], alias.wording, alias.means, "、".join(alias.by), alias.times,
        minute_in_china(line.at), line.state, STATE_WORDS[line.state], TONES[line.state], line.why,
    )  # fmt: skip


def groups_of(standing: Standing, learnt: Learnt) -> tuple[Group, ...]:
    """Every medium and codec of which anything is known."""
    now = policy_in_force(standing.facts)
    return tuple(sorted({*learnt.counts, *now.floors, *refused_groups(standing.facts), *learnt.taken}))


def _floors(standing: Standing, learnt: Learnt) -> list[FloorRow]:
    now, refused = policy_in_force(standing.facts), refused_groups(standing.facts)
    rows = []
    for group in groups_of(standing, learnt):
        checked, wrong = learnt.counts.get(group, (0, 0))
        shipped = shipped_floor(group)
        before, after = now.floors.get(group, shipped), learnt.policy.floors.get(group, shipped)
        line = refused.get(group)
        why = str((line.personal or {}).get("why") or "") if line else ""
        said = f"{line.actor.user}（{minute_in_china(line.at)}）：{why}" if line else ""
        rows.append(FloorRow(
            ":".join(group), medium_word(group), codec_word(group), checked, wrong,
            100 * upper_bound(checked, wrong) if checked else None, floor_words(shipped),
            floor_words(before), "" if before == after else floor_words(after), said,
            before > shipped or after > shipped, "/".join(map(str, learnt.taken.get(group, ()))),
        ))  # fmt: skip
    return sorted(rows, key=lambda row: not (row.raised or row.refused))


def medium_word(group: Group) -> str:
    """Of a group's medium."""
    return MEDIA_WORDS.get(group[0], group[0])


def codec_word(group: Group) -> str:
    """Of a group's codec."""
    return CODEC_WORDS.get(group[1], "文字")


def floor_words(floor: float) -> str:
    """A threshold as the office reads it."""
    if floor >= ALWAYS:
        return "都请人看"
    return f"把握{floor:.1%}以上自动采用" if floor > 0 else "读得确定的自动采用"


def _changes(standing: Standing) -> list[Change]:
    """The last first."""
    found = []
    before: Mapping[Group, float] = {}
    for policy in policies_of(standing.facts):
        said = tuple(
            f"{medium_word(group)}的{codec_word(group)}：{_words_of(group, before)} → {_words_of(group, policy.floors)}"
            + (f"（看过{policy.counts[group][0]}处，错{policy.counts[group][1]}处）" if group in policy.counts else "")
            for group in sorted({*before, *policy.floors}) if before.get(group) != policy.floors.get(group)
        )  # fmt: skip
        found.append(Change(minute_in_china(policy.at), policy.who, said))
        before = policy.floors
    return found[::-1]


def _words_of(group: Group, floors: Mapping[Group, float]) -> str:
    return floor_words(floors.get(group, shipped_floor(group)))
