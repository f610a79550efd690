"""The chain of one person put together from a judged season; pure: equal facts give an equal chain."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from gengang.assess import Basis, Verdict
from gengang.chain import Chain, Entry, Piece, Source, Spot, Who
from gengang.chain_figures import Opened, figures_of
from gengang.chain_places import Decisions, ink_of, maybe_of, sources_of
from gengang.chain_rules import (
    Rules,
    clauses_of,
    lacks_of,
    lines_of,
    names_of,
    remarks_of,
    ruled_of,
    steps_of,
    tasks_of,
)
from gengang.drafting import Judged
from gengang.evidence import Evidence
from gengang.findings import Finding
from gengang.material import MATERIAL_WORDS, WHAT_IS_IT
from gengang.papers.words import masked, programme_of
from gengang.roster import Person


def chain_of(
    judged: Judged, person: Person, basis: Basis, decisions: Decisions, titles: Mapping[str, str],
    further: Sequence[Finding] = (),
) -> Chain:  # fmt: skip
    """Everything of one trainee. basis: what the verdict rests on; titles: form stem -> its title; further: findings of
    papers that are like other people's.
    """
    scheme, verdict = judged.scheme, judged.verdicts[person.key]
    names = names_of(scheme, titles)
    ink = ink_of(judged.season, basis.copies, decisions)
    opened = Opened(scheme, basis, ink, judged.season.rulings.get(person.key, ()), names)
    figures = figures_of(opened)
    rules = Rules(opened, verdict, {one.id: one for one in figures}, judged.as_of)
    sources = sources_of(ink, basis.copies, names)
    return Chain(
        _who(judged, person), programme_of(scheme), f"{scheme.title}（{scheme.version}）", judged.as_of,
        verdict.outcome, verdict.answer, verdict.score, sum((one.points for one in verdict.points), Decimal(0)),
        scheme.evaluation.kind == "points", verdict.hours, verdict.certificate, verdict.outlook, verdict.needs,
        steps_of(rules), lines_of(rules), tasks_of(rules), lacks_of(rules), remarks_of(rules, further),
        ruled_of(opened.rulings), figures, clauses_of(scheme, _named(rules, verdict, sources, further)), sources,
        maybe_of(judged.season, person.key, decisions, names), tuple(_pieces(judged, person)),
    )  # fmt: skip


def _who(judged: Judged, one: Person) -> Who:
    mentors = tuple(mentor.name for mentor in judged.season.roster.mentors_of(one.key))
    return Who(one.key, one.name, one.school, one.stage, one.subject, masked(one.id_number), masked(one.phone), mentors)


def _named(rules: Rules, verdict: Verdict, sources: Iterable[Source], further: Iterable[Finding]) -> Iterator[str]:
    """Every clause that stands anywhere in the chain."""
    yield from (one for step in steps_of(rules) for one in step.clauses)
    yield from (one.clause for one in verdict.points)
    yield from (one.clause for one in rules.scheme.requirements)
    yield from (one.clause for one in verdict.missing)
    yield from (one.clause for one in (*verdict.findings, *further))
    yield from (one.clause for source in sources for one in source.remarks)


def _pieces(judged: Judged, person: Person) -> Iterator[Piece]:
    """What came beside the forms and is or may be this person's, that too of which is not certain what it is."""
    names = {one.measure: one.name for one in judged.scheme.in_all}
    own = (one for one in judged.season.evidence if one.match.status != "none" and one.match.person == person.key)
    for one in sorted(own, key=lambda one: (str(one.day), one.name, one.key)):
        why = WHAT_IS_IT if one.state == "doubt" else one.match.why_not if one.match.status == "doubt" else ""
        yield Piece(MATERIAL_WORDS[one.kind][0], one.name, (one.path, one.at), _hash_of(one), one.caption, one.day,
                    names.get(one.measure or "", ""), why)  # fmt: skip


def _hash_of(one: Evidence) -> str:
    return one.picture or one.key.partition("#")[0]


def spots_of(chain: Chain) -> Iterator[Spot]:
    """Every place in a source that the chain leads to."""
    for figure in chain.figures:
        yield from _spots_of((*figure.items, *figure.left_out))
    yield from (spot for line in chain.lines for part in line.parts for spot in part.spots)
    yield from (spot for remark in chain.remarks for spot in remark.spots)
    yield from _spots_of(item for step in chain.steps for item in step.items)
    yield from _spots_of(day for lack in chain.lacks for day in lack.days)
    yield from (spot for source in chain.sources for spot in source.waiting)


def _spots_of(entries: Iterable[Entry]) -> Iterator[Spot]:
    for one in entries:
        yield from one.spots
        yield from _spots_of(one.others)
