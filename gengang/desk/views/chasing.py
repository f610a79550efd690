"""催交 and 收件回执: who owes what, the notice and text for each, how often they were asked; what senders are told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from gengang.acknowledging import Heaps, SenderTold, heaps_of, told_then
from gengang.calendar_days import written
from gengang.debts import Debt
from gengang.desk.standing import Standing
from gengang.desk.views.leaves import Leaf, leaf_of
from gengang.desk.views.paper_text import PaperText, paper_text
from gengang.drafting import books_of_judged
from gengang.office.chasing import Chase, chases, notices
from gengang.office.kinds import Asking, Material
from gengang.papers.missing import KINDS, chat_texts, lacking_words
from gengang.papers.words import paper_name
from gengang.receiving import Books
from gengang.rendering import Writer
from gengang.scheme import Debtor
from gengang.ticks import Asked
from gengang.workspace import BUILT_IN

NO_KEY = "-"  # of a debtor that the roster has not, in an address
Template = Callable[[str], Writer | None]
MOST_INTAKES = 30  # the last so many to choose from


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody who owes papers. what: the first of them; asked: when and how they were asked last, and how often."""

    debtor: Debtor
    kind: str
    key: str
    name: str
    items: int
    overdue: int
    what: str
    asked: str
    times: int

    @property
    def address(self) -> str:
        """Of its page."""
        return f"/notices/owed/{self.debtor}/{self.key or NO_KEY}"


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A paper owed. about: of whom; times: when it was asked for."""

    paper: str
    about: str
    lacking: str
    due: str
    overdue: bool
    times: str


@dataclass(frozen=True, slots=True)
class OwedPage:
    """What one debtor owes. text: for chat; asked: entries of the 台账 that can be taken back; may_ask: by name."""

    who: Owing
    lines: tuple[OwedLine, ...]
    text: str
    notices: tuple[PaperText, ...]
    asked: tuple[Asked, ...]
    may_ask: bool


def material_for(standing: Standing) -> Material:
    """What office papers are made from that ask for no certificate number and no proposal."""
    return Material(standing.judged, standing.forms, BUILT_IN / "fonts")


def owing(standing: Standing) -> tuple[Owing, ...]:
    """Everybody who owes anything, in the order of the debts; the office too, which nobody asks."""
    times: dict[tuple[Debtor, str], list[Asked]] = {}
    for one in standing.judged.season.told.asked:
        times.setdefault((one.debtor, one.key), []).append(one)
    return tuple(_owing(debt, times.get((debt.debtor, debt.key), [])) for debt in standing.judged.debts)


def _owing(debt: Debt, asked: list[Asked]) -> Owing:
    asked = sorted(asked, key=lambda one: (one.on, one.number))
    last = f"{asked[-1].on.month}月{asked[-1].on.day}日{asked[-1].how}" if asked else ""
    papers = tuple(dict.fromkeys(paper_name(one.document) for one in debt.items))
    what = "、".join(papers[:3]) + (f"等{len(papers)}种" if len(papers) > 3 else "")
    return Owing(
        debt.debtor, KINDS[debt.debtor], debt.key, debt.name, len(debt.items), sum(one.overdue for one in debt.items),
        what, last, len({(one.on, one.how) for one in asked}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChasePage:
    """The list. counts: kind -> debtors; items, overdue: papers in all of them."""

    leaf: Leaf[Owing]
    counts: Mapping[str, int]
    items: int
    overdue: int


def chase_page(standing: Standing, kind: str, page: int) -> ChasePage:
    """Those who owe. kind: 派出学校 and the like; empty for all."""
    every = standing.of(owing)
    counts = {name: sum(one.kind == name for one in every) for name in KINDS.values()}
    rows = sorted((one for one in every if kind in ("", one.kind)), key=lambda one: (-one.overdue, -one.items))
    return ChasePage(
        leaf_of(rows, page), counts, sum(one.items for one in rows), sum(one.overdue for one in rows)
    )  # fmt: skip


def owed_page(standing: Standing, debtor: str, key: str, template: Template) -> OwedPage | None:
    """What one owes; None for somebody who owes nothing. template: of a paper by its stem."""
    key = "" if key == NO_KEY else key
    found = next(
        ((debt, row) for debt, row in zip(standing.judged.debts, standing.of(owing), strict=True)
         if (debt.debtor, debt.key) == (debtor, key)), None)  # fmt: skip
    if found is None:
        return None
    debt, row = found
    told = standing.judged.season.told
    times = standing.of(times_asked)
    lines = tuple(
        OwedLine(
            paper_name(one.document), one.about if one.about != debt.name else "", lacking_words(one),
            written(one.due) if one.due else "", one.overdue,
            "；".join(f"{time.on.month}月{time.on.day}日{time.how}" for time in
                     times.get((debt.debtor, debt.key, "" if one.key == debt.key else one.key, one.document), ())),
        )
        for one in debt.items
    )  # fmt: skip
    may_ask = bool(key) and debt.debtor != "office"
    drafts = notices(material_for(standing), asking_of(debt.debtor, key, debt.name)) if may_ask else ()
    return OwedPage(
        row, lines, _chat(standing, debt),
        tuple(paper_text(one, template(one.template)) for one in drafts),
        tuple(one for one in told.asked if (one.debtor, one.key) == (debt.debtor, debt.key)), may_ask,
    )  # fmt: skip


def _chat(standing: Standing, debt: Debt) -> str:
    """The text for chat; none for the office itself."""
    if debt.debtor == "office":
        return ""
    return "".join(one.text for one in chat_texts((debt,), standing.judged.scheme, standing.judged.as_of))


def times_asked(standing: Standing) -> Mapping[tuple[Debtor, str, str, str], tuple[Asked, ...]]:
    """Each time each paper was asked for."""
    return standing.judged.season.told.times_asked()


def asking_of(debtor: str, key: str, name: str) -> Asking:
    """A debtor as the papers' functions name one."""
    return Asking(person=key) if debtor in ("trainee", "mentor") else Asking(school=name)


