"""What judging a cohort costs for 100, 1,000 and 10,000 people, beside a bare tally of the same rows with pandas.

Usage: python -m benchmarks.judging [--people N …] [--seed S]
The people and their papers are invented (`gengang.sample`) and stand in memory as the ledger gives them; nothing is
read or printed. `judge` is a verdict for each with points, findings, shortfall and missing papers; `tally` is what an
office would do with the rows in one table: distinct lessons, days and logs counted for each, and a sum of points, with
no reason for anything. One run of each in turn, best of three for up to 1,000 people; seconds of CPU time, since other
programs share the machine. The exponent is the slope of log time over log people between the two greatest sizes.
"""

import argparse
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import pandas

from gengang.assess import assess
from gengang.roster import Person
from gengang.sample.papers import papers_of
from gengang.sample.people import cohort_of
from gengang.sample.season import season_of
from gengang.sample.stories import story_of
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.submission import Paper, Submission
from gengang.workspace import preset_text

AS_OF = date(2016, 12, 8)
Cohort = Mapping[Person, tuple[Paper, ...]]


def main() -> None:
    """Print one line for each number of people, and the exponent."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.judging", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--seed", type=int, default=2016)
    given = parser.parse_args()
    scheme = scheme_from_toml(preset_text("county-2016"))
    print(f"seed {given.seed}, as of {AS_OF.isoformat()}; CPU seconds")
    print(f"{'people':>8}{'papers':>10}{'judge':>10}{'ms each':>10}{'tally':>10}{'ratio':>8}")
    seconds: list[tuple[int, float]] = []
    for people in given.people:
        cohort = cohort_in_memory(scheme, people, given.seed)
        times = 3 if people <= 1_000 else 1
        judged = best(times, partial(judge, scheme, cohort))
        tallied = best(times, partial(tally, cohort))
        papers = sum(map(len, cohort.values()))
        each = 1000 * judged / people
        print(f"{people:>8}{papers:>10}{judged:>10.2f}{each:>10.2f}{tallied:>10.2f}{judged / tallied:>8.1f}")
        seconds.append((people, judged))
    if len(seconds) > 1:
        (few, first), (many, last) = seconds[-2:]
        print(f"exponent {math.log(last / first) / math.log(many / few):.2f}")


def cohort_in_memory(scheme: Scheme, people: int, seed: int) -> Cohort:
    """Every trainee with all papers, accepted as they were written."""
    cohort = cohort_of(people, seed, scheme.organisation.base_school)
    seasons = (season_of(one, cohort, story_of(index, "usual"), scheme.calendar, seed)
               for index, one in enumerate(cohort.trainees))  # fmt: skip
    return {season.trainee: tuple(
        Paper(f"{season.trainee.key}-{number}#0", season.trainee.key,
              Submission(filled.kind, filled.values, filled.lists), filled.written)
        for number, filled in enumerate(papers_of(season))) for season in seasons}  # fmt: skip


def judge(scheme: Scheme, cohort: Cohort) -> int:
    """A verdict for each; how many passed."""
    verdicts = [assess(scheme, person, papers, AS_OF) for person, papers in cohort.items()]
    return sum(verdict.outcome == "合格" for verdict in verdicts)


def tally(cohort: Cohort) -> int:
    """Counts and a sum of points for each with pandas; how many have 60."""
    table = pandas.DataFrame(_rows(cohort), columns=["person", "kind", "day", "period", "topic"]).drop_duplicates()
    counts = table.pivot_table(index="person", columns="kind", values="day", aggfunc="count", fill_value=0)
    days = table[table["kind"] == "出勤"].groupby("person")["day"].nunique()
    each = {"听课": (1, 20), "上课": (4, 2), "教研": (4, 1), "班级活动": (4, 1)}
    points = sum((counts[kind].clip(upper=most) * worth for kind, (worth, most) in each.items() if kind in counts), 0)
    return int(((points + days.clip(upper=10) * 1.2 + 3) >= 60).sum())


def _rows(cohort: Cohort) -> Iterator[Sequence[object]]:
    for person, papers in cohort.items():
        for paper in papers:
            said = paper.submission
            for row in said.rows("activities"):
                yield person.key, row.get("kind"), said.text("log_date"), row.get("time"), row.get("topic")
            for row in said.rows("days"):
                for half in ("morning", "afternoon"):
                    yield person.key, row.get(half), row.get("date"), half, ""


def best(times: int, do: Callable[[], int]) -> float:
    """CPU seconds of the fastest of some runs."""
    found = []
    for _ in range(times):
        began = time.process_time()
        do()
        found.append(time.process_time() - began)
    return min(found)


if __name__ == "__main__":
    main()
