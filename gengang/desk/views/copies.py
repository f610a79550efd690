"""Versions of a paper that say different things, side by side, with what they differ in."""

from dataclasses import dataclass

from gengang.choosing import last_word
from gengang.codecs import Period, Value
from gengang.copies import Copies
from gengang.desk.standing import Now, Standing
from gengang.desk.views.queue import MEDIA_WORDS, copies, title_of
from gengang.labels import label_of
from gengang.papers.words import masked
from gengang.season import VERSION
from gengang.telling_copies import short_key


@dataclass(frozen=True, slots=True)
class VersionHead:
    """One version. proposed: it came last; chosen: a person decided for it."""

    key: str
    number: str
    file: str
    medium: str
    received: str
    proposed: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """What each version says of a field, in the order of the versions. path: for its picture, '' inside lists."""

    label: str
    said: tuple[str, ...]
    disputed: bool
    path: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """A paper that came in several versions. key: of the first; waits: a person has to decide."""

    key: str
    title: str
    whose: str
    waits: bool
    heads: tuple[VersionHead, ...]
    rows: tuple[DifferenceRow, ...]
    seen: int


def differing(standing: Standing) -> tuple[tuple[str, Copies], ...]:
    """Every paper whose versions dispute something, person key first; those that wait before those decided."""
    found = [(person, one) for person, groups in standing.of(copies).items() for one in groups
             if len(one.versions) > 1 and any(difference.disputed for difference in one.differences)]  # fmt: skip
    return tuple(sorted(found, key=lambda pair: not pair[1].asks))


def version_pages(now: Now) -> tuple[VersionsPage, ...]:
    """All of them; one of which somebody decided since the season was folded waits no more."""
    decided = {fact.subject for fact in now.since if fact.data.get("path") == VERSION}
    return tuple(_page(now, person, one, decided) for person, one in now.standing.of(differing))


def _page(now: Now, person: str, one: Copies, decided: set[str]) -> VersionsPage:
    who = now.judged.season.roster.person(person)
    keys = [version.key for version in one.versions]
    form = now.standing.forms.get(one.proposed.submission.form)
    fresh = next((key for key in keys if key in decided), "")
    last = last_word((*now.standing.facts, *now.since), keys, VERSION)
    heads = tuple(
        VersionHead(
            version.key, short_key(version.key), masked(version.file.rpartition("/")[2]),
            MEDIA_WORDS.get(version.medium, version.medium),
            f"{version.received.isoformat()}收到" if version.received else "收到日期待确认",
            number == 0, version.key == (fresh or one.chosen),
        )
        for number, version in enumerate(one.versions)
    )  # fmt: skip
    rows = tuple(
        DifferenceRow(
            label_of(form, difference.path) if form else difference.path,
            tuple(masked(_words(difference.said.get(key))) for key in keys), difference.disputed,
            "" if "[" in difference.path else difference.path,
        )
        for difference in sorted(one.differences, key=lambda d: not d.disputed)
    )  # fmt: skip
    return VersionsPage(
        keys[0], title_of(now.standing, one.proposed.submission.form), f"{who.school} {who.name}" if who else "",
        one.asks and not fresh, heads, rows, last.sequence if last else 0,
    )  # fmt: skip


def _words(value: Value | None) -> str:
    if isinstance(value, Period):
        return f"{value.start}至{value.end}"
    return "（空白）" if value is None else str(value)
