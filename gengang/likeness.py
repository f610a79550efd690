"""Likeness: papers whose own words are nearly the same as another paper's, of another person or of the same one.

It names them and shows both; it merges nothing and judges nothing. Candidates share runs of characters, so that some
thousands of papers are not all compared with each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy
from numpy.typing import NDArray
from rapidfuzz import fuzz

from gengang.copies import copies_of, name_of_form
from gengang.findings import Finding
from gengang.reading import PROSE_TITLE
from gengang.roster import Roster
from gengang.submission import Paper
from gengang.versions import HEAD

ALIKE = 92  # percent of characters in the same order; people who write of the same lesson come near 90
LEAST = 60  # characters of one's own words; shorter ones are alike by chance
PROSE = 12  # characters from which a value is somebody's own words
# What others write of the person, or is figures alone.
NOT_OWN = frozenset(
    {"base_school_appraisal", "assessment_register", "attendance", "task_summary", "day_plan", "process_evaluation",
     "performance_review", "growth_file"}
)  # fmt: skip
_TITLES = ("topic", "report_title", PROSE_TITLE)
RUN = 8  # characters of a run
ONE_IN = 4  # of the runs that are remembered, by the character they begin with
MOST_NAMED = 3  # others that one finding names
COMMON = 40  # papers that share a run: everybody's phrase
_PLACES = [numpy.uint64(pow(0x9E3779B97F4A7C15, place + 1, 1 << 64)) for place in range(RUN)]
_Numbers = NDArray[numpy.int64]
_OTHERS = re.compile(r"(?:mentor|base|school|college|bureau|assessor)_|.*_(?:opinion|comment)$")
_NO_WORDS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Alike:
    """Papers of one form that are nearly the same, in order of key. percent: how alike the two least alike are."""

    papers: tuple[Paper, ...]
    percent: int


def alike(papers: Iterable[Paper]) -> tuple[Alike, ...]:
    """Groups of nearly equal papers of different persons, or of one person where they are not one paper.

    papers: of many persons; those of nobody are left out.
    """
    by_person: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper.person and paper.submission.form not in NOT_OWN:
            by_person[paper.person].append(paper)
    by_form: dict[str, list[tuple[Paper, str]]] = defaultdict(list)
    for own in by_person.values():
        for one in copies_of(own):
            text = own_words(one.proposed)
            if len(text) >= LEAST:
                by_form[one.proposed.submission.form].append((one.proposed, text))
    return tuple(group for form in sorted(by_form) for group in _groups(by_form[form]))


def likeness_findings(found: Iterable[Alike], roster: Roster) -> dict[str, list[Finding]]:
    """What each person's papers have in common with others, person key -> findings; shown to a person, never judged."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    for group in found:
        for paper in group.papers:
            others = [one for one in group.papers if one.key != paper.key]
            told = "、".join(f"{_whose(one, roster)}的“{_file(one)}”" for one in others[:MOST_NAMED])
            more = f"等{len(others)}份" if len(others) > MOST_NAMED else ""
            message = (
                f"{name_of_form(paper.submission.form)}“{_file(paper)}”与{told}{more}"
                f"{words_of(group)}，请对照原件看是否抄写。"
            )
            findings[paper.person].append(Finding("nearly_same_words", message, "", "manual", "G-02", paper.file))
    return findings


def words_of(group: Alike) -> str:
    """How alike they are, in Chinese."""
    return "文字完全相同" if group.percent == 100 else f"文字有{group.percent}%相同"


def _whose(paper: Paper, roster: Roster) -> str:
    person = roster.person(paper.person)
    return f"{person.school}{person.name}" if person else ""


def _file(paper: Paper) -> str:
    return paper.file.rpartition("/")[2]


def own_words(paper: Paper) -> str:
    """What its writer says in it, without blanks and punctuation; not what others say of the writer."""
    said = {**paper.submission.values, **{path: value for path, value in paper.proposed.items() if "[" not in path}}
    return "".join(
        _NO_WORDS.sub("", value)
        for name, value in sorted(said.items())
        if isinstance(value, str)
        and len(value) >= PROSE
        and _HAN.search(value)
        and name not in HEAD
        and not _OTHERS.match(name)
    )


