"""A person's word as a line of the ledger, which stays through every later run.

Which version of a paper counts; whether a photo is a form, to be photographed again, or evidence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from gengang.copies import Copies
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact, file_of, latest, standing
from gengang.ledger import Ledger, kept_ledger
from gengang.ledger_lease import lease
from gengang.night import day_of_last_run, judged_of
from gengang.schemefile import scheme_from_toml
from gengang.season import VERSION
from gengang.settings import Settings
from gengang.telling_copies import copies_by_person, short_key, version_words

Kind = Literal["form", "evidence"]
_SAID: Mapping[Kind, str] = {
    "form": "是表格的照片，没有读出内容：不再算佐证，请对方平放、拍全四角后重拍，下次收件回执里会写明。",
    "evidence": "是佐证材料，下次运行起按佐证保存。",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was decided, in sentences for the terminal."""

    lines: tuple[str, ...]
    exit_code: int = 0


def choose_version(settings: Settings, wanted: str, why: str, actor: Actor, at: str) -> Chosen:
    """Decide that of the versions of a paper this one counts; the same decision again writes nothing.

    wanted: a paper's key or the beginning of one, as the morning note shows it. Raises WorkspaceError when it names
    no paper, several, or one that came in one version alone, and when no reason is given.
    """
    _checked_reason(why)
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        person, copies = _wanted(_judged(ledger), wanted)
        [paper] = [one for one in copies.versions if _is_called(one.key, wanted)]
        among = sorted(one.key for one in copies.versions)
        data = {"path": VERSION, "person": person, "among": among}
        ledger.append([Fact("decision", paper.key, data, actor, at, {"value": "counts", "why": why.strip()})])
    others = "；".join(version_words(one) for one in copies.versions if one.key != paper.key)
    return Chosen((f"以这一份为准：{version_words(paper)}。", f"不采用：{others}。下次运行起按此计算。"))


def choose_kind(settings: Settings, wanted: str, kind: Kind, why: str, actor: Actor, at: str) -> Chosen:
    """Decide that a piece of evidence is a form, which is sent back, or that it is evidence after all.

    wanted: its number or the beginning of one, or the name under which it came, with or without its folder. Raises
    WorkspaceError when it names no piece or several, and when no reason is given.
    """
    _checked_reason(why)
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        key, name = _piece(_names_of_pieces(ledger.read()), wanted)
        ledger.append([Fact("decision", key, {"path": "is"}, actor, at, {"value": kind, "why": why.strip()})])
    return Chosen((f"“{name}”{_SAID[kind]}",))


def _names_of_pieces(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    """Every piece of evidence, also one that was called a form: its key, and the names under which it came."""
    lines = standing(facts)
    paths: dict[str, list[str]] = {}
    for fact in lines:
        if fact.kind in ("arrival", "duplicate") and fact.personal is not None:
            paths.setdefault(fact.subject, []).append(str(fact.personal["path"]))
    held = {key: fact.personal for (key, _), fact in latest(lines, "evidence").items() if fact.personal is not None}
    return {key: (str(kept["name"]),) if kept.get("member") else tuple(paths.get(file_of(key), ()))
            for key, kept in held.items()}  # fmt: skip


def _piece(pieces: Mapping[str, tuple[str, ...]], wanted: str) -> tuple[str, str]:
    """The key of the one piece that is called like this, and its name."""
    called = {key: {*names, *(PurePosixPath(name).name for name in names)} for key, names in pieces.items()}
    found = [(key, names[0] if names else key) for key, names in pieces.items()
             if _is_called(key, wanted) or wanted in called[key]]  # fmt: skip
    if not found:
        raise WorkspaceError(f"没有叫“{wanted}”的佐证材料，请照《今日要点》里的文件名写。")
    if len(found) > 1:
        listed = "；".join(f"{name} {short_key(key)}" for key, name in found)
        raise WorkspaceError(f"叫“{wanted}”的不止一份，请连文件夹一起写，或者写编号：{listed}。")
    return found[0]


def _checked_reason(why: str) -> None:
    if not why.strip():
        raise WorkspaceError("请用 --why 写明理由，例如 --why 本人确认后交的为准。")


def _judged(ledger: Ledger) -> Judged:
    facts = tuple(ledger.read())
    rules = latest(facts, "scheme").get(("scheme", ""))
    if rules is None:
        raise WorkspaceError("台账里还没有方案：请先运行 gengang run。")
    scheme = scheme_from_toml(str(rules.data["text"]))
    return judged_of(facts, scheme, day_of_last_run(facts) or scheme.closing)


def _wanted(judged: Judged, wanted: str) -> tuple[str, Copies]:
    found = [(person, one) for person, groups in copies_by_person(judged).items() for one in groups
             if any(_is_called(paper.key, wanted) for paper in one.versions)]  # fmt: skip
    named = sum(_is_called(paper.key, wanted) for _, one in found for paper in one.versions)
    if not found:
        raise WorkspaceError(f"没有编号为“{wanted}”的材料，或者它还没有认定是谁的。编号写在《今日要点》里。")
    if named > 1:
        raise WorkspaceError(f"编号“{wanted}”不止一份材料，请多写几位。")
    [(person, copies)] = found
    if len(copies.versions) < 2:
        raise WorkspaceError(f"编号“{wanted}”的材料只有一种内容，不用选。")
    return person, copies


def _is_called(key: str, wanted: str) -> bool:
    """Whether a key begins like this, with or without the number in its file."""
    sha256, _, index = key.partition("#")
    given, mark, number = wanted.partition("#")
    return len(given) >= len(short_key(key).partition("#")[0]) and sha256.startswith(given) and (
        not mark or number == index
    )  # fmt: skip
