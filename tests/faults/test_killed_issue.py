"""Commands that spend numbers, killed at any moment and given again: each number is on a paper, or void."""

import hashlib
import json
import linecache
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest

from extractors.codes import pages_of_codes
from gengang.certificate_numbers import NumberLine, number_lines
from gengang.facts import Fact
from gengang.ledger import open_ledger
from gengang.ledger_verify import verify
from gengang.papers.certificate_page import FILE
from gengang.settings import Settings
from gengang.signed import signed_of_text
from tests.faults.killed import HERE, Course, Moment, course_of
from tests.faults.killing import FINISHED, KILLED, SOAK, driver, spread
from tests.whole.samples import copied, few_run, issued, made_once

WORKSPACES, SPREAD = (10, 3) if SOAK else (1, 1)
# Where most can be lost, each in a life of its own: the line before which the process dies.
WORST = (
    'f"{public.made}_{public.id}.pem"',  # the public key is there, the private one is not
    "pressed = press(drafts, press_of(under_way)",  # numbers are spent, nothing is printed
    "_issued_fact(under_way, one, spent) for",  # the papers lie there, the ledger does not say so
    "told = (*signer.told, *_tidied_up(",  # all is said, what is void still lies among the others
)


def undisturbed(factory: pytest.TempPathFactory) -> Path:
    """The course of commands that nothing disturbed, as a file."""
    source = few_run(factory)

    def make(half: Path) -> None:
        copied(source, half / "w")
        driver(["TRACE", "issue", str(half / "w"), str(half / "course")])

    return made_once(factory, "issue_undisturbed", make) / "course"


def chosen(course: Course) -> list[list[Moment]]:
    """For each workspace when it is killed, in order: at the worst places and others over the time; in soak more."""
    others = spread(course.clock, WORKSPACES * SPREAD)
    others += spread([(number, 0) for number in range(len(course.places))], WORKSPACES * SPREAD) if SOAK else []
    worst = [(place_of(text, course), HERE) for text in WORST]
    return [sorted([*worst, *others[number::WORKSPACES]]) for number in range(WORKSPACES)]


def place_of(text: str, course: Course) -> int:
    """Which of the course's places is the line that holds a text."""
    [found] = [number for number, place in enumerate(course.places) if text in linecache.getline(*line_of(place))]
    return found


def line_of(place: str) -> tuple[str, int]:
    file, _, line = place.rpartition(":")
    return file, int(line)


@pytest.mark.parametrize("number", range(WORKSPACES))
def test_killed_at_any_moment_each_number_is_on_a_paper_or_void(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    notes = undisturbed(tmp_path_factory)
    course = course_of(notes)
    assert len(course.places) > 300, "the driver watches no lines"
    moments = chosen(course)[number]
    settings = copied(few_run(tmp_path_factory), tmp_path / "w")
    told = "\t".join(f"{place}+{lines}" for place, lines in moments)
    ended = driver(["DIE", "issue", str(notes)], f"{settings.workspace}\t{told}\n").split()
    assert ended == [KILLED] * len(moments) + [FINISHED], told
    facts = facts_of(settings)
    lines = number_lines(facts)
    assert_no_gap_and_no_repeat(lines)
    assert_each_is_on_a_paper_or_void(settings, lines, facts)
    assert issued(settings).lines[0].startswith("证书：新出0份，原样2份"), told
    assert number_lines(facts_of(settings)) == lines


def facts_of(settings: Settings) -> tuple[Fact, ...]:
    """Every line; the chain is whole."""
    ledger = open_ledger(settings)
    try:
        assert verify(ledger) == ()
        return tuple(ledger.read())
    finally:
        ledger.close()


def assert_no_gap_and_no_repeat(lines: Sequence[NumberLine]) -> None:
    for series, own in groupby(sorted(lines, key=lambda one: (one.series, one.number)), lambda one: one.series):
        numbers = [one.number for one in own]
        assert numbers == list(range(1, len(numbers) + 1)), series
    standing = Counter((one.series, one.person) for one in lines if not one.void_on)
    assert standing == dict.fromkeys(standing, 1)
    assert {series for series, _ in standing} == {"J", "X"}


def assert_each_is_on_a_paper_or_void(settings: Settings, lines: Sequence[NumberLine], facts: Sequence[Fact]) -> None:
    """In force: printed once, under its own code. Void: put aside where it was printed, and on the page that checks."""
    assert [one for one in lines if not one.void_on and not one.issued_on] == []
    standing = Counter(code_on(path) for path in (settings.outbox / "证书").rglob("*号.pdf"))
    assert standing == dict.fromkeys((one.code for one in lines if not one.void_on), 1)
    printed = {str(fact.data["number"]): str(fact.data["pdf"]) for fact in facts
               if fact.kind == "paper" and fact.data.get("number")}  # fmt: skip
    void = [one.subject for one in lines if one.void_on]
    assert void, "nothing was replaced"
    aside = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (settings.outbox / "已作废").rglob("*.pdf")}
    assert {printed[subject] for subject in void if subject in printed} == aside
    page = (settings.outbox / FILE).read_text(encoding="utf-8")
    known = json.loads(page.partition("const KNOWN = ")[2].partition(";\n")[0])
    assert (len(known["issued"]), len(known["void"])) == (2, len(void))
    assert len(list(settings.keys.glob("*.pem"))) == 1


def code_on(path: Path) -> str:
    pages = pages_of_codes(path.read_bytes())
    assert isinstance(pages, tuple)
    [code] = pages[0].codes
    assert signed_of_text(code) is not None
    return code
