"""What a season's facts come to under a scheme on a day, person by person; pure."""

from collections.abc import Iterable
from datetime import date

from gengang.assess import Beside, basis_of, verdict_on
from gengang.base_school import base_findings
from gengang.debts import Handed, missing_by_debtor
from gengang.drafting import Judged
from gengang.facts import Fact
from gengang.owed import first_of
from gengang.papers.figures import figures_in, figures_of
from gengang.roster import Person
from gengang.scheme import Scheme
from gengang.season import Season, season_of
from gengang.submission import Paper

UNJUDGED = frozenset(
    {"match", "paper", "run", "template", "looked_at", "rechecked", "policy"}
)  # lines that tell of a run, and change no verdict


def judged_of(facts: Iterable[Fact], scheme: Scheme, as_of: date) -> Judged:
    """What the facts come to under a scheme on a day; pure."""
    season = season_of(facts)
    verdicts, figures = {}, {}
    for one in season.roster.trainees:
        beside = beside_of(season, one)
        basis = basis_of(scheme, one, papers_judged(scheme, season, one), as_of, beside)
        verdicts[one.key] = verdict_on(basis, scheme, one, as_of, beside)
        figures[one.key] = (
            figures_of(scheme, one.key, season.papers_of(one.key), beside.noted) if beside.rulings
            else figures_in(one.key, basis.records)
        )  # fmt: skip
    debts = missing_by_debtor(tuple(verdicts.values()), season.roster, scheme, as_of, _handed(season))
    of_base = base_findings(scheme, season.roster, tuple(held.paper for held in season.papers))
    return Judged(scheme, season, verdicts, figures, debts, as_of, of_base)


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
    return first_of(document, season.signups_of(one)) if document else ()
