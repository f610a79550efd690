"""What a season's facts come to under a scheme on a day, person by person; pure."""

from collections.abc import Iterable
from datetime import date

from gengang.assess import Beside, assess
from gengang.base_school import base_findings
from gengang.debts import Handed, missing_by_debtor
from gengang.drafting import Judged, figures_by_person
from gengang.facts import Fact
from gengang.owed import first_of
from gengang.roster import Person
from gengang.scheme import Scheme
from gengang.season import Season, season_of
from gengang.signups import signups_of
from gengang.submission import Paper

UNJUDGED = frozenset(
    {"match", "paper", "run", "template", "looked_at", "rechecked"}
)  # lines that tell of a run, and change no verdict


def judged_of(facts: Iterable[Fact], scheme: Scheme, as_of: date) -> Judged:
    """What the facts come to under a scheme on a day; pure."""
    season = season_of(facts)
    verdicts = {
        one.key: assess(scheme, one, papers_judged(scheme, season, one), as_of, beside_of(season, one))
        for one in season.roster.trainees
    }
    debts = missing_by_debtor(tuple(verdicts.values()), season.roster, scheme, as_of, _handed(season))
    of_base = base_findings(scheme, season.roster, tuple(held.paper for held in season.papers))
    return Judged(scheme, season, verdicts, figures_by_person(scheme, season), debts, as_of, of_base)


def _handed(season: Season) -> Handed:
    papers = [held.paper for held in season.papers]
    mentors = {one.key: frozenset(paper.submission.form for paper in season.papers_of(one.key))
               for one in season.roster.mentors}  # fmt: skip
    return Handed(frozenset(paper.submission.form for paper in papers if not paper.person), mentors)


def papers_judged(scheme: Scheme, season: Season, one: Person) -> tuple[Paper, ...]:
    """Everything that a trainee is judged by."""
    return (*season.papers_of(one.key), *_signup(scheme, season, one))


def beside_of(season: Season, one: Person) -> Beside:
    """What is known of a trainee beside the papers."""
    return Beside(
        season.roster.mentors_of(one.key), season.evidence_of(one.key), season.noted_of(one.key),
        season.rulings.get(one.key, ()), season.judgements.get(one.key, ()),
    )  # fmt: skip


def _signup(scheme: Scheme, season: Season, one: Person) -> tuple[Paper, ...]:
    """The first list that named a trainee: it is the school's, and when it came is the trainee's matter too (W-02)."""
    document = scheme.document("registration")
    lists = signups_of(one, season.roster.schools, season.school_papers("registration"))
    return first_of(document, lists) if document else ()
