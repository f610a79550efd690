"""What came of printing: files to be kept, and what was not released and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from gengang.desk.views.wording import told
from gengang.drafting import Judged
from gengang.issuing import NOT_APPROVED, Written
from gengang.papers.words import masked
from gengang.press import Pressed

MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made. docx, pdf: SHA-256; number: of a certificate; said: what to look at."""

    name: str
    whose: str
    key: str
    number: str
    docx: str
    pdf: str
    pages: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """fresh: made now; held: not released; of each the first MOST_SHOWN. new, back: how many these are in all.

    same: how many lie there as they were; lines: what else was said.
    """

    fresh: tuple[Made, ...]
    held: tuple[Made, ...]
    new: int
    back: int
    same: int
    lines: tuple[str, ...]


def result_of(made: object, judged: Judged) -> Result | None:
    """What a work that printed came to; None for another."""
    if not isinstance(made, Written):
        return None
    count = Counter(one.status for one in made.pressed)
    of = {status: tuple(_made(one, judged) for one in islice(_of(made, status), MOST_SHOWN))
          for status in ("new", "held")}  # fmt: skip
    lines = tuple(masked(line) for line in told(made.lines) if not line.strip().startswith("未放行"))
    return Result(of["new"], of["held"], count["new"], count["held"], count["same"], lines)


def _of(made: Written, status: str) -> Iterator[Pressed]:
    yield from (one for one in made.pressed if one.status == status)


def _made(one: Pressed, judged: Judged) -> Made:
    person = judged.season.roster.person(one.draft.person) if one.draft.person else None
    number = str(one.draft.values.get("number") or "") if one.draft.final else ""
    return Made(
        (one.file or one.draft.file).rpartition("/")[2], f"{person.school} {person.name}" if person else "",
        one.draft.person if person else "", number, one.docx, one.pdf, one.pages,
        tuple(masked(finding.message) for finding in one.findings if finding != NOT_APPROVED),
    )  # fmt: skip
