"""The small cohort as office papers are made from it: judged, with what a person told for the papers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from gengang.assess import assess
from gengang.debts import missing_by_debtor
from gengang.drafting import Judged, Spent
from gengang.office.kinds import Material
from gengang.papers.figures import figures_of
from gengang.reading import Reading
from gengang.reconcile import Match
from gengang.roster import Roster
from gengang.scheme import Scheme
from gengang.season import HeldPaper, Season, Source
from gengang.submission import Paper
from gengang.ticks import NOTHING_TOLD, Told
from tests.unit.cohorts import FAILED, FONTS, GUIDE, OUR_SCHEME, PASSED, WITHHELD, papers_of, roster_of

PEOPLE = (PASSED, WITHHELD, FAILED)


def held(paper: Paper) -> HeldPaper:
    """A paper as the season holds it."""
    form = paper.submission.form
    return HeldPaper(
        paper, Reading(form, "v", {}), Source(paper.key, paper.file, "", None), Match("sure", paper.person)
    )


def material(
    as_of: date, told: Told = NOTHING_TOLD, more: Iterable[Paper] = (), scheme: Scheme = OUR_SCHEME,
    spent: Sequence[Spent] = (),
) -> Material:  # fmt: skip
    """The cohort on a day. more: papers beside those of the three."""
    papers = tuple(held(one) for person in PEOPLE for one in papers_of(person)) + tuple(map(held, more))
    return of_season(Season(roster_of(), papers, (), told=told), as_of, scheme, spent)


def nobody(as_of: date) -> Material:
    """A season whose roster is still empty."""
    return of_season(Season(Roster(), (), ()), as_of, OUR_SCHEME, ())


def of_season(season: Season, as_of: date, scheme: Scheme, spent: Sequence[Spent]) -> Material:
    """Judged as it stands."""
    people = season.roster.trainees
    verdicts = {one.key: assess(scheme, one, season.papers_of(one.key), as_of) for one in people}
    debts = missing_by_debtor(tuple(verdicts.values()), season.roster, scheme, as_of)
    figures = {one.key: figures_of(scheme, one.key, season.papers_of(one.key), season.noted_of(one.key))
               for one in season.roster.trainees}  # fmt: skip
    judged = Judged(scheme, season, verdicts, figures, debts, as_of)
    return Material(judged, {}, FONTS, spent=tuple(spent))


def with_publicity(days: int) -> Scheme:
    """The scheme with a 公示 of so many working days."""
    return replace(OUR_SCHEME, commendation=replace(OUR_SCHEME.commendation, publicity_days=days))


__all__ = ["FAILED", "GUIDE", "PASSED", "WITHHELD", "held", "material", "nobody", "of_season", "with_publicity"]
