"""通报, 表彰, 学情报告 and answers to suggestions: who may be ticked, what a person writes, what will be printed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from gengang.desk.standing import Standing
from gengang.desk.views.chasing import Template, material_for
from gengang.desk.views.leaves import Leaf, leaf_of
from gengang.desk.views.paper_text import PaperText, paper_text
from gengang.desk.views.wording import at_desk
from gengang.drafting import Judged
from gengang.errors import GengangError
from gengang.office import bulletin, commending
from gengang.office.asking import bulletin_day, month_word
from gengang.office.kinds import Asking, Material
from gengang.office.pace import candidates, may_be_named
from gengang.papers.draft import Draft
from gengang.papers.excerpts import Excerpt, source_words, suggestions_of
from gengang.papers.figures import plain
from gengang.roster import Person
from gengang.scheme import Scheme
from gengang.ticks import PAPERS, PaperName, Tick
from gengang.timetable import bulletin_days
from gengang.workspace import BUILT_IN

NAMING = {
    True: "只是候选：勾选了才写进通报，没有勾选的不点名。",
    False: "研修时间未过半，不提人选；进度慢的以提醒为主。",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody who may be ticked. place: in a proposed order; score: as it stands; why: offered as the reason."""

    key: str
    name: str
    school: str
    why: str
    place: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is ticked. note: what a tick of nobody's proposal says."""

    key: str
    name: str
    school: str
    why: str
    by: str
    group: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a person writes. text: as it stands, empty while nobody wrote it; by: whose it is; else: what is
    printed in its place while it is empty.
    """

    paper: PaperName
    part: str
    name: str
    text: str
    by: str
    instead: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """An excerpt to write from."""

    number: str
    text: str
    source: str
    used: bool


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """The 通报 of a month. months: of all; note: whether anybody may be named; preview: what it will say."""

    month: str
    months: tuple[str, ...]
    day: date
    note: str
    may_name: bool
    offered: tuple[Offered, ...]
    named: tuple[Named, ...]
    parts: tuple[Part, ...]
    complete: bool
    preview: PaperText


def bulletin_page(standing: Standing, month: str, template: Template) -> BulletinPage | None:
    """The page of a month, the due one where it names none; None of a programme without any 通报."""
    judged = standing.judged
    day = _day_of(judged, month)
    if day is None:
        return None
    known = month_word(day)
    ticks = judged.season.told.ticked("criticism", known)
    done = {one.person for one in ticks}
    parts = tuple(part_of(judged, "bulletin", part, known) for part in PAPERS["bulletin"][1])
    may_name = may_be_named(judged, day)
    return BulletinPage(
        known, tuple(map(month_word, bulletin_days(judged.scheme))), day,
        NAMING[may_name],
        may_name,
        tuple(Offered(one.person.key, one.person.name, one.person.school, one.why)
              for one in candidates(judged, day) if one.person.key not in done),
        named_of(judged, ticks), parts, all(one.text for one in parts if one.part != "next"),
        _first(lambda *_: (bulletin.bulletin_of(judged, day),), standing, Asking(), template),
    )  # fmt: skip


def _day_of(judged: Judged, month: str) -> date | None:
    found = next((day for day in bulletin_days(judged.scheme) if month_word(day) == month), None)
    return bulletin_day(Material(judged, {}, BUILT_IN / "fonts"), found)


def quotes_of(standing: Standing, month: str) -> tuple[tuple[str, tuple[Quote, ...]], ...]:
    """Excerpts for the parts of a month's 通报 that a person writes: part, and what was said of it."""
    judged = standing.judged
    day = _day_of(judged, month)
    if day is None:
        return ()
    base, practice = standing.lasting(f"excerpts {day}", standing.sequence, lambda: bulletin.offered(judged, day))
    used = {number for one in judged.season.told.written if (one.paper, one.month) == ("bulletin", month_word(day))
            for number in one.sources}  # fmt: skip
    return (("base", _quotes(judged, base, used)), ("practice", _quotes(judged, practice, used)))


def _quotes(judged: Judged, found: Iterable[Excerpt], used: Iterable[str]) -> tuple[Quote, ...]:
    roster, taken = judged.season.roster, frozenset(used)

    def name_of(key: str) -> str:
        person = roster.person(key)
        return person.name if person else ""

    return tuple(Quote(one.number, one.text, source_words(one, name_of), one.number in taken) for one in found)


