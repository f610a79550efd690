"""Settling a field: a person's word goes into the ledger at once, unless another's came in between."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from gengang.codecs import CODECS, Value
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact, canonical
from gengang.form import FieldType
from gengang.ledger import Ledger, append_within, facts_about
from gengang.reading import FieldReading, ListReading, Reading, open_fields
from gengang.settled import (
    KIND,
    WITH_VALUE,
    FieldWord,
    Said,
    field_at,
    settled_fact,
    state_json,
    word_of,
    words_by_path,
)

KINDS = (KIND, "decision")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to say of a field. seen: `seal_of` what was shown, so that nothing unseen is overwritten.

    by_two: it counts only once two people have said the same.
    """

    paper: str
    path: str
    said: Said
    value: Value | None = None
    why: str = ""
    seen: str = ""
    by_two: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of it. conflict: somebody's word stands there that was not shown, and nothing was written.

    word: what stands now, None where the machine's reading does.
    """

    state: Literal["written", "conflict"]
    word: FieldWord | None


def seal_of(found: FieldReading | ListReading | None, word: FieldWord | None) -> str:
    """A short hash of what stands at a place: of the machine's reading, and of the last word on it."""
    shown = [state_json(found, None), word.number if word else 0]
    return sha256(canonical(shown).encode()).hexdigest()[:16]


def settle(ledger: Ledger, machine: Reading, wish: Wish, actor: Actor, at: str) -> Settled:
    """Write a word on a field, all or nothing. machine: the paper as it was read, without anybody's word.

    Two people at one field are told apart inside the writing transaction: the second finds the first's word.
    Raises WorkspaceError for a place that the paper has not, and for a word without a value where one is needed.
    """
    found = field_at(machine, wish.path)
    refused = _refused(found, wish)
    if refused:
        raise WorkspaceError(refused)
    with ledger.database.writing() as connection:
        word = words_by_path(facts_about(connection, wish.paper, KINDS)).get(wish.path)
        if seal_of(found, word) != wish.seen:
            return Settled("conflict", word)
        fact = _fact(found, word, wish, actor, at)
        written = append_within(connection, [fact])
    return Settled("written", words_by_path(written).get(wish.path, word))


def _fact(
    found: FieldReading | ListReading | None, word: FieldWord | None, wish: Wish, actor: Actor, at: str
) -> Fact:  # fmt: skip
    value = wish.value if wish.said in WITH_VALUE else None
    before = state_json(found, word)
    fact = settled_fact(wish.paper, wish.path, wish.said, value, before, wish.why.strip(), actor, at)
    if not wish.by_two or wish.said == "back":
        return fact
    said = word_of(fact)
    agrees = word is not None and said is not None and word.awaits and word.by != actor.user and said.says_as(word)
    return settled_fact(
        wish.paper, wish.path, wish.said, value, before, wish.why.strip(), actor, at, "given" if agrees else "wanted"
    )  # fmt: skip


def _refused(found: FieldReading | ListReading | None, wish: Wish) -> str:
    if found is None:
        return "这份材料上没有这一栏，可能刚重新读过。请刷新后再看。"
    if isinstance(found, ListReading):
        return "" if wish.said in ("accepted", "again", "back") else "整张表只能确认没有漏行，或请对方重交。"
    if wish.said in WITH_VALUE and wish.value is None:
        return "请写上内容；这一栏没有填的，请选“没有填写”。"
    return ""


def value_typed(kind: FieldType, text: str) -> tuple[Value | None, str]:
    """What somebody typed, in the field's normal form, and what is doubtful about it in a sentence, '' for nothing.

    None for what cannot be understood: then the sentence says why.
    """
    parsed = CODECS[kind.codec].parse(text, kind.options)
    if parsed.state == "blank":
        return None, "请写上内容；这一栏没有填的，请选“没有填写”。"
    return parsed.value, parsed.note if parsed.state == "doubt" else ""


def wants_two(two_persons: Collection[str], form: str, path: str) -> bool:
    """Whether a scheme asks that two people settle a field alike. two_persons: as the scheme names them."""
    name, _, rest = path.partition("[")
    column = f"{name}.{rest.partition('].')[2]}" if rest else name
    return f"{form}.{column}" in two_persons or f"*.{column.rpartition('.')[2]}" in two_persons


def waiting_paths(machine: Reading, words: Mapping[str, FieldWord]) -> tuple[str, ...]:
    """Places that somebody still has to look at: open as they were read, and settled by nobody's word.

    What was called unreadable, or asked for again, waits for its sender and not for the office.
    """
    return tuple(path for path in open_fields(machine) if _is_free(words.get(path)))


def _is_free(word: FieldWord | None) -> bool:
    return word is None or word.said == "back" or word.awaits
