"""The lines of the 收件登记簿: every arrival with its number, its source, and what became of it."""

from collections.abc import Iterator, Sequence

from gengang.papers.form_words import form_words
from gengang.papers.inbox_register import Registered
from gengang.receiving import NOBODY, UNKNOWN, Books, Parcel, Share, came_of, parcels_of, shares_of, whose_of

GONE = "已按规定删除"
ERASED = f"（{GONE}）"
MOST_SENDERS, MOST_PEOPLE = 3, 4


def register_rows(books: Books) -> Iterator[Registered]:
    """A line of the 收件登记簿 for every arrival."""
    for parcel in parcels_of(books.season):
        shares = tuple(shares_of(books.names, parcel))
        senders = list(dict.fromkeys(sender.name for sender, _, _ in shares)) or [NOBODY]
        media = {"纸质" if held.paper.medium == "scan" else "电子" for held in parcel.papers}
        yield Registered(
            number=parcel.arrived.number,
            received=_received_words(parcel),
            sender=_listed(senders, MOST_SENDERS, "家"),
            title=_title(books, parcel, shares),
            copies=len(parcel.papers) or len(parcel.evidence) or 1,
            pages=sum(len(held.reading.pages) for held in parcel.papers),
            medium="、".join(sorted(media)),
            handled=_handled(parcel, [why for _, _, back in shares for why in back]),
            taken_by=parcel.arrived.by,
        )


def _listed(words: Sequence[str], most: int, unit: str) -> str:
    return "、".join(words[:most]) + (f"等{len(words)}{unit}" if len(words) > most else "")


def _received_words(parcel: Parcel) -> str:
    """The days with what proves them; the day of the intake proves nothing."""
    days: dict[str, None] = {}
    for held in parcel.papers:
        if held.paper.received is not None:
            how = "分隔页" if held.reading.handed_in else "文件夹" if parcel.arrived.received else "邮件"
            days[f"{held.paper.received.isoformat()}（{how}）"] = None
    if not days and parcel.arrived.received is not None:
        days[f"{parcel.arrived.received.isoformat()}（文件夹）"] = None
    return _listed(list(days), MOST_SENDERS, "天") or "待确认"


def _title(books: Books, parcel: Parcel, shares: Sequence[Share]) -> str:
    if not parcel.papers:
        return parcel.arrived.path.rpartition("/")[2] or ("" if parcel.arrived.back else ERASED)
    senders = {sender for sender, _, _ in shares}
    alone = senders.pop() if len(senders) == 1 else UNKNOWN
    if len(parcel.papers) == 1:
        form = parcel.papers[0].reading.form
        return f"{whose_of(books, alone, parcel.papers[0])}{form_words(form, books.titles.get(form, ''))[0]}"
    some = [f"{one.whose}{'、'.join(one.words)}" for one in came_of(books, alone, parcel.papers)]
    return _listed(some, MOST_PEOPLE, "人")


def _handled(parcel: Parcel, back: Sequence[str]) -> str:
    if parcel.arrived.back:
        return "已撤回"
    if parcel.arrived.again:
        return f"与第{parcel.arrived.again}号相同，不重复计"
    waiting = sum(bool(held.paper.open_fields) or held.match.status != "sure" for held in parcel.papers)
    filed = f"待核{waiting}份" if waiting else "已归档" if parcel.papers else "佐证，已归档" if parcel.evidence else ""
    read = filed or ("" if back else GONE if parcel.arrived.erased else "待读")
    counts = {why: back.count(why) for why in back}
    returned = (f"退回{number}份（{why}）" for why, number in counts.items())
    return "；".join(filter(None, (read, *returned)))
