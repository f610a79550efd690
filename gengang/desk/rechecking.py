"""Re-check (抽查): a field that the machine accepted is read once more, blind; both agree, or somebody looks again."""

from starlette.responses import Response

from gengang.desk.reviewing import held_of
from gengang.desk.routing import Room, Visit, read, show, write
from gengang.desk.views.fields import kind_at, machine_of, words_of_value
from gengang.desk.views.papers import address_of
from gengang.desk.views.rechecks import KIND, next_drawn, rates
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.intake import utc_now
from gengang.reading import FieldReading, json_of_value
from gengang.settled import field_at
from gengang.settling import value_typed


def recheck(visit: Visit) -> Response:
    """The next field by lot, and what was found so far."""
    now = visit.now()
    return show(visit, "recheck.html", drawn=next_drawn(now), rates=rates(now), told=None, said="", typed="")


def answer(visit: Visit) -> Response:
    """What the person reads, beside what the machine accepted; the answer is a line of the ledger."""
    now, path, typed = visit.now(), visit.form.get("path", ""), visit.form.get("value", "")
    held = held_of(now, visit.form.get("paper", ""))
    kind = kind_at(now.standing.forms.get(held.reading.form), path)
    machine = field_at(machine_of(held), path)
    if not isinstance(machine, FieldReading) or machine.value is None:
        raise WorkspaceError("这一栏不在抽查之列，请刷新后再看。")
    blank = visit.form.get("said", "") == "blank"
    value, doubt = (None, "") if blank else value_typed(kind, typed)
    if value is None and not blank:
        again = next_drawn(now)
        return show(visit, "recheck.html", 422, drawn=again, rates=rates(now), told=None, said=doubt, typed=typed)
    agrees = value == machine.value
    fact = Fact(
        KIND, held.paper.key, {"path": path, "agrees": agrees}, visit.actor("recheck"), utc_now(),
        {"value": json_of_value(value), "machine": json_of_value(machine.value)},
    )  # fmt: skip
    visit.desk.ledger.append([fact])
    now = visit.now()
    told = {
        "agrees": agrees, "yours": words_of_value(value, kind) or "没有填写",
        "machines": words_of_value(machine.value, kind), "address": f"/review/{address_of(held.paper.key)}",
    }  # fmt: skip
    return show(visit, "recheck.html", drawn=next_drawn(now), rates=rates(now), told=told, said="", typed="")


ROOM = Room(
    "recheck",
    "抽查",
    "/recheck",
    "clerk",
    (read("/recheck", recheck, "clerk"), write("/recheck", answer)),
)
