"""What papers to be printed leave undefined: by kind of fault, and person by person."""

from collections import defaultdict
from dataclasses import dataclass

from gengang.desk.standing import Standing
from gengang.handing_out import Lacking
from gengang.papers.words import masked
from gengang.preflight import Gap
from gengang.roster import Person

OF_NOBODY = "不属于个人的材料"


@dataclass(frozen=True, slots=True)
class Lack:
    """Somebody and the papers on which one thing is not known, or is wrong."""

    key: str
    whose: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault. grave: it keeps the paper from being printed; else there is a blank on it."""

    title: str
    grave: bool
    people: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class PersonLacks:
    """Everything that papers of one person lack. said: paper, what is blank on it, what is wrong with it."""

    key: str
    whose: str
    said: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PreflightPage:
    """faults: the grave ones first, then by how many people; still: what nobody told of which meeting."""

    faults: tuple[Fault, ...]
    people: tuple[PersonLacks, ...]
    still: tuple[tuple[str, str], ...]


def preflight_page(standing: Standing, found: Lacking) -> PreflightPage:
    """The page."""
    roster = standing.judged.season.roster
    people = {gap.person: roster.person(gap.person) for gap in found.gaps}
    by_fault: dict[tuple[bool, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    by_person: dict[str, list[Gap]] = defaultdict(list)
    for gap in found.gaps:
        by_person[gap.person].append(gap)
        for words in (*((True, one) for one in gap.wrong), *((False, f"缺{one}") for one in gap.blank)):
            by_fault[words][gap.person].append(gap.paper)
    faults = (
        Fault(masked(title), grave, tuple(Lack(key, _whose(people[key]), tuple(dict.fromkeys(papers)))
                                          for key, papers in whom.items()))
        for (grave, title), whom in by_fault.items()
    )  # fmt: skip
    each = tuple(PersonLacks(key, _whose(people[key]), tuple(map(_said, gaps))) for key, gaps in by_person.items())
    return PreflightPage(
        tuple(sorted(faults, key=lambda one: (not one.grave, -len(one.people)))),
        tuple(sorted(each, key=lambda one: not one.key)), found.still,
    )  # fmt: skip


def _said(gap: Gap) -> tuple[str, str, tuple[str, ...]]:
    return gap.paper, "、".join(gap.blank), tuple(map(masked, gap.wrong))


def _whose(person: Person | None) -> str:
    return f"{person.school} {person.name}" if person else OF_NOBODY
