"""通知与公文: who owes what and how they are asked, what senders are told, and the papers that the office writes."""

from urllib.parse import quote

from starlette.responses import Response

from gengang.desk import bulletins, office_prints
from gengang.desk.office_prints import papers_here, said, templates_here
from gengang.desk.recorded import done, not_done, recording_desk
from gengang.desk.routing import Room, Visit, read, show, write
from gengang.desk.views.asking import day_typed
from gengang.desk.views.chasing import (
    NO_KEY,
    asking_of,
    chase_page,
    owed_page,
    owing,
    receipts_page,
    register_of,
)
from gengang.desk.views.leaders import figure_lists, sentences_of
from gengang.desk.views.leaves import leaf_of, page_typed
from gengang.errors import GengangError, WorkspaceError
from gengang.office.kinds import Asking
from gengang.papers.missing import KINDS
from gengang.ticking import ask, unask

HOWS = ("微信", "电话", "短信", "书面", "当面")
NOTHING_OWED = "没有欠交的材料：可能刚刚交齐了。"


def chase(visit: Visit) -> Response:
    """Who owes what."""
    return _chase(visit, "")


def _chase(visit: Visit, fault: str) -> Response:
    now, kind = visit.now(), visit.query("kind")
    kind = kind if kind in KINDS.values() else ""
    return show(
        visit, "notices_chase.html", 422 if fault else 200, **said(visit, now, fault),
        view=chase_page(now.standing, kind, page_typed(visit.query("page"))), kind=kind,
        kinds=[name for name in KINDS.values() if name != KINDS["office"]], hows=HOWS, day=_today(visit),
        papers=papers_here(visit, "催交通知"),
    )  # fmt: skip


def owed(visit: Visit) -> Response:
    """What one owes, with what to send them."""
    return _owed(visit, "")


def _owed(visit: Visit, fault: str) -> Response:
    now = visit.now()
    view = owed_page(now.standing, visit.path("debtor"), visit.path("key"), templates_here(visit))
    if view is None:
        raise WorkspaceError(NOTHING_OWED)
    return show(
        visit, "notices_owed.html", 422 if fault else 200, **said(visit, now, fault), view=view, hows=HOWS,
        day=_today(visit),
    )  # fmt: skip


def _today(visit: Visit) -> str:
    return recording_desk(visit).today.isoformat()


def ask_all(visit: Visit) -> Response:
    """Everybody of a kind was asked."""
    kind = visit.form.get("to", "")
    try:
        if kind not in KINDS.values():
            raise WorkspaceError("请选催的是哪一类。")
        lines = _asked(visit, kind, Asking())
    except GengangError as fault:
        return _chase(visit, not_done(visit, fault))
    back = f"/notices?kind={quote(visit.query('kind'))}" if visit.query("kind") else "/notices"
    return done(visit, back, lines)


def ask_one(visit: Visit) -> Response:
    """One was asked, or was not after all."""
    debtor, key = visit.path("debtor"), visit.path("key")
    found = next((one for one in visit.now().standing.of(owing) if (one.debtor, one.key) == (debtor, key)), None)
    if found is None or key == NO_KEY:
        raise WorkspaceError(NOTHING_OWED)
    try:
        lines = _asked(visit, found.kind, asking_of(debtor, key, found.name))
    except GengangError as fault:
        return _owed(visit, not_done(visit, fault))
    return done(visit, found.address, lines)


def _asked(visit: Visit, kind: str, asking: Asking) -> tuple[str, ...]:
    typed = visit.form
    since, how = typed.get("since", ""), typed.get("how", "").strip() or typed.get("other", "").strip()
    return ask(
        recording_desk(visit), kind, asking, how, day_typed(typed.get("on", "")), typed.get("note", ""),
        int(since) if since.isdigit() else 0,
    ).lines  # fmt: skip


def register(visit: Visit) -> Response:
    """The 催办台账."""
    return _register(visit, "")


def _register(visit: Visit, fault: str) -> Response:
    now = visit.now()
    rows = now.standing.of(register_of)
    return show(
        visit, "notices_register.html", 422 if fault else 200, **said(visit, now, fault),
        leaf=leaf_of(rows, page_typed(visit.query("page"))), names=KINDS, papers=papers_here(visit, "催办台账"),
        entries=sorted(now.judged.season.told.asked, key=lambda one: -one.number)[:200],
    )  # fmt: skip


def back(visit: Visit) -> Response:
    """An entry of the 台账 counts no more."""
    number, why = visit.form.get("number", ""), visit.form.get("why", "")
    try:
        lines = unask(recording_desk(visit), int(number) if number.isdigit() else 0, why).lines
    except GengangError as fault:
        return _register(visit, not_done(visit, fault))
    return done(visit, "/notices/register", lines)


def receipts(visit: Visit) -> Response:
    """What each sender is told."""
    standing = visit.now().standing
    view = receipts_page(standing, visit.query("intake"), page_typed(visit.query("page")))
    return show(visit, "notices_receipts.html", view=view)


# --- 领导要数 -----------------------------------------------------------------------------------------------------


def leaders(visit: Visit) -> Response:
    """The sentences."""
    now = visit.now()
    return show(
        visit, "notices_leaders.html", rows=sentences_of(now.standing), as_of=now.judged.as_of,
        papers=papers_here(visit, "领导要数"), may_write=visit.may("clerk"), quote=quote,
    )  # fmt: skip


def leaders_list(visit: Visit) -> Response:
    """What a sentence was counted from."""
    found = visit.now().standing.of(figure_lists).get(visit.path("about"))
    if found is None:
        raise WorkspaceError("没有这个清单。")
    return show(visit, "notices_figures.html", view=found, leaf=leaf_of(found.lines, page_typed(visit.query("page"))))


ROOM = Room(
    "notices",
    "通知与公文",
    "/notices",
    "reader",
    (
        read("/notices", chase),
        read("/notices/owed/{debtor}/{key}", owed),
        write("/notices/ask", ask_all),
        write("/notices/owed/{debtor}/{key}", ask_one),
        read("/notices/register", register),
        write("/notices/register", back),
        read("/notices/receipts", receipts),
        read("/notices/leaders", leaders),
        read("/notices/leaders/{about}", leaders_list),
        *bulletins.ROUTES,
        *office_prints.ROUTES,
    ),
    warm=(owing,),
)
