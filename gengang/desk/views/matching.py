"""Whose a paper is, where the program does not know: those it may be of side by side, with what speaks for each."""

from dataclasses import dataclass

from gengang.choosing import last_word
from gengang.desk.standing import Now, Standing
from gengang.desk.views.queue import title_of
from gengang.doubts import Doubt, doubts_of
from gengang.papers.words import masked, stage_subject
from gengang.reconcile import Candidate
from gengang.season import WHOSE
from gengang.telling_copies import short_key
from gengang.waterfall import FIELD_WORDS, SAID_WEIGHT, Evidence, deciding

VERDICT_WORDS = {"same": "相同", "near": "相近", "different": "不同", "blank": "没有写", "unknown": "不能比"}
MOST_CANDIDATES = 4
MIDDLE = 50.0  # where a bar begins: for to the right, against to the left
MOST_WEIGHT = 34.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A field of the waterfall. left, width: of its bar, in hundredths; tone: good, poor or open."""

    field: str
    paper: str
    roster: str
    verdict: str
    weight: int
    left: float
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class CandidateCard:
    """Somebody it may be. why_not: what puts the one before ahead, '' for the first."""

    key: str
    name: str
    under: str
    weight: int
    bars: tuple[Bar, ...]
    why_not: str


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """A paper in the list."""

    key: str
    number: str
    title: str
    file: str
    says: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubtPage:
    """A paper with the people it may be of. seen: number of the last decision about it."""

    key: str
    number: str
    title: str
    file: str
    says: str
    why: str
    candidates: tuple[CandidateCard, ...]
    people: tuple[tuple[str, str], ...]
    drawn: bool
    seen: int
    next: str
    left: int


def doubts(standing: Standing) -> tuple[Doubt, ...]:
    """Every paper in doubt."""
    return doubts_of(standing.judged.season)


def waiting(now: Now) -> tuple[Doubt, ...]:
    """Those of which nobody decided since the season was folded."""
    decided = {fact.subject for fact in now.since if fact.data.get("path") == WHOSE}
    return tuple(one for one in now.standing.of(doubts) if one.key not in decided)


def doubt_lines(now: Now) -> tuple[DoubtLine, ...]:
    """The list."""
    return tuple(
        DoubtLine(
            one.key, short_key(one.key), title_of(now.standing, one.form), masked(one.file.rpartition("/")[2]),
            _says(one), tuple(f"{c.person.school} {c.person.name}" for c in one.candidates[:2]),
        )
        for one in waiting(now)
    )  # fmt: skip


def _says(one: Doubt) -> str:
    said = [f"{FIELD_WORDS[name]}“{value}”" for name in ("name", "school", "stage", "subject")
            if (value := getattr(one.says, name))]  # fmt: skip
    return masked("　".join(said)) or "没有可用的姓名、学校、学科"


def doubt_page(now: Now, key: str) -> DoubtPage | None:
    """A paper's page; None for one that is in no doubt (any more)."""
    left = waiting(now)
    one = next((doubt for doubt in left if doubt.key == key), None)
    if one is None:
        return None
    keys = [doubt.key for doubt in left]
    at = keys.index(key)
    last = last_word((*now.standing.facts, *now.since), {key}, WHOSE)
    roster = now.judged.season.roster
    listed = {c.person.key for c in one.candidates[:MOST_CANDIDATES]}
    return DoubtPage(
        key=one.key,
        number=short_key(one.key),
        title=title_of(now.standing, one.form),
        file=masked(one.file.rpartition("/")[2]),
        says=_says(one),
        why=masked(one.why),
        candidates=tuple(_cards(one.candidates[:MOST_CANDIDATES])),
        people=tuple((person.key, f"{person.school} {person.name}（{stage_subject(person)}）")
                     for person in (*roster.trainees, *roster.mentors) if person.key not in listed),
        drawn=now.standing.papers[key].paper.medium in ("scan", "pdf", "word"),
        seen=last.sequence if last else 0,
        next=next((other for other in (*keys[at + 1 :], *keys[:at])), ""),
        left=len(left),
    )  # fmt: skip


def _cards(candidates: tuple[Candidate, ...]) -> list[CandidateCard]:
    cards = []
    for number, one in enumerate(candidates):
        first = candidates[0]
        against = deciding(first.evidence, one.evidence) if number else None
        why = "" if against is None else f"{FIELD_WORDS[against.field]}{VERDICT_WORDS[against.verdict]}" + (
            f"：材料上“{against.paper}”，花名册“{against.roster}”" if against.paper and against.roster else ""
        )  # fmt: skip
        person = one.person
        cards.append(
            CandidateCard(
                person.key, person.name, f"{person.school}　{stage_subject(person)}", one.weight,
                tuple(map(_bar, one.evidence)), masked(why),
            )
        )  # fmt: skip
    return cards


def _bar(one: Evidence) -> Bar:
    width = min(MOST_WEIGHT, abs(one.weight)) / MOST_WEIGHT * MIDDLE if abs(one.weight) < SAID_WEIGHT else MIDDLE
    near = f"（{'、'.join(one.near)}）" if one.near else ""
    shared = f"，{one.bearers}人同名" if one.bearers > 1 and one.weight > 0 else ""
    left = MIDDLE if one.weight >= 0 else MIDDLE - width
    return Bar(
        FIELD_WORDS[one.field], masked(one.paper), masked(one.roster), f"{VERDICT_WORDS[one.verdict]}{near}{shared}",
        one.weight, round(left, 1), round(width, 1), "good" if one.weight > 0 else "poor" if one.weight < 0 else "open",
    )  # fmt: skip
