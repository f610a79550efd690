"""What hangs on open fields, worked out behind the scenes person by person, and kept while nothing of theirs changed.

Trying every field of a large cohort takes a minute; a list that waited for it would come too late. Until a person is
weighed, an earlier answer stands, or that it is being worked out.
"""

from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from time import monotonic, sleep

from gengang.desk.standing import Standing
from gengang.desk.views.consequences import Consequence, hanging_of
from gengang.desk.views.queue import Weights, groups, open_by_person, open_papers
from gengang.season import HeldPaper

REST, LONGEST_REST = 2.0, 1.0  # times as long as a person took, and seconds: pages need the machine too
ORDER_SECONDS = 5.0  # how often a list that is still being weighed is put in order


class Scales:
    """What is known so far: asked by pages, told by one thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, tuple[object, Mapping[str, Mapping[str, Consequence]]]] = {}

    def weights(self) -> Weights:
        """Paper key -> path -> what hangs on it, of everybody who was weighed."""
        with self._lock:
            every = [one for _, one in self._known.values()]
        return {paper: paths for one in every for paper, paths in one.items()}

    def weigh(self, standing: Standing, goes_on: Callable[[], bool]) -> None:
        """Weighs everybody of whom something changed; the list is put in order anew now and then, and at the end."""
        last, fresh = monotonic(), False
        for _ in self._weighed(standing, goes_on):
            fresh = True
            if monotonic() - last > ORDER_SECONDS:
                self._put_in_order(standing)
                last = monotonic()
        if fresh:
            self._put_in_order(standing)

    @staticmethod
    def _put_in_order(standing: Standing) -> None:
        for work in (open_papers, groups):
            standing.forget(work)
            standing.of(work)

    def _weighed(self, standing: Standing, goes_on: Callable[[], bool]) -> Iterator[str]:
        for key, papers in standing.of(open_by_person).items():
            person = standing.judged.season.roster.person(key)
            signature = _signature(standing, key, papers)
            if person is None or self._known.get(key, (None, {}))[0] == signature:
                continue
            if not goes_on():
                return
            began = monotonic()
            found = hanging_of(standing.judged, person, papers)
            with self._lock:
                self._known[key] = (signature, found)
            yield key
            sleep(min(LONGEST_REST, REST * (monotonic() - began)))


def _signature(standing: Standing, key: str, papers: tuple[HeldPaper, ...]) -> object:
    """Equal where trying again would give the same."""
    judged = standing.judged
    return (
        judged.as_of, judged.verdicts.get(key), tuple((one.paper.key, one.paper.open_fields) for one in papers),
        tuple(paper.key for paper in judged.season.papers_of(key)),
    )  # fmt: skip
