"""Issued: whose form this is and on which template it was printed, as it is hidden in Word and printed on each page.

The text of a page mark uses only capitals, digits and `/.-`, which a QR code packs densest.
"""

import re
from dataclasses import dataclass

MARK_NAME = "gengang-mark"  # how the picture of a page mark is called inside a Word file
NAMESPACE = "urn:gengang:issued:1"

_MARK = re.compile(r"GG1/(?P<form>[^/]+)/(?P<version>[0-9A-F]{12})/(?P<person>[A-Z0-9-]*)/(?P<page>\d{1,3})")
_PLAIN = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Issued:
    """form: the template's stem; version: its first 12 hex digits of SHA-256; person: key, empty on a blank form."""

    form: str
    version: str
    person: str = ""

    def names(self, stem: str) -> bool:
        """Whether a template called so may be the one: a page mark keeps neither its capitals nor `.` from `_`."""
        return _as_marked(self.form) == _as_marked(stem)


@dataclass(frozen=True, slots=True)
class PageMark:
    """What one printed page says of itself. page: 1; 2 for every even page; 3 for every later odd one; 0 unknown."""

    issued: Issued
    page: int = 0


def text_of_mark(mark: PageMark) -> str:
    """What the QR code of a page holds, at most about 60 characters."""
    issued = mark.issued
    return f"GG1/{_in_mark(issued.form)}/{issued.version.upper()}/{issued.person.upper()}/{mark.page}"


def mark_of_text(text: str) -> PageMark | None:
    """The mark that a QR code holds; None for any other code on a paper."""
    match = _MARK.fullmatch(text.strip())
    if match is None:
        return None
    person = match["person"]
    key = f"{person[:2]}{person[2:].lower()}"
    return PageMark(Issued(_of_mark(match["form"]), match["version"].lower(), key), int(match["page"]))


def _in_mark(stem: str) -> str:
    return stem.upper().replace("_", ".") if _PLAIN.fullmatch(stem) else stem.replace("/", "-")


def _of_mark(form: str) -> str:
    return form.lower().replace(".", "_") if form.isascii() and form.upper() == form else form


def _as_marked(stem: str) -> str:
    return _of_mark(_in_mark(stem))
