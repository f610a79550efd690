"""Originals read by their hash: here, in processes of this machine; the same is asked of readers elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from extractors.guarded import Asked, Readers
from extractors.jobs import Taken
from gengang.form import Form
from gengang.originals import Originals
from gengang.settings import Limits

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An original to read. name: given back as `file`; thumbnails: that is all that is wanted."""

    name: str
    sha256: str
    thumbnails: bool = False


class OriginalsReader(Protocol):
    """A context in which originals are read."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def expect(self, batches: Sequence[Sequence[Wanted]]) -> None:
        """These will be asked for, in this order."""

    def read(self, wanted: Sequence[Wanted], told: Told | None = None) -> tuple[Taken, ...]:
        """What each gave, in order. told: called with 1 after each. GengangError where nothing can be read just now."""

    def rest(self) -> None:
        """What is held for reading is given back until there is something to read again."""


class ReadersHere:
    """Originals read in processes of this machine."""

    def __init__(self, forms: Sequence[Form], limits: Limits, originals: Originals) -> None:
        self._readers = Readers(forms, limits)
        self._originals = originals

    def __enter__(self) -> Self:
        self._readers.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._readers.__exit__(kind, fault, at)

    def expect(self, batches: Sequence[Sequence[Wanted]]) -> None:
        """Nothing is begun ahead: all readers are at work on the batch that is asked for."""

    def read(self, wanted: Sequence[Wanted], told: Told | None = None) -> tuple[Taken, ...]:
        """Raises FileNotFoundError for an original that is not there, and what `Readers.read` does."""
        with self._originals.at_hand([one.sha256 for one in wanted]) as paths:
            asked = [Asked(one.name, str(paths[one.sha256]), one.thumbnails) for one in wanted]
            return self._readers.read(asked, told)

    def rest(self) -> None:
        """Ends its processes."""
        self._readers.rest()
