"""From the judged season to the drafts of its papers: who gets which, and who is kept back by which clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gengang.assess import Verdict
from gengang.debts import Debt
from gengang.facts import Fact, latest
from gengang.findings import Finding
from gengang.papers.appraisal import appraisal_drafts
from gengang.papers.certificate import HeldBack, completion_draft, hours_draft
from gengang.papers.cohort_report import CohortFacts, cohort_report_draft
from gengang.papers.draft import Draft, content_hash, list_order
from gengang.papers.figures import Figures
from gengang.papers.inbox_register import register_drafts
from gengang.papers.missing import missing_draft
from gengang.papers.plain_report import plain_report_draft
from gengang.receiving import Books, names_of
from gengang.registering import register_rows
from gengang.roster import Person
from gengang.scheme import Scheme
from gengang.season import Season


@dataclass(frozen=True, slots=True)
class Judged:
    """The season and what it comes to on a day. verdicts: person key -> verdict, in roster order.

    of_base: what is wrong with the base school's own papers and its mentors.
    """

    scheme: Scheme
    season: Season
    verdicts: Mapping[str, Verdict]
    figures: Mapping[str, Figures]
    debts: tuple[Debt, ...]
    as_of: date
    of_base: tuple[Finding, ...] = ()

    @property
    def trainees(self) -> tuple[Person, ...]:
        """Trainees in the order of every printed list."""
        return list_order(self.season.roster.trainees, self.season.roster, self.scheme.participants.subjects)


@dataclass(frozen=True, slots=True)
class Spent:
    """A certificate number that a person holds. issued_on: the day its paper bears, None before it was printed."""

    series: str
    person: str
    number: int
    basis: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class Drafted:
    """Everything to be printed, and everybody who gets no certificate now."""

    drafts: tuple[Draft, ...]
    held_back: tuple[HeldBack, ...]


def drafted(judged: Judged, spent: Iterable[Spent], fonts: Path, titles: Mapping[str, str]) -> Drafted:
    """Drafts of all papers. A certificate that has its number is drafted no more; it lies in the outbox.

    titles: form stem -> title.
    """
    numbered = {(one.series, one.person) for one in spent if one.issued_on is not None}
    certificates = certificate_drafts(judged)
    held = tuple(one for one in certificates if isinstance(one, HeldBack))
    drafts = [
        draft
        for draft in certificates
        if isinstance(draft, Draft) and (series_of(judged.scheme, draft), draft.person) not in numbered
    ]
    roster = judged.season.roster
    for person in judged.trainees if judged.scheme.document("appraisal") else ():
        papers = judged.season.papers_of(person.key)
        drafts += appraisal_drafts(person, papers, judged.figures[person.key], judged.scheme, roster)
    drafts += [missing_draft(judged.debts, judged.scheme, judged.as_of), _report(judged, held, fonts)]
    drafts += register_drafts(tuple(register_rows(books_of_judged(judged, titles))), judged.scheme)
    return Drafted(tuple(drafts), held)


def books_of_judged(judged: Judged, titles: Mapping[str, str]) -> Books:
    """What receipts and register are made from. titles: form stem -> title."""
    season = judged.season
    names = names_of(season.roster)
    return Books(season, judged.verdicts, judged.debts, judged.scheme, judged.as_of, titles, names)


def certificate_drafts(judged: Judged) -> tuple[Draft | HeldBack, ...]:
    """For every trainee and mentor the certificate without a number, or why there is none; none where the scheme gives
    none.
    """
    scheme, roster = judged.scheme, judged.season.roster
    trainees = judged.trainees if scheme.certificate("trainee") else ()
    mentors = roster.mentors if scheme.certificate("mentor") else ()
    return (
        *(completion_draft(one, judged.verdicts[one.key], scheme, roster, None) for one in trainees),
        *(hours_draft(one, judged.verdicts, scheme, roster, None) for one in mentors),
    )


def numbered_draft(judged: Judged, draft: Draft, number: int, issued_on: date) -> Draft:
    """The final certificate in place of its draft."""
    scheme, roster = judged.scheme, judged.season.roster
    person = roster.person(draft.person)
    if person is None or isinstance(
        final := completion_draft(person, judged.verdicts[person.key], scheme, roster, issued_on, number)
        if person.role == "trainee"
        else hours_draft(person, judged.verdicts, scheme, roster, issued_on, number),
        HeldBack,
    ):
        raise AssertionError("only the draft of somebody who is due is given a number")
    return final


def series_of(scheme: Scheme, draft: Draft) -> str:
    """J or X: the register's series of this kind of certificate."""
    certificate = scheme.certificate("trainee" if draft.kind == "certificate" else "mentor")
    return certificate.series if certificate else ""


