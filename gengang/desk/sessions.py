"""Who is signed in: sessions in memory, named by a random token in a cookie, ended by leaving, idling and time.

A restart of the desk ends them all. The token itself is not kept: who could read this memory's dump could not use it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from gengang.desk.accounts import Role

COOKIE = "gengang_desk"
IDLE_SECONDS = 2 * 3600.0
LONGEST_SECONDS = 12 * 3600.0
MOST_SESSIONS = 2_000  # the oldest gives way: a flood of visitors without cookies fills no memory


@dataclass(frozen=True, slots=True)
class Session:
    """One visitor. account: '' before sign-in; token: what every written form carries, so that no other site writes.

    began, seen: seconds of the clock.
    """

    key: str
    account: str
    role: Role | None
    school: str
    token: str
    began: float
    seen: float

    def wrote(self, token: str) -> bool:
        """Whether a form is this session's own."""
        return hmac.compare_digest(self.token.encode(), token.encode("utf-8", "replace"))


class Sessions:
    """Those that hold. clock: seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._held: dict[str, Session] = {}
        self._lock = Lock()

    def begin(self, account: str = "", role: Role | None = None, school: str = "") -> tuple[str, Session]:
        """A new session and the cookie's value that names it."""
        cookie, now = secrets.token_urlsafe(32), self._clock()
        session = Session(_key(cookie), account, role, school, secrets.token_urlsafe(24), now, now)
        with self._lock:
            while len(self._held) >= MOST_SESSIONS:
                self._held.pop(next(iter(self._held)))
            self._held[session.key] = session
        return cookie, session

    def of(self, cookie: str) -> Session | None:
        """The session that a cookie names, as seen just now; None when it ended."""
        now = self._clock()
        with self._lock:
            found = self._held.get(_key(cookie)) if cookie else None
            if found is None:
                return None
            if now - found.seen > IDLE_SECONDS or now - found.began > LONGEST_SECONDS:
                del self._held[found.key]
                return None
            self._held[found.key] = replace(found, seen=now)
        return found

    def end(self, session: Session) -> None:
        """Signed out."""
        with self._lock:
            self._held.pop(session.key, None)

    def end_of(self, account: str) -> None:
        """All of an account: its password or its role is another one."""
        with self._lock:
            for key in [key for key, one in self._held.items() if account and one.account == account]:
                del self._held[key]


def cookie_header(cookie: str, secure: bool) -> str:
    """Out of reach of scripts, and sent with no form that another site filled."""
    return f"{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"


def _key(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
