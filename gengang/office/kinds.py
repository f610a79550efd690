"""What an office paper is: its name as printed, its part of the season, when a run lays it ready, how it is drafted.

A paper is drafted by a pure function from what the ledger holds; pressed, proved and printed like every other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gengang.drafting import Judged, Spent
from gengang.form import Form
from gengang.papers.draft import Draft
from gengang.proposals import Proposals

NO_PROPOSALS = Proposals()


@dataclass(frozen=True, slots=True)
class Material:
    """What office papers are made from.

    forms: stem -> form in use; fonts: folder with the faces that charts need; proposals: whom the sign-up papers
    propose, and what is wrong with them; spent: certificate numbers in force.
    """

    judged: Judged
    forms: Mapping[str, Form]
    fonts: Path
    proposals: Proposals = NO_PROPOSALS
    spent: tuple[Spent, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What a clerk chose; empty is all of them. event: its name in the scheme; school, person: by name or key.

    month: the first day of one; number: the 发文字号 of a letter, which then bears red head and 版记.
    """

    event: str = ""
    school: str = ""
    person: str = ""
    month: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class TextFile:
    """What is printed beside papers as plain text, to be pasted. file: path under the outbox with its ending."""

    file: str
    text: str


def no_texts(_material: Material, _asking: Asking) -> tuple[TextFile, ...]:
    """A paper without any."""
    return ()


def never(_material: Material) -> bool:
    """A paper that only a person asks for."""
    return False


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One office paper. part: 准备, 季中, 考核, 结业, 汇报会 or 归档; says: in Chinese, what it is and whom it is for.

    drafts: none when there is nothing to write; texts: what goes with them as plain text; laid_ready: whether a run as
    of that day lays it ready by itself.
    """

    name: str
    part: str
    says: str
    drafts: Callable[[Material, Asking], tuple[Draft, ...]]
    laid_ready: Callable[[Material], bool] = never
    texts: Callable[[Material, Asking], tuple[TextFile, ...]] = no_texts
