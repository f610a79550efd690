"""评分: what each assessor gave, side by side, typed in for many people at once; 评分表 to send out."""

import tempfile
from datetime import date
from pathlib import Path

from starlette.responses import Response

from gengang.desk.recorded import attachment, fold_small, recording_desk
from gengang.desk.routing import Room, Visit, read, show, write
from gengang.desk.views.asking import day_typed
from gengang.desk.views.leaves import page_typed
from gengang.desk.views.people import Wanted
from gengang.desk.views.scores import (
    STATES,
    college,
    proposals_to_take,
    score_page,
    typed_points,
    words_by_person,
)
from gengang.desk.views.wording import at_desk, told
from gengang.errors import WorkspaceError
from gengang.intake import utc_now
from gengang.judgements import ASSESSORS
from gengang.noting import record_scores
from gengang.scoring import score_sheet_file
from gengang.under_way import RunRequest

NOTHING = "没有改动：请先填分数。"
KINDS = {"xlsx": ".xlsx", "docx": ".docx"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def scores(visit: Visit) -> Response:
    """One item of everybody."""
    return _page(visit, (), "")


def find(visit: Visit) -> Response:
    """The same of those whose name a form has; a name never stands in an address."""
    return _page(visit, (), "", visit.form.get("name", "").strip())


def _page(visit: Visit, lines: tuple[str, ...], fault: str, name: str = "") -> Response:
    now = visit.now()
    wanted = Wanted(school=visit.query("school"), state=visit.query("state"), name=name)
    role = visit.query("role") if visit.query("role") in ASSESSORS else "college"
    return show(
        visit, "scores.html", 422 if fault else 200, view=score_page(
            now.standing, wanted, visit.query("item"), page_typed(visit.query("page"))),
        wanted=wanted, role=role, by=college(now.standing) if role == "college" else "", states=STATES,
        day=min(now.judged.as_of, date.today()).isoformat(), may_write=visit.may("clerk"), lines=lines,
        fault=fault, mentors=now.judged.season.roster.mentors, stale=not now.is_current,
        sequence=now.standing.sequence, typed=visit.form if fault else {},
    )  # fmt: skip


def save(visit: Visit) -> Response:
    """Points that were typed, or the ones that mentor and base school agree on as the college's own."""
    typed, item = visit.form, visit.form.get("item", "")
    since = typed.get("since", "")
    given = [(key, points) for key, points, _ in typed_points(typed)]
    if typed.get("what") == "take":
        wanted = Wanted(school=visit.query("school"), state=visit.query("state"))
        page = score_page(visit.now().standing, wanted, item, page_typed(visit.query("page")))
        given = [(key, points) for key, points, _ in proposals_to_take(page.leaf.rows)] if page else []
    if not given:
        return _page(visit, (), NOTHING)
    try:
        done = record_scores(
            recording_desk(visit), item, given, typed.get("role", ""), typed.get("by", ""),
            day_typed(typed.get("on", "")), int(since) if since.isdigit() else 0,
        )  # fmt: skip
    except WorkspaceError as fault:
        return _page(visit, (), at_desk(str(fault)))
    fold_small(visit)
    return _page(visit, told(done.lines), "")


# --- 评分表 ------------------------------------------------------------------------------------------------------


def sheet_out(visit: Visit) -> Response:
    """A 评分表 for an assessor, proved by reading it back."""
    kind, role, mentor = visit.query("kind"), visit.query("role"), visit.query("mentor")
    if kind not in KINDS:
        raise WorkspaceError("评分表是 Excel 或 Word 文件。")
    request = RunRequest(visit.desk.settings, None, visit.actor("scores"), utc_now(), lambda *_: None)
    with tempfile.TemporaryDirectory(prefix="gengang-desk-") as folder:
        target = Path(folder) / f"scores{KINDS[kind]}"
        score_sheet_file(request, target, role, mentor if role == "mentor" else "")
        made = attachment(target.read_bytes(), f"评分表{KINDS[kind]}")
    if kind == "docx":
        made.headers["Content-Type"] = WORD
    return made


ROOM = Room(
    "scores",
    "评分",
    "/scores",
    "reader",
    (
        read("/scores", scores),
        write("/scores", save),
        write("/scores/find", find, "reader"),
        read("/scores/sheet", sheet_out, "clerk"),
    ),
    warm=(words_by_person,),
)
