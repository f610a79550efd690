"""Other papers of the office: which there are, and what was printed of each and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gengang.desk.standing import Standing
from gengang.facts import Fact
from gengang.mailed import minute_in_china
from gengang.office import outcome, preparing, season
from gengang.office.kinds import PaperKind
from gengang.papers.pressbook import Entry, Pressbook

# Papers that go out while a season runs: name -> what its drafts are called in the ledger and the pressbook.
PRINTS: Mapping[str, tuple[str, ...]] = {
    "研修方案": ("programme_notice", "programme_plan", "personal_plan"),
    "工作日程表": ("timetable",),
    "报名汇总及资格审核表": ("sign_up_review",),
    "转达函": ("sign_up_letter",),
    "退回补正通知": ("returned_notice",),
    "催交通知": ("chase_notice", "chase_base"),
    "催办台账": ("chase_register",),
    "学员情况通报": ("bulletin", "bulletin_sheet"),
    "个人进度单": ("progress_sheet",),
    "领导要数": ("leaders_card",),
    "表彰名单": ("commendation_list",),
    "表彰通报": ("commendation",),
    "公示": ("publicity",),
}
OFFICE: Mapping[str, PaperKind] = {
    kind.name: kind for part in (preparing.KINDS, season.KINDS, outcome.KINDS) for kind in part if kind.name in PRINTS
}
# On pages of their own.
ELSEWHERE = frozenset(("催交通知", "催办台账", "学员情况通报", "领导要数", "表彰名单", "表彰通报", "公示"))
BY_MONTH = frozenset(("退回补正通知", "个人进度单"))
NUMBERED = frozenset(("研修方案", "转达函", "退回补正通知", "学员情况通报", "表彰通报"))
BY_SCHOOL = frozenset(("研修方案", "报名汇总及资格审核表", "退回补正通知", "个人进度单"))


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file that was printed and lies in the outbox. name: of the file, without folder and ending."""

    name: str
    folder: str
    docx: str
    pdf: str
    pages: int


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """One paper. when, who: of the last print, empty before one; files: what lies there of it."""

    name: str
    part: str
    says: str
    when: str
    who: str
    files: tuple[PrintedFile, ...]
    numbered: bool
    by_school: bool
    by_month: bool


def office_papers_of(facts: Iterable[Fact], book: Pressbook) -> tuple[OfficePaper, ...]:
    """Every paper that has no page of its own. facts: the last `paper` line of each kind at least."""
    return papers_named((name for name in OFFICE if name not in ELSEWHERE), facts, book)


def papers_named(names: Iterable[str], facts: Iterable[Fact], book: Pressbook) -> tuple[OfficePaper, ...]:
    """Papers by name, for the page that they are on."""
    lines = _last_printed(facts)
    return tuple(_paper(OFFICE[name], lines, book) for name in names)


def _paper(kind: PaperKind, lines: Mapping[str, Fact], book: Pressbook) -> OfficePaper:
    """A paper with what was printed of it."""
    own = PRINTS[kind.name]
    last = max((lines[name] for name in own if name in lines), key=lambda one: one.sequence, default=None)
    files = tuple(_file(entry) for name in own for entry in book.by_kind.get(name, ()))
    return OfficePaper(
        kind.name, kind.part, kind.says, minute_in_china(last.at) if last else "", last.actor.user if last else "",
        files, kind.name in NUMBERED, kind.name in BY_SCHOOL, kind.name in BY_MONTH,
    )  # fmt: skip


def _file(entry: Entry) -> PrintedFile:
    folder, _, name = entry.at.rpartition("/")
    return PrintedFile(name, folder, entry.docx, entry.pdf, entry.pages)


def last_prints(standing: Standing) -> tuple[Fact, ...]:
    """The last line of each kind that was printed."""
    return tuple(_last_printed(fact for fact in standing.facts if fact.kind == "paper").values())


def _last_printed(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Draft's kind -> the last line that one was printed; kinds of further copies count with their first."""
    return {str(fact.data["kind"]).partition("#")[0]: fact for fact in facts if fact.kind == "paper"}
