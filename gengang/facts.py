"""Fact: one line of the ledger, the kinds there are, its canonical bytes, and how the door's counts follow from lines.

It knows no database. Personal values stand apart from the rest of a line, which names them only by a salted hash.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gengang.errors import LedgerError


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made a line: account, role (`office`, `clerk`, `senior`), machine, and the command that was typed."""

    user: str
    role: str
    machine: str
    command: str

    def __str__(self) -> str:
        return f"{self.user}@{self.machine}（{self.command}）"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line.

    version: the version this program writes; it reads every one up to it.
    subject: what the line is about. needs: keys that `data` must have.
    latest: the last line of a subject counts, so a return to an earlier content is a line again;
    otherwise the same content is written once for ever.
    slot: the key of `data` that tells apart what counts on its own within one subject.
    """

    version: int
    subject: str
    needs: tuple[str, ...] = ()
    latest: bool = False
    slot: str = ""


FACT_KINDS: Mapping[str, Kind] = {
    "arrival": Kind(1, "SHA-256 of the bytes; personal: path, where_from", ("size", "received", "modified")),
    "duplicate": Kind(1, "the same bytes came again; personal: path, where_from", ("size", "received", "modified")),
    "mail": Kind(
        1,
        "SHA-256 of a mail as the server gave it; personal: sender, sender_name, subject, folder, path",
        ("mailbox", "uidvalidity", "uid", "received", "source"),
    ),
    "refused": Kind(1, "SHA-256 of the bytes; personal: sentence, which may name a file or a person", ("code",), True),
    "reading": Kind(
        1, "paper key `<sha256>#<index>`; personal: the reading", ("form", "version", "medium", "index"), latest=True
    ),
    "evidence": Kind(1, "paper key; personal: name, member, caption, date, mails", ("medium", "size"), True),
    "match": Kind(1, "paper key; personal: evidence", ("person", "status"), latest=True),
    "scheme": Kind(1, "`scheme`: the rules in force, as their file says them", ("sha256", "text"), latest=True),
    "amended": Kind(1, "`scheme`: changed by a person; personal: why", ("before", "sha256", "changes"), latest=True),
    "template": Kind(1, "SHA-256 of a template that was in use", ("folder", "stem")),
    "roster": Kind(1, "`roster`; personal: what is about no single person", ("sha256",), latest=True),
    "person": Kind(1, "person key; personal: that one person's line of the roster", latest=True),
    "decision": Kind(1, "paper key or person key; personal: value, why", ("path",), latest=True, slot="path"),
    "settled": Kind(
        1, "paper key; personal: value, why, before (what stood there)", ("path", "said"), latest=True, slot="path"
    ),
    "rechecked": Kind(1, "paper key; personal: value, machine", ("path", "agrees"), latest=True, slot="path"),
    "learned": Kind(
        1, "person key, `words` or `policy`; personal: wording, means, why", ("path", "state"), latest=True, slot="path"
    ),
    "policy": Kind(1, "`policy`: from which confidence on values are accepted unasked", ("floors", "counts"), True),
    "looked_at": Kind(1, "person key or paper key: somebody opened a whole ID number or phone", ("what", "at")),
    "number_spent": Kind(1, "`J-2016-000001`", ("kind", "year", "number", "person", "basis")),
    "number_void": Kind(1, "`J-2016-000001`", ("why",)),
    "signing_key": Kind(1, "`key-<id>`: a public key of the office's certificates", ("public", "made")),
    "paper": Kind(1, "person key, or what else the paper is about", ("kind", "sha256", "proof"), True, "kind"),
    "run": Kind(1, "`run`", ("phase",), latest=True, slot="phase"),
    "erased": Kind(1, "person key", ("values", "subjects", "through")),
    "erasure_ordered": Kind(1, "person key; what is to go, before anything goes", ("subjects", "files")),
    "kept": Kind(1, "`kept-<person key>`; personal: what the scheme orders kept of an erased person", ("hours",), True),
    "season_closed": Kind(1, "`season`; personal: why, by", ("closed",), latest=True),
    "carried_over": Kind(1, "`season`: what the season before left, as its workspace says it", ("numbers",)),
    "taken_back": Kind(1, "`import-<number of its first line>`; personal: why, by", ("lines", "back"), latest=True),
}

FILING = ("reading", "evidence")  # what files bytes that arrived
DOOR_KINDS = ("arrival", "duplicate", *FILING, "refused", "taken_back")  # what the counts at the door come from
CLOSING = ("season_closed",)
STANDING_KINDS = ("taken_back", "erasure_ordered")  # without these a fold counts what counts no more


class Kept(Mapping[str, object]):
    """Personal values as the JSON text that the ledger keeps, decoded at each look (`values_of` looks once)."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def opened(self) -> dict[str, object]:
        """The values."""
        found: dict[str, object] = json.loads(self._text)
        return found

    def __getitem__(self, name: str) -> object:
        return self.opened()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.opened())

    def __len__(self) -> int:
        return len(self.opened())

    def __bool__(self) -> bool:
        return self._text != "{}"

    def __repr__(self) -> str:
        return "Kept(…)"  # a traceback shows nobody's values


