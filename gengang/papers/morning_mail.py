"""今日要点 as a mail: the same things in a few lines of text, with every name, number and quoted value hidden.

A mail leaves the machine, so it says what kind of thing waits and how many, and the page in the outbox says whose.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gengang.papers.morning import MorningNote
from gengang.papers.words import chinese_date, masked

MOST_LINES = 20  # of one section
_QUOTED = re.compile("“[^”]*”")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_LONG_NUMBER = re.compile(r"(?<!\d)\d{7,}[Xx]?")


@dataclass(frozen=True, slots=True)
class Known:
    """names: of everybody on the roster; schools: by every wording."""

    names: Collection[str]
    schools: Collection[str]


def happened(note: MorningNote, standing_before: str | None) -> bool:
    """Whether there is something to send: new, changed, or waiting otherwise than when it was last sent."""
    if note.came or note.changed:
        return True
    if standing_before is None:
        return bool(note.needs or note.overdue)
    return standing_of(note) != standing_before


def standing_of(note: MorningNote) -> str:
    """Hash of what waits and what is overdue; that it is a day later changes nothing."""
    needs = sorted([one.whose, one.field, one.why] for one in note.needs)
    overdue = sorted([one.who, one.what, str(bool(one.late))] for one in note.overdue)
    return hashlib.sha256(json.dumps([needs, overdue]).encode()).hexdigest()


def subject_of(note: MorningNote) -> str:
    """The subject, which holds no name."""
    late = sum(bool(one.late) for one in note.overdue)
    parts = [f"需要处理{len(note.needs)}件", f"未交{len(note.overdue)}件"] + ([f"过期{late}件"] if late else [])
    return f"今日要点 {note.as_of.isoformat()}：{'，'.join(parts)}"


def mail_text(note: MorningNote, known: Known) -> str:
    """The whole mail."""
    changed = Counter(f"{_plain(one.before)} → {_plain(one.after)}" for one in note.changed)
    sections = (
        ("需要您处理", [_line(known, one.whose, one.field, one.why) for one in note.needs]),
        ("还没交来的", [_line(known, one.who, one.what, one.late) for one in note.overdue]),
        ("新收到的", [_line(known, one.whose, one.what) for one in note.came]),
        ("有变化的", [f"{change}：{number}人" for change, number in changed.items()]),
    )
    body = [f"{note.programme}　{chinese_date(note.as_of)}"]
    for title, lines in sections:
        if lines:
            body += ["", f"{title}（{len(lines)}）", *_shown(lines)]
    body += ["", "姓名、号码和引用的内容已遮盖，全部内容请看办公室电脑上的 outbox/今日要点.html。"]
    return "\n".join(body) + "\n"


def _shown(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  · {line}" for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield f"  · 另有{len(lines) - MOST_LINES}件"


def _line(known: Known, whose: str, *words: str) -> str:
    return "　".join(part for part in (_whose(known, whose), *(hidden(one, known.names) for one in words)) if part)


def _whose(known: Known, text: str) -> str:
    """A school, or somebody of the roster with their name hidden; whatever else it is may be a name."""
    kept = [school for school in known.schools if school in text]
    named = [name for name in known.names if name in text]
    school = max(kept, key=len, default="")
    who = f"{max(named, key=len)[:1]}××" if named else ("" if text in kept else "××")
    return " ".join(part for part in (school, who if text else "") if part)


def hidden(text: str, names: Iterable[str]) -> str:
    """The text without names, numbers, addresses and what it quotes."""
    for name in sorted((one for one in names if len(one) > 1), key=len, reverse=True):
        text = text.replace(name, f"{name[:1]}××")
    return _LONG_NUMBER.sub("……", _ADDRESS.sub("……", _QUOTED.sub("“……”", masked(text))))


def _plain(words: str) -> str:
    """An outcome without its score: a score may tell whose it is."""
    return words.partition(" ")[0]
