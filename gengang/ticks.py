"""What a person told for the papers: whom they ticked, what they wrote, what they asked for; as facts and back.

Nobody is named on a paper as criticised or commended unless somebody ticked them here. A part that only a person can
write stands as it was written; one that names people keeps their keys, so that it goes with them. Each can be taken
back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

from gengang.facts import Actor, Fact, latest
from gengang.rulings import COHORT
from gengang.scheme import Debtor

TICK, PART, ASKED = "@tick:", "@part:", "@asked:"
ListName = Literal["criticism", "commended"]
LISTS: Mapping[ListName, str] = {"criticism": "通报批评", "commended": "表彰名单"}
Wanted = tuple[Debtor, str, str, str]
PaperName = Literal["bulletin", "report", "reply", "praise"]
BY_MONTH: tuple[PaperName, ...] = ("bulletin",)
# Paper -> its name, and its parts that a person writes; a reply has one part for each suggestion, by its number.
PAPERS: Mapping[PaperName, tuple[str, Mapping[str, str]]] = {
    "bulletin": ("学员情况通报", {"base": "基地校管理", "practice": "好经验好做法", "next": "下一步要求"}),
    "report": ("终结性学情报告", {"practices": "主要做法", "achievements": "主要成效", "suggestions": "工作建议"}),
    "reply": ("意见建议汇总", {}),
    "praise": ("表彰通报", {"publicity": "公示结果"}),
}


@dataclass(frozen=True, slots=True)
class Tick:
    """A person ticked for a list. month: of a 通报, empty for none, `2016-10`; group: `优秀学员`; why: the reason."""

    list: ListName
    person: str
    why: str
    by: str
    month: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A part that a person wrote. sources: numbers of the excerpts it rests on; names: keys of those it names."""

    paper: PaperName
    part: str
    text: str
    by: str
    month: str = ""
    sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Of its line: apart from every other, so that it can be erased with a person it names."""
        return "-".join(filter(None, ("part", self.paper, self.month, self.part)))


@dataclass(frozen=True, slots=True)
class Asked:
    """催办: somebody was asked for papers.

    debtor, key: who was asked; about: key of the trainee whose papers they are, empty for the debtor's own.
    how: 微信, 电话, 书面 and the like; number: of its line.
    """

    debtor: Debtor
    key: str
    about: str
    documents: tuple[str, ...]
    how: str
    on: date
    by: str
    note: str = ""
    number: int = 0

    @property
    def subject(self) -> str:
        """Of its line: whom it tells of."""
        return self.about or self.key or COHORT

    @property
    def path(self) -> str:
        """Of its decision."""
        return f"{ASKED}{self.debtor}:{self.key}:{self.on.isoformat()}:{self.how}"


@dataclass(frozen=True, slots=True)
class Told:
    """Everything told for the papers that was not taken back, in the order in which it was told."""

    ticks: tuple[Tick, ...] = ()
    written: tuple[Written, ...] = ()
    asked: tuple[Asked, ...] = ()

    def ticked(self, name: ListName, month: str = "") -> tuple[Tick, ...]:
        """Who is ticked for a list, of a month where the list has one."""
        return tuple(one for one in self.ticks if (one.list, one.month) == (name, month))

    def text(self, paper: PaperName, part: str, month: str = "") -> str:
        """What somebody wrote for a part, empty while nobody did."""
        found = (one.text for one in self.written if (one.paper, one.part, one.month) == (paper, part, month))
        return next(found, "")

    def times_asked(self) -> dict[Wanted, tuple[Asked, ...]]:
        """Debtor, key, about whom, paper -> each time it was asked for, in order of day."""
        found: dict[Wanted, tuple[Asked, ...]] = {}
        for one in sorted(self.asked, key=lambda one: (one.on, one.number)):
            for document in one.documents:
                wanted = (one.debtor, one.key, one.about, document)
                found[wanted] = (*found.get(wanted, ()), one)
        return found


NOTHING_TOLD = Told()


# --- to the ledger -----------------------------------------------------------------------------------------------


def tick_fact(tick: Tick, actor: Actor, at: str) -> Fact:
    """A line; the last one about a person, list and month counts."""
    value = {"list": tick.list, "month": tick.month, "group": tick.group, "by": tick.by}
    return Fact("decision", tick.person, {"path": _tick_path(tick)}, actor, at, {"value": value, "why": tick.why})


def untick_fact(tick: Tick, why: str, by: str, actor: Actor, at: str) -> Fact:
    """The tick counts no more. by: whose word that is."""
    return Fact("decision", tick.person, {"path": _tick_path(tick)}, actor, at, {"value": None, "why": why, "by": by})


def _tick_path(tick: Tick) -> str:
    return f"{TICK}{tick.list}:{tick.month}"


def written_fact(one: Written, actor: Actor, at: str) -> Fact:
    """A line; the last one of a part counts, and an empty text takes it back."""
    data = {"path": f"{PART}{one.paper}:{one.month}:{one.part}", "names": list(one.names)}
    value = {"text": one.text, "by": one.by, "sources": list(one.sources)} if one.text else None
    return Fact("decision", one.subject, data, actor, at, {"value": value, "why": ""})


def asked_fact(one: Asked, actor: Actor, at: str) -> Fact:
    """A line; asked again on that day in that way it is one with more papers."""
    value = {"documents": list(one.documents), "by": one.by}
    return Fact("decision", one.subject, {"path": one.path}, actor, at, {"value": value, "why": one.note})


def unasked_fact(one: Asked, why: str, by: str, actor: Actor, at: str) -> Fact:
    """It was not asked after all. by: whose word that is."""
    return Fact("decision", one.subject, {"path": one.path}, actor, at, {"value": None, "why": why, "by": by})


# --- from the ledger ---------------------------------------------------------------------------------------------


def told_of_papers(lines: Iterable[Fact]) -> Told:
    """What was told and stands; nothing of somebody who was erased."""
    ticks: list[Tick] = []
    written: list[Written] = []
    asked: list[Asked] = []
    for subject, fact, kept in _standing(lines):
        path, why = str(fact.data["path"]), str((fact.personal or {}).get("why") or "")
        if path.startswith(TICK):
            ticks.append(_tick(subject, kept, why))
        elif path.startswith(PART):
            written.append(_written(path, fact, kept))
        else:
            asked.append(_asked(subject, path, fact, kept, why))
    return Told(tuple(ticks), tuple(written), tuple(asked))


def _standing(lines: Iterable[Fact]) -> Iterator[tuple[str, Fact, Mapping[str, Any]]]:
    found = [(subject, fact) for (subject, path), fact in latest(lines, "decision").items()
             if path.startswith((TICK, PART, ASKED))]  # fmt: skip
    for subject, fact in sorted(found, key=lambda one: one[1].sequence):
        value = (fact.personal or {}).get("value")
        if isinstance(value, Mapping):
            yield subject, fact, value


def _tick(person: str, kept: Mapping[str, Any], why: str) -> Tick:
    name = next(one for one in LISTS if one == kept["list"])
    return Tick(name, person, why, str(kept["by"]), str(kept["month"]), str(kept["group"]))


def _written(path: str, fact: Fact, kept: Mapping[str, Any]) -> Written:
    paper, month, part = path.removeprefix(PART).split(":", 2)
    name = next(one for one in PAPERS if one == paper)
    names = fact.data.get("names")
    keys: Sequence[object] = names if isinstance(names, list | tuple) else ()
    return Written(
        name, part, str(kept["text"]), str(kept["by"]), month, tuple(map(str, kept["sources"])), tuple(map(str, keys))
    )  # fmt: skip


def _asked(subject: str, path: str, fact: Fact, kept: Mapping[str, Any], why: str) -> Asked:
    debtor, key, on, how = path.removeprefix(ASKED).split(":", 3)
    assert debtor in get_args(Debtor), "only such are written"
    about = "" if subject in (key, COHORT) else subject
    return Asked(
        cast(Debtor, debtor), key, about, tuple(map(str, kept["documents"])), how, date.fromisoformat(on),
        str(kept["by"]), why, fact.sequence,
    )  # fmt: skip
