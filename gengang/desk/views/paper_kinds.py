"""Papers that are printed beside certificates, by their part of the season: to be signed, filed, or for a meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gengang.desk.views.office_papers import PRINTS
from gengang.errors import WorkspaceError
from gengang.office.catalogue import KINDS
from gengang.office.kinds import Asking
from gengang.papers.letterhead import letter_number
from gengang.under_way import named_day

PAPER = "paper:"  # before a paper's name: the name of its box
# The others have pages of their own, with the notices.
HERE = tuple(kind for kind in KINDS if kind.name not in PRINTS)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the season with its papers: name and what it is."""

    name: str
    papers: tuple[tuple[str, str], ...]


def parts() -> tuple[Part, ...]:
    """Every part in the order of the season."""
    names = dict.fromkeys(kind.part for kind in HERE)
    return tuple(Part(name, tuple((kind.name, kind.says) for kind in HERE if kind.part == name)) for name in names)


def papers_typed(typed: Mapping[str, str]) -> tuple[str, ...]:
    """The papers that were ticked, here or with the notices, in the order of the season. WorkspaceError for none."""
    names = tuple(kind.name for kind in KINDS if PAPER + kind.name in typed)
    if not names:
        raise WorkspaceError("请先选要印的材料。")
    return names


def asking_typed(typed: Mapping[str, str]) -> Asking:
    """For whom and when. WorkspaceError for a month or a number that is none."""
    told = {name: typed.get(name, "").strip() for name in ("event", "school", "person", "month", "number")}
    number = letter_number(told["number"]) if told["number"] else ""
    if number is None:
        raise WorkspaceError(f"发文字号应写成“安教体〔2016〕12号”的样子，现在是“{told['number']}”。")
    return Asking(told["event"], told["school"], told["person"], _month(told["month"]), number)


def _month(text: str) -> date | None:
    return named_day(f"{text}-01", f"月份应写成 2016-10 的样子，现在是“{text}”。") if text else None
