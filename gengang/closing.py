"""`gengang close`: the season sealed, and next year's workspace opened with what goes on.

The list is written first, then the one line that closes the ledger; the new workspace is built beside its place and
renamed. Killed at any line the season is open or closed, the new workspace is not there or whole, and the same command
goes on from there.
"""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gengang.arrivals import waiting_files, write_whole
from gengang.carried import CARRIED, carried_bytes
from gengang.checking import faults_of_workspace
from gengang.drafting import Judged, certificate_drafts, spent_numbers
from gengang.erasure import Wish
from gengang.errors import GengangError, WorkspaceError
from gengang.facts import Fact, erasures_under_way, latest
from gengang.judging import judged_of
from gengang.ledger import Ledger
from gengang.ledger_register import last_number
from gengang.manifest import keep_manifest
from gengang.night import waiting_arrivals
from gengang.originals import flush_folder
from gengang.papers.draft import Draft
from gengang.papers.words import chinese_date
from gengang.roster import Roster, School
from gengang.rosterfile import read_school_table, roster_bytes, school_table_bytes
from gengang.scheme import Scheme
from gengang.schememoving import Wish as NewYear
from gengang.schememoving import moved
from gengang.sealing import LIST, sealing_list
from gengang.settings import Settings
from gengang.under_way import Pass, RunRequest, opened
from gengang.workspace import SCHOOL_TABLES, school_table

MENTORS = "上期指导教师.xlsx"


@dataclass(frozen=True, slots=True)
class Closed:
    """lines: sentences for the terminal."""

    lines: tuple[str, ...]
    exit_code: int = 0


def close_season(request: RunRequest, wish: Wish, next_dir: Path | None) -> Closed:
    """Seals the season, unless it is, and opens the next year's workspace in a new folder.

    WorkspaceError, with every reason, before its time unless somebody senior says why; whatever anybody says, while the
    ledger or an original is damaged or an erasure is half done.
    """
    if next_dir is not None:
        _refuse_in_use(next_dir)
    with opened(_by_senior(request, wish), closed_too=True) as under_way:
        told: tuple[str, ...] = ("本期早已封存。",)
        if under_way.closed:
            _write_list(under_way.settings, under_way.ledger, _lines_closed(under_way.ledger))
        else:
            told = _sealed(under_way, wish, request.as_of or date.today())
        if next_dir is not None:
            told += _opened_next(under_way, next_dir)
    return Closed(told)


def reopen_season(request: RunRequest, wish: Wish) -> Closed:
    """Lets lines be written again. WorkspaceError when nobody senior says why, or the season is open."""
    if not wish.senior or not wish.why.strip():
        raise WorkspaceError("重新打开要负责人决定并写明原因：gengang close --reopen --senior --why 原因。")
    with opened(_by_senior(request, wish), closed_too=True) as under_way:
        if not under_way.closed:
            raise WorkspaceError("本期没有封存，不用重新打开。")
        data = {"closed": False}
        said = {"why": wish.why, "by": wish.by}
        under_way.ledger.append([Fact("season_closed", "season", data, under_way.actor, under_way.at, said)])
    return Closed(("本期已重新打开，可以写入。办完请再运行 gengang close。",))


def _by_senior(request: RunRequest, wish: Wish) -> RunRequest:
    return replace(request, actor=replace(request.actor, role="senior")) if wish.senior else request


# --- the sealing ---


def _sealed(under_way: Pass, wish: Wish, day: date) -> tuple[str, ...]:
    settings, ledger = under_way.settings, under_way.ledger
    facts = tuple(ledger.read())
    keep_manifest(settings, facts)
    _refuse_damaged(settings, facts)
    reasons = tuple(_reasons(under_way, judged_of(facts, under_way.scheme, under_way.as_of), day))
    if reasons and not (wish.senior and wish.why.strip()):
        raise WorkspaceError(
            "没有封存：\n" + "\n".join(f"  · {reason}" for reason in reasons)
            + "\n办好再封存；确需现在封存的，请负责人决定后运行 gengang close --senior --why 原因。"
        )  # fmt: skip
    lines, seal = ledger.head()
    sha256, originals = _write_list(settings, ledger, lines)
    data = {"closed": True, "lines": lines, "seal": seal, "manifest": sha256, "originals": originals,
            "as_of": day.isoformat(), "open": len(reasons)}  # fmt: skip
    said = {"why": wish.why, "by": wish.by}
    ledger.append([Fact("season_closed", "season", data, under_way.actor, under_way.at, said)])
    return (f"本期已封存：台账{lines}行，原件{originals}个，清单在 outbox/{LIST}。此后只能查看和补印已发的证书。",)


def _refuse_damaged(settings: Settings, facts: Sequence[Fact]) -> None:
    faults = [*faults_of_workspace(settings, "all")]
    faults += [f"人员编号 {key} 的删除没有做完，请再运行 gengang erase。" for key in erasures_under_way(facts)]
    if faults:
        raise WorkspaceError("没有封存，请先处理：\n" + "\n".join(f"  · {fault}" for fault in faults))


