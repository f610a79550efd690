"""A mail as evidence: who sent what when. It helps a person to find whose a paper is and never proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal

Source = Literal["server", "sent", ""]
MOST_TEXT = 1_000
MOST_BESIDE = 200  # letters of a mail that are taken for what it says of its attachments
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Mailed:
    """One mail on the way of a paper.

    place: the member path under which its own attachments stand (`a.zip!b.eml`). sender: address alone; sender_name:
    what the sender's program calls its owner. text: the beginning of what the mail says.
    received: the day in China; source: `server` when a server stated it, `sent` when only the sender's program did.
    """

    place: str
    sender: str
    sender_name: str
    subject: str
    text: str = ""
    received: date | None = None
    source: Source = ""

    @property
    def words(self) -> str:
        """What may name a person, a school or a kind of paper."""
        return "/".join(part for part in (self.sender_name, self.subject) if part)

    @property
    def whose(self) -> str:
        """The sender as the office is told: `张三 a@example.cn`."""
        return " ".join(part for part in (self.sender_name, self.sender) if part)


def day_in_china(moment: str) -> date:
    """The day that it was here at a moment as the ledger writes it, `2016-12-05T17:00:00Z`."""
    return datetime.fromisoformat(moment).astimezone(CHINA).date()


def minute_in_china(moment: str) -> str:
    """What a clock in the office showed then, `2016-12-06 01:00`."""
    return datetime.fromisoformat(moment).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def sender_name(mails: Sequence[Mailed]) -> str:
    """Of the outermost, its owner's name or else the address; '' without mails."""
    return (mails[0].sender_name or mails[0].sender) if mails else ""


def words_about(mails: Sequence[Mailed]) -> str:
    """Who sent what these mails carry, and under which subject; '' without mails.

    Of several senders the nearest: a school that passes a mail on is not who wrote what is in it.
    """
    return next((mail.words for mail in reversed(mails) if mail.words), "")


def text_beside(mails: Sequence[Mailed]) -> str:
    """How the text of the nearest mail that says anything begins."""
    return next((mail.text[:MOST_BESIDE] for mail in reversed(mails) if mail.text), "")


def carrying(mails: Sequence[Mailed], members: Sequence[str]) -> tuple[Mailed, ...]:
    """The mails that these members came in, the outermost first."""
    return tuple(mail for mail in mails if any(member.startswith(f"{mail.place}!") for member in members))


def kept_mails(mails: Sequence[Mailed]) -> list[dict[str, Any]]:
    """As the ledger keeps them, in a line's personal part."""
    return [{**asdict(mail), "received": mail.received and mail.received.isoformat()} for mail in mails]


def mails_of(kept: Mapping[str, Any]) -> tuple[Mailed, ...]:
    """The mails in a line's personal part; lines of before they were kept have none."""
    return tuple(
        Mailed(**{**one, "received": date.fromisoformat(one["received"]) if one["received"] else None})
        for one in kept.get("mails", ())
    )
