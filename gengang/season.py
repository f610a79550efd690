"""Season: what the ledger's facts add up to, papers with their persons, as a pure fold.

Accepted values are the machine's; a decision of a person stands above them; what waits is in a paper's open fields.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from gengang.arrived import NO_DOOR, Door, door_of
from gengang.bagged import match_in_bag
from gengang.calendar_days import written
from gengang.certificate_numbers import NumberLine, number_lines
from gengang.codecs import Period
from gengang.corroborate import corroborate
from gengang.evidence import Evidence, evidence_held
from gengang.facts import (
    FACT_KINDS,
    FILING,
    Actor,
    Fact,
    erased_people,
    file_of,
    latest,
    standing,
    taken_lines,
    values_of,
    without_ordered,
)
from gengang.findings import Finding
from gengang.issued import Issued
from gengang.judgements import Judgement
from gengang.learned import Aliases, alias_of, aliases_in_use, with_aliases
from gengang.mailed import Mailed, day_in_china, mails_of
from gengang.meetings import Meeting, meetings_of
from gengang.noted import NOTHING_NOTED, Noted, noted_of
from gengang.reading import (
    Reading,
    accepted_values,
    kept_json,
    open_fields,
    proposals,
    reading_of_json,
)
from gengang.receipts import here_by, kept_day, receipt_of
from gengang.reconcile import SCHOOL_FORMS, Lookup, Match, Whose, decided, lookup_of, match_in
from gengang.roster import Pair, Person, Roster, School
from gengang.rulings import Approval, Ruling, approval_of, rulings_of
from gengang.scoresheets import SHEET, judgements_of_sheets, sheet_questions
from gengang.settled import KIND, with_words, word_of
from gengang.signups import SignUps, signups_in
from gengang.submission import Choice, Paper
from gengang.ticks import NOTHING_TOLD, Told, told_of_papers

_Piece = TypeVar("_Piece", Paper, Evidence)

VERSION = "@version"  # path of the decision that of several versions of a paper this one counts
FOLDED = frozenset(FACT_KINDS) - {"match"}  # a third of the lines say what was found of the others, and fold to nothing
ROSTER_KINDS = ("roster", "person", "taken_back")  # all that `roster_of` looks at
WHOSE = "@person"  # path of the decision whose a paper is; its value is a person's key, '' for nobody of ours


@dataclass(frozen=True, slots=True)
class Came:
    """One time that a file came: where it stood in the inbox, the day stated there, when we took it in (UTC)."""

    path: str
    stated: date | None
    at: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file came from: its path in the inbox, its folder, the date somebody stated, and when we took it in.

    received: the earliest stated, when the same bytes came several times; came: every time, in order of path.
    not_later: the day by which it was here for certain, None where no clock proves it. number: of its first line.
    delivered: the day in China on which the office's mail server had it, as that server states it.
    """

    sha256: str
    path: str
    where_from: str
    received: date | None
    at: str = ""
    came: tuple[Came, ...] = ()
    not_later: date | None = None
    number: int = 0
    delivered: date | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """All it came under, in order."""
        return tuple(sorted({one.path for one in self.came}))


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper with everything known of it. A school's list matches a school and no person.

    of_file: findings about the file it came in, such as an attachment that could not be read beside it.
    mails: those that it came in, the outermost first. machine: the reading without anybody's word on its fields.
    """

    paper: Paper
    reading: Reading
    source: Source
    match: Match
    of_file: tuple[Finding, ...] = ()
    mails: tuple[Mailed, ...] = ()
    machine: Reading | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be taken as a paper, and the sentence that says what to do.

    aside: name of its copy; mails: those that it was or held, the outermost first.
    """

    source: Source
    code: str
    sentence: str
    aside: str = ""
    mails: tuple[Mailed, ...] = ()


