"""A pass under way: what it is asked for, what it needs, and how it opens, checked before anything is touched."""

import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from operator import not_
from pathlib import Path

from extractors.by_hash import OriginalsReader, ReadersHere
from extractors.elsewhere import ReadersElsewhere
from gengang.carried import CARRIED, carried_facts
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact
from gengang.in_force import scheme_stated
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.logs import RunLog
from gengang.mailbox import Fetched
from gengang.manifest import KINDS as MANIFEST_KINDS
from gengang.manifest import originals_of
from gengang.originals import originals_place, refuse_wrong_place
from gengang.scheme import Scheme
from gengang.settings import Settings
from gengang.template_archive import keep_templates, kept_writers, older_forms, template_fact
from gengang.trying import tried
from gengang.workspace import (
    Templates,
    checked_workspace,
    scheme_of,
    scheme_text,
    templates_of,
    with_writers,
)

COLLECTED = (100_000, 20, 50)  # gc.set_threshold; 700, 10, 10 would cost a quarter of a pass over 10,000 papers
SOME = 3  # originals that are asked for before a pass; one may be lost, all of them never are
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a pass is asked for.

    as_of: None for today, at most the scheme's closing day; at: UTC, for the lines.
    mail: what the mailbox gave when it was last asked; None to ask it now.
    waits: seconds before each further try of a share, a mailbox or a mail server that is out of reach.
    """

    settings: Settings
    as_of: date | None
    actor: Actor
    at: str
    told: Progress
    mail: Fetched | None = None
    waits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass under way: the ledger is open and held by it, readers stand ready.

    closed: the season is sealed; scheme and templates are those that it was closed with.
    """

    settings: Settings
    scheme: Scheme
    templates: Templates
    ledger: Ledger
    readers: OriginalsReader
    as_of: date
    actor: Actor
    at: str
    told: Progress
    mail: Fetched | None = None
    closed: bool = False
    waits: tuple[float, ...] = ()


def day_of_request(text: str) -> date | None:
    """The day that `--as-of` names, None when it is empty. Raises WorkspaceError for anything else."""
    return named_day(text, f"--as-of 应写成 2016-12-10 的样子，现在是“{text}”。") if text else None


def named_day(text: str, wrong: str) -> date:
    """The day that a text names. Raises WorkspaceError with the sentence given for anything but YYYY-MM-DD."""
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise WorkspaceError(wrong) from fault
    if day.isoformat() != text:  # weeks and dates without dashes are understood too, and rarely meant
        raise WorkspaceError(wrong)
    return day


def named_points(text: str, wrong: str) -> Decimal:
    """The points, 0 to 100, that a text names. Raises WorkspaceError with the sentence given for anything else."""
    try:
        points = Decimal(text)
        fits = 0 <= points <= 100
    except InvalidOperation as fault:  # of NaN too, which has no order
        raise WorkspaceError(wrong) from fault
    if not fits:
        raise WorkspaceError(wrong)
    return points


@contextmanager
def opened(request: RunRequest, needs_roster: bool = True, closed_too: bool = False) -> Iterator[Pass]:
    """Everything a pass needs, checked before anything is touched; one pass at a time.

    closed_too: also a season that was closed, which is otherwise refused (LedgerError).
    """
    tried(request.settings.inbox.is_dir, not_, request.waits)
    settings = checked_workspace(request.settings, needs_roster)
    with RunLog(settings.logs, request.actor.command), _seldom_collected():
        yield from _opened(request, settings, closed_too)


def _opened(request: RunRequest, settings: Settings, closed_too: bool) -> Iterator[Pass]:
    scheme = scheme_of(settings)
    templates = with_writers(settings, templates_of(settings, scheme))
    ledger = open_ledger(settings)
    try:
        with lease(ledger, str(request.actor)):
            if settings.originals:
                refuse_wrong_place(settings, _some_kept(ledger))
            closed = ledger.closed() is not None
            if closed and not closed_too:
                ledger.refuse_closed()
            if closed:
                scheme, templates = _as_closed(settings, templates, ledger)
            else:
                rules = scheme_fact(scheme_text(settings), request.actor, request.at)
                ledger.append([rules, *carried_facts(_carried(settings), request.actor, request.at)])
                templates = _with_older(request, templates, ledger)
            as_of = request.as_of or min(filter(None, (date.today(), scheme.closing)))
            with readers_of(settings, templates) as readers:
                yield Pass(
                    settings, scheme, templates, ledger, readers, as_of, request.actor, request.at, request.told,
                    request.mail, closed, request.waits,
                )  # fmt: skip
    except OSError as fault:
        raise WorkspaceError(_disk_sentence(settings, fault)) from fault
    finally:
        ledger.close()


def _some_kept(ledger: Ledger) -> tuple[str, ...]:
    """Some originals that must be there."""
    return tuple(originals_of(ledger.read(kinds=MANIFEST_KINDS)))[:SOME]


def readers_of(settings: Settings, templates: Templates) -> OriginalsReader:
    """Who reads for this workspace: this machine, or those that the settings name."""
    if settings.readers_at:
        return ReadersElsewhere(templates.readable, settings.limits, settings.readers_at)
    return ReadersHere(templates.readable, settings.limits, originals_place(settings))


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A pass holds millions of values that have no cycles: looking for some among them often is costly."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTED)
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # all are of the oldest now: else the first value made after it would have every one looked at
        gc.set_threshold(*before)


def _disk_sentence(settings: Settings, fault: OSError) -> str:
    """Which folder of the workspace failed; never the file, whose name may be a person's."""
    named = Path(os.fsdecode(fault.filename)) if isinstance(fault.filename, str | bytes) else settings.workspace
    folder = named.relative_to(settings.workspace).parts[:1] if named.is_relative_to(settings.workspace) else ()
    where = f"工作区的 {folder[0]}" if folder else "磁盘"
    return f"{where} 读写出错（{fault.strerror or type(fault).__name__}）：请检查权限和磁盘空间后重试。收到的材料都在。"


def _with_older(request: RunRequest, templates: Templates, ledger: Ledger) -> Templates:
    """The templates with those of earlier runs; today's are kept first, since they may be edited tomorrow."""
    originals = originals_place(request.settings)
    bytes_of = [(folder, stem, writer.data) for (folder, stem), writer in templates.writers.items()]
    ledger.append([template_fact(*one, request.actor, request.at) for one in keep_templates(originals, bytes_of)])
    return replace(templates, older=older_forms(originals, ledger.read(kinds=("template",)), templates.forms))


def _carried(settings: Settings) -> Path:
    return settings.workspace / CARRIED


def _as_closed(settings: Settings, templates: Templates, ledger: Ledger) -> tuple[Scheme, Templates]:
    """The scheme and the templates that a season was closed with, whatever was edited or upgraded since."""
    scheme = scheme_stated(ledger.read(kinds=("scheme",)))
    lines = tuple(ledger.read(kinds=("template",)))
    writers = kept_writers(originals_place(settings), lines, templates.writers)
    return scheme, replace(templates, writers=writers)


def scheme_fact(text: str, actor: Actor, at: str) -> Fact:
    """The rules of a scheme file's text as they come into force."""
    data = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text}
    return Fact("scheme", "scheme", data, actor, at)
