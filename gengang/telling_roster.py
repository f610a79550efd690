"""What the morning note says of people who wait for the office's word: their papers are kept, and nobody is asked whose
they are before it is decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from gengang.papers.morning import Changed, Link, Need
from gengang.proposals import Proposal, Proposals, is_in
from gengang.reconcile import SCHOOL_FORMS, lookup_of, match_in
from gengang.roster import Roster
from gengang.roster_effect import Effect, place_of, roster_lines
from gengang.season import HeldPaper, Season

MOST_CHANGES = 40  # of a roster in one note


def papers_of_nobody(season: Season) -> tuple[HeldPaper, ...]:
    """Papers of a person that are nobody's now, where no person decided so."""
    return tuple(held for held in season.papers
                 if not (held.paper.person or held.match.decided or held.reading.form in SCHOOL_FORMS))  # fmt: skip


def papers_waiting(season: Season, proposals: Proposals) -> Mapping[str, Proposal]:
    """Papers that are nobody's now and surely theirs whom the office has not accepted: paper key -> whose."""
    there = is_in(season.roster)
    waiting = {one.key: one for one in proposals.people if not there(one)}
    if not waiting:
        return {}
    lookup = lookup_of(Roster(
        season.roster.schools or proposals.schools,
        tuple(one.person for one in proposals.trainees if one.key in waiting),
        tuple(one.person for one in proposals.mentors if one.key in waiting),
    ))  # fmt: skip
    found = {}
    for held in papers_of_nobody(season):
        match = match_in(lookup, held.paper.submission, held.source.paths)
        if match.status == "sure" and match.person in waiting:
            found[held.paper.key] = waiting[match.person]
    return found


def waiting_needs(papers: Iterable[HeldPaper], waiting: Mapping[str, Proposal]) -> tuple[Need, ...]:
    """One line for each person whose papers wait, in order of their first paper."""
    groups: dict[str, list[HeldPaper]] = {}
    for held in papers:
        if held.paper.key in waiting:
            groups.setdefault(waiting[held.paper.key].key, []).append(held)
    people = {one.key: one for one in waiting.values()}
    return tuple(_need(people[key], some) for key, some in groups.items())


def _need(one: Proposal, papers: Sequence[HeldPaper]) -> Need:
    state, then = ("已定不予录取", "请核对是否要退还") if one.state == "refused" else ("待审核", "录取后自动认定")
    message = f"{state}，收到的{len(papers)}份材料先存着，没有退；{then}。"
    return Need(place_of(one.person), Link("花名册"), "", message)


def roster_changes(effect: Effect) -> tuple[Changed, ...]:
    """What is another in the roster since the last note."""
    lines = [line.partition("：") for line in roster_lines(replace(effect, moved=(), verdicts=()))]
    shown = [Changed("花名册", what, "", text) for what, _, text in lines[:MOST_CHANGES]]
    left = len(lines) - len(shown)
    return (*shown, *((Changed("花名册", "改动", "", f"另有{left}处"),) if left else ()))
