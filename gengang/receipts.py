"""Receipts: on which day a paper came, and whose word that is.

A server knows when it had a mail; a clerk states the day of a whole batch, by a sheet on the pile or by the folder's
name. The day on which we took a file in proves only that it was here by then, and a file's own time not even that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from gengang.facts import Fact
from gengang.submission import ReceivedBy

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Receipt:
    """day: None while nobody said; by: who said. not_later: the day by which it was here, None where none is proved."""

    day: date | None
    by: ReceivedBy
    not_later: date | None = None


def receipt_of(kept: Mapping[str, Any], stated: date | None, not_later: date | None) -> Receipt:
    """The receipt of a paper. kept: the personal part of its reading's line; stated: by its folder.

    A mail that lies in a folder came when the server had it. One that no server stamped says when its sender's clock
    thought it was sent, which nobody has to believe.
    """
    sheet, mailed = _day(kept.get("handed_in")), _day(kept.get("received"))
    mails = kept.get("mails") or [{}]
    if sheet is not None:
        return Receipt(sheet, "stated", not_later)
    if mailed is not None and mails[0].get("source", "server") == "server":
        return Receipt(mailed, "mail", not_later)
    return Receipt(stated, "stated" if stated else "", not_later)


def _day(kept: object) -> date | None:
    return date.fromisoformat(kept) if isinstance(kept, str) else None


def here_by(arrival: Fact) -> date | None:
    """The day in China on which we took a file in; none when its own time says that our clock was behind."""
    if str(arrival.data.get("modified") or "") > arrival.at:
        return None
    return datetime.fromisoformat(arrival.at).astimezone(CHINA).date()
