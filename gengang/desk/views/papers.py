"""A paper on the review's page: its open fields, the rest folded away, what was found on it, and what comes next."""

from dataclasses import dataclass

from gengang.desk.standing import Now
from gengang.desk.views.fields import FieldCard, cards_of
from gengang.desk.views.queue import MEDIA_WORDS, elsewhere_of, next_after, open_papers, still_open, title_of
from gengang.papers.words import masked
from gengang.season import HeldPaper
from gengang.telling_copies import short_key
from gengang.telling_words import whose


def address_of(key: str) -> str:
    """A paper's key in an address, where a # would begin a place inside the page."""
    return key.replace("#", "/")


@dataclass(frozen=True, slots=True)
class PaperPage:
    """first: cards that wait or were settled by a person, what decides before what does not, each in the form's order,
    as the eye goes down the picture; rest: what the machine read and nobody asks about.

    left: papers that wait in all; doubtful: whose it is is not settled.
    """

    key: str
    number: str
    title: str
    whose: str
    person: str
    medium: str
    file: str
    received: str
    said: str
    rank: int
    doubtful: bool
    findings: tuple[str, ...]
    first: tuple[FieldCard, ...]
    rest: tuple[FieldCard, ...]
    open: int
    next: str
    left: int
    drawn: bool


def paper_page(now: Now, held: HeldPaper) -> PaperPage:
    """The page of a paper."""
    standing = now.standing
    cards = cards_of(now, held, standing.of(elsewhere_of).get(held.paper.key, frozenset()))
    queue = {one.key: one for one in standing.of(open_papers)}
    mine = queue.get(held.paper.key)
    received = held.paper.received
    ranks = {field.path: field.consequence.rank for field in mine.fields} if mine else {}
    first = sorted((card for card in cards if card.state != "read"), key=lambda card: ranks.get(card.path, 2))
    left = mine is not None and bool(still_open(now, mine))
    return PaperPage(
        key=held.paper.key,
        number=short_key(held.paper.key),
        title=title_of(standing, held.reading.form),
        whose=whose(now.judged, held),
        person=held.paper.person,
        medium=MEDIA_WORDS.get(held.paper.medium, held.paper.medium),
        file=masked(held.source.path.rpartition("/")[2]),
        received=received.isoformat() if received else "",
        said=mine.consequence.said if mine and left else "",
        rank=mine.consequence.rank if mine else 2,
        doubtful=held.match.status != "sure",
        findings=tuple(dict.fromkeys(one.message for one in held.reading.findings if not one.field)),
        first=tuple(first),
        rest=tuple(card for card in cards if card.state == "read" and not card.is_list),
        open=sum(card.state == "open" for card in cards),
        next=next_after(now, held.paper.key),
        left=sum(bool(still_open(now, one)) for one in queue.values()),
        drawn=held.paper.medium in ("scan", "pdf", "word"),
    )  # fmt: skip
