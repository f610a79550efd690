"""What is still owed, by who owes it: the list of missing papers, and a short text for each debtor's chat.

A text for chat names what to send and by when; it never blames, and no ID number or phone stands in it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gengang.debts import Debt, Owed
from gengang.papers.draft import Draft
from gengang.papers.morning import Overdue
from gengang.papers.words import chinese_date, clause_words, in_titles, masked, plain_name, programme_of
from gengang.rendering import Given, GivenRows
from gengang.scheme import Debtor, Scheme

CHAT_LIMIT = 300
# The list has a column for the day, so the sentence need not say it again.
_WHEN = re.compile(r"（([^（）]*)(?:前|已过期)）$")
LONGEST_NAME = 24
LONGEST_CLAUSE = 40
KINDS: dict[Debtor, str] = {
    "school": "派出学校",
    "base_school": "基地校",
    "mentor": "指导教师",
    "trainee": "学员",
    "office": "承办单位",
}


@dataclass(frozen=True, slots=True)
class ChatText:
    """What to send to one debtor. text: at most CHAT_LIMIT characters."""

    debtor: Debtor
    name: str
    text: str


def missing_draft(debts: Iterable[Debt], scheme: Scheme, as_of: date) -> Draft:
    """The list of what is missing, one row for each paper owed, by debtor."""
    items: GivenRows = tuple(_row(scheme, debt, owed, as_of) for debt in debts for owed in debt.items)
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "as_of": as_of.isoformat(),
        "total": len(items),
        "office": scheme.organisation.college,
        "issued_on": as_of.isoformat(),
    }
    return Draft("missing_list", "missing_list", "papers", "", values, "缺件/缺件清单", 5000, {"items": items})


def _row(scheme: Scheme, debt: Debt, owed: Owed, as_of: date) -> dict[str, Given]:
    return {
        "debtor": f"{KINDS[debt.debtor]}：{debt.name}",
        "subject": owed.about or debt.name,
        "missing": in_titles(masked(_WHEN.sub("", owed.sentence.rstrip("。")))),
        "clause": clause_words(scheme, owed.clause, LONGEST_CLAUSE) or None,
        "due": owed.due.isoformat() if owed.due else None,
        "note": overdue_words(owed.due, as_of) or None,
    }


def overdue_words(due: date | None, as_of: date) -> str:
    """`已过期3天`, `今日截止`, or empty while there is time or no day is named."""
    if due is None or due > as_of:
        return ""
    return f"已过期{(as_of - due).days}天" if due < as_of else "今日截止"


def overdue_lines(debts: Iterable[Debt], as_of: date) -> tuple[Overdue, ...]:
    """The same debts as the lines of 今日要点, each naming the trainee it is about."""
    return tuple(
        Overdue(f"{KINDS[debt.debtor]} {debt.name}", _said(owed), owed.clause, overdue_words(owed.due, as_of))
        for debt in debts
        for owed in debt.items
    )


def chat_texts(debts: Iterable[Debt], scheme: Scheme, as_of: date) -> tuple[ChatText, ...]:
    """One text for each debtor, in the order given, ready to paste."""
    return tuple(ChatText(debt.debtor, debt.name, _chat(debt, scheme, as_of)) for debt in debts if debt.items)


def _chat(debt: Debt, scheme: Scheme, as_of: date) -> str:
    number = len(debt.items)
    name = masked(debt.name)[:LONGEST_NAME]
    head = f"{name}：您好！跟岗研修材料截至{chinese_date(as_of)}还有{number}项未收到："
    tail = f"。请尽快补报，已经报送的请忽略。{scheme.organisation.college}"
    room = CHAT_LIMIT - len(head) - len(tail) - len(f"；等{number}项，详见催交通知")
    kept: list[str] = []
    for place, owed in enumerate(debt.items, 1):
        kept.append(f"{place}.{_asked(owed)}")
        if len("；".join(kept)) > room:
            kept.pop()
            said = "；".join([*kept, f"等{number}项，详见催交通知" if kept else "详见催交通知"])
            return head + said + tail
    return head + "；".join(kept) + tail


def _asked(owed: Owed) -> str:
    """What to send and by when, without a word on whose fault it is."""
    about = f"{owed.about}的" if owed.about and owed.about not in owed.sentence else ""
    said = _WHEN.sub(r"（应于\1前报送）", plain_name(owed.sentence.rstrip("。")))
    return masked(f"{about}{said.replace('：未交', '')}")


def lacking_words(owed: Owed) -> str:
    """What is lacking of a paper, without its name and its day: `收到6份，应交10份`."""
    said = masked(_WHEN.sub("", owed.sentence.rstrip("。")).partition("：")[2])
    return "尚未收到" if said in ("", "未交") else said


def _said(owed: Owed) -> str:
    about = f"{owed.about}的" if owed.about and owed.about not in owed.sentence else ""
    return masked(f"{about}{owed.sentence.rstrip('。')}")


def chat_page(texts: Iterable[ChatText]) -> str:
    """All texts as one plain file, each under its debtor, for 催交短信.txt."""
    return "\n\n".join(f"【{KINDS[text.debtor]}】{text.name}\n{text.text}" for text in texts) + "\n"
