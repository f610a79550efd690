"""Submission: the typed values of one filled form, and Paper: a submission that arrived and belongs to somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Paper:
    """A submission that the ledger holds for a person.

    key: stable name of this paper, `<sha256 of the file>#<index of the submission>`.
    person: stable key of the roster's person, empty while nobody is matched.
    received: the stated or mail date; None while unknown (never the file time).
    open_fields: paths whose value waits for a person; their values are not in `submission`.
    members: where inside the file it stood, for a person to look.
    """

    key: str
    person: str
    submission: Submission
    received: date | None = None
    open_fields: tuple[str, ...] = ()
    medium: str = "word"
    file: str = ""
