"""清点份数: one kind of paper of everybody, how many paper copies were counted and how many are to be kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gengang.desk.standing import Standing
from gengang.desk.views.leaves import Leaf, leaf_of
from gengang.desk.views.people import Wanted, trainees
from gengang.noted import who_and_when
from gengang.papers.words import plain_name
from gengang.scheme import Document

TYPED, SEEN = "n:", "was:"  # before a person's key: names of the number typed and of the one that was shown
STATES = ("未清点", "不足", "够")


@dataclass(frozen=True, slots=True)
class CountRow:
    """A trainee. number: counted, empty while nobody counted; about: by whom and when; came: scans and files of it."""

    key: str
    name: str
    school: str
    stage: str
    subject: str
    came: int
    number: str
    about: str
    state: str


@dataclass(frozen=True, slots=True)
class CountPage:
    """One kind of paper. tabs: form and name; kept: where each of the copies goes."""

    tabs: tuple[tuple[str, str], ...]
    form: str
    name: str
    copies: int
    kept: str
    leaf: Leaf[CountRow]
    schools: tuple[str, ...]
    counts: Mapping[str, int]


def kept_on_paper(standing: Standing) -> tuple[Document, ...]:
    """The papers of each trainee that are handed in on paper, those of several copies first."""
    asked = [one for one in standing.judged.scheme.documents if one.form and one.per == "trainee"]
    return tuple(sorted(asked, key=lambda one: one.copies < 2))


def count_page(standing: Standing, wanted: Wanted, form: str, page: int = 1) -> CountPage | None:
    """The page of a kind of paper, the first where it names none; None where none is kept."""
    documents = kept_on_paper(standing)
    if not documents:
        return None
    chosen = next((one for one in documents if one.form == form), documents[0])
    rows = tuple(_rows(standing, chosen))
    return CountPage(
        tuple((one.form, plain_name(one.name)) for one in documents), chosen.form, plain_name(chosen.name),
        chosen.copies, "、".join(chosen.keepers), leaf_of([row for row in rows if _holds(wanted, row)], page),
        tuple(sorted({row.school for row in rows})),
        {state: sum(row.state == state for row in rows) for state in STATES},
    )  # fmt: skip


def _holds(wanted: Wanted, row: CountRow) -> bool:
    return wanted.school in ("", row.school) and wanted.state in ("", row.state) and wanted.name in row.name


def _rows(standing: Standing, document: Document) -> Iterator[CountRow]:
    season = standing.judged.season
    for one in standing.of(trainees):
        counted = season.noted_of(one.key).copies_of(document.form)
        state = "未清点" if counted is None else "够" if counted.number >= document.copies else "不足"
        yield CountRow(
            one.key, one.name, one.school, one.stage, one.subject,
            sum(paper.submission.form == document.form for paper in season.papers_of(one.key)),
            "" if counted is None else str(counted.number), who_and_when(counted) if counted else "", state,
        )  # fmt: skip


def typed_numbers(typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Key and number as typed, where something else was typed than stood there."""
    for name, number in typed.items():
        key = name.removeprefix(TYPED)
        if name.startswith(TYPED) and number.strip() and number.strip() != typed.get(SEEN + key, ""):
            yield key, number.strip()
