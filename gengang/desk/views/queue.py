"""What waits for somebody: papers with open fields in the order in which they matter, and one field of many people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gengang.copies import Copies
from gengang.desk.standing import Now, Standing
from gengang.desk.views.consequences import NONE, UNWEIGHED, Consequence, told_at_once
from gengang.desk.views.fields import (
    CODEC_WORDS,
    SECRET,
    FieldCard,
    card_at,
    kind_at,
    lines_by_paper,
    lines_of,
    machine_of,
)
from gengang.labels import label_of
from gengang.reading import FieldReading
from gengang.season import HeldPaper
from gengang.settled import field_at, words_by_path
from gengang.settling import waiting_paths
from gengang.telling_copies import copies_by_person, settled_fields, short_key
from gengang.telling_words import whose

MEDIA_WORDS = {
    "word": "Word",
    "pdf": "PDF",
    "scan": "扫描或照片",
    "sheet": "电子表格",
    "mail": "邮件",
    "archive": "压缩包",
}
Weights = Mapping[str, Mapping[str, Consequence]]  # paper key -> path -> what hangs on it
CARDS_A_SCREEN = 40
LINES_A_PAGE = 100
MOST_DRAWN = 400  # papers whose pictures are made ready before anybody asks
NO_PROPOSAL = -1.0  # how sure the machine is where it proposes nothing: the most doubtful


@dataclass(frozen=True, slots=True)
class OpenField:
    """A field that waits in the season as it was folded. doubt: 0 sure to 1 not at all."""

    path: str
    consequence: Consequence
    doubt: float


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper with fields that wait, the weightiest first."""

    key: str
    fields: tuple[OpenField, ...]

    @property
    def consequence(self) -> Consequence:
        """Of the weightiest field."""
        return self.fields[0].consequence


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A paper in the list. number: as a person calls it."""

    key: str
    number: str
    title: str
    whose: str
    medium: str
    waiting: int
    rank: int
    said: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One field, or one sort of value, of many papers. name: as the address has it."""

    name: str
    title: str
    waiting: int
    secret: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The list. lines: the first of it; papers, waiting: how many papers and fields in all.

    by_rank: how many fields of each weight.
    """

    lines: tuple[QueueLine, ...]
    papers: int
    waiting: int
    by_rank: tuple[tuple[int, int], ...]
    kinds: tuple[GroupLine, ...]
    columns: tuple[GroupLine, ...]


def copies(standing: Standing) -> dict[str, tuple[Copies, ...]]:
    """Everybody's papers, those that are one paper together."""
    return copies_by_person(standing.judged)


def elsewhere_of(standing: Standing) -> dict[str, frozenset[str]]:
    """Open fields that nobody need look at: another copy of the paper says them for certain."""
    return settled_fields(standing.of(copies))


def waiting_by_paper(standing: Standing) -> dict[str, tuple[str, ...]]:
    """Paper key -> its fields that wait."""
    elsewhere = standing.of(elsewhere_of)
    found = {}
    for held in standing.papers.values():
        said = elsewhere.get(held.paper.key, frozenset())
        paths = tuple(path for path in _waiting(standing, held) if path not in said) if not _is_nobodys(held) else ()
        if paths:
            found[held.paper.key] = paths
    return found


def open_by_person(standing: Standing) -> dict[str, tuple[HeldPaper, ...]]:
    """Person key -> their papers with open fields of which it has to be tried what hangs on them."""
    found: dict[str, list[HeldPaper]] = {}
    for key in standing.of(waiting_by_paper):
        held = standing.papers[key]
        if told_at_once(standing.judged, held) is None:
            found.setdefault(held.paper.person, []).append(held)
    return {person: tuple(papers) for person, papers in found.items()}


def open_papers(standing: Standing) -> tuple[OpenPaper, ...]:
    """Papers with open fields, those first on which a verdict or a certificate hangs, then the most doubtful."""
    weights: Weights = standing.weights()
    found = []
    for key, paths in standing.of(waiting_by_paper).items():
        held = standing.papers[key]
        same, known = told_at_once(standing.judged, held), weights.get(key)
        fields = [
            OpenField(path, same or (UNWEIGHED if known is None else known.get(path, NONE)), _doubt(held, path))
            for path in paths
        ]
        found.append(OpenPaper(key, tuple(sorted(fields, key=_weight))))
    return tuple(sorted(found, key=lambda one: (*_weight(one.fields[0]), one.key)))


def _waiting(standing: Standing, held: HeldPaper) -> Iterator[str]:
    """Open fields; one that somebody called unreadable, or asked for again, waits no more."""
    words = words_by_path(standing.of(lines_by_paper).get(held.paper.key, ()))
    open_now = frozenset(held.paper.open_fields)
    yield from (path for path in waiting_paths(machine_of(held), words) if path in open_now)


def _is_nobodys(held: HeldPaper) -> bool:
    return held.match.decided and not held.paper.person


def _doubt(held: HeldPaper, path: str) -> float:
    found = field_at(machine_of(held), path)
    if not isinstance(found, FieldReading) or found.value is None:
        return 1.0 - NO_PROPOSAL
    return 1.0 - (found.confidence or 0.0)


def _weight(one: OpenField) -> tuple[int, float]:
    return one.consequence.rank, -one.doubt


def papers_to_show(standing: Standing) -> tuple[HeldPaper, ...]:
    """The papers of which pictures are looked at soon, in the order of the list."""
    return tuple(standing.papers[one.key] for one in standing.of(open_papers)[:MOST_DRAWN])


