"""A person's word on a field of a paper, laid over what the machine read; it stays whatever is read again later.

Each word is a line of the ledger, and the last on a field counts; taking it back is a line too. Nothing here writes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast, get_args

from gengang.codecs import Value
from gengang.facts import Actor, Fact, values_of
from gengang.reading import FieldReading, ListReading, Reading, json_of_value, value_of_json

Said = Literal["accepted", "corrected", "blank", "unreadable", "again", "back"]
Second = Literal["", "wanted", "given"]
KIND = "settled"
SAID_WORDS: Mapping[Said, str] = {
    "accepted": "采纳",
    "corrected": "改正",
    "blank": "没有填写",
    "unreadable": "看不清",
    "again": "请对方重交",
    "back": "撤销",
}
WITH_VALUE = ("accepted", "corrected")
CLOSING = (*WITH_VALUE, "blank")  # after these nobody need look at the field


@dataclass(frozen=True, slots=True)
class FieldWord:
    """What somebody said of one field. value: None but for `accepted` and `corrected`; number: of its line.

    before: what stood there for whoever said it, as `state_json` has it. awaits: it counts only once somebody else has
    said the same.
    """

    path: str
    said: Said
    value: Value | None
    why: str
    by: str
    role: str
    at: str
    number: int
    before: Mapping[str, Any]
    awaits: bool = False

    def says_as(self, other: "FieldWord") -> bool:
        """Whether two people came to the same."""
        if self.said in WITH_VALUE and other.said in WITH_VALUE:
            return self.value == other.value
        return self.said == other.said


def settled_fact(
    paper: str,
    path: str,
    said: Said,
    value: Value | None,
    before: Mapping[str, object],
    why: str,
    actor: Actor,
    at: str,
    second: Second = "",
) -> Fact:
    """The line that says it. paper: its key; before: the true state that the person saw.

    second: whether somebody else has to say the same before it counts, or this is the one who did.
    """
    personal = {"value": json_of_value(value), "before": dict(before), "why": why}
    data = {"path": path, "said": said, **({"second": second} if second else {})}
    return Fact(KIND, paper, data, actor, at, personal)


def word_of(fact: Fact) -> FieldWord | None:
    """What a line says of a field; None for one that speaks of no field, or whose values were erased."""
    if fact.personal is None or fact.kind not in (KIND, "decision"):
        return None
    kept = values_of(fact.personal)
    said = _said(fact, kept)
    path = str(fact.data["path"])
    if said is None or path.startswith("@"):
        return None
    value = value_of_json(kept.get("value")) if said in WITH_VALUE else None
    actor, before = fact.actor, kept.get("before") or {}
    return FieldWord(
        path, said, value, str(kept.get("why", "")), actor.user, actor.role, fact.at, fact.sequence, before,
        fact.data.get("second") == "wanted",
    )  # fmt: skip


def _said(fact: Fact, kept: Mapping[str, Any]) -> Said | None:
    """A `decision` on a field, as the first releases wrote it, has a value or says that the place is blank."""
    if fact.kind == "decision":
        return "blank" if kept.get("value") is None else "corrected"
    said = fact.data["said"]
    return cast(Said, said) if said in get_args(Said) else None


def words_by_path(facts: Iterable[Fact]) -> dict[str, FieldWord]:
    """The word that counts for each field of one paper. facts: lines of that paper alone, in order."""
    found: dict[str, FieldWord] = {}
    for fact in facts:
        word = word_of(fact)
        if word is not None:
            found[word.path] = word
    return found


def field_at(reading: Reading, path: str) -> FieldReading | ListReading | None:
    """What the reading has at `name`, `lessons` or `lessons[2].date`."""
    name, _, rest = path.partition("[")
    found = reading.fields.get(name)
    if not rest:
        return found
    number, _, column = rest.partition("].")
    if not isinstance(found, ListReading) or not number.isdigit() or not 0 < int(number) <= len(found.rows):
        return None
    return found.rows[int(number) - 1].get(column)


def with_words(reading: Reading, words: Iterable[FieldWord]) -> Reading:
    """The reading with what people said of its fields; a word on a place that the reading has not is left out."""
    fields = dict(reading.fields)
    for word in words:
        name, _, rest = word.path.partition("[")
        found, told = fields.get(name), field_at(replace(reading, fields=fields), word.path)
        if told is None or found is None or word.awaits:
            continue
        said = _said_of(told, word)
        if rest and isinstance(found, ListReading) and isinstance(said, FieldReading):
            number, _, column = rest.partition("].")
            rows = list(found.rows)
            rows[int(number) - 1] = {**rows[int(number) - 1], column: said}
            fields[name] = replace(found, rows=tuple(rows))
        elif not rest:
            fields[name] = said
    return replace(reading, fields=fields)


def _said_of(found: FieldReading | ListReading, word: FieldWord) -> FieldReading | ListReading:
    """A list as a whole is only ever called complete: its cells are settled one by one."""
    if isinstance(found, ListReading):
        return replace(found, status="accepted") if word.said == "accepted" else found
    if word.said in WITH_VALUE and word.value is not None:
        return replace(found, status="accepted", value=word.value, confidence=1.0)
    if word.said == "blank":
        return replace(found, status="blank", value=None, confidence=None)
    if word.said == "unreadable":
        return replace(found, status="unread", value=None, confidence=None)
    return found


def state_json(found: FieldReading | ListReading | None, word: FieldWord | None) -> dict[str, object]:
    """What stands at a place, for the history: the machine's reading, or a person's word with its author."""
    if word is not None and word.said != "back":
        return {"said": word.said, "value": json_of_value(word.value), "by": word.by, "number": word.number}
    if isinstance(found, FieldReading):
        return {"status": found.status, "value": json_of_value(found.value), "raw": found.raw}
    return {"status": "missing" if found is None else found.status}