@dataclass(frozen=True, slots=True)
class Season:
    """Everything that papers, judgements and the desk are made from."""

    roster: Roster
    papers: tuple[HeldPaper, ...]
    refusals: tuple[Refusal, ...]
    door: Door = NO_DOOR
    evidence: tuple[Evidence, ...] = ()
    noted: Mapping[str, Noted] = field(default_factory=dict)
    rulings: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict)
    approval: Approval | None = None
    judgements: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)
    told: Told = NOTHING_TOLD
    numbers: tuple[NumberLine, ...] = ()
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    _of_person: Mapping[str, tuple[Paper, ...]] = field(init=False, repr=False, compare=False)
    _of_form: Mapping[str, tuple[Paper, ...]] = field(init=False, repr=False, compare=False)
    _evidence_of: Mapping[str, tuple[Evidence, ...]] = field(init=False, repr=False, compare=False)
    _signups: SignUps = field(init=False, repr=False, compare=False)
    _held: Mapping[str, HeldPaper] = field(init=False, repr=False, compare=False)
    _doubted: Mapping[str, list[HeldPaper]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Papers and evidence are asked for by key, person and form, once for each person."""
        papers = [held.paper for held in self.papers]
        doubted: dict[str, list[HeldPaper]] = {}
        for held in self.papers:
            if held.match.status == "doubt":
                doubted.setdefault(held.match.person, []).append(held)
        object.__setattr__(self, "_doubted", doubted)
        object.__setattr__(self, "_held", {held.paper.key: held for held in self.papers})
        object.__setattr__(self, "_of_person", grouped((paper.person, paper) for paper in papers))
        object.__setattr__(self, "_of_form", grouped((paper.submission.form, paper) for paper in papers))
        object.__setattr__(self, "_evidence_of", grouped((piece.person, piece) for piece in self.evidence))
        object.__setattr__(self, "_signups", signups_in(self.school_papers("registration")))

    def noted_of(self, person: str) -> Noted:
        """What was recorded of a person's key without a scan."""
        return self.noted.get(person, NOTHING_NOTED)

    def evidence_of(self, person: str) -> tuple[Evidence, ...]:
        """What is surely the evidence of a person's key, in the order in which it arrived."""
        return self._evidence_of.get(person, ())

    def papers_of(self, person: str) -> tuple[Paper, ...]:
        """The papers of a person's key, in the order in which they arrived."""
        return self._of_person.get(person, ())

    def held(self, key: str) -> HeldPaper | None:
        """The paper of a key with everything known of it."""
        return self._held.get(key)

    def doubted(self, person: str) -> tuple[HeldPaper, ...]:
        """Papers of which a person's key is only proposed."""
        return tuple(self._doubted.get(person, ()))

    def school_papers(self, form: str) -> tuple[Paper, ...]:
        """A school's or the base school's lists of one form."""
        return self._of_form.get(form, ())

    def signups_of(self, person: Person) -> tuple[Paper, ...]:
        """The lists of schools that sign a person up."""
        return self._signups.naming(person, self.roster.schools)


def grouped(named: Iterable[tuple[str, _Piece]]) -> dict[str, tuple[_Piece, ...]]:
    """Papers or evidence by a word, each group in the order given."""
    groups: dict[str, list[_Piece]] = {}
    for word, piece in named:
        groups.setdefault(word, []).append(piece)
    return {word: tuple(pieces) for word, pieces in groups.items()}


def season_of(facts: Iterable[Fact]) -> Season:
    """The season that these facts state; equal facts give an equal season."""
    every = tuple(facts)
    lines = standing(every)
    sources = _sources(lines)
    roster = roster_of(lines)
    lookup = lookup_of(roster)
    decisions, aliases = _decisions(lines), aliases_in_use(lines)
    readings = {key: fact for (key, _), fact in latest(lines, "reading").items() if fact.personal is not None}
    papers = tuple(_held(key, fact, sources, lookup, decisions, aliases) for key, fact in readings.items())
    papers = _with_sheets_asked(papers, lookup, erased_people(every))
    sheets = [held.paper for held in papers if held.reading.form == SHEET]
    judgements = judgements_of_sheets(lookup, sheets, erased_people(every))
    evidence = _evidence(lines, sources, decisions, lookup, papers)
    filed = {file_of(key) for kind in FILING for key, _ in latest(lines, kind)}
    refusals = (
        *_refusals(lines, sources, filed),
        *(_sent_back(one, sources) for one in evidence if one.state == "form"),
    )
    kept = tuple(one for one in evidence if one.state != "form")
    door = door_of(without_ordered(every), taken_lines(every))
    return Season(
        roster, papers, refusals, door, kept, noted_of(lines), rulings_of(lines), approval_of(lines), judgements,
        told_of_papers(lines),
        number_lines(lines),
        meetings_of(lines),
    )  # fmt: skip


def _with_sheets_asked(
    papers: tuple[HeldPaper, ...], lookup: Lookup, gone: Collection[str]
) -> tuple[HeldPaper, ...]:  # fmt: skip
    """评分表 with what their rows leave open. A sheet for one assessor has not the columns of the others."""
    return tuple(
        replace(held, reading=replace(held.reading, findings=(
            *(one for one in held.reading.findings if one.code != "missing_field"),
            *sheet_questions(lookup, held.paper.submission, gone),
        ))) if held.reading.form == SHEET else held
        for held in papers
    )  # fmt: skip


def _evidence(
    lines: tuple[Fact, ...], sources: Mapping[str, Source], decisions: Mapping[str, dict[str, Fact]], lookup: Lookup,
    papers: Iterable[HeldPaper],
) -> tuple[Evidence, ...]:  # fmt: skip
    """What came beside the forms; the trainees whose forms came in the same file say whose it may be."""
    owners: dict[str, tuple[str, ...]] = {}
    for held in papers:
        if held.paper.person in lookup.by_key:
            owners[held.source.sha256] = (*owners.get(held.source.sha256, ()), held.paper.person)
    paths = {sha256: tuple(dict.fromkeys((source.path, *source.paths))) for sha256, source in sources.items()}
    found = evidence_held(lines, paths, decisions, lookup, owners)
    return tuple(replace(one, at=sources[file_of(one.key)].at) for one in found if file_of(one.key) in sources)


def _sent_back(piece: Evidence, sources: Mapping[str, Source]) -> Refusal:
    """What a person called a form that could not be made out."""
    sentence = "经核对是表格的照片，没有读出内容：请对方平放、拍全四角后重拍。"
    return Refusal(sources[file_of(piece.key)], "photograph_again", sentence, mails=piece.mails)


def readings_held(facts: Iterable[Fact], forms: Collection[str] = SCHOOL_FORMS) -> tuple[Paper, ...]:
    """Papers of these forms before any roster is known, for the roster to be made from."""
    lines = standing(facts)
    sources = _sources(lines)
    decisions, nobody = _decisions(lines), lookup_of(Roster())
    kept = [(key, fact) for (key, _), fact in latest(lines, "reading").items()
            if fact.data["form"] in forms and fact.personal is not None]  # fmt: skip
    return tuple(_held(key, fact, sources, nobody, decisions, {}).paper for key, fact in kept)


def _sources(lines: Iterable[Fact]) -> dict[str, Source]:
    """Source of each file. Which of equal files came first must not matter to what is judged."""
    found: dict[str, Source] = {}
    delivered: dict[str, date] = {}
    for fact in lines:
        if fact.kind in ("arrival", "duplicate"):
            found[fact.subject] = _joined(found.get(fact.subject), _source(fact))
        elif fact.kind == "mail" and isinstance(fact.data["received"], str):
            day = day_in_china(fact.data["received"])
            delivered[fact.subject] = min(day, delivered.get(fact.subject, day))
    return {sha256: replace(source, delivered=delivered.get(sha256)) for sha256, source in found.items()}


def _source(fact: Fact) -> Source:
    personal = values_of(fact.personal)
    received, path = fact.data["received"], str(personal.get("path", ""))
    stated = date.fromisoformat(received) if isinstance(received, str) else None
    return Source(
        fact.subject, path, str(personal.get("where_from", "")), stated, fact.at, (Came(path, stated, fact.at),),
        here_by(fact), fact.sequence,
    )  # fmt: skip


def _joined(first: Source | None, again: Source) -> Source:
    if first is None:
        return again
    stated = [day for day in (first.received, again.received) if day is not None]
    limits = [day for day in (first.not_later, again.not_later) if day is not None]
    came = tuple(sorted({*first.came, *again.came}, key=lambda one: (one.path, one.at)))
    return replace(first, received=min(stated, default=None), came=came, not_later=min(limits, default=None))


def _held(
    key: str, fact: Fact, sources: Mapping[str, Source], lookup: Lookup, decisions: Mapping[str, dict[str, Fact]],
    aliases: Aliases,
) -> HeldPaper:  # fmt: skip
    kept = values_of(fact.personal)
    source = sources.get(file_of(key), Source(file_of(key), "", "", None))
    reading = reading_of_json(kept["reading"])
    if "issued_to" in kept:
        reading = replace(reading, issued=Issued(reading.form, reading.version, str(kept["issued_to"])))
    if "bag" in kept or "handed_in" in kept:
        reading = replace(reading, bag=str(kept.get("bag", "")), handed_in=kept_day(kept.get("handed_in")))
    medium = str(fact.data["medium"])
    whose = _whose(decisions.get(key, {}).get(WHOSE), reading.form)
    if medium == "scan" and reading.form not in SCHOOL_FORMS:
        reading = corroborate(reading, lookup.roster, whose.person if whose else "")
    known = alias_of("name", reading.fields.get("name"), aliases)
    reading = with_aliases(reading, aliases)
    machine, reading = reading, _fields_decided(reading, decisions.get(key, {}))
    mails = mails_of(kept)
    # The nearest mail first. Its words order candidates and decide nothing: what they say may be about somebody else.
    hints = (*source.paths, *(f"{mail.words} {mail.text}" for mail in reversed(mails)))
    hints = (known.alias.means, *hints) if known is not None else hints
    hints = (str(kept["issued_to"]), *hints) if "issued_to" in kept else hints
    said = accepted_values(reading)
    found = match_in_bag(lookup, reading, match_in(lookup, said, hints), hints)
    found = decided(lookup, said, found, whose) if whose else found
    person = found.person if found.status == "sure" else ""
    receipt = receipt_of(kept, source.received, source.not_later, source.delivered)
    reading = _with_days_compared(reading, source.received)
    paper = Paper(
        key, person, said, receipt.day, open_fields(reading), medium, source.path,
        proposals(reading), receipt.by, receipt.not_later, source.number, _choice(decisions.get(key, {}).get(VERSION)),
        {(mark.kind, mark.field): mark.state for mark in reading.marks},
    )  # fmt: skip
    of_file = tuple(Finding(code, message, severity=severity) for code, message, severity in kept.get("of_file", ()))
    return HeldPaper(paper, reading, source, found, of_file, mails, machine)


def _whose(fact: Fact | None, form: str) -> Whose | None:
    """A person's word on whose a paper is; one taken back says nothing, nor does one on a school's list."""
    value = None if fact is None else (fact.personal or {}).get("value")
    if fact is None or not isinstance(value, str) or form in SCHOOL_FORMS:
        return None
    return Whose(value, str((fact.personal or {}).get("name", "")))


def _choice(fact: Fact | None) -> Choice | None:
    """A person's word that this version counts; one taken back says nothing."""
    if fact is None or (fact.personal or {}).get("value") != "counts":
        return None
    among = fact.data.get("among")
    return Choice(fact.sequence, tuple(map(str, among)) if isinstance(among, list | tuple) else ())


def _with_days_compared(reading: Reading, stated: date | None) -> Reading:
    """The sheet on the pile is nearer to the paper than its folder's name; that they differ is asked about."""
    if reading.handed_in is None or stated in (None, reading.handed_in):
        return reading
    message = (
        f"收到日期分隔页写的是{written(reading.handed_in)}，文件夹或邮件写的是{written(stated)}；"
        "先按分隔页算，请核对哪个对。"
    )
    return replace(reading, findings=(*reading.findings, Finding("received_differs", message, severity="manual")))


def _refusals(lines: tuple[Fact, ...], sources: Mapping[str, Source], filed: set[str]) -> tuple[Refusal, ...]:
    return tuple(
        _refusal(sources[sha256], fact)
        for (sha256, _), fact in latest(lines, "refused").items()
        if sha256 in sources and sha256 not in filed
    )


def _refusal(source: Source, fact: Fact) -> Refusal:
    personal = values_of(fact.personal)
    aside = str(personal.get("aside", source.path.rpartition("/")[2]))
    return Refusal(source, str(fact.data["code"]), str(personal.get("sentence", "")), aside, mails_of(personal))


# --- decisions ---


def _decisions(lines: tuple[Fact, ...]) -> dict[str, dict[str, Fact]]:
    found: dict[str, dict[str, Fact]] = {}
    for fact in sorted((*latest(lines, "decision").values(), *latest(lines, KIND).values()), key=_number):
        found.setdefault(fact.subject, {})[fact.slot] = fact
    if any(WHOSE in paths for paths in found.values()):
        names = {key: str((fact.personal or {}).get("name", "")) for (key, _), fact in latest(lines, "person").items()}
        for paths in found.values():
            paths |= {WHOSE: _named(paths[WHOSE], names)} if WHOSE in paths else {}
    return found


def _number(fact: Fact) -> int:
    return fact.sequence


def _named(fact: Fact, names: Mapping[str, str]) -> Fact:
    """A decision with the name of whom it names, as any roster knew them: a line keeps the key alone."""
    personal = values_of(fact.personal)
    return replace(fact, personal={**personal, "name": names.get(str(personal.get("value")), "")})


def _fields_decided(reading: Reading, decisions: Mapping[str, Fact]) -> Reading:
    """A person's word on a field stands above the machine's."""
    words = [word for fact in decisions.values() if (word := word_of(fact)) is not None]
    return with_words(reading, words) if words else reading


# --- the roster in the ledger ---


def roster_facts(
    roster: Roster, sha256: str, made_from: str, actor: Actor, at: str, about: Mapping[str, object] | None = None
) -> tuple[Fact, ...]:
    """The roster as lines: one for each person, so that one can be erased, and one for schools, order and pairs.

    sha256: of the workbook; made_from: `signups` when we wrote it, `workbook` when the office did.
    about: what more there is to say of it.
    """
    people = [Fact("person", one.key, {}, actor, at, asdict(one)) for one in (*roster.trainees, *roster.mentors)]
    order = {
        "sha256": sha256,
        "made_from": made_from,
        "trainees": [one.key for one in roster.trainees],
        "mentors": [one.key for one in roster.mentors],
        "pairs": [[p.trainee, p.mentor, p.planned and [p.planned.start, p.planned.end]] for p in roster.pairs],
        **(about or {}),
    }
    return (*people, Fact("roster", "roster", order, actor, at, {"schools": [asdict(one) for one in roster.schools]}))


def roster_of(facts: Iterable[Fact]) -> Roster:
    """The last roster that the facts state and nobody took back; an erased person is in it no more."""
    lines = tuple(facts)
    last = roster_line(lines)
    if last is None:
        return Roster()
    if roster_taken_back(lines):  # people as they stood when it was written: each roster states anew who changed
        lines = lines[: lines.index(last)]
    people = {key: person_of_json(fact.personal) for (key, _), fact in latest(lines, "person").items() if fact.personal}
    kept: Mapping[str, Any] = last.data
    schools = (last.personal or {}).get("schools")
    return Roster(
        tuple(_school(one) for one in (schools if isinstance(schools, list) else ())),
        tuple(people[key] for key in kept["trainees"] if key in people),
        tuple(people[key] for key in kept["mentors"] if key in people),
        tuple(Pair(t, m, Period(*planned) if planned else None) for t, m, planned in kept["pairs"]
              if t in people and m in people),
    )  # fmt: skip


def roster_line(facts: Iterable[Fact]) -> Fact | None:
    """The line of the roster in force."""
    lines = tuple(facts)
    taken = taken_lines(lines)
    return next((fact for fact in reversed(lines) if fact.kind == "roster" and fact.sequence not in taken), None)


def roster_taken_back(facts: Iterable[Fact]) -> bool:
    """Whether the roster that was read last counts no more, and an earlier one does."""
    lines = tuple(facts)
    last = latest(lines, "roster").get(("roster", ""))
    return last is not None and last.sequence in taken_lines(lines)


def person_of_json(kept: Mapping[str, Any]) -> Person:
    """A line of the roster as the ledger keeps it."""
    kept = values_of(kept)
    return Person(**{**kept, "former_names": tuple(kept["former_names"])})


def _school(kept: Mapping[str, Any]) -> School:
    return School(**{**kept, "aliases": tuple(kept["aliases"]), "stages": tuple(kept["stages"])})


def reading_fact(
    key: str, reading: Reading, medium: str, about: Mapping[str, object], actor: Actor, at: str, policy: str = ""
) -> Fact:  # fmt: skip
    """A reading as a line. about: what the file's container says (findings of the file, date of the mail).

    policy: name of the learnt thresholds that it was read under, empty for the program's own.
    """
    index = int(key.partition("#")[2])
    data = {"form": reading.form, "version": reading.version, "medium": medium, "index": index}
    data |= {"policy": policy} if policy else {}
    issued_to = {"issued_to": reading.issued.person} if reading.issued and reading.issued.person else {}
    bag = {"bag": reading.bag} if reading.bag else {}
    day = {"handed_in": reading.handed_in.isoformat()} if reading.handed_in else {}
    return Fact("reading", key, data, actor, at, {"reading": kept_json(reading), **issued_to, **bag, **day, **about})