# --- what is shown ---


def still_open(now: Now, one: OpenPaper) -> tuple[OpenField, ...]:
    """Its fields that nobody settled since the season was folded."""
    if one.key not in now.touched:
        return one.fields
    words = words_by_path(lines_of(now, one.key))
    waiting = frozenset(waiting_paths(machine_of(now.standing.papers[one.key]), words))
    return tuple(field for field in one.fields if field.path in waiting)


def queue_of(now: Now, rank: str = "") -> Queue:
    """The list of the first page. rank: what alone is wanted, '' for everything."""
    left = still_open_papers(now)
    ranks = Counter(field.consequence.rank for _, fields in left for field in fields)
    wanted = [(one, fields) for one, fields in left if not rank or str(fields[0].consequence.rank) == rank]
    kinds, columns = group_lines(now)
    return Queue(
        tuple(line_of(now, one, fields) for one, fields in wanted[:LINES_A_PAGE]), len(wanted),
        sum(len(fields) for _, fields in wanted), tuple(sorted(ranks.items())), kinds, columns,
    )  # fmt: skip


def still_open_papers(now: Now) -> list[tuple[OpenPaper, tuple[OpenField, ...]]]:
    """Papers that still wait, each with its fields that do."""
    return [(one, fields) for one in now.standing.of(open_papers) if (fields := still_open(now, one))]


def line_of(now: Now, one: OpenPaper, fields: tuple[OpenField, ...]) -> QueueLine:
    """A paper in the list."""
    held = now.standing.papers[one.key]
    first = fields[0].consequence
    return QueueLine(
        one.key, short_key(one.key), title_of(now.standing, held.reading.form), whose(now.judged, held),
        MEDIA_WORDS.get(held.paper.medium, held.paper.medium), len(fields), first.rank, first.said,
    )  # fmt: skip


def title_of(standing: Standing, form: str) -> str:
    """What the scheme calls a form, else what the form calls itself."""
    document = standing.judged.scheme.document(form)
    known = standing.forms.get(form)
    return document.name if document else known.title if known else form


def next_after(now: Now, key: str) -> str:
    """The paper that comes after one in the list, the first after the last; '' where none is left."""
    left = [one.key for one in now.standing.of(open_papers) if one.key == key or still_open(now, one)]
    if key not in left:
        return left[0] if left else ""
    at = left.index(key)
    return next((one for one in (*left[at + 1 :], *left[:at]) if one != key), "")


# --- one field of many ---


Member = tuple[OpenPaper, OpenField]


def groups(standing: Standing) -> dict[str, tuple[Member, ...]]:
    """Open fields by what they have in common, in the order of the list: `kind.tick`, `sign_in.days.date`."""
    found: dict[str, list[Member]] = {}
    for one in standing.of(open_papers):
        form = standing.papers[one.key].reading.form
        known = standing.forms.get(form)
        for field in one.fields:
            for name in (f"kind.{kind_at(known, field.path).codec}", f"{form}.{column_of(field.path)}"):
                found.setdefault(name, []).append((one, field))
    return {name: tuple(members) for name, members in found.items()}


def group_of(now: Now, name: str) -> tuple[Member, ...]:
    """The fields of a group that still wait."""
    members = now.standing.of(groups).get(name, ())
    if not now.touched:
        return members
    left: dict[str, frozenset[str]] = {}
    for one, _ in members:
        if one.key in now.touched and one.key not in left:
            left[one.key] = frozenset(field.path for field in still_open(now, one))
    return tuple((one, field) for one, field in members if one.key not in left or field.path in left[one.key])


def group_lines(now: Now) -> tuple[tuple[GroupLine, ...], tuple[GroupLine, ...]]:
    """Sorts of values, then columns of forms that wait more than once, the largest first."""
    counted = [(name, len(group_of(now, name))) for name in now.standing.of(groups)]
    largest = sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1])
    kinds = tuple(group_line(now, name, number) for name, number in largest if name.startswith("kind."))
    columns = tuple(
        group_line(now, name, number) for name, number in largest if not name.startswith("kind.") and number > 1
    )
    return kinds, columns


def group_line(now: Now, name: str, number: int) -> GroupLine:
    """A group as it is listed."""
    head, _, rest = name.partition(".")
    if head == "kind":
        return GroupLine(name, CODEC_WORDS.get(rest, rest), number, rest in SECRET)
    return GroupLine(name, f"{title_of(now.standing, head)}　{_label(now, head, rest)}", number, False)


def column_of(path: str) -> str:
    """`days[3].date` is the column `days.date`."""
    name, bracket, rest = path.partition("[")
    return f"{name}.{rest.partition('].')[2]}" if bracket else name


def _label(now: Now, form: str, column: str) -> str:
    known = now.standing.forms.get(form)
    if known is None:
        return column
    name, dot, rest = column.partition(".")
    label = label_of(known, f"{name}[1].{rest}" if dot else column)
    return label.removeprefix("第1行")


def cards_of_group(now: Now, name: str, opened: bool) -> tuple[tuple[QueueLine, FieldCard], ...]:
    """As many as fit on a screen, each with whose it is. opened: secret values are shown whole."""
    cards = []
    for one, field in group_of(now, name)[:CARDS_A_SCREEN]:
        held = now.standing.papers[one.key]
        cards.append((line_of(now, one, (field,)), card_at(now, held, field.path, opened)))
    return tuple(cards)
