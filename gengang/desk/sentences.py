"""What was done, told on the page that a browser is sent back to: once, and to whoever did it alone.

An answer to a form would be sent again when its page is asked for again, so that it leads to an address instead. What
it says names people, which no address does.
"""

import secrets
from dataclasses import dataclass, field
from threading import Lock

MOST = 200  # kept at a time; the oldest gives way


@dataclass(frozen=True, slots=True)
class Sentences:
    """Those that no page has told yet."""

    _kept: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, owner: str, lines: tuple[str, ...]) -> str:
        """Keeps them for a session; gives the name that an address may bear."""
        name = secrets.token_urlsafe(9)
        with self._lock:
            while len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[name] = (owner, lines)
        return name

    def told(self, owner: str, name: str) -> tuple[str, ...]:
        """The lines of this name, once; none of another session."""
        with self._lock:
            if self._kept.get(name, ("", ()))[0] != owner:
                return ()
            return self._kept.pop(name)[1]
