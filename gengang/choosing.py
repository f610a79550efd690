"""A person's word as a line of the ledger: which version of a paper counts, whose it is, whether a photo is a form.

It stays through every later run, reader and roster, until somebody decides again or takes it back.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from gengang.copies import Copies
from gengang.doubts import doubt_lines, doubts_of
from gengang.drafting import Judged
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact, file_of, latest, standing
from gengang.in_force import day_to_judge, scheme_stated
from gengang.judging import judged_of
from gengang.ledger import Ledger, kept_ledger
from gengang.ledger_lease import lease
from gengang.reconcile import MENTOR_FORMS, SCHOOL_FORMS
from gengang.roster import Person
from gengang.season import VERSION, WHOSE, Season, season_of
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


def choose_version(
    settings: Settings, wanted: str, why: str, actor: Actor, at: str, seen: int | None = None
) -> Chosen:  # fmt: skip
    """Decide that of the versions of a paper this one counts; the same decision again writes nothing.

    wanted: a paper's key or the beginning of one, as the morning note shows it; seen: number of the last decision on
    any of the versions that whoever decides has seen, None where that is not asked. Raises WorkspaceError when it names
    no paper, several, or one that came in one version alone, when no reason is given, and for a decision unseen.
    """
    _reason(why)
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        person, copies = _wanted(_judged(ledger), wanted)
        _refuse_unseen(ledger, {one.key for one in copies.versions}, VERSION, seen)
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
    _reason(why)
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


def _judged(ledger: Ledger) -> Judged:
    facts = tuple(ledger.read())
    scheme = scheme_stated(facts)
    return judged_of(facts, scheme, day_to_judge(facts, scheme))


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


# --- whose ---

OF_EVIDENCE = "person"  # path of the decision whose a piece of evidence is
PATHS = (WHOSE, OF_EVIDENCE, VERSION)


def listed_doubts(settings: Settings) -> Chosen:
    """Every paper in doubt with the people it may be of; exit code 1 when there are any."""
    with kept_ledger(settings) as ledger:
        found = doubts_of(season_of(ledger.read()))
    if not found:
        return Chosen(("没有归属待定的材料。",))
    lines = (line for one in found for line in doubt_lines(one))
    how = "认定：gengang choose 编号 --person 人员编号 --why 理由；不是本期人员的：--nobody；撤回认定：--back。"
    return Chosen((f"归属待定的材料{len(found)}份：", *lines, how), 1)


def choose_person(
    settings: Settings, wanted: str, whom: str, why: str, actor: Actor, at: str, seen: int | None = None
) -> Chosen:  # fmt: skip
    """Decide whose a paper or a piece of evidence is; the same decision again writes nothing.

    wanted: its key or the beginning of one; whom: a person's key, or a name that only one has, with the school before
    it where needed; '' for nobody of ours. seen: as for `choose_version`. Raises WorkspaceError when either names none
    or several, without a reason, and for a decision unseen.
    """
    _reason(why)
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        season = season_of(ledger.read())
        key = _one_key((*(one.paper.key for one in season.papers), *(one.key for one in season.evidence)), wanted)
        form = next((one.reading.form for one in season.papers if one.paper.key == key), "")
        if form in SCHOOL_FORMS:
            raise WorkspaceError("这是学校的名单，不是某一个人的材料，不用认定。")
        _refuse_unseen(ledger, {key}, WHOSE if form else OF_EVIDENCE, seen)
        person = _whom(season, form, whom) if whom else None
        path = WHOSE if form else OF_EVIDENCE
        if path == OF_EVIDENCE and person is None:
            raise WorkspaceError("佐证材料不用认定为“不是本期人员的”：没有认定的不算在任何人名下。")
        data = {"path": path, "person": person.key if person else ""}
        personal = {"value": person.key if person else "", "why": why.strip()}
        ledger.append([Fact("decision", key, data, actor, at, personal)])
    words = f"是{person.school}{person.name}（{person.key}）的" if person else "不是本期人员的材料"
    return Chosen((f"认定：编号{short_key(key)}{words}。下次运行起按此计算；要改，再认定一次，或加 --back 撤回。",))


def take_choice_back(settings: Settings, wanted: str, why: str, actor: Actor, at: str) -> Chosen:
    """Take back whatever was decided of a paper by `choose`; what the program finds by itself counts again."""
    _reason(why)
    with kept_ledger(settings) as ledger, lease(ledger, str(actor)):
        facts = tuple(ledger.read())
        said_here = (fact for (_, path), fact in latest(facts, "decision").items() if path in PATHS)
        standing = [fact for fact in said_here if (fact.personal or {}).get("value") is not None]
        key = _one_key({fact.subject for fact in standing}, wanted)
        own = [dict(fact.data) for fact in standing if fact.subject == key]
        back = [data if data["path"] == VERSION else data | {"person": ""} for data in own]
        said = {"value": None, "why": why.strip()}
        ledger.append([Fact("decision", key, data, actor, at, said) for data in back])
    return Chosen((f"已撤回对编号{short_key(key)}的认定，下次运行起由程序重新判断。",))


def last_word(facts: Iterable[Fact], keys: Collection[str], path: str) -> Fact | None:
    """The last decision of one sort on any of these papers."""
    lines = [fact for (key, said), fact in latest(facts, "decision").items() if said == path and key in keys]
    return max(lines, key=_number, default=None)


def _number(fact: Fact) -> int:
    return fact.sequence


def _refuse_unseen(ledger: Ledger, keys: Collection[str], path: str, seen: int | None) -> None:
    """Two people at one paper: the second is told of the first's word, and overwrites nothing."""
    last = last_word(ledger.read(kinds=("decision",)), keys, path)
    if seen is not None and last is not None and last.sequence > seen:
        raise WorkspaceError(f"{last.actor.user}刚刚已作了决定，您的没有保存。请刷新后看现在的内容，再决定要不要改。")


