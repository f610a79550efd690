"""Persons and schools (学员和学校): who handed in what, and each person's page with what people decide and record."""

from collections.abc import Mapping

from starlette.responses import Response

from gengang.deciding import Decided, rule
from gengang.deciding import take_back as take_ruling_back
from gengang.desk import counting, lists
from gengang.desk.lists import school_seen
from gengang.desk.recorded import fold_small, recording_desk
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.standing import Now
from gengang.desk.views.asking import (
    Form,
    day_typed,
    kind_named,
    minute_typed,
    note_form,
    note_kinds,
    note_path,
    number_typed,
    role_for,
    ruling_form,
    ruling_kinds,
    ruling_typed,
)
from gengang.desk.views.people import rows_of, seen_by
from gengang.desk.views.person import Eyes, label, mentor_page, person_page, shared
from gengang.desk.views.wording import at_desk
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.intake import utc_now
from gengang.mailed import minute_in_china
from gengang.noting import record_copies, record_said, record_score, record_seen
from gengang.noting import take_back as take_note_back
from gengang.recording import Recorded
from gengang.roster import Person
from gengang.rulings import ruling_data

NOBODY = "没有这个人，可能已不在花名册里。"


def person(visit: Visit) -> Response:
    """A trainee's page, or a mentor's."""
    now, one = visit.now(), person_at(visit)
    if one.role == "mentor":
        view = mentor_page(now, one, _eyes(visit, now))
        return show(visit, "mentor.html", view=view, may_review=visit.may("clerk"), may_write=visit.may("clerk"))
    return show(
        visit, "person.html", view=person_page(now, one, _eyes(visit, now)),
        decisions=ruling_kinds(now.judged), notes=note_kinds(now.judged), may_write=visit.may("clerk"),
        may_decide=visit.may("senior"), role_for=role_for,
        sequence=now.standing.sequence,
    )  # fmt: skip


def _eyes(visit: Visit, now: Now) -> Eyes:
    return Eyes(visit.may("clerk"), visit.may("reader"), seen_by(now.standing, school_seen(visit)))


def person_at(visit: Visit) -> Person:
    """The person of the address, whom the visitor may see. WorkspaceError for anybody else."""
    now = visit.now()
    one = now.judged.season.roster.person(visit.path("key"))
    if one is None or not sees(visit, now, one.key):
        raise WorkspaceError(NOBODY)
    return one


def sees(visit: Visit, now: Now, key: str) -> bool:
    """Whether the visitor may see somebody."""
    seen = seen_by(now.standing, school_seen(visit))
    return seen is None or key in seen


def decide_form(visit: Visit) -> Response:
    """The form for a ruling."""
    now, one = visit.now(), person_at(visit)
    return _form(visit, one, ruling_form(now.judged, one, kind_named(visit.path("kind"))), {}, "")


def decide(visit: Visit) -> Response:
    """A ruling."""
    now, one = visit.now(), person_at(visit)
    kind = kind_named(visit.path("kind"))
    if not visit.may(role_for(kind)):
        raise WorkspaceError("这种决定要由负责人记。")
    try:
        wish = ruling_typed(kind, visit.form)
        _refuse_meanwhile(visit, now, one, str(ruling_data(wish)[0]["path"]))
        rule(visit.desk.settings, one.key, wish, visit.actor("rule"), utc_now())
    except WorkspaceError as fault:
        return _form(visit, one, ruling_form(now.judged, one, kind), visit.form, at_desk(str(fault)))
    return _back_to(visit, one)


def note_asked(visit: Visit) -> Response:
    """The form for a note."""
    now, one = visit.now(), person_at(visit)
    return _form(visit, one, note_form(now.judged, visit.path("kind"), now.judged.as_of), {}, "")


def note(visit: Visit) -> Response:
    """A note."""
    now, one = visit.now(), person_at(visit)
    form = note_form(now.judged, visit.path("kind"), now.judged.as_of)
    try:
        _refuse_meanwhile(visit, now, one, note_path(visit.path("kind"), visit.form))
        _recorded(visit, one, visit.path("kind"))
    except WorkspaceError as fault:
        return _form(visit, one, form, visit.form, at_desk(str(fault)))
    return _back_to(visit, one)


