"""方案设置: the scheme's places in groups, each with what may be typed there, beside its clause."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from gengang.amending import hash_of
from gengang.desk.views.rule_changes import place_label
from gengang.desk.views.rule_words import CHOICES, GROUPS, LABELS, MEMBER, PART_LABELS, YES, Choices
from gengang.explaining import SEVERITY_WORDS
from gengang.judgements import ASSESSORS
from gengang.scheme import Clause, Question, Scheme
from gengang.schemefile import scheme_from_toml, values_of_toml
from gengang.schemeparts import PARTS, parts_in
from gengang.schemeplaces import places_of, value_at, words_of_value
from gengang.schemetables import UNKNOWN
from gengang.timetable import collisions_of

InputKind = Literal["text", "date", "number", "choice"]
SET = "set:"  # before a place: the name of its input


@dataclass(frozen=True, slots=True)
class Input:
    """What may be typed at a place. value: as it is typed; words: as it is read; open: what the text leaves open."""

    place: str
    anchor: str
    label: str
    kind: InputKind
    value: str
    words: str
    choices: Choices = ()
    open: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A clause beside its places. weight: in words."""

    id: str
    quote: str
    reading: str
    weight: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a group: a place, or a part with several. questions: ids of the open questions that it answers."""

    name: str
    inputs: tuple[Input, ...]
    clauses: tuple[Beside, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """title; entries in the file's order."""

    title: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that only the office can answer. now: its places with what stands there."""

    id: str
    question: str
    default: str
    now: tuple[tuple[str, str, str], ...]
    elsewhere: str


@dataclass(frozen=True, slots=True)
class SchemePage:
    """seen: hash of the text; names: the year and the bodies, which are moved together."""

    title: str
    version: str
    source: str
    seen: str
    names: tuple[tuple[str, str, str], ...]
    groups: tuple[Group, ...]
    asked: tuple[Asked, ...]
    clauses: tuple[tuple[Beside, Input], ...]
    remarks: tuple[str, ...]
    has_rubric: bool
    parts: tuple["PartsShown", ...]
    clause_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartsShown:
    """Parts that may be added to and taken from. group: title of the group they stand in; those: id and name."""

    kind: str
    word: str
    group: str
    those: tuple[tuple[str, str], ...]
    like: Mapping[str, str]  # what a new certificate is written like


@lru_cache(maxsize=4)
def scheme_page(text: str) -> SchemePage:
    """The page of a scheme file. Raises SchemeError with every fault of it."""
    scheme, values = scheme_from_toml(text), values_of_toml(text)
    known = _Known(scheme, values, _clauses_by_place(scheme), _questions_by_place(scheme))
    groups = tuple(
        Group(title, f"g{number}", entries) for number, (title, sections) in enumerate(GROUPS, 1)
        if (entries := tuple(entry for section in sections for entry in _entries(known, section)))
    )  # fmt: skip
    remarks = (*(f"{one.message}" for one in collisions_of(scheme)), *scheme.notes)
    return SchemePage(
        scheme.title, scheme.version, scheme.source, hash_of(text), _names(scheme), groups,
        tuple(_asked(known, one, _anchors(groups)) for one in scheme.questions),
        tuple((_beside(one), _input(f"clause.{one.id}.severity", "轻重", one.severity)) for one in scheme.clauses),
        remarks, bool(scheme.items), _parts_shown(text, scheme), tuple(one.id for one in scheme.clauses),
    )  # fmt: skip


def _parts_shown(text: str, scheme: Scheme) -> tuple[PartsShown, ...]:
    titles = {section: title for title, sections in GROUPS for section in sections}
    model = next(iter(scheme.certificates), None)
    like = {} if model is None else {
        "number": model.number, "key": model.key, "wording": model.wording, "seals": "、".join(model.seals)
    }  # fmt: skip
    return tuple(PartsShown(kind, PARTS[kind], titles[kind], those, like) for kind, those in parts_in(text).items())


@dataclass(frozen=True, slots=True)
class _Known:
    """What all entries are made from. clauses, questions: place -> those whose switch names it."""

    scheme: Scheme
    values: Mapping[str, Any]
    clauses: Mapping[str, tuple[Clause, ...]]
    questions: Mapping[str, tuple[str, ...]]


def _clauses_by_place(scheme: Scheme) -> dict[str, tuple[Clause, ...]]:
    found: dict[str, tuple[Clause, ...]] = {}
    for clause in scheme.clauses:
        for place in places_of(clause.switch):
            found[place] = (*found.get(place, ()), clause)
    return found


def _questions_by_place(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for question in scheme.questions:
        for place in places_of(question.switch):
            found[place] = (*found.get(place, ()), question.id)
    return found


def _names(scheme: Scheme) -> tuple[tuple[str, str, str], ...]:
    one = scheme.organisation
    return (
        ("year", "年份", str(scheme.year or "")), ("county", "县名", one.county),
        ("authority", "主管部门", one.authority), ("college", "承办单位（办公室）", one.college),
        ("base_school", "基地校", one.base_school),
    )  # fmt: skip


# --- entries -----------------------------------------------------------------------------------------------------


def _entries(known: _Known, section: str) -> Iterator[Entry]:
    found = known.values.get(section)
    if isinstance(found, list):
        yield from (_part(known, section, one) for one in found)
    elif isinstance(found, Mapping):
        yield from _plain(known, section, found)


def _plain(known: _Known, section: str, values: Mapping[str, Any]) -> Iterator[Entry]:
    for key, value in values.items():
        place = f"{section}.{key}"
        if isinstance(value, Mapping):  # subjects and degrees, by stage
            for stage, words in value.items():
                inside = f"{place}.{stage}"
                yield _entry(known, f"{stage}{_NESTED.get(key, '')}", (_input(inside, stage, words),), values)
        elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            yield from (_member(known, f"{place}[{number}]", one) for number, one in enumerate(value, 1))
        elif place in LABELS:
            yield _entry(known, LABELS[place], (_input(place, LABELS[place], value),), values)


def _member(known: _Known, place: str, one: Mapping[str, Any]) -> Entry:
    inputs = tuple(_input(f"{place}.{key}", label, one[key]) for key, label in MEMBER.items() if key in one)
    return _entry(known, f"领导小组：{one['role']}", inputs, {})


_NESTED = {"subjects": "学科", "degrees": "学历"}


def _part(known: _Known, section: str, part: Mapping[str, Any]) -> Entry:
    labels, id = PART_LABELS[section], part["id"]
    unit = str(part.get("unit", ""))
    inputs = tuple(_input(f"{section} {id}.{key}", label, part[key], unit if key in _COUNTED else "")
                   for key, label in labels.items() if key in part)  # fmt: skip
    return _entry(known, str(part["name"]), inputs, part)


_COUNTED = ("need", "most")


def _entry(known: _Known, name: str, inputs: tuple[Input, ...], owner: Mapping[str, Any]) -> Entry:
    own = [known.scheme.clause(owner["clause"])] if isinstance(owner.get("clause"), str) and owner["clause"] else []
    named = [clause for one in inputs for clause in known.clauses.get(one.place, ())]
    asked = [
        question for one in inputs
        for place in (one.place, _of_all(one.place)) for question in known.questions.get(place, ())
    ]  # fmt: skip
    clauses = dict.fromkeys((*named, *own)) if named or "id" in owner else dict.fromkeys(own)
    return Entry(name, inputs, tuple(map(_beside, clauses)), tuple(dict.fromkeys(asked)))


def _of_all(place: str) -> str:
    """`certificate.seals` of `certificate completion.seals`."""
    return re.sub(r" [^.]+", "", place)


def _beside(clause: Clause) -> Beside:
    return Beside(clause.id, clause.quote, clause.reading, SEVERITY_WORDS[clause.severity])


def _input(place: str, label: str, value: object, unit: str = "") -> Input:
    key = place.rpartition(".")[2]
    anchor = "p-" + re.sub(r"\W+", "-", place)
    words = words_of_value(value)
    if isinstance(value, str) and value.startswith(UNKNOWN):
        return Input(place, anchor, label, "text", "", "未定", open=value.removeprefix(UNKNOWN).strip(), unit=unit)
    if key == "assessor" and place.startswith("item "):
        return Input(place, anchor, label, "choice", words, words, tuple((one, one) for one in ASSESSORS.values()))
    if key in CHOICES:
        told = dict(CHOICES[key]).get(str(value), str(value))
        return Input(place, anchor, label, "choice", str(value), told, CHOICES[key])
    if isinstance(value, bool):
        return Input(place, anchor, label, "choice", words, words, YES)
    if isinstance(value, date):
        return Input(place, anchor, label, "date", value.isoformat(), words)
    if isinstance(value, list):
        typed = "、".join(one.isoformat() if isinstance(one, date) else str(one) for one in value)
        return Input(place, anchor, label, "text", typed, words)
    kind: InputKind = "text" if isinstance(value, str) else "number"
    return Input(place, anchor, label, kind, str(value), words, unit=unit)


def _anchors(groups: Sequence[Group]) -> frozenset[str]:
    """Everywhere on the page that a question may lead to."""
    inputs = (one.anchor for group in groups for entry in group.entries for one in entry.inputs)
    return frozenset((*(group.anchor for group in groups), *inputs))


def _asked(known: _Known, one: Question, anchors: Collection[str]) -> Asked:
    """anchors: of the page; what is set elsewhere leads nowhere."""
    now = (each for place in places_of(one.switch) for each in _now(known, place))
    told = tuple((anchor if anchor in anchors else "", label, words) for anchor, label, words in now)
    return Asked(one.id, one.question, one.default, told, "" if told else one.switch)


def _now(known: _Known, place: str) -> Iterator[tuple[str, str, str]]:
    """Anchor, label and words of what a switch names; a whole kind of part leads to its group."""
    section, _, key = place.partition(".")
    found = known.values.get(section)
    if not key and isinstance(found, list):
        yield f"g{_group_of(section)}", "考核细则" if section == "item" else section, words_of_value(found)
    elif isinstance(found, list):
        for part in found:
            whole = f"{section} {part['id']}.{key}"
            yield _shown(whole, f"{part['name']}：{PART_LABELS[section].get(key, key)}", part[key])
    else:
        yield _shown(place, place_label(known.values, place), value_at(known.values, place))


def _shown(place: str, label: str, value: object) -> tuple[str, str, str]:
    one = _input(place, label, value)
    return one.anchor, label, one.words


def _group_of(section: str) -> int:
    return next((number for number, (_, sections) in enumerate(GROUPS, 1) if section in sections), 1)


# --- what was typed ----------------------------------------------------------------------------------------------


def inputs_of(page: SchemePage) -> Iterator[Input]:
    """Everything that may be typed on the page."""
    yield from (one for group in page.groups for entry in group.entries for one in entry.inputs)
    yield from (one for _, one in page.clauses)


def wanted_of(page: SchemePage, typed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The places at which something else was typed than stands there. What is open stays so while nothing is typed."""
    return tuple(
        (one.place, typed[SET + one.place].strip())
        for one in inputs_of(page)
        if SET + one.place in typed and typed[SET + one.place].strip() != one.value.strip()
    )