def part_of(judged: Judged, paper: PaperName, part: str, month: str = "", asked: str = "", instead: str = "") -> Part:
    """A part as it stands."""
    found = next((one for one in judged.season.told.written
                  if (one.paper, one.part, one.month) == (paper, part, month)), None)  # fmt: skip
    text, by = (found.text, found.by) if found else ("", "")
    return Part(paper, part, PAPERS[paper][1].get(part, ""), text, by, instead, asked)


def named_of(judged: Judged, ticks: Iterable[Tick]) -> tuple[Named, ...]:
    """Those who are ticked, with who ticked them."""
    known = ((judged.season.roster.person(one.person), one) for one in ticks)
    return tuple(Named(person.key, person.name, person.school, one.why, one.by, one.group)
                 for person, one in known if person is not None)  # fmt: skip


def _first(
    drafts: Callable[[Material, Asking], tuple[Draft, ...]], standing: Standing, asking: Asking, template: Template
) -> PaperText:  # fmt: skip
    """The first of a paper's drafts in words, or why there is none."""
    try:
        made: tuple[Draft, ...] = drafts(material_for(standing), asking)
    except GengangError as fault:
        return PaperText("", (), at_desk(str(fault)))
    return paper_text(made[0], template(made[0].template)) if made else PaperText("", (), "现在没有要印的。")


# --- 表彰 --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PraisePage:
    """表彰. places: how many may be commended; note: what to know before ticking; publicity: the result of the 公示."""

    places: int
    note: str
    kinds: tuple[str, ...]
    offered: tuple[Offered, ...]
    named: tuple[Named, ...]
    publicity: Part
    has_publicity: bool
    preview: PaperText


def praise_page(standing: Standing, template: Template) -> PraisePage:
    """Who is proposed, who is ticked, and what the 表彰通报 says of them."""
    judged = standing.judged
    ticks = judged.season.told.ticked("commended")
    done = {one.person for one in ticks}
    found = standing.of(commendable)
    [draft] = commending.proposal(material_for(standing), Asking())
    return PraisePage(
        commending.places(judged), f"{draft.values['rule']}{draft.values['note']}", judged.scheme.commendation.kinds,
        tuple(
            Offered(one.person.key, one.person.name, one.person.school, one.why,
                    f"并列{one.place}" if one.tied else str(one.place), "" if one.score is None else plain(one.score))
            for one in found if one.person.key not in done
        ),
        named_of(judged, ticks), part_of(judged, "praise", "publicity"), has_publicity(judged.scheme),
        _first(commending.notice, standing, Asking(), template) if ticks else PaperText("", (), "还没有勾选表彰人选。"),
    )  # fmt: skip


def commendable(standing: Standing) -> tuple[commending.Candidate, ...]:
    """The proposed order."""
    return commending.candidates(standing.judged)


def has_publicity(scheme: Scheme) -> bool:
    """Whether the scheme wants a 公示."""
    return bool(scheme.commendation.publicity_days)


# --- 学情报告, 意见建议 ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportPage:
    """parts: of the 终结性学情报告; replies: a part for each suggestion that somebody made, of one page of them."""

    parts: tuple[Part, ...]
    replies: tuple[Part, ...]
    leaf: Leaf[Excerpt]


def report_page(standing: Standing, page: int = 1) -> ReportPage:
    """What a person writes for the report at the end."""
    judged, roster = standing.judged, standing.judged.season.roster

    def whose(key: str) -> str:
        person: Person | None = roster.person(key)
        return f"{person.school} {person.name}" if person else ""

    leaf = leaf_of(standing.of(suggestions), page)
    return ReportPage(
        tuple(part_of(judged, "report", part) for part in PAPERS["report"][1]),
        tuple(replace(part_of(judged, "reply", one.key, asked=f"{whose(one.person)}：{one.text}", instead=one.answer),
                      name=f"第{one.number}号") for one in leaf.rows),
        leaf,
    )  # fmt: skip


def suggestions(standing: Standing) -> tuple[Excerpt, ...]:
    """Every suggestion that somebody made."""
    return suggestions_of(held.paper for held in standing.judged.season.papers)
