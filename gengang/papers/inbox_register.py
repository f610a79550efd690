"""收件登记簿: everything that came in, one line each, in volumes; a line keeps its number for ever."""

from collections.abc import Sequence
from dataclasses import dataclass

from gengang.papers.draft import Draft
from gengang.papers.words import masked, programme_of
from gengang.rendering import Given, GivenRows
from gengang.scheme import Scheme

FOLDER = "收件登记簿"
VOLUME = 500  # lines; a full volume is printed again only when something of it was settled
LONGEST_WORDS = 80
MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Registered:
    """A line. pages: 0 where unknown; handled: what became of it; taken_by: account that ran the intake."""

    number: int
    received: str
    sender: str
    title: str
    copies: int
    pages: int
    medium: str
    handled: str
    taken_by: str


def register_drafts(lines: Sequence[Registered], scheme: Scheme) -> tuple[Draft, ...]:
    """The volumes; none while nothing has come. lines: in the order of their numbers, from 1."""
    return tuple(
        _volume(place // VOLUME + 1, lines[place : place + VOLUME], scheme) for place in range(0, len(lines), VOLUME)
    )


def _volume(number: int, lines: Sequence[Registered], scheme: Scheme) -> Draft:
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "volume": number,
        "first": lines[0].number,
        "last": lines[-1].number,
        "total": len(lines),
        "office": scheme.organisation.college,
    }
    entries: GivenRows = tuple(_row(line) for line in lines)
    file = f"{FOLDER}/收件登记簿_第{number:02d}册"
    return Draft("inbox_register", "inbox_register", "papers", "", values, file, MOST_PAGES, {"entries": entries})


def _row(line: Registered) -> dict[str, Given]:
    return {
        "number": line.number,
        "received": line.received,
        "sender": _cut(line.sender),
        "title": _cut(line.title),
        "copies": line.copies,
        "pages": line.pages or None,
        "medium": line.medium or None,
        "handled": _cut(line.handled),
        "taken_by": line.taken_by or None,
    }


def _cut(text: str) -> str:
    said = masked(text)
    return said if len(said) <= LONGEST_WORDS else f"{said[: LONGEST_WORDS - 1]}…"