def _reason(why: str) -> None:
    if not why.strip():
        raise WorkspaceError("请用 --why 写明理由，例如 --why 本人确认后交的为准。")


def _one_key(keys: Collection[str], wanted: str) -> str:
    found = [key for key in keys if _is_called(key, wanted)]
    if not found:
        raise WorkspaceError(
            f"没有编号为“{wanted}”的材料。编号写在《今日要点》里，也可以不写编号，先列出：gengang choose。"
        )
    if len(found) > 1:
        raise WorkspaceError(f"编号“{wanted}”不止一份材料，请多写几位，或写上 # 后面的序号。")
    return found[0]


def _whom(season: Season, form: str, whom: str) -> Person:
    """The one person meant; a mentor for a mentor's paper alone."""
    people = season.roster.mentors if form in MENTOR_FORMS else season.roster.trainees
    found = _named(people, "".join(whom.split()))
    if not found:
        kind = "指导教师" if form in MENTOR_FORMS else "学员"
        raise WorkspaceError(f"花名册的{kind}里没有“{whom}”。请写人员编号（P- 开头）或姓名。")
    if len(found) > 1:
        told = "；".join(f"{one.key} {one.school}{one.stage}{one.subject}" for one in found)
        raise WorkspaceError(f"有{len(found)}位“{whom}”，请写人员编号：{told}。")
    return found[0]


def _named(people: Iterable[Person], whom: str) -> list[Person]:
    return [one for one in people if whom in (one.key, one.name, f"{one.school}{one.name}")]


def _is_called(key: str, wanted: str) -> bool:
    """Whether a key begins like this, with or without the number in its file."""
    sha256, _, index = key.partition("#")
    given, mark, number = wanted.partition("#")
    return len(given) >= len(short_key(key).partition("#")[0]) and sha256.startswith(given) and (
        not mark or number == index
    )  # fmt: skip