def _reasons(under_way: Pass, judged: Judged, day: date) -> Iterator[str]:
    """Why it is too early."""
    closing = under_way.scheme.closing
    if closing is None:
        yield "方案里没有写本期何时结束（scheme.toml 的 closing）。"
    elif day <= closing:
        yield f"本期研修材料到{chinese_date(closing)}截止，还没有过。"
    waiting = waiting_files(under_way.settings.inbox, 0.0, 0.0)
    if waiting:
        yield f"inbox 里还有{len(waiting)}个文件没有收：请运行 gengang run，或移走。"
    unread = waiting_arrivals(under_way)
    if unread:
        yield f"收下的文件还有{len(unread)}个没有读：请运行 gengang run。"
    has = {one.person for one in spent_numbers(under_way.ledger.read()) if one.issued_on is not None}
    due = [one for one in certificate_drafts(judged) if isinstance(one, Draft) and one.person not in has]
    if due:
        yield f"还有{len(due)}份够条件而没有发的证书：请运行 gengang issue。"


def _write_list(settings: Settings, ledger: Ledger, lines: int) -> tuple[str, int]:
    text, originals = sealing_list(settings, ledger, lines)
    path = settings.outbox / LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, [text])
    return hashlib.sha256(text).hexdigest(), originals


def _lines_closed(ledger: Ledger) -> int:
    line = ledger.closed()
    if line is None:
        raise AssertionError("asked of a closed season only")
    return int(str(line.data["lines"]))


# --- the next one ---


def _refuse_in_use(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WorkspaceError(f"{target} 里已经有东西，没有建新工作区，也没有封存。请换一个新的或空的文件夹。")
    if not target.resolve().parent.is_dir():
        raise WorkspaceError(f"{target.resolve().parent} 不存在。请先建好这个文件夹，或换一个位置。")


def _opened_next(under_way: Pass, target: Path) -> tuple[str, ...]:
    target = target.resolve()
    half = target.with_name(f".{target.name}.opening")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    try:
        roster = judged_of(under_way.ledger.read(), under_way.scheme, under_way.as_of).season.roster
        told = tuple(_filled(under_way, roster, half))
        if target.exists():
            target.rmdir()
        half.rename(target)
        flush_folder(target.parent)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return (f"新一期的工作区已建好：{target}。", *told)


def _filled(under_way: Pass, roster: Roster, half: Path) -> Iterator[str]:
    settings = under_way.settings
    for folder in ("inbox", "outbox"):
        (half / folder).mkdir()
    if settings.templates.is_dir():
        shutil.copytree(settings.templates, half / "templates")
    else:
        (half / "templates").mkdir()
    if settings.keys.is_dir():
        shutil.copytree(settings.keys, half / "keys")
        yield "证书签名密钥带过去了，旧证书和新证书都能核验。"
    text, told = _next_scheme(under_way)
    (half / settings.scheme.name).write_text(text, encoding="utf-8")
    yield from told
    schools = _schools(settings, roster)
    if schools:
        (half / SCHOOL_TABLES[0]).write_bytes(school_table_bytes(schools))
        yield f"学校{len(schools)}所，连同别名、公章名称，写进了 {SCHOOL_TABLES[0]}：请核对今年有没有变动。"
    if roster.mentors:
        (half / MENTORS).write_bytes(roster_bytes(Roster(schools, (), roster.mentors)))
        yield f"上期指导教师{len(roster.mentors)}位写进了 {MENTORS}，供参考；今年是谁，以新交的指导教师安排表为准。"
    numbers = _numbers(under_way.ledger, under_way.scheme)
    head = under_way.ledger.head()
    (half / CARRIED).write_bytes(carried_bytes(under_way.scheme.id, head[1], numbers))
    going_on = "，".join(f"{series}从第{last + 1}号" for series, last in numbers.items() if last)
    yield f"证书编号接着上期：{going_on}。" if going_on else "证书编号里有年份，新一年从1号起。"


def _next_scheme(under_way: Pass) -> tuple[str, tuple[str, ...]]:
    """The rules that the season ended with, a year later where they name a year; and what to look at."""
    rules = latest(under_way.ledger.read(kinds=("scheme",)), "scheme")["scheme", ""]
    text, year = str(rules.data["text"]), under_way.scheme.year
    if not year:
        return text, ("方案照抄了上一期，里面没有写年份：请核对 scheme.toml 里的日期，再开始收材料。",)
    try:
        made = moved(text, NewYear(year=year + 1))
    except GengangError as fault:
        return text, (f"方案照抄了上一期：请把 scheme.toml 里的日期改成{year + 1}年的。（{fault}）",)
    return made.text, (f"方案里的日期已改到{year + 1}年：请对照新文件逐条核对 scheme.toml，再开始收材料。", *made.notes)


def _schools(settings: Settings, roster: Roster) -> tuple[School, ...]:
    """The roster's, and those of the office's table that sent nobody."""
    table = school_table(settings)
    listed = read_school_table(table) if table is not None else ()
    known = {school.name for school in roster.schools}
    return (*roster.schools, *(school for school in listed if school.name not in known))


def _numbers(ledger: Ledger, scheme: Scheme) -> dict[str, int]:
    """Series -> the last number, which the next goes on from; 0 where the printed number has the year in it."""
    return {one.series: 0 if "{year}" in one.number else last_number(ledger, one.series)
            for one in scheme.certificates}  # fmt: skip
