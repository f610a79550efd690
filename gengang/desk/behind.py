"""What a page shows of a standing and takes a second or more to work out: begun when the page is first asked for, and
worked out behind the scenes, once for everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from gengang.desk.previews import Preview
from gengang.desk.routing import Visit
from gengang.desk.standing import Standing

OFFICE = "office"  # whose previews are everybody's
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """What is worked out. sequence: of the standing."""

    what: str
    sequence: int


def looked(visit: Visit, what: str, work: Callable[[Standing], T], kind: type[T]) -> Preview[Look, T]:
    """How far it is, or what it came to. kind: of what it comes to."""
    standing, previews = visit.now().standing, visit.desk.previews

    def begun() -> str:
        return previews.begin(OFFICE, Look(what, standing.sequence), lambda: work(standing))

    found = previews.of(OFFICE, standing.lasting(what, standing.sequence, begun), Look, kind)
    if found is None:  # others took its place since
        found = previews.of(OFFICE, standing.lasting(what, object(), begun), Look, kind)
    assert found is not None, "just begun"
    return found