def values_of(personal: Mapping[str, object] | None) -> Mapping[str, Any]:
    """Personal values to look at more than once; none where there are none."""
    return personal.opened() if isinstance(personal, Kept) else personal or {}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line.

    subject: ASCII, at most 160 characters (FACT_KINDS says what it is for each kind).
    data: JSON without personal values. personal: JSON with them; None where there are none or they were erased.
    at: UTC, `2016-12-06T08:00:00Z`. sequence: number in its ledger from 1, 0 before it is in one.
    personal_hash: as the ledger keeps it, so that an erased value still has its place in the chain.
    """

    kind: str
    subject: str
    data: Mapping[str, object]
    actor: Actor
    at: str
    personal: Mapping[str, object] | None = None
    version: int = 1
    sequence: int = 0
    personal_hash: str = ""

    @property
    def erased(self) -> bool:
        """True when it had personal values and has them no more."""
        return self.personal is None and self.personal_hash != ""

    @property
    def slot(self) -> str:
        """What it counts for within its subject."""
        return str(self.data.get(FACT_KINDS[self.kind].slot, ""))


def canonical(value: object) -> str:
    """JSON as the ledger keeps it: keys sorted, no blanks, ASCII, so that any file name and any database keeps it."""
    return _JSON.encode(value)


def _plain(value: object) -> dict[str, object]:
    if isinstance(value, Kept):
        return value.opened()
    raise TypeError(f"{type(value).__name__} is no JSON")


# Made once: a line of the ledger is written as JSON six times on its way, and json.dumps makes an encoder each time.
_JSON = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain)


def salted_hash(salt: str, text: str) -> str:
    """Hex HMAC-SHA-256. The salt is erased with the values: without it a name cannot be found by trying names."""
    return hmac.digest(salt.encode(), text.encode(), "sha256").hex()


def identity(fact: Fact, personal_hash: str) -> str:
    """Hex SHA-256 of what a line says, without who said it and when."""
    return _sha256([fact.kind, fact.version, fact.subject, fact.data, personal_hash])


def chained(previous: str, line: tuple[object, ...]) -> str:
    """Hex SHA-256 that seals a line together with all lines before it."""
    return _sha256([previous, *line])


def _sha256(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def checked(fact: Fact) -> Fact:
    """The same fact. LedgerError when this program must not write it: that is a fault of ours, not of a form."""
    kind = FACT_KINDS.get(fact.kind)
    if kind is None or fact.version != kind.version:
        raise LedgerError(f"程序要写入台账的记录种类不明：{fact.kind} 第{fact.version}版。请把本句发给开发者。")
    absent = [key for key in kind.needs if key not in fact.data]
    if absent:
        raise LedgerError(f"程序要写入台账的记录 {fact.kind} 缺少 {'、'.join(absent)}。请把本句发给开发者。")
    if not (fact.subject.isascii() and fact.subject.isprintable() and 0 < len(fact.subject) <= 160):
        raise LedgerError(f"程序要写入台账的记录 {fact.kind} 的对象不合规定。请把本句发给开发者。")
    return fact


def readable(kind: str, version: int) -> None:
    """LedgerError when a line is of a kind or version that this program is too old for."""
    if kind not in FACT_KINDS or version > FACT_KINDS[kind].version:
        raise LedgerError(f"台账中有本程序不认识的记录（{kind} 第{version}版）。请换用更新的 gengang 后再打开。")


def may_follow_closing(fact: Fact) -> bool:
    """Whether a line may be written after the season was closed.

    A reopening, a certificate printed again, a move, and that somebody looked at a whole ID number.
    """
    again = fact.kind == "paper" and bool(fact.data.get("number"))
    return fact.kind in (*CLOSING, "looked_at") or again or (fact.kind == "run" and fact.data["phase"] == "moved")


@dataclass(frozen=True, slots=True)
class Balance:
    """The counts at the door: each arrival is filed, waiting, refused or taken back; duplicates are further ones."""

    arrived: int
    filed: int
    waiting: int
    refused: int
    duplicates: int
    taken_back: int = 0

    @property
    def even(self) -> bool:
        """False is an error of the morning note: something that arrived is nowhere, or something came from nowhere."""
        return self.arrived == self.filed + self.waiting + self.refused + self.taken_back


def balance(facts: Iterable[Fact]) -> Balance:
    """Counts over distinct bytes. A reading, or evidence, counts more than a refusal: a file once read is never thrown
    back.

    They are counted whether or not their bytes arrived, so that a line without an arrival shows.
    """
    lines = tuple(facts)
    gone = _taken_files(lines, taken_lines(lines))
    seen: dict[str, set[str]] = {kind: set() for kind in ("arrival", *FILING, "refused")}
    duplicates = 0
    for fact in standing(lines):
        if fact.kind in seen:
            seen[fact.kind].add(file_of(fact.subject))
        duplicates += fact.kind == "duplicate"
    filed = set().union(*(seen[kind] for kind in FILING))
    refused = seen["refused"] - filed
    waiting = seen["arrival"] - filed - refused
    arrived = len(seen["arrival"]) + len(gone)
    return Balance(arrived, len(filed), len(waiting), len(refused), duplicates, len(gone))


def unread(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Arrivals that were neither filed nor refused yet, in order: what a run has to read, whatever stopped the last."""
    arrivals: dict[str, Fact] = {}
    done: set[str] = set()
    for fact in standing(facts):
        if fact.kind == "arrival":
            arrivals[fact.subject] = fact
        elif fact.kind in (*FILING, "refused"):
            done.add(file_of(fact.subject))
    return tuple(fact for sha256, fact in arrivals.items() if sha256 not in done)


