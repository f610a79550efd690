"""A trainee's page: the library's own chain from verdict to place, with links to the desk's pictures, and what people
decided and recorded.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from gengang.chain import Piece, Source, Spot
from gengang.desk.standing import Now, Standing
from gengang.desk.views.papers import address_of
from gengang.desk.views.people import trainees
from gengang.mailed import minute_in_china
from gengang.noting import note_lines, shown_path
from gengang.papers.words import masked
from gengang.person_links import Links
from gengang.person_page import Label, person_body
from gengang.persons import Shared, label_in, one_chain, shared_of
from gengang.roster import Person
from gengang.ruling_effects import ruling_findings
from gengang.rulings import PATH, RULING_WORDS
from gengang.telling_copies import short_key


@dataclass(frozen=True, slots=True)
class Said:
    """A ruling or a note that stands. name: what takes it back, the number of a ruling or a note's path."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A line that came after the season was folded and counts in a moment."""

    words: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """body: the chain as the library prints it, escaped there; fresh: what is not in it yet."""

    key: str
    name: str
    where: str
    number: str
    phone: str
    mentors: tuple[tuple[str, str], ...]
    as_of: str
    body: Markup
    rulings: tuple[Said, ...]
    notes: tuple[Said, ...]
    fresh: tuple[Fresh, ...]
    before: str
    after: str


def shared(standing: Standing) -> Shared:
    """What the chains of all have in common."""
    return shared_of(standing.judged, standing.facts, standing.templates)


def label(standing: Standing) -> Label:
    """What a field is called on its form."""
    return label_in(tuple(standing.forms.values()))


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks. reviews, pictures: whether a paper's page, its picture may be opened; seen: keys, None for all."""

    reviews: bool
    pictures: bool
    seen: frozenset[str] | None = None

    def sees(self, key: str) -> bool:
        """Whether somebody may be seen."""
        return self.seen is None or key in self.seen


HIDDEN = "○○"  # where the name of somebody stands who is not for these eyes


def veil_of(standing: Standing, eyes: Eyes) -> Callable[[str], str]:
    """What a text becomes for these eyes: a sentence about papers in the same words, or a file's name, may name people
    of other schools. Those whom a school sees, and their mentors, keep their names.
    """
    if eyes.seen is None:
        return lambda text: text
    roster = standing.judged.season.roster
    everybody = (*roster.trainees, *roster.mentors)
    known = {one.name for one in everybody if one.key in eyes.seen}
    known |= {mentor.name for key in eyes.seen for mentor in roster.mentors_of(key)}
    names = sorted({one.name for one in everybody} - known, key=len, reverse=True)
    if not names:
        return lambda text: text
    pattern = re.compile("|".join(re.escape(str(escape(name))) for name in names))
    return lambda text: pattern.sub(HIDDEN, text)


def desk_links(eyes: Eyes) -> Links:
    """Where words of the chain lead for these eyes."""

    def paper(source: Source, number: int | None) -> str:
        if eyes.reviews:
            return f"/review/{address_of(source.key)}"
        pages = source.pages or (1,)
        return f"/picture/{address_of(source.key)}/{number or pages[0]}" if eyes.pictures else ""

    def spot(one: Spot) -> str:
        return (
            f"/crop/{address_of(one.paper)}?path={quote(one.path)}" if eyes.pictures and one.path and one.place else ""
        )

    def piece(_: Piece) -> str:
        return ""

    return Links(paper, piece, spot)


def person_page(now: Now, one: Person, eyes: Eyes) -> PersonPage:
    """The page of a trainee. A mentor who is not for these eyes has no key."""
    standing = now.standing
    roster = now.judged.season.roster
    keys = [each.key for each in standing.of(trainees) if eyes.sees(each.key)]
    veil = veil_of(standing, eyes)

    def veiled(found: Iterable[Said]) -> tuple[Said, ...]:
        return tuple(Said(each.name, veil(each.words)) for each in found)

    before, after = ["", *keys][keys.index(one.key)], [*keys, ""][keys.index(one.key) + 1]
    return PersonPage(
        one.key, one.name, f"{one.school}　{one.stage}{one.subject}", masked(one.id_number), masked(one.phone),
        tuple((mentor.key if eyes.sees(mentor.key) else "", mentor.name) for mentor in roster.mentors_of(one.key)),
        now.judged.as_of.isoformat(),
        _body(standing, one, eyes), veiled(rulings_of_person(now, one)), veiled(notes_of_person(now, one)),
        tuple(fresh_of(now, one.key)), before, after,
    )  # fmt: skip


