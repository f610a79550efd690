"""An invented cohort of sixty with all its papers, made once for the tests of what stands on them."""

from collections.abc import Iterator, Mapping

from gengang.codecs import Value
from gengang.sample.papers import papers_of, papers_of_base, papers_of_mentor, registrations_of
from gengang.sample.papers_filled import Filled
from gengang.sample.people import Cohort, cohort_of
from gengang.sample.season import Season, season_of
from gengang.sample.stories import Kind, story_of
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.submission import RowValues
from gengang.workspace import BUILT_IN

SCHEME: Scheme = scheme_from_toml((BUILT_IN / "schemes" / "county-2016.toml").read_text(encoding="utf-8"))
COHORT: Cohort = cohort_of(60, 2016, "安和县实验学校")
SEASONS = tuple(
    season_of(one, COHORT, story_of(index, "usual"), SCHEME.calendar, 2016) for index, one in enumerate(COHORT.trainees)
)
PAPERS: Mapping[str, tuple[Filled, ...]] = {season.trainee.key: tuple(papers_of(season)) for season in SEASONS}
OF_MENTORS = tuple(paper for mentor in COHORT.mentors for paper in papers_of_mentor(mentor, SEASONS))
OF_SCHOOLS = (*registrations_of(COHORT), *papers_of_base(COHORT, SEASONS))


def every_paper() -> Iterator[Filled]:
    for papers in PAPERS.values():
        yield from papers
    yield from OF_MENTORS
    yield from OF_SCHOOLS


def papers(season: Season, kind: Kind) -> list[Filled]:
    return [paper for paper in PAPERS[season.trainee.key] if paper.kind == kind]


def the(season: Season, kind: Kind) -> Filled:
    [paper] = papers(season, kind)
    return paper


def log_rows(season: Season, *kinds: str) -> list[tuple[Value | None, RowValues]]:
    logs = papers(season, "training_log")
    return [(log.values["log_date"], row) for log in logs for row in log.lists["activities"] if row["kind"] in kinds]


def texts_on(paper: Filled) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name, value in paper.values.items() if isinstance(value, str))
    for name, rows in paper.lists.items():
        yield from ((f"{name}.{column}", value) for row in rows for column, value in row.items()
                    if isinstance(value, str))  # fmt: skip
