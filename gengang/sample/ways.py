"""In which medium each paper of a season comes, and what people did to it before: shares by kind of paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from gengang.sample.habits import HABITS
from gengang.sample.stories import Damage, Kind

Medium = Literal["word", "doc", "pdf", "scan", "fax", "photo", "chat", "sheet"]
Hand = Literal["", "signed", "filled"]  # printed throughout, signed by hand, filled in by hand

ON_PAPER: frozenset[Medium] = frozenset({"scan", "fax", "photo", "chat"})
PRINTED: frozenset[Medium] = ON_PAPER | {"pdf"}


@dataclass(frozen=True, slots=True)
class Way:
    """How a paper comes. hand: what was written with a pen; prose: it follows no template."""

    medium: Medium = "word"
    hand: Hand = ""
    prose: bool = False


AS_TYPED = Way()
Shares = tuple[tuple[float, Way], ...]

# What is signed and sealed comes back as a picture more often; a notebook page is written by hand.
_SEALED: Shares = ((0.24, Way("scan", "signed")), (0.04, Way("fax", "signed")), (0.10, Way("pdf")))
_NOTEBOOK: Shares = ((0.015, Way("photo", "filled")), (0.01, Way("scan", "filled")), (0.01, Way("chat", "signed")),
                     (0.05, Way("pdf")), (0.03, Way("doc")))  # fmt: skip
_TEXT: Shares = ((0.03, Way("scan", "signed")), (0.02, Way("photo", "signed")), (0.08, Way("pdf")), (0.04, Way("doc")),
                 (0.06, Way(prose=True)))  # fmt: skip
_RECORD: Shares = ((0.04, Way("scan", "signed")), (0.04, Way("photo", "filled")), (0.08, Way("pdf")),
                   (0.03, Way("doc")))  # fmt: skip
_USUAL: Mapping[Kind, Shares] = {
    **dict.fromkeys(("personal_info", "leave_request", "day_plan", "mentor_summary", "task_summary"), _SEALED),
    "lesson_observation": _NOTEBOOK,
    **dict.fromkeys(("study_plan", "development_plan", "reflection", "action_research_report", "study_report"), _TEXT),
    **dict.fromkeys(("lesson_taught", "activity_record"), _RECORD),
}
_ROUGH: Shares = (
    (0.16, Way("scan", "signed")), (0.06, Way("scan", "filled")), (0.05, Way("fax", "signed")),
    (0.08, Way("photo", "signed")), (0.06, Way("photo", "filled")), (0.05, Way("chat", "filled")), (0.08, Way("pdf")),
    (0.06, Way("doc")),
)  # fmt: skip
_PROSE_KINDS = frozenset(_USUAL) - {"lesson_observation", "lesson_taught", "activity_record", "task_summary",
                                    "personal_info", "day_plan"}  # fmt: skip

# The papers that points and certificates are counted from come as the story says, and only with habits that any reader
# of the words understands: what the sample proves of judging must not hang on what a reader can do.
DECISIVE: frozenset[Kind] = frozenset(
    {"registration", "mentor_assignment", "training_log", "attendance", "appraisal", "assessment_register"}
)
_HABIT_SHARE: Mapping[Damage, float] = {"none": 0.0, "usual": 0.35, "hard": 0.7}
_ASKING_SHARE: Mapping[Damage, float] = {"none": 0.0, "usual": 0.04, "hard": 0.3}
_PLAIN_HABITS = (
    "id_spelled", "phone_spelled", "dates_spelled", "spaced_names", "labels_spaced", "runs_split", "look_changed",
)  # fmt: skip
# What nearly everybody does; the other harmless habits of the table are met now and then.
_COMMON_HABITS = (
    *_PLAIN_HABITS, "months_spelled", "period_spelled", "dates_in_words", "number_in_words", "number_with_unit",
    "score_spelled", "figures_full_width", "tick_spelled", "tick_behind", "tick_of_a_font", "other_middle_dot",
    "blanks_around", "broken_in_two", "zero_width", "blank_list_rows",
)  # fmt: skip
_COMMON_SHARE = 0.8


def way_of(kind: Kind, damage: Damage, rng: Random) -> Way:
    """How a paper of this kind comes, apart from what its story says."""
    shares = (_ROUGH if damage == "hard" else ()) or _USUAL.get(kind, ())
    drawn = rng.random()
    for share, way in shares:
        drawn -= share
        if drawn < 0:
            return way if not way.prose or kind in _PROSE_KINDS else AS_TYPED
    return AS_TYPED


def habits_for(kind: Kind, damage: Damage, rng: Random) -> tuple[str, ...]:
    """Names of what its writer did to a Word form: mostly nothing, at times something to ask about."""
    if rng.random() >= _HABIT_SHARE[damage]:
        return ()
    if kind in DECISIVE and damage != "hard":
        return (rng.choice(_PLAIN_HABITS),)
    common = rng.random() < _COMMON_SHARE
    rare = [habit.name for habit in HABITS if habit.harm == "harmless" and habit.name not in _COMMON_HABITS]
    chosen = rng.sample(_COMMON_HABITS if common else rare, 2 if damage == "hard" else 1)
    if rng.random() < _ASKING_SHARE[damage] / _HABIT_SHARE[damage]:
        chosen.append(rng.choice([habit.name for habit in HABITS if habit.harm != "harmless"]))
    return tuple(chosen)
