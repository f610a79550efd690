"""What is still owed, by who owes it: the list of missing papers, and a short text for each debtor's chat.

A text for chat names what to send and by when; it never blames, and no ID number or phone stands in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gengang.papers.draft import Draft
from gengang.papers.words import chinese_date, programme_of
from gengang.rendering import Given, GivenRows
from gengang.scheme import Debtor, Scheme

CHAT_LIMIT = 300
KINDS: dict[Debtor, str] = {
    "school": "派出学校",
    "base_school": "基地校",
    "mentor": "指导教师",
    "trainee": "学员",
}


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing somebody owes.

    kind, debtor: who, as a kind and by name; subject: about whom, empty when about the debtor itself.
    what: `附件1 研修日志（还差3篇）`; due: last day in time, None where the scheme names none; clause: its id.
    order: place among the debtors, from the lists' order.
    """

    kind: Debtor
    debtor: str
    subject: str
    what: str
    clause: str
    due: date | None
    order: int = 0


@dataclass(frozen=True, slots=True)
class ChatText:
    """What to send to one debtor. text: at most CHAT_LIMIT characters."""

    kind: Debtor
    debtor: str
    text: str


def sorted_debts(debts: Iterable[Debt]) -> tuple[Debt, ...]:
    """By kind of debtor, then debtor, person and day."""
    kinds = list(KINDS)
    return tuple(
        sorted(
            debts,
            key=lambda debt: (kinds.index(debt.kind), debt.order, debt.debtor, debt.subject, debt.due or date.max,
                              debt.what),
        )
    )  # fmt: skip


def missing_draft(debts: Iterable[Debt], scheme: Scheme, as_of: date) -> Draft:
    """The list of what is missing, one row for each debt."""
    rows = sorted_debts(debts)
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "as_of": as_of.isoformat(),
        "total": len(rows),
        "office": scheme.organisation.college,
        "issued_on": as_of.isoformat(),
    }
    items: GivenRows = tuple(_row(debt, as_of) for debt in rows)
    return Draft("missing_list", "missing_list", "papers", "", values, "缺件/缺件清单", 5000, {"items": items})


def _row(debt: Debt, as_of: date) -> dict[str, Given]:
    return {
        "debtor": KINDS[debt.kind] if debt.debtor == KINDS[debt.kind] else f"{KINDS[debt.kind]}：{debt.debtor}",
        "subject": debt.subject or debt.debtor,
        "missing": debt.what,
        "clause": debt.clause or None,
        "due": debt.due.isoformat() if debt.due else None,
        "note": overdue_words(debt.due, as_of) or None,
    }


def overdue_words(due: date | None, as_of: date) -> str:
    """`已过期3天`, `今日截止`, or empty while there is time or no day is named."""
    if due is None or due > as_of:
        return ""
    return f"已过期{(as_of - due).days}天" if due < as_of else "今日截止"


def chat_texts(debts: Iterable[Debt], scheme: Scheme, as_of: date) -> tuple[ChatText, ...]:
    """One text for each debtor, in the list's order, ready to paste."""
    groups = groupby(sorted_debts(debts), key=lambda debt: (debt.kind, debt.debtor))
    return tuple(ChatText(kind, name, _chat(name, tuple(owed), scheme, as_of)) for (kind, name), owed in groups)


def _chat(name: str, debts: Sequence[Debt], scheme: Scheme, as_of: date) -> str:
    head = f"{name}：您好！跟岗研修材料截至{chinese_date(as_of)}还有{len(debts)}项未收到："
    tail = f"。请尽快补报，已经报送的请忽略。{scheme.organisation.college}"
    lines: list[str] = []
    for number, debt in enumerate(debts, 1):
        line = f"{number}.{_said(debt)}"
        more = f"；等{len(debts)}项，详见缺件清单" if number < len(debts) else ""
        if len(head) + len("；".join([*lines, line])) + len(more) + len(tail) > CHAT_LIMIT:
            return head + "；".join(lines) + f"；等{len(debts)}项，详见缺件清单" + tail
        lines.append(line)
    return head + "；".join(lines) + tail


def _said(debt: Debt) -> str:
    about = f"{debt.subject}的" if debt.subject and debt.subject != debt.debtor else ""
    by = f"（{debt.due.month}月{debt.due.day}日前）" if debt.due else ""
    return f"{about}{debt.what}{by}"