def different_texts(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Papers of one form and person, those with the very same words once, whatever stands over them."""
    found: dict[str, Paper] = {}
    for paper in sorted(papers, key=lambda one: one.key):
        said = paper.submission.values
        bare = replace(
            paper, submission=replace(paper.submission, values={**said, **dict.fromkeys(_TITLES)}), proposed={}
        )
        words = own_words(bare)
        found.setdefault(words if len(words) >= LEAST else paper.key, paper)
    return tuple(found.values())


def _groups(texts: Sequence[tuple[Paper, str]]) -> Iterator[Alike]:
    """Each text once, however many papers have it."""
    papers: dict[str, list[Paper]] = defaultdict(list)
    for paper, text in texts:
        papers[text].append(paper)
    distinct = tuple(sorted(papers))
    for numbers, percent in _alike_texts(distinct):
        found = [paper for number in numbers for paper in papers[distinct[number]]]
        if len(found) > 1:
            yield Alike(tuple(sorted(found, key=lambda paper: paper.key)), percent)


@lru_cache(maxsize=24)  # somewhat more than there are forms of own words
def _alike_texts(distinct: tuple[str, ...]) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Groups of nearly equal texts by number, each text in one. A season that is folded again has most texts as before:
    those of a form are compared again only when one of them is another.
    """
    leader = list(range(len(distinct)))
    least: dict[int, int] = {}
    for first, second in _candidates(distinct):
        percent = int(fuzz.ratio(distinct[first], distinct[second], score_cutoff=ALIKE))
        if percent:
            one, other = sorted((_leader(leader, first), _leader(leader, second)))
            leader[other] = one
            least[one] = min(percent, least.get(one, 100), least.get(other, 100))
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(distinct)):
        groups[_leader(leader, number)].append(number)
    return tuple((tuple(own), least.get(number, 100)) for number, own in sorted(groups.items()))


def _leader(leader: list[int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs that share at least a fifth of the shorter one's remembered runs."""
    runs, holders = _runs(texts)
    sizes = numpy.bincount(holders, minlength=len(texts))
    pairs, shared = _counted(_held_together(runs, holders), len(texts))
    firsts, seconds = numpy.divmod(pairs, max(len(texts), 1))
    near = shared * 5 >= numpy.minimum(sizes[firsts], sizes[seconds])
    yield from zip(firsts[near].tolist(), seconds[near].tolist(), strict=True)


def _runs(texts: Sequence[str]) -> tuple[NDArray[numpy.uint64], _Numbers]:
    """Some of each text's runs of characters, the same ones of the same words wherever they stand, and whose each is.

    A run is one number, each once for a text, equal runs together. Two that fell together would only have two texts
    compared that need not be.
    """
    codes = numpy.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), numpy.uint32).astype(numpy.uint64)
    lengths = numpy.array([len(text) for text in texts], numpy.int64)
    owners, ends = numpy.repeat(numpy.arange(len(texts)), lengths), numpy.repeat(numpy.cumsum(lengths), lengths)
    at = numpy.flatnonzero((codes % ONE_IN == 0) & (numpy.arange(len(codes)) + RUN <= ends))
    runs = numpy.zeros(len(at), numpy.uint64)
    for place, factor in enumerate(_PLACES):
        runs += codes[at + place] * factor
    order = numpy.lexsort((owners[at], runs))
    runs, holders = runs[order], owners[at][order]
    fresh = numpy.ones(len(at), bool)
    fresh[1:] = (runs[1:] != runs[:-1]) | (holders[1:] != holders[:-1])
    return runs[fresh], holders[fresh]


def _held_together(runs: NDArray[numpy.uint64], holders: _Numbers) -> Iterator[_Numbers]:
    """For each run that few texts share those texts, ascending in a row; the rows of one length together."""
    fresh = numpy.ones(len(runs), bool)
    fresh[1:] = runs[1:] != runs[:-1]
    starts = numpy.flatnonzero(fresh)
    lengths = numpy.diff(numpy.append(starts, len(runs)))
    for size in range(2, COMMON + 1):
        first = starts[lengths == size]
        if len(first):
            yield holders[first[:, None] + numpy.arange(size)]


def _counted(groups: Iterable[_Numbers], texts: int) -> tuple[_Numbers, _Numbers]:
    """Pairs of texts as `first * texts + second` in order, and in how many rows each stands together.

    groups: rows of text numbers, ascending in each row, all of one length in a group.
    """
    pairs = [group[:, first] * texts + group[:, second]
             for group in groups for first, second in combinations(range(group.shape[1]), 2)]  # fmt: skip
    if not pairs:
        return numpy.empty(0, numpy.int64), numpy.empty(0, numpy.int64)
    return numpy.unique(numpy.concatenate(pairs), return_counts=True)
