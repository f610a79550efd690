"""Where the words of a person's page lead: from a page that is a file to the files that it rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from gengang.chain import Piece, Source, Spot
from gengang.telling_words import link_of


@dataclass(frozen=True, slots=True)
class Links:
    """Where words lead, empty for nowhere: a paper at a page (None for none), a piece beside the papers, a place."""

    paper: Callable[[Source, int | None], str]
    piece: Callable[[Piece], str]
    spot: Callable[[Spot], str]


def file_links(up: str) -> Links:
    """Of a page that lies as a file in the outbox. up: from its folder to the outbox."""

    def of(arrived: tuple[str, str]) -> str:
        path, at = arrived
        return f"{up}{quote(link_of(path, at).target, safe='/.~-_')}" if at and path else ""

    def of_paper(source: Source, number: int | None) -> str:
        """A PDF at its page."""
        target = of(source.arrived)
        paged = target and number and source.arrived[0].lower().endswith(".pdf")
        return f"{target}#page={number}" if paged else target

    return Links(of_paper, lambda piece: of(piece.arrived), lambda _: "")