# --- what counts no more ---


def taken_lines(facts: Iterable[Fact]) -> frozenset[int]:
    """Numbers of the lines of imports that a person took back and did not give again."""
    back: list[Any] = [fact.data["lines"] for fact in latest(facts, "taken_back").values() if fact.data["back"]]
    return frozenset(number for lines in back for number in lines)


def without_ordered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """All lines; what is ordered to be erased is read as erased, while it is not gone yet."""
    lines = tuple(facts)
    ordered = _ordered_until(lines)
    return tuple(
        replace(fact, personal=None) if fact.sequence < ordered.get(fact.subject, 0) else fact for fact in lines
    )


def standing(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The lines that count: without imports that were taken back and what followed from them, in the same order.

    Bytes of which every arrival was taken back are as if they had never come; where another arrival is left, that is
    the first. What is ordered to be erased is read as erased, while it is not gone yet. Lines of the roster stay:
    which of them counts is `season.roster_of`'s.
    """
    lines = tuple(facts)
    taken, ordered = taken_lines(lines), _ordered_until(lines)
    if not taken and not ordered:
        return lines
    gone = _taken_files(lines, taken)
    return tuple(_standing(lines, taken, gone, ordered))


def _standing(
    lines: Iterable[Fact], taken: Collection[int], gone: Collection[str], ordered: Mapping[str, int]
) -> Iterable[Fact]:
    headless: set[str] = set()  # files whose first arrival was taken back, and another stands
    for fact in lines:
        if fact.kind in ("arrival", "duplicate"):
            if fact.sequence in taken:
                headless |= {fact.subject} if fact.kind == "arrival" else set()
                continue
            if fact.subject in headless:
                headless.remove(fact.subject)
                fact = replace(fact, kind="arrival", version=FACT_KINDS["arrival"].version)
        elif file_of(fact.subject) in gone and fact.kind != "template":
            continue
        yield replace(fact, personal=None) if fact.sequence < ordered.get(fact.subject, 0) else fact


def _taken_files(lines: Iterable[Fact], taken: Collection[int]) -> frozenset[str]:
    """Bytes that arrived, and whose arrivals were all taken back."""
    came = [fact for fact in lines if fact.kind in ("arrival", "duplicate")] if taken else []
    return frozenset(fact.subject for fact in came) - {fact.subject for fact in came if fact.sequence not in taken}


def _ordered_until(lines: Iterable[Fact]) -> dict[str, int]:
    """Up to which line the values of each subject are to be erased."""
    until: dict[str, int] = {}
    for fact in lines:
        if fact.kind == "erasure_ordered":
            subjects: Any = fact.data["subjects"]
            until |= dict.fromkeys(subjects, fact.sequence)
    return until


def erased_people(facts: Iterable[Fact]) -> frozenset[str]:
    """Keys of people who were erased, or are to be."""
    return frozenset(fact.subject for fact in facts if fact.kind in ("erased", "erasure_ordered"))


def erasures_under_way(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Keys of people whose erasure was ordered and then stopped."""
    lines = tuple(facts)
    done = {fact.subject: fact.sequence for fact in lines if fact.kind == "erased"}
    ordered = [fact for fact in lines if fact.kind == "erasure_ordered"]
    return tuple(dict.fromkeys(fact.subject for fact in ordered if done.get(fact.subject, 0) < fact.sequence))


def erased_files(facts: Iterable[Fact]) -> frozenset[str]:
    """SHA-256 of the originals that were erased with a person, or are to be."""
    named: list[Any] = [fact.data.get("files", ()) for fact in facts if fact.kind in ("erased", "erasure_ordered")]
    return frozenset(sha256 for files in named for sha256 in files)


# --- whose is what ---


def file_of(subject: str) -> str:
    """The SHA-256 of the file that a paper key or a file's own subject names."""
    return subject.partition("#")[0]


def latest(facts: Iterable[Fact], kind: str) -> dict[tuple[str, str], Fact]:
    """The line that counts for each (subject, slot) of a kind, in the order in which subjects first came."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        if fact.kind == kind:
            found[fact.subject, fact.slot] = fact
    return found


def _gives_file_a_person(fact: Fact) -> bool:
    """True for a match, and for whatever else files something under a person by its hash."""
    return fact.kind == "match" or (len(file_of(fact.subject)) == 64 and "person" in fact.data)


def _named_in(fact: Fact) -> Collection[object]:
    """Keys of the people whom a decision's words name beside its subject."""
    names = fact.data.get("names")
    return names if isinstance(names, list | tuple) else ()


def subjects_of(person: str, facts: Iterable[Fact], papers_too: Collection[str] = ()) -> tuple[str, ...]:
    """Whose personal values go when a person is erased: the person, their papers, files that hold only those, and
    what was written that names them.

    papers_too: paper keys that are the person's by what a season folds to, without a `match` line. What was erased of
    somebody else holds a file back no more.
    """
    lines = tuple(facts)
    owners = {subject: "" for kind in FILING for subject, _ in latest(lines, kind)}
    owners |= {fact.subject: str(fact.data["person"]) for fact in lines if _gives_file_a_person(fact)}
    owners |= dict.fromkeys(papers_too, person)
    papers = {subject for subject, owner in owners.items() if owner == person}
    gone = _ordered_until(lines)
    shared = {file_of(subject) for subject, owner in owners.items() if owner != person and subject not in gone}
    files = {file_of(subject) for subject in papers} - shared
    told = {fact.subject for fact in lines if fact.kind == "decision" and person in _named_in(fact)}
    return (person, *sorted(papers | files | told))