def _body(standing: Standing, one: Person, eyes: Eyes) -> Markup:
    chain = one_chain(standing.judged, one, standing.of(shared))
    return Markup(veil_of(standing, eyes)(person_body(chain, standing.of(label), desk_links(eyes))))


@dataclass(frozen=True, slots=True)
class RulingRow:
    """A ruling that stands, with whom it is about."""

    key: str
    name: str
    school: str
    words: str


def all_rulings(standing: Standing) -> tuple[RulingRow, ...]:
    """Every ruling that stands, in the order in which they were made."""
    season = standing.judged.season
    rows = [
        (ruling.number, key, finding.message)
        for key, own in season.rulings.items()
        for ruling, finding in zip(own, ruling_findings(own), strict=True)
    ]
    return tuple(_ruling_row(season.roster.person(key), key, words) for _, key, words in sorted(rows))


def _ruling_row(one: Person | None, key: str, words: str) -> RulingRow:
    return RulingRow(key, one.name if one else key, one.school if one else "不在花名册里", words)


def rulings_of_person(now: Now, one: Person) -> Iterator[Said]:
    """What was decided and stands."""
    own = now.judged.season.rulings.get(one.key, ())
    for ruling, finding in zip(own, ruling_findings(own), strict=True):
        yield Said(str(ruling.number), finding.message)


def notes_of_person(now: Now, one: Person) -> Iterator[Said]:
    """What was recorded and stands."""
    for path, words in note_lines(now.judged.scheme, now.judged.season.noted_of(one.key)):
        yield Said(shown_path(path), words)


def fresh_of(now: Now, subject: str) -> Iterator[Fresh]:
    """Lines about somebody that came since the season was folded."""
    for fact in now.since:
        if fact.subject == subject and fact.kind == "decision":
            path = str(fact.data["path"])
            yield Fresh(_fresh_words(path, str(fact.data.get("kind", ""))), fact.actor.user, minute_in_china(fact.at))


def _fresh_words(path: str, kind: str) -> str:
    ruled = next((word for one, word in RULING_WORDS.items() if one == kind), "决定")
    return ruled if path.startswith(PATH) else "登记"


# --- a mentor ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MentorPaper:
    """A paper of a mentor's own."""

    key: str
    number: str
    title: str
    received: str
    waiting: int


@dataclass(frozen=True, slots=True)
class MentorPage:
    """A mentor, the trainees, and the mentor's own papers and debts."""

    key: str
    name: str
    where: str
    number: str
    phone: str
    trainees: tuple[tuple[str, str, str], ...]
    papers: tuple[MentorPaper, ...]
    owed: tuple[str, ...]


def mentor_page(now: Now, one: Person, eyes: Eyes) -> MentorPage:
    """The page of a mentor, with those trainees who are for these eyes."""
    judged, titles = now.judged, now.standing.templates.titles
    owed = next((debt.items for debt in judged.debts if debt.debtor == "mentor" and debt.key == one.key), ())
    papers = tuple(
        MentorPaper(paper.key, short_key(paper.key), titles.get(paper.submission.form, paper.submission.form),
                    paper.received.isoformat() if paper.received else "", len(paper.open_fields))
        for paper in judged.season.papers_of(one.key)
    )  # fmt: skip
    trainees = tuple((each.key, each.name, f"{each.school} {each.stage}{each.subject}")
                     for each in judged.season.roster.trainees_of(one.key) if eyes.sees(each.key))  # fmt: skip
    return MentorPage(
        one.key, one.name, f"{one.school}　{one.stage}{one.subject}", masked(one.id_number), masked(one.phone),
        trainees, papers, tuple(map(veil_of(now.standing, eyes), (each.sentence for each in owed))),
    )  # fmt: skip