def basis_of(draft: Draft) -> str:
    """Hash of what a certificate states, without number, date and template: a change of it asks for a new number."""
    return content_hash(draft, "")


def spent_numbers(facts: Iterable[Fact]) -> tuple[Spent, ...]:
    """The numbers that are in force, with the day their papers bear."""
    lines = tuple(facts)
    void = {subject for subject, _ in latest(lines, "number_void")}
    issued = {
        str(fact.data.get("number")): str(fact.data["issued_on"])
        for fact in lines
        if fact.kind == "paper" and fact.data.get("number")
    }
    return tuple(
        Spent(str(fact.data["kind"]), str(fact.data["person"]), int(str(fact.data["number"])), str(fact.data["basis"]),
              date.fromisoformat(issued[fact.subject]) if fact.subject in issued else None)
        for fact in lines if fact.kind == "number_spent" and fact.subject not in void
    )  # fmt: skip


def is_approved(judged: Judged) -> bool:
    """Whether the authority's word on the final record (G-08) is there and says yes."""
    return judged.season.approval is not None and judged.season.approval.approved


def unapproved_words(judged: Judged) -> tuple[str, ...]:
    """What to say of certificates in people's hands while the authority's word is not recorded; it blocks nothing."""
    issued = [one for one in judged.season.numbers if one.issued_on is not None and not one.void_on]
    if not issued or is_approved(judged):
        return ()
    return (
        f"已发的{len(issued)}份证书尚未审核：教体局的审核还没有记录。"
        "审核后请运行 gengang decide COHORT approve --by 审核人。",
    )


@dataclass(frozen=True, slots=True)
class Stale:
    """A certificate that was issued and no longer says what the records say. why: in Chinese."""

    spent: Spent
    why: str


def no_longer_hold(judged: Judged, spent: Iterable[Spent]) -> tuple[Stale, ...]:
    """Certificates in people's hands whose facts changed since, or that would not be issued today."""
    now = {one.person: one for one in certificate_drafts(judged)}
    found = []
    for one in spent:
        draft = now.get(one.person)
        if one.issued_on is None:
            continue
        if draft is None:
            found.append(Stale(one, "持证人已不在花名册里"))
        elif isinstance(draft, HeldBack):
            found.append(Stale(one, f"现在的结论是{draft.state}：{draft.why}"))
        elif basis_of(draft) != one.basis:
            found.append(Stale(one, "证书上的内容与现在的记录不同"))
    return tuple(found)


def _report(judged: Judged, held: Iterable[HeldBack], fonts: Path) -> Draft:
    draft = cohort_report_draft if judged.scheme.evaluation.kind == "points" else plain_report_draft
    return draft(
        CohortFacts(
            scheme=judged.scheme,
            roster=judged.season.roster,
            verdicts=judged.verdicts,
            figures=judged.figures,
            debts=judged.debts,
            mentors_back={one.person: one for one in held if one.person not in judged.verdicts},
            registrations=judged.season.school_papers("registration"),
            as_of=judged.as_of,
            fonts=fonts,
            told=judged.season.told,
            papers=tuple(held.paper for held in judged.season.papers),
        )
    )
