"""What hangs on an open field: whether somebody's verdict, certificate or points change by what stands there.

It is tried, not guessed: the person is judged once more with the field as it is proposed, and as blank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gengang.assess import Verdict, assess
from gengang.drafting import Judged
from gengang.judging import beside_of, papers_judged
from gengang.reading import accepted_values, open_fields, proposals
from gengang.reconcile import SCHOOL_FORMS
from gengang.roster import Person
from gengang.season import HeldPaper
from gengang.settled import FieldWord, with_words
from gengang.submission import Paper

Rank = Literal[0, 1, 2]
MOST_FIELDS = 30  # of one paper that are tried one by one; a paper with more is tried as a whole
RANK_WORDS: Mapping[Rank, str] = {0: "决定结论或证书", 1: "影响得分或缺件", 2: "不影响结论"}


@dataclass(frozen=True, slots=True)
class Consequence:
    """rank: 0 decides a verdict or a certificate, 1 points or what is owed, 2 nothing. said: how, in a few words."""

    rank: Rank
    said: str


NONE = Consequence(2, RANK_WORDS[2])
OF_MANY = Consequence(1, "关系到多人的出勤或名单")
OF_NOBODY = Consequence(0, "还没有认定是谁的")
UNWEIGHED = Consequence(1, "正在算有没有影响")
Hanging = Mapping[str, Mapping[str, Consequence]]  # paper key -> path -> what hangs on it
NOTHING_HANGS: Hanging = {}


def told_at_once(judged: Judged, held: HeldPaper) -> Consequence | None:
    """What hangs on the fields of a paper of which it need not be tried; None where it has to be."""
    if held.reading.form in SCHOOL_FORMS:
        return OF_MANY
    if judged.season.roster.person(held.paper.person) is None:
        return OF_NOBODY if held.match.status != "sure" else NONE
    return None


def hanging_of(judged: Judged, person: Person, papers: Sequence[HeldPaper]) -> Hanging:
    """What hangs on the open fields of a trainee's or a mentor's papers.

    All of them are tried together first: where nothing changes then, nothing changes by one of them.
    """
    whose = [person] if person.key in judged.verdicts else list(_trainees_of(judged, person))
    judgeable = [one for one in whose if one.key in judged.verdicts]
    moved = [one for one in judgeable if _all_tried(judged, one, papers).rank < 2]
    found: dict[str, dict[str, Consequence]] = {}
    for held in papers:
        each = [_for_person(judged, one, held) for one in moved]
        found[held.paper.key] = {path: min((one[path] for one in each), key=_rank, default=NONE)
                                 for path in held.paper.open_fields}  # fmt: skip
    return found


def _rank(one: Consequence) -> int:
    return one.rank


def _trainees_of(judged: Judged, mentor: Person) -> Iterator[Person]:
    roster = judged.season.roster
    yield from (one for one in roster.trainees if mentor in roster.mentors_of(one.key))


def _all_tried(judged: Judged, person: Person, papers: Sequence[HeldPaper]) -> Consequence:
    return _tried(judged, person, {held.paper.key: (held, held.paper.open_fields) for held in papers})


def _for_person(judged: Judged, person: Person, held: HeldPaper) -> dict[str, Consequence]:
    paths = held.paper.open_fields
    whole = _tried(judged, person, {held.paper.key: (held, paths)})
    if whole.rank == 2 or len(paths) == 1 or len(paths) > MOST_FIELDS:
        return dict.fromkeys(paths, whole)
    each = {path: _tried(judged, person, {held.paper.key: (held, (path,))}) for path in paths}
    if all(one.rank > whole.rank for one in each.values()):  # only together do they tell
        return dict.fromkeys(paths, whole)
    return each


def _tried(
    judged: Judged, person: Person, changed: Mapping[str, tuple[HeldPaper, tuple[str, ...]]]
) -> Consequence:  # fmt: skip
    """What changes for a person when these fields of these papers are as proposed, or blank."""
    now = judged.verdicts[person.key]
    papers = papers_judged(judged.scheme, judged.season, person)
    others = [
        _verdict(judged, person, tuple(_with(*changed[one.key], blank) if one.key in changed else one
                                       for one in papers))
        for blank in (False, True)
    ]  # fmt: skip
    return min((_between(now, other) for other in others), key=_rank)


def _verdict(judged: Judged, person: Person, papers: tuple[Paper, ...]) -> Verdict:
    return assess(judged.scheme, person, papers, judged.as_of, beside_of(judged.season, person))


def _with(held: HeldPaper, paths: tuple[str, ...], blank: bool) -> Paper:
    """The paper as if somebody had settled these fields."""
    proposed = held.paper.proposed
    words = [
        FieldWord(path, "blank" if blank or path not in proposed else "accepted",
                  None if blank else proposed.get(path), "", "", "", "", 0, {})
        for path in paths
    ]  # fmt: skip
    reading = with_words(held.reading, words)
    return replace(
        held.paper, submission=accepted_values(reading), open_fields=open_fields(reading), proposed=proposals(reading)
    )  # fmt: skip


def _between(now: Verdict, other: Verdict) -> Consequence:
    if other.outcome != now.outcome:
        return Consequence(0, f"结论会是“{other.outcome}”，现在是“{now.outcome}”")
    if other.certificate != now.certificate:
        return Consequence(0, "决定证书能不能出")
    if other.score != now.score or other.points_now != now.points_now:
        return Consequence(1, "影响得分")
    if other.missing != now.missing or other.shortfall != now.shortfall:
        return Consequence(1, "影响缺件或任务")
    return NONE