def _refuse_meanwhile(visit: Visit, now: Now, one: Person, path: str) -> None:
    """WorkspaceError where somebody else said something of the very same since the form was shown."""
    since = visit.form.get("since", "")
    lines = [fact for fact in (*now.standing.facts, *now.since)
             if fact.kind == "decision" and fact.subject == one.key and fact.data["path"] == path]  # fmt: skip
    if since.isdigit() and lines and lines[-1].sequence > int(since):
        last = lines[-1]
        raise WorkspaceError(
            f"{last.actor.user}在{minute_in_china(last.at)}刚记下同一件事，您的没有保存。请看一眼个人情况，仍要记就再按一次。"
        )


def _recorded(visit: Visit, one: Person, kind: str) -> Recorded:
    desk, typed = recording_desk(visit), visit.form
    by, item = typed.get("by", ""), typed.get("item", "")
    if kind == "said":
        return record_said(desk, one.key, typed.get("text", ""), minute_typed(typed.get("at", "")), by)
    on = day_typed(typed.get("on", ""))
    if kind == "score":
        return record_score(desk, one.key, item, typed.get("points", ""), typed.get("role", ""), by, on)
    number, remark = number_typed(typed.get("number", "")), typed.get("note", "").strip()
    record = record_seen if kind == "seen" else record_copies
    return record(desk, one.key, item, number, on, by, remark)


def take_back(visit: Visit) -> Response:
    """A ruling or a note counts no more."""
    one, which, why = person_at(visit), visit.form.get("which", ""), visit.form.get("why", "")
    done: Decided | Recorded
    if visit.form.get("what") == "ruling":
        number = int(which) if which.isdigit() else 0
        ruled = next(
            (each for each in visit.now().judged.season.rulings.get(one.key, ()) if each.number == number), None
        )
        if ruled is not None and not visit.may(role_for(ruled.kind)):
            raise WorkspaceError("这种决定要由负责人撤回。")
        done = take_ruling_back(visit.desk.settings, number, why, visit.actor("rule"), utc_now())
    else:
        done = take_note_back(recording_desk(visit), one.key, which, why)
    del done
    return _back_to(visit, one)


def _form(visit: Visit, one: Person, form: Form, typed: Mapping[str, str], said: str) -> Response:
    """The form alone where a part is wanted, else on a page of its own."""
    template = "asking.html" if visit.partial else "asking_alone.html"
    values = {ask.name: typed.get(ask.name, ask.value) for ask in form.asks}
    return show(
        visit, template, 422 if said else 200, form=form, values=values, said=said, key=one.key, name=one.name,
        head=visit.now().head,
    )  # fmt: skip


def number(visit: Visit) -> Response:
    """A whole ID number or phone, which is a line of the ledger."""
    one, what = person_at(visit), visit.form.get("what", "")
    if what not in ("id_number", "phone"):
        raise WorkspaceError("这一栏没有遮盖。")
    actor, at = visit.actor("look"), utc_now()
    visit.desk.ledger.append([Fact("looked_at", one.key, {"what": what, "at": at, "by": actor.user}, actor, at)])
    whole = one.id_number if what == "id_number" else one.phone
    template = "number.html" if visit.partial else "number_alone.html"
    return show(visit, template, whole=whole, key=one.key)


def _back_to(visit: Visit, one: Person) -> Response:
    """The person's page, which a small season has worked out by then."""
    fold_small(visit)
    address = f"/persons/{one.key}"
    if visit.partial:
        return Response(status_code=204, headers={"HX-Redirect": address})
    return see_other(address)


ROOM = Room(
    "persons",
    "学员和学校",
    "/persons",
    "school",
    (
        *lists.ROUTES,
        *counting.ROUTES,
        read("/persons/{key}", person, "school"),
        read("/persons/{key}/decide/{kind}", decide_form, "clerk"),
        write("/persons/{key}/decide/{kind}", decide),
        read("/persons/{key}/note/{kind}", note_asked, "clerk"),
        write("/persons/{key}/note/{kind}", note),
        write("/persons/{key}/back", take_back),
        write("/persons/{key}/number", number),
    ),
    warm=(rows_of, shared, label),
)
