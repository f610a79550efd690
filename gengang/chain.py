"""Chain: one person's verdict opened to rule, value and place in the source, as values; it judges nothing itself.

Every number is the length or the sum of what it opens to. What no source has is not in it; what is claimed and not
counted says why.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gengang.findings import Severity
from gengang.outcome import Answer, CertificateState, Outcome
from gengang.reading import Status
from gengang.scheme import Debtor
from gengang.sheet import Place

TaskState = Literal["met", "short", "open", "uncounted"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's word in the ledger. who: account; at: UTC."""

    who: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands. paper: key; path: of the field; said: the value in words, raw: what stands there.

    decided: set where a person settled the field; then status and confidence are that person's.
    """

    paper: str
    path: str
    said: str
    raw: str
    status: Status
    confidence: float | None
    place: Place | None
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is counted, or was claimed and is not. amount: what it adds to its figure.

    why: empty where it simply counts, else why it does not, or why it counts for no more; by: whose word it is where
    no source shows it; others: further records of the very same thing.
    """

    words: str
    day: date | None = None
    amount: Decimal = Decimal(1)
    why: str = ""
    by: str = ""
    spots: tuple[Spot, ...] = ()
    others: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with all that it is made of: amount is the sum of the items. left_out: what was claimed beside them."""

    id: str
    name: str
    unit: str
    amount: Decimal
    items: tuple[Entry, ...]
    left_out: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Points that one thing gives a line or takes from it. figure: id of what it is counted from, empty for none."""

    words: str
    points: Decimal
    figure: str = ""
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the rubric: points is the sum of the parts."""

    item: str
    name: str
    max: Decimal
    points: Decimal
    at_most: Decimal
    how: str
    clause: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A week, month or day of a rhythm. number: of items of the task's figure that lie in it."""

    name: str
    first: date
    last: date
    number: int
    enough: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which a task may be met. spans: of a rhythm, those that are over."""

    asked: str
    figure: str
    have: Decimal
    unit: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A requirement. state: open while nobody can know, uncounted where no number is asked; said: what is short."""

    id: str
    name: str
    state: TaskState
    said: str
    clause: str
    severity: Severity
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """A paper that is owed. days: for which days, each with the places that show the day; figure: what came of it."""

    name: str
    said: str
    owed_by: Debtor
    due: date | None
    overdue: bool
    clause: str
    figure: str
    days: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding. papers: keys of those that it names; spots: the field that it is about."""

    code: str
    said: str
    severity: Severity
    clause: str
    papers: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the decision. clauses: ids; figure: what is looked at; items: words on papers that decide."""

    said: str
    clauses: tuple[str, ...] = ()
    figure: str = ""
    items: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a person decided or recorded. by: who, when, on which paper."""

    said: str
    why: str
    by: str
    clause: str


@dataclass(frozen=True, slots=True)
class ClauseSaid:
    """A clause that the chain leads to. quote: empty where the rule is ours; known: whether this scheme has it."""

    id: str
    quote: str
    reading: str
    severity: Severity
    known: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A paper of the person. names: all it came under, in order; arrived: its path in the inbox and when, UTC.

    whose: Chinese, why it is this person's; stands: whether it counts beside other versions of itself; waiting: fields
    that wait for a person; remarks: what is wrong with the paper itself.
    """

    key: str
    form: str
    name: str
    names: tuple[str, ...]
    arrived: tuple[str, str]
    sha256: str
    members: tuple[str, ...]
    pages: tuple[int, ...]
    medium: str
    received: date | None
    received_by: str
    whose: str
    whose_decided: Decided | None
    stands: str
    stands_decided: Decided | None
    waiting: tuple[Spot, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A photo, slides or the like. name: of the file; sha256: of its own bytes; why: what it waits for, or nothing."""

    kind: str
    name: str
    arrived: tuple[str, str]
    sha256: str
    caption: str
    day: date | None
    task: str
    why: str


@dataclass(frozen=True, slots=True)
class Who:
    """Whose chain it is; numbers are masked."""

    key: str
    name: str
    school: str
    stage: str
    subject: str
    id_number: str
    phone: str
    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything. score: None while open; points_now: the sum of the lines; clauses: every one that is named in it.

    maybe: papers that seem to be this person's and wait for somebody to say so.
    """

    who: Who
    programme: str
    scheme: str
    as_of: date
    outcome: Outcome
    answer: Answer
    score: Decimal | None
    points_now: Decimal
    judged_by_points: bool
    hours: int | None
    certificate: CertificateState
    outlook: str
    needs: tuple[str, ...]
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    tasks: tuple[Task, ...]
    lacks: tuple[Lack, ...]
    remarks: tuple[Remark, ...]
    ruled: tuple[Ruled, ...]
    figures: tuple[Figure, ...]
    clauses: tuple[ClauseSaid, ...]
    sources: tuple[Source, ...]
    maybe: tuple[Source, ...]
    pieces: tuple[Piece, ...]

    def figure(self, id: str) -> Figure | None:
        """The figure with this id."""
        return next((one for one in self.figures if one.id == id), None)
