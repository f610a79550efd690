"""The nightly flow: the stages of one pass as Prefect tasks, in the order in which a paper passes through them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar, cast

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.utilities.annotations import quote

from flows.house import RUN_SECONDS, FlowStopped, discreet
from flows.runs import made_up_for, tidy
from flows.server import NO_SERVER
from gengang.drafting import Judged
from gengang.errors import ToolError
from gengang.facts import Fact
from gengang.findings import Finding
from gengang.intake import Intake, actor_here, utc_now
from gengang.mailbox import Fetched
from gengang.night import (
    Done,
    Night,
    batches_expected,
    fetch_mail,
    judge,
    judged_before,
    print_papers,
    read_batch,
    settle_roster,
    take_in,
    tell,
    waiting_arrivals,
)
from gengang.press import Pressed
from gengang.settings import Settings, settings_of
from gengang.trying import NIGHT_WAITS
from gengang.under_way import Pass, RunRequest, day_of_request, opened

# Idempotence lives in the ledger: a task's result is neither kept nor looked up, so no personal value leaves it.
stage = task(cache_policy=NO_CACHE, persist_result=False)

Value = TypeVar("Value")


def unseen(value: Value) -> Value:
    """A value for a task in which Prefect looks for no futures of its own: among a season's papers that takes a minute.

    The task is given the value itself.
    """
    return cast(Value, quote(value))


@stage
@discreet
def mail_fetched(under_way: Pass) -> Fetched:
    """New mails of the office's mailbox in the inbox."""
    return fetch_mail(under_way)


@stage
@discreet
def taken_in(under_way: Pass) -> Intake:
    """Bytes safe in the archive, lines in the ledger, files out of the inbox."""
    return take_in(under_way)


@stage
@discreet
def batch_read(under_way: Pass, arrivals: Sequence[Fact], done: int, total: int) -> int:
    """One batch of files read and committed."""
    return read_batch(under_way, arrivals, (done, total))


@stage
@discreet
def roster_settled(under_way: Pass) -> tuple[Finding, ...]:
    """The roster from the office's workbook or the sign-up papers."""
    return settle_roster(under_way)


@stage
@discreet
def judged_now(under_way: Pass) -> Judged:
    """Papers matched, persons judged."""
    return judge(under_way)


@stage
@discreet
def papers_printed(under_way: Pass, judged: Judged) -> tuple[Pressed, ...]:
    """Papers drafted, proved and put into the outbox."""
    return print_papers(under_way, judged)


@flow(name="nightly", persist_result=False, log_prints=False, timeout_seconds=RUN_SECONDS)
@discreet
def nightly(workspace: str, as_of: str = "") -> int | State[None]:
    """One pass over a workspace; the exit code. Parameters hold a folder and a day, never a person."""
    elsewhere = made_up_for()
    if elsewhere is not None:
        return elsewhere
    settings = settings_of(Path(workspace), os.environ)
    request = RunRequest(settings, day_of_request(as_of), actor_here("nightly"), utc_now(), _silent, waits=NIGHT_WAITS)
    with opened(request) as under_way:
        whole = unseen(under_way)
        mail = mail_fetched(whole)
        intake = taken_in(whole)
        waiting = waiting_arrivals(under_way)
        for done, batch in batches_expected(under_way, waiting):
            batch_read(whole, unseen(batch), done, len(waiting))
        under_way.readers.rest()
        read = len(waiting) - len(waiting_arrivals(under_way))
        roster_findings = roster_settled(whole)
        judged = judged_now(whole)
        pressed = papers_printed(whole, unseen(judged))
        before = judged_before(under_way, judged)
        night = tell(under_way, Done(before, intake, read, roster_findings, judged, pressed, mail))
    create_table_artifact(key="gengang-night", table=counts_of(night), description="Counts of one pass")
    return night.exit_code


def run_nightly(settings: Settings, as_of: str) -> int:
    """The flow once, now; the exit code. Raises what stopped it, as a plain run does; ToolError for Prefect itself."""
    try:
        tidy(settings)
        code = nightly(str(settings.workspace), as_of)
        assert isinstance(code, int)  # only a scheduled run is made up for by another
        return code
    except FlowStopped as stopped:
        raise stopped.fault from None
    except RuntimeError as fault:
        raise ToolError(NO_SERVER) from fault


def counts_of(night: Night) -> list[dict[str, object]]:
    """What the artifact shows: counts alone, no name, no file name."""
    counts = night.counts
    rows = {
        "files taken in": len(night.intake.arrivals),
        "files read": night.read,
        "arrived in all": counts.arrived,
        "filed": counts.filed,
        "waiting": counts.waiting,
        "refused": counts.refused,
        "taken back": counts.taken_back,
        "duplicates": counts.duplicates,
        "papers written": sum(one.status == "new" for one in night.pressed),
        "papers held back": sum(one.status == "held" for one in night.pressed),
        "for a person": night.for_a_person,
    }
    return [{"what": what, "count": count} for what, count in rows.items()]


def _silent(stage: str, done: int, total: int) -> None:
    """Prefect's own page shows the tasks."""
