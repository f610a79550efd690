"""What a page shows of a standing and takes a second or more to work out: begun when the page is first asked for, and
worked out behind the scenes, once for everybody.

While clerks settle, standings follow each other faster than this is done: the last answer is shown with its age, and
the next begins when none is under way and the machine has rested from the last, which pages need too.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from gengang.desk.previews import Preview, Previews
from gengang.desk.routing import Visit
from gengang.desk.standing import Standing
from gengang.intake import utc_now
from gengang.mailed import minute_in_china

REST = 5.0  # times as long as it took
OFFICE = "office"  # whose previews are everybody's
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """What is worked out. sequence: of the standing; at: when it was begun."""

    what: str
    sequence: int
    at: str


@dataclass(frozen=True, slots=True)
class Looks:
    """The last answers, and the names of what is under way. clock: seconds; since: when that began; rests: until when
    nothing is begun.
    """

    last: dict[str, Preview[Look, Any]] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)
    clock: Callable[[], float] = monotonic
    since: dict[str, float] = field(default_factory=dict)
    rests: dict[str, float] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def of(
        self, previews: Previews, standing: Standing, what: str, work: Callable[[Standing], T], kind: type[T]
    ) -> Preview[Look, T]:  # fmt: skip
        """The last answer; what is under way where there was none yet."""
        going = self._going(previews, what, kind)
        last = self.last.get(what)
        rested = self.clock() >= self.rests.get(what, 0.0)
        if going is None and (last is None or (rested and last.about.sequence != standing.sequence)):
            about = Look(what, standing.sequence, utc_now())
            self.since[what] = self.clock()
            self.begun[what] = previews.begin(OFFICE, about, lambda: work(standing))
            going = self._going(previews, what, kind)
        found: Preview[Look, T] | None = self.last.get(what) or going
        assert found is not None, "just begun"
        return found

    def _going(self, previews: Previews, what: str, kind: type[T]) -> Preview[Look, T] | None:
        """What is under way; once it is ready it is the last answer, and nothing is."""
        found = previews.of(OFFICE, self.begun.get(what, ""), Look, kind)
        if found is None or not found.is_ready:
            return found
        self.last[what] = found
        del self.begun[what]
        self.rests[what] = self.clock() + REST * (self.clock() - self.since[what])
        return None


def looked(visit: Visit, what: str, work: Callable[[Standing], T], kind: type[T]) -> Preview[Look, T]:
    """How far it is, or what it came to last. kind: of what it comes to."""
    standing = visit.now().standing
    looks = standing.lasting("looks", OFFICE, Looks)
    with looks.lock:
        return looks.of(visit.desk.previews, standing, what, work, kind)


def age_of(visit: Visit, found: Preview[Look, T]) -> str:
    """Of when an answer is that is no longer of the present standing; empty for one that is, or that there is not."""
    is_old = found.is_ready and found.about.sequence < visit.now().standing.sequence
    return minute_in_china(found.about.at) if is_old else ""
