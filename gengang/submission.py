"""Submission: the typed values of one filled form, and Paper: a submission that arrived and belongs to somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from gengang.codecs import Value

RowValues = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Submission:
    """Values in normal form (design: `docs/read.schema.json`), None where blank.

    values: field name -> value; lists: list name -> rows in document order, column name -> value.
    """

    form: str
    values: Mapping[str, Value | None]
    lists: Mapping[str, tuple[RowValues, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value of a text-like field, empty when blank or absent."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """The value of a `count` field."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def rows(self, name: str) -> tuple[RowValues, ...]:
        """The rows of a list, none when absent."""
        return self.lists.get(name, ())


# stated: by a clerk, for a whole folder; mail: the day a server had it.
ReceivedBy = Literal["stated", "mail", ""]


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's word that of all versions of a paper this one counts.

    number: of the line in the ledger, the greatest holds; among: keys of the versions that the person saw.
    """

    number: int
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A submission that the ledger holds for a person.

    key: stable name of this paper, `<sha256 of the file>#<index of the submission>`.
    person: stable key of the roster's person, empty while nobody is matched.
    received: the stated or mail date; None while unknown (never the file time). received_by: whose word that is.
    not_later: the day we took it in, which proves no more than that it was here by then; None when it proves nothing.
    open_fields: paths whose value waits for a person; their values are not in `submission`.
    proposed: what the machine thinks of some of those. file: its path in the inbox.
    arrived: number of its arrival in the ledger. choice: set when a person chose it of several versions.
    marks: kind (seal, signature, photo) and field -> present, absent or cannot_tell, as the reading has them.
    """

    key: str
    person: str
    submission: Submission
    received: date | None = None
    open_fields: tuple[str, ...] = ()
    medium: str = "word"
    file: str = ""
    proposed: Mapping[str, Value] = field(default_factory=dict)
    received_by: ReceivedBy = ""
    not_later: date | None = None
    arrived: int = 0
    choice: Choice | None = None
    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)
