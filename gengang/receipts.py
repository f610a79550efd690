"""Receipts: on which day a paper came, and whose word that is.

A server knows when it had a mail; a clerk states the day of a whole batch, by a sheet on the pile or by the folder's
name. The day on which we took a file in proves only that it was here by then, and a file's own time not even that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gengang.facts import Fact
from gengang.mailed import day_in_china
from gengang.submission import ReceivedBy


@dataclass(frozen=True, slots=True)
class Receipt:
    """day: None while nobody said; by: who said. not_later: the day by which it was here, None where none is proved."""

    day: date | None
    by: ReceivedBy
    not_later: date | None = None


def receipt_of(
    kept: Mapping[str, Any], stated: date | None, not_later: date | None, delivered: date | None = None
) -> Receipt:
    """The receipt of a paper. kept: the personal part of its reading's line; stated: by its folder.

    delivered: as the office's own mail server states it. A mail that lies in a folder came when the server had it; one
    moved between mailboxes has the day of the move from the server, so the earlier of server and stamp counts. One
    that no server stamped says when its sender's clock thought it was sent, which nobody has to believe.
    """
    sheet, mailed = kept_day(kept.get("handed_in")), kept_day(kept.get("received"))
    stamped = mailed if (kept.get("mails") or [{}])[0].get("source", "server") == "server" else None
    if sheet is not None:
        return Receipt(sheet, "stated", not_later)
    served = min((day for day in (delivered, stamped) if day is not None), default=None)
    if served is not None:
        return Receipt(served, "mail", not_later)
    return Receipt(stated, "stated" if stated else "", not_later)


def kept_day(kept: object) -> date | None:
    """A day as a line keeps it, None where it keeps none."""
    return date.fromisoformat(kept) if isinstance(kept, str) else None


def here_by(arrival: Fact) -> date | None:
    """The day in China on which we took a file in; none when its own time says that our clock was behind."""
    if str(arrival.data.get("modified") or "") > arrival.at:
        return None
    return day_in_china(arrival.at)
