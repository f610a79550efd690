"""How long an invented cohort takes to make, what it is made of, and how many Word papers a second it is filled with.

Usage: python -m benchmarks.sample_speed [--people N] [--seed S] [--damage none|usual|hard]
`Word papers a second`: papers that come as Word files, from their stories to files on the disk, without those that
LibreOffice prints or saves again; the whole includes everything.
"""

import argparse
import tempfile
import time
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from gengang.sample.bodies import Forms, bodies_of
from gengang.sample.inbox import Inbox
from gengang.sample.making import make_sample
from gengang.sample.papers import papers_of
from gengang.sample.people import cohort_of
from gengang.sample.post import posted_papers
from gengang.sample.season import season_of
from gengang.sample.stories import Damage, story_of
from gengang.schemefile import scheme_from_toml
from gengang.workspace import BUILT_IN

WORD_PEOPLE = 60


def main() -> None:
    """Print both figures and the counts."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--damage", choices=("none", "usual", "hard"), default="usual")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        word, seconds = _word_papers(Path(folder) / "word", given.seed, given.damage)
        print(f"{word} Word papers of {WORD_PEOPLE} people in {seconds:.1f} s: {word / seconds:.0f} a second")
        start = time.perf_counter()
        counts = make_sample(Path(folder) / "whole", given.people, given.seed, None, given.damage)
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in (Path(folder) / "whole").rglob("*") if path.is_file())
    inbox = counts.inbox
    papers = f"{counts.papers} papers in {inbox.files} files ({size / 1e6:.0f} MB)"
    print(f"{given.people} people, seed {given.seed}, damage {given.damage}: {papers}, made in {seconds:.0f} s")
    for title, table in (("kind", inbox.kinds), ("medium", inbox.media), ("carrier", inbox.carriers),
                         ("damage", inbox.damage)):  # fmt: skip
        print(f"\nby {title}: {_listed(table)}")


def _word_papers(folder: Path, seed: int, damage: Damage) -> tuple[int, float]:
    scheme = scheme_from_toml((BUILT_IN / "schemes" / "county-2016.toml").read_text(encoding="utf-8"))
    cohort = cohort_of(WORD_PEOPLE, seed, "××县××实验学校")
    forms, inbox = Forms(BUILT_IN / "forms"), Inbox(folder)
    start = time.perf_counter()
    done = 0
    for index, trainee in enumerate(islice(cohort.trainees, WORD_PEOPLE)):
        season = season_of(trainee, cohort, story_of(index, damage), scheme.calendar, seed)
        posted = [one for one in posted_papers(season, tuple(papers_of(season)), damage)
                  if one.way.medium == "word" and not one.carrier]  # fmt: skip
        known = {one.filled.kind: forms.writer(one.filled.kind).form for one in posted}
        bodies = bodies_of(posted, forms, seed, cohort.base.name)
        done += sum(1 for _ in inbox.put(bodies, {str(kind): form for kind, form in known.items()}))
    return done, time.perf_counter() - start


def _listed(table: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(table.items(), key=lambda one: -one[1]))


if __name__ == "__main__":
    main()
