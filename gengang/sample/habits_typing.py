"""From a way to write a value to an edit of a document: in one place or everywhere, and what it does to the truth."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Literal

from gengang.codecs import Value, show
from gengang.sample.habits_document import Document, Spot
from gengang.sample.habits_runs import Element

Harm = Literal["harmless", "typed", "asks"]
Edit = Callable[[Document, Random], bool]
HabitRow = tuple[str, str, Harm, Edit]

# A style is a number that chooses one of the ways to write; the same number writes every field in the same way.
Spelling = Callable[[Spot, int], str | None]
Change = Callable[[Spot, int], Value | None]
STYLES = 27720

# Changes one field and says so, or leaves it alone.
Wrap = Callable[[Document, Spot, Random], bool]

NAMES = frozenset((
    "name", "trainee", "mentor", "teacher", "speaker", "host", "filled_by", "principal", "deputy", "contact", "person",
    "assessor", "witness", "signature", "self_signature", "mentor_signature", "trainee_signature",
    "principal_signature", "applicant_signature", "return_confirmed_by",
))  # fmt: skip
ROSTER_NAMES = frozenset(("name", "trainee", "mentor"))


def style_of(rng: Random) -> int:
    """A style; every small number of ways divides the number of styles."""
    return rng.randrange(STYLES)


def everywhere(spelling: Spelling, *codecs: str) -> Edit:
    """All free fields of these codecs are written so; they still say what was stated."""

    def edit(document: Document, rng: Random) -> bool:
        style = style_of(rng)
        written = [(spot, spelling(spot, style)) for spot in document.free(*codecs)]
        for spot, text in written:
            if text is not None:
                spot.write(text)
        return any(text is not None for _, text in written)

    return edit


def once(spelling: Spelling, *codecs: str, asked: bool = False) -> Edit:
    """One field is written so. asked: nobody can tell what it means, else it still says what was stated."""

    def edit(document: Document, rng: Random) -> bool:
        style = style_of(rng)
        able = [(spot, text) for spot in document.free(*codecs) if (text := spelling(spot, style)) is not None]
        if not able:
            return False
        spot, text = rng.choice(able)
        document.write(spot, text)
        if asked:
            document.asked.add(spot.key)
        return True

    return edit


def otherwise(change: Change, *codecs: str) -> Edit:
    """One field says something else, plainly: a reader can but read it as it is typed."""

    def edit(document: Document, rng: Random) -> bool:
        style = style_of(rng)
        able = [(spot, value) for spot in document.free(*codecs) if (value := change(spot, style)) is not None]
        if not able:
            return False
        spot, value = rng.choice(able)
        document.write(spot, show(spot.slot.type.codec, value, spot.slot.type.options))
        document.values[spot.key] = value
        return True

    return edit


def way(ways: Sequence[str], style: int) -> str:
    """The way that a style stands for."""
    return ways[style % len(ways)]


def in_place(wrap: Wrap, *codecs: str) -> Edit:
    """The habit is at one free field of these codecs; nobody else is at its paragraph afterwards."""

    def edit(document: Document, rng: Random) -> bool:
        able = [spot for spot in document.free(*codecs) if not any(one.taken for one in spot.line.spots)]
        rng.shuffle(able)
        for spot in able:
            if wrap(document, spot, rng):
                spot.line.close()
                return True
        return False

    return edit


def wrapped(runs: Sequence[Element], wrapper: Element, inside: Element) -> None:
    """The wrapper takes the place of the runs, which go inside."""
    runs[0].addprevious(wrapper)
    inside.extend(runs)
