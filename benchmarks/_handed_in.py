"""The papers of an invented cohort as they are handed in, for the benchmarks that fill a workspace."""

from collections.abc import Iterator

from gengang.sample.papers import papers_of, papers_of_base, papers_of_mentor, registrations_of
from gengang.sample.papers_filled import Filled
from gengang.sample.people import Cohort
from gengang.sample.season import season_of
from gengang.sample.stories import Damage, story_of
from gengang.schemefile import scheme_from_toml
from gengang.workspace import preset_text


def papers_handed_in(cohort: Cohort, seed: int, damage: Damage) -> Iterator[Filled]:
    """The lists of schools and base school, the mentors' papers, then each trainee's. damage: how wrong things go."""
    calendar = scheme_from_toml(preset_text("county-2016")).calendar
    seasons = [season_of(one, cohort, story_of(index, damage), calendar, seed)
               for index, one in enumerate(cohort.trainees)]  # fmt: skip
    yield from registrations_of(cohort)
    yield from papers_of_base(cohort, seasons)
    for mentor in cohort.mentors:
        yield from papers_of_mentor(mentor, seasons)
    for season in seasons:
        yield from papers_of(season)
