"""How often somebody may ask: buckets that fill with time. The first wrong passwords are free, more wait."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MOST_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class Pace:
    """most: how many at once; a_second: how many more each second."""

    most: float
    a_second: float


REQUESTS = Pace(240, 40)  # of one session: a page with forty crops, several times in a row
PASSWORDS = Pace(5, 1 / 60)  # of one account, and of one address


class Buckets:
    """What each may still ask. clock: seconds that never go back."""

    def __init__(self, pace: Pace, clock: Callable[[], float]) -> None:
        self._pace, self._clock = pace, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, who: str) -> bool:
        """Whether one more is allowed now; it is counted."""
        now = self._clock()
        with self._lock:
            left, since = self._left.pop(who, (self._pace.most, now))
            left = min(self._pace.most, left + (now - since) * self._pace.a_second)
            self._left[who] = (max(0.0, left - 1), now)
            while len(self._left) > MOST_KNOWN:
                self._left.pop(next(iter(self._left)))
        return left >= 1

    def give_back(self, who: str) -> None:
        """It was in order after all: a right password."""
        with self._lock:
            self._left.pop(who, None)
