"""Which number a certificate is printed under: the one it has, the next, or another in the place of one that is void.

A number in somebody's hands is never replaced by itself: a person says so, with the reason.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gengang.drafting import Judged, Spent, basis_of, certificate_drafts, series_of, spent_numbers
from gengang.errors import WorkspaceError
from gengang.facts import Fact, canonical
from gengang.ledger import Ledger
from gengang.ledger_register import Series, next_number, number_subject, replace_number, spend_number, void_number
from gengang.night import press_of
from gengang.papers.certificate import HeldBack, number_words
from gengang.papers.draft import Draft
from gengang.papers.places import set_aside
from gengang.papers.pressbook import open_pressbook, save_pressbook
from gengang.scheme import Scheme
from gengang.under_way import Pass

NUMBER_KINDS = ("number_spent", "number_void", "paper")
NEVER_PRINTED = "没有印出，内容已更正"
VOID_FOLDER = "已作废"
_LONG_NUMBER = re.compile(r"\d{7,}")


@dataclass(frozen=True, slots=True)
class Waits:
    """A certificate that a person has to ask for by name. why: in Chinese."""

    draft: Draft
    why: str


def held_by_person(under_way: Pass) -> dict[tuple[str, str], tuple[Spent, ...]]:
    """The numbers in force by series and person, in the order in which they were spent."""
    return by_person(spent_numbers(under_way.ledger.read(kinds=NUMBER_KINDS)))


def by_person(spent: Iterable[Spent]) -> dict[tuple[str, str], tuple[Spent, ...]]:
    """Numbers by series and person."""
    found: dict[tuple[str, str], tuple[Spent, ...]] = {}
    for one in spent:
        found[one.series, one.person] = (*found.get((one.series, one.person), ()), one)
    return found


def number_meant(judged: Judged, draft: Draft, mine: Sequence[Spent], again: bool) -> Spent | Waits | None:
    """The number under which a draft is printed, where it has one; None where one is to be spent.

    mine: what the person holds in this series. again: whether somebody asks for another in its place.
    """
    same = next((one for one in reversed(mine) if one.basis == basis_of(draft)), None)
    if same is not None and (not again or same.issued_on is None):
        return same
    printed = [one for one in mine if one.issued_on is not None]
    return Waits(draft, _to_ask_for(judged, draft, printed[-1])) if printed and not again else None


@dataclass(frozen=True, slots=True)
class IssuePlan:
    """What issuing comes to by what is known now.

    fresh: certificates for which a number is spent, in this order; kept: those that have one; back: who gets none.
    firsts: series -> the number that it goes on with.
    """

    fresh: tuple[Draft, ...]
    kept: tuple[tuple[Draft, Spent], ...]
    waits: tuple[Waits, ...]
    back: tuple[HeldBack, ...]
    firsts: Mapping[str, int]

    @property
    def seal(self) -> str:
        """Hash of which certificates are given which numbers: another one where anything of it changed."""
        said = [[one.kind, one.person, basis_of(one)] for one in self.fresh]
        return hashlib.sha256(canonical([said, dict(self.firsts)]).encode()).hexdigest()


def issue_plan(
    judged: Judged, spent: Iterable[Spent], keys: Collection[str], again: bool, firsts: Mapping[str, int],
    closed: bool = False,
) -> IssuePlan:  # fmt: skip
    """The plan for everybody, or for these keys. spent: numbers in force; again: as for `number_meant`.

    closed: the season is, so that nothing new is spent.
    """
    found = [one for one in certificate_drafts(judged) if not keys or one.person in keys]
    drafts, held = [one for one in found if isinstance(one, Draft)], by_person(spent)
    meant = [(one, number_meant(judged, one, held.get((series_of(judged.scheme, one), one.person), ()), again))
             for one in drafts]  # fmt: skip
    return IssuePlan(
        tuple(draft for draft, one in meant if one is None and not closed),
        tuple((draft, one) for draft, one in meant if isinstance(one, Spent)),
        tuple(one for _, one in meant if isinstance(one, Waits)),
        tuple(one for one in found if isinstance(one, HeldBack)), firsts,
    )  # fmt: skip


def firsts_of(ledger: Ledger, scheme: Scheme) -> dict[str, int]:
    """Series -> the number that would be spent next."""
    return {one.series: next_number(ledger, registered_series(one.series), scheme.year) for one in scheme.certificates}


def number_for(
    under_way: Pass, judged: Judged, draft: Draft, mine: Sequence[Spent], again: str | None
) -> Spent | Waits:
    """The same, spent now where it has none. again: why another one takes its place; None where nobody asked for it."""
    meant = number_meant(judged, draft, mine, again is not None)
    if meant is not None:
        return meant
    ledger, scheme, person, basis = under_way.ledger, judged.scheme, draft.person, basis_of(draft)
    series, who, when = registered_series(series_of(scheme, draft)), under_way.actor, under_way.at
    if mine:
        number = replace_number(ledger, series, scheme.year, person, basis, again or NEVER_PRINTED, who, when)
    else:
        number = spend_number(ledger, series, scheme.year, person, basis, who, when)
    return Spent(series, person, number, basis, None)


def registered_series(text: str) -> Series:
    """J or X."""
    return "J" if text == "J" else "X"


def _to_ask_for(judged: Judged, draft: Draft, held: Spent) -> str:
    person = judged.season.roster.person(draft.person)
    number = words_of_number(judged.scheme, held.series, held.number)
    return (
        f"{person.name if person else draft.person}：已发的{number}与现在的记录不同，没有自动重出。"
        f"请收回原件后运行 gengang issue {draft.person} --again --why 原因（另给新号，旧号作废）。"
    )


def words_of_number(scheme: Scheme, series: str, number: int) -> str:
    """A number as its certificate prints it, `安教训结字〔2016〕第0001号`."""
    certificate = next((one for one in scheme.certificates if one.series == series), None)
    return number_words(scheme, certificate, number)


# --- void ---


def checked_reason(why: str, names: Sequence[str]) -> str:
    """The reason as the register keeps it for ever. WorkspaceError when there is none, or it names somebody."""
    text = why.strip()
    if not text:
        raise WorkspaceError("请用 --why 写明原因，例如 遗失、姓名印错。")
    if _LONG_NUMBER.search(text) or any(name in text for name in names if name):
        raise WorkspaceError("编号登记簿永久保存，原因里请不要写姓名和号码，例如写“姓名印错”。")
    return text


def void(under_way: Pass, scheme: Scheme, wanted: str, why: str) -> str:
    """Voids the number that a person typed, as printed or as `J-2016-000001`; its subject.

    WorkspaceError for one that was never spent.
    """
    ledger = under_way.ledger
    spent = [fact for fact in ledger.read(kinds=("number_spent",)) if wanted in _spelt(scheme, fact)]
    if not spent:
        raise WorkspaceError(f"没有发出过编号“{wanted}”的证书。请照证书上的样子写全，例如 安教训结字〔2016〕第0001号。")
    series, number = registered_series(str(spent[0].data["kind"])), int(str(spent[0].data["number"]))
    void_number(ledger, series, int(str(spent[0].data["year"])), number, why, under_way.actor, under_way.at)
    return spent[0].subject


def _spelt(scheme: Scheme, fact: Fact) -> tuple[str, str]:
    series, number = registered_series(str(fact.data["kind"])), int(str(fact.data["number"]))
    return number_subject(series, int(str(fact.data["year"])), number), words_of_number(scheme, series, number)


def put_void_ones_aside(under_way: Pass) -> tuple[str, ...]:
    """Moves the files of void numbers to `已作废/`, so that nobody prints one again; the places they lay at."""
    lines = tuple(under_way.ledger.read(kinds=NUMBER_KINDS))
    gone = {fact.subject for fact in lines if fact.kind == "number_void"}
    theirs = {fact.data["sha256"] for fact in lines if fact.kind == "paper" and fact.data.get("number") in gone}
    at = press_of(under_way)
    book = open_pressbook(at.staging)
    moved = []
    for file, entry in sorted(book.items()):
        if entry.final and entry.docx in theirs and set_aside(at.outbox, entry, VOID_FOLDER):
            del book[file]
            moved.append(entry.at)
    if moved:
        save_pressbook(at.staging, book)
    return tuple(moved)
