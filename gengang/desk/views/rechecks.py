"""Blind re-check: accepted fields drawn by lot and read once more by a person who does not see the value, and the error
rate that follows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from math import sqrt

from gengang.desk.standing import Now, Standing
from gengang.desk.views.fields import SECRET, kind_at, lines_by_paper, machine_of, paths_of
from gengang.desk.views.queue import MEDIA_WORDS, title_of
from gengang.facts import Fact
from gengang.form import FieldType
from gengang.labels import label_of
from gengang.reading import FieldReading
from gengang.season import HeldPaper
from gengang.settled import field_at, words_by_path

KIND = "rechecked"
MOST_DRAWN = 400
UNFIT = (*SECRET, "prose", "picture")  # shown masked, too long to type, or no words
Z = 1.96  # of the 95 % bound


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field that is to be read once more, without its value."""

    paper: str
    path: str
    label: str
    title: str
    medium: str
    kind: FieldType


@dataclass(frozen=True, slots=True)
class Rate:
    """What was found of one way of reading. upper: of the share of wrong ones, with 95 % confidence."""

    medium: str
    checked: int
    wrong: int

    @property
    def share(self) -> float:
        """Of those checked."""
        return self.wrong / self.checked if self.checked else 0.0

    @property
    def upper(self) -> float:
        """Wilson's bound: few that are all right prove little."""
        n, p = self.checked, self.share
        if not n:
            return 1.0
        return min(1.0, (p + Z * Z / (2 * n) + Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))) / (1 + Z * Z / n))


def drawn(standing: Standing) -> tuple[Drawn, ...]:
    """Fields by lot, the same for everybody: a paper's hash decides, so that nobody chooses."""
    fit = (held for held in standing.papers.values() if held.paper.medium in ("scan", "pdf", "word"))
    papers = nsmallest(MOST_DRAWN, fit, key=lambda held: _lot(held.paper.key, ""))
    found = (_of_paper(standing, held) for held in papers)
    return tuple(one for one in found if one is not None)


def _of_paper(standing: Standing, held: HeldPaper) -> Drawn | None:
    words = words_by_path(standing.of(lines_by_paper).get(held.paper.key, ()))
    paths = [path for path in _accepted(held) if path not in words]
    form = standing.forms.get(held.reading.form)
    fit = [path for path in paths if kind_at(form, path).codec not in UNFIT]
    if not fit or form is None:
        return None
    path = min(fit, key=lambda one: _lot(held.paper.key, one))
    return Drawn(
        held.paper.key, path, label_of(form, path), title_of(standing, held.reading.form),
        MEDIA_WORDS.get(held.paper.medium, held.paper.medium), kind_at(form, path),
    )  # fmt: skip


def _accepted(held: HeldPaper) -> Iterator[str]:
    machine = machine_of(held)
    for path in paths_of(machine):
        found = field_at(machine, path)
        if isinstance(found, FieldReading) and found.status == "accepted" and found.value not in (None, ""):
            yield path


def _lot(paper: str, path: str) -> bytes:
    return sha256(f"{paper} {path}".encode()).digest()


def checked_lines(now: Now) -> dict[tuple[str, str], Fact]:
    """The last re-check of each field."""
    lines = (fact for fact in (*now.standing.facts, *now.since) if fact.kind == KIND)
    return {(fact.subject, str(fact.data["path"])): fact for fact in lines}


def next_drawn(now: Now) -> Drawn | None:
    """The next by lot that nobody has read again."""
    done = {key for key, _ in checked_lines(now)}
    return next((one for one in now.standing.of(drawn) if one.paper not in done), None)


def rates(now: Now) -> tuple[Rate, ...]:
    """By medium, then all together."""
    found: dict[str, list[bool]] = {}
    for (key, _), fact in checked_lines(now).items():
        held = now.standing.papers.get(key)
        if held is not None:
            medium = MEDIA_WORDS.get(held.paper.medium, held.paper.medium)
            found.setdefault(medium, []).append(bool(fact.data["agrees"]))
    every = [one for said in found.values() for one in said]
    each = [Rate(medium, len(said), said.count(False)) for medium, said in sorted(found.items())]
    return (*each, Rate("合计", len(every), every.count(False)))