def written_whole(day: date) -> str:
    """`2016年12月6日`."""
    return f"{day.year}年{day.month}月{day.day}日"


# --- the register ------------------------------------------------------------------------------------------------


def register_of(standing: Standing) -> tuple[Chase, ...]:
    """The 催办台账: what was ever asked for, what is in since, and what is owed."""
    return tuple(one for one in chases(material_for(standing)) if one.times)


# --- what senders are told ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Intake:
    """A run that took something in. when: the day of it, empty before it is told; senders: how many."""

    number: int
    when: str
    senders: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the receipts of a season are made from."""

    books: Books
    heaps: Heaps
    intakes: tuple[Intake, ...]
    texts: dict[int, tuple[SenderTold, ...]] = field(default_factory=dict, compare=False, repr=False)


def receipts_told(standing: Standing) -> Told:
    """By intake and sender; the last intakes first."""
    titles = {stem: form.title for stem, form in standing.forms.items()}
    books = books_of_judged(standing.judged, titles)
    heaps = heaps_of(books)
    counts: dict[int, int] = {}
    for number, _ in heaps:
        counts[number] = counts.get(number, 0) + 1
    days = standing.judged.season.door.days
    intakes = tuple(
        Intake(number, written_whole(days[number]) if number in days else "还没有处理完", counts[number])
        for number in sorted(counts, reverse=True)[:MOST_INTAKES]
    )
    return Told(books, heaps, intakes)


@dataclass(frozen=True, slots=True)
class ReceiptsPage:
    """What each sender of one intake is told; None where nothing ever came."""

    intakes: tuple[Intake, ...]
    chosen: Intake | None
    leaf: Leaf[SenderTold]


def receipts_page(standing: Standing, intake: str, page: int) -> ReceiptsPage:
    """The texts of an intake, the last where it names none."""
    told = standing.of(receipts_told)
    chosen = next((one for one in told.intakes if str(one.number) == intake), next(iter(told.intakes), None))
    if chosen is None:
        return ReceiptsPage((), None, leaf_of((), 1))
    if chosen.number not in told.texts:
        told.texts[chosen.number] = told_then(told.books, told.heaps, chosen.number)
    return ReceiptsPage(told.intakes, chosen, leaf_of(told.texts[chosen.number], page))
