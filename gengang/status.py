"""Status: per person what came, what is missing, what was found and the verdict, as facts and a day alone give them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gengang.assess import Verdict
from gengang.copies import Copies, copies_of
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.evidence import evidence_counts, words_of_counts
from gengang.facts import latest
from gengang.findings import Finding
from gengang.in_force import day_to_judge, known_by, scheme_in_force
from gengang.judging import judged_of
from gengang.ledger import kept_ledger
from gengang.likeness import alike, likeness_findings
from gengang.papers.figures import plain
from gengang.papers.words import masked
from gengang.reading import json_of_value
from gengang.roster import Person
from gengang.settings import Settings
from gengang.submission import Paper
from gengang.workspace import scheme_of


def season_status(settings: Settings, as_of: date | None) -> dict[str, Any]:
    """The document of `gengang status --json`: equal facts and an equal day give equal bytes.

    as_of: None for the day of the last run, which is a fact, so that no clock is in it; for an earlier day what was
    known then. Raises WorkspaceError before
    the first run.
    """
    with kept_ledger(settings) as ledger:
        facts = tuple(ledger.read())
    facts = known_by(facts, as_of) if as_of else facts
    if not latest(facts, "scheme"):
        raise WorkspaceError("台账里还没有方案：请先运行 gengang run。")
    # A ledger of an earlier release may hold rules as that release wrote them.
    scheme = scheme_in_force(facts) or scheme_of(settings)
    return status_of(judged_of(facts, scheme, as_of or day_to_judge(facts, scheme)))


def status_of(judged: Judged) -> dict[str, Any]:
    """Persons in the order of every list; no clock, run, path or duration."""
    same = likeness_findings(alike(held.paper for held in judged.season.papers), judged.season.roster)
    persons = [_person(judged, one, judged.verdicts[one.key], same.get(one.key, ())) for one in judged.trainees]
    return {"schema": 1, "as_of": judged.as_of.isoformat(), "persons": persons}


def _person(judged: Judged, person: Person, verdict: Verdict, further: Iterable[Finding]) -> dict[str, Any]:
    copies = copies_of(judged.season.papers_of(person.key))
    papers = [(paper, one) for one in copies for paper in one.papers]
    return {
        "key": person.key,
        "name": person.name,
        "school": person.school,
        "stage": person.stage,
        "subject": person.subject,
        "papers": [_paper(one, of) for one, of in sorted(papers, key=lambda pair: _in_order(pair[0]))],
        "versions": [_versions(one) for one in copies if len(one.versions) > 1],
        "evidence": [
            {"requirement": one.requirement, "name": one.name, "counts": dict(one.counts)}
            for one in evidence_counts(judged.scheme, judged.season.evidence_of(person.key))
        ],
        "missing": [
            {"form": one.form, "owed_by": one.owed_by, "due": one.due and one.due.isoformat(), "clause": one.clause,
             "message": one.sentence} for one in verdict.missing
        ],
        "findings": [_finding(one) for one in (*verdict.findings, *further)],
        "verdict": _verdict(verdict),
    }  # fmt: skip


def _in_order(paper: Paper) -> tuple[str, str]:
    return paper.submission.form, paper.key


def _paper(paper: Paper, copies: Copies) -> dict[str, Any]:
    """received_by: `stated` by a clerk, `mail` by a server, empty while nobody said; same_as: the paper it copies."""
    distinct = {one.key for one in copies.versions}
    same = next((one.key for one in copies.versions if one.submission == paper.submission), "")
    return {
        "form": paper.submission.form,
        "paper": paper.key,
        "open": list(paper.open_fields),
        "medium": paper.medium,
        "received": paper.received and paper.received.isoformat(),
        "received_by": paper.received_by,
        "same_as": "" if paper.key in distinct else same,
    }


def _versions(copies: Copies) -> dict[str, Any]:
    """Papers that are one paper and say different things: the latest first, which is proposed."""
    return {
        "form": copies.proposed.submission.form,
        "papers": [one.key for one in copies.versions],
        "proposed": copies.proposed.key,
        "chosen": copies.chosen,
        "waits": copies.asks,
        "media": list(copies.media),
        "differences": [
            {"field": one.path, "disputed": one.disputed,
             "said": {key: _masked(json_of_value(value)) for key, value in sorted(one.said.items())}}
            for one in copies.differences
        ],
    }  # fmt: skip


def _masked(value: object) -> object:
    return masked(value) if isinstance(value, str) else value


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "clause": finding.clause,
        "field": finding.field,
        "message": finding.message,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "answer": verdict.answer,
        "outcome": verdict.outcome,
        "certificate": verdict.certificate,
        "hours": verdict.hours,
        "score": None if verdict.score is None else plain(verdict.score),
        "points_now": plain(verdict.points_now),
        "unexcused_days": plain(verdict.unexcused),
        "days": plain(verdict.days),
        "needs": list(verdict.needs),
        "outlook": verdict.outlook,
        "shortfall": [
            {"requirement": one.requirement, "clause": one.clause, "message": one.sentence, "chance": one.chance}
            for one in verdict.shortfall
        ],
        "points": [
            {"item": line.item, "points": plain(line.points), "clause": line.clause, "how": line.how,
             "papers": list(line.sources)} for line in verdict.points
        ],
    }  # fmt: skip


def text_of_status(document: Mapping[str, Any]) -> str:
    """The same for the terminal, one block a person."""
    lines = [f"截至{document['as_of']}，学员{len(document['persons'])}人"]
    for person in document["persons"]:
        verdict = person["verdict"]
        score = verdict["score"] or f"已有{verdict['points_now']}"
        points = f"  {score}分" if verdict["points"] else ""
        lines.append(f"{person['school']} {person['name']}  {verdict['outcome']}{points}  {person['key']}")
        lines += [f"    {need}" for need in verdict["needs"]]
        lines += [f"    {verdict['outlook']}"] if verdict["outlook"] else []
        lines += [f"    佐证 {one['name']}：{words_of_counts(one['counts'])}" for one in person["evidence"]]
        lines += [f"    缺 {one['message']}" for one in person["missing"]]
        lines += [f"    {one['clause']} {one['message']}" for one in person["findings"] if one["severity"] != "info"]
    return "\n".join(lines)
