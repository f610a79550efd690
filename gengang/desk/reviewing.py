"""Review (核对): the list of what waits, a paper with its picture, and one field of many people on one screen."""

from collections.abc import Collection
from dataclasses import replace

from starlette.responses import Response

from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.standing import Now
from gengang.desk.views.fields import SECRET, card_at, kind_at, machine_of, words_of_value
from gengang.desk.views.papers import address_of, paper_page
from gengang.desk.views.queue import cards_of_group, elsewhere_of, group_line, group_of, groups, open_papers, queue_of
from gengang.errors import WorkspaceError
from gengang.facts import Actor, Fact
from gengang.form import FieldType
from gengang.intake import utc_now
from gengang.reading import FieldReading
from gengang.season import HeldPaper
from gengang.settled import Said, field_at
from gengang.settling import Settled, Wish, settle, value_typed, wants_two

NOBODY_KNOWS = "没有这份材料，可能已撤回或删除。"
BUTTONS: dict[str, Said] = {"blank": "blank", "unreadable": "unreadable", "again": "again", "back": "back"}


def queue(visit: Visit) -> Response:
    """What waits."""
    now = visit.now()
    rank = visit.query("rank")
    return show(visit, "review.html", queue=queue_of(now, rank), rank=rank)


def settle_field(visit: Visit) -> Response:
    """A person's word on a field, and the card as it stands then; in place of the card, or back on the paper's page."""
    now = visit.now()
    held, path = held_of(now, visit.form.get("paper", "")), visit.form.get("path", "")
    kind = kind_at(now.standing.forms.get(held.reading.form), path)
    wish, doubt = _wish(held, path, kind, visit)
    wish = replace(wish, by_two=wants_two(now.judged.scheme.two_persons, held.reading.form, path))
    if doubt:
        return _card(visit, held, path, typed=visit.form.get("value", ""), said=doubt, status=422)
    done = settle(visit.desk.ledger, machine_of(held), wish, visit.actor("settle"), utc_now())
    if done.state == "conflict":
        return _card(visit, held, path, said=conflict_words(done, kind), conflict=True, status=409)
    return _card(visit, held, path, done=True)


def _wish(held: HeldPaper, path: str, kind: FieldType, visit: Visit) -> tuple[Wish, str]:
    """What is wanted, or a sentence that asks once more. A value that is doubtful is taken when it is sent again."""
    pressed, text = visit.form.get("said", "keep"), visit.form.get("value", "")
    why, seen = visit.form.get("why", ""), visit.form.get("seen", "")
    if pressed in BUTTONS:
        return Wish(held.paper.key, path, BUTTONS[pressed], None, why, seen), ""
    machine = field_at(machine_of(held), path)
    if not isinstance(machine, FieldReading):
        return Wish(held.paper.key, path, "accepted", None, why, seen), ""
    shown = words_of_value(machine.value, kind)
    if machine.value is not None and text == shown:
        return Wish(held.paper.key, path, "accepted", machine.value, why, seen), ""
    value, doubt = value_typed(kind, text)
    if doubt and (value is None or visit.form.get("sure") != text):
        return Wish(held.paper.key, path, "corrected", value, why, seen), doubt
    return Wish(held.paper.key, path, "corrected", value, why, seen), ""


def conflict_words(done: Settled, kind: FieldType) -> str:
    """What stands where somebody else, or another reading, came in between."""
    if done.word is None or done.word.said == "back":
        return "这一栏刚刚重新读过，和您看到的不一样。没有保存，请再看一眼。"
    what = f"“{words_of_value(done.word.value, kind)}”" if done.word.value is not None else ""
    words = {"accepted": "采纳为", "corrected": "改为", "blank": "定为没有填写", "unreadable": "定为看不清",
             "again": "请对方重交", "back": ""}  # fmt: skip
    return f"{done.word.by}刚刚已{words[done.word.said]}{what}，您的没有保存。要改，请先看现在的内容。"


def _card(
    visit: Visit, held: HeldPaper, path: str, typed: str | None = None, said: str = "", conflict: bool = False,
    done: bool = False, status: int = 200, opened: bool = False,
) -> Response:  # fmt: skip
    now = visit.now()
    if not visit.partial and not said:
        return see_other(f"/review/{address_of(held.paper.key)}")
    card = card_at(now, held, path, opened)
    grouped = visit.form.get("grouped", "") == "yes"
    values: dict[str, object] = {
        "card": card, "typed": typed, "said": said, "conflict": conflict, "grouped": grouped, "fresh": done,
        "line": None,
    }  # fmt: skip
    if visit.partial:
        return show(visit, "field.html", status, **values)
    return show(visit, "field_alone.html", status, **values)


def look(visit: Visit) -> Response:
    """Opens a whole ID number or phone number, which is a line of the ledger."""
    now = visit.now()
    held, path = held_of(now, visit.form.get("paper", "")), visit.form.get("path", "")
    record_looks(visit, [(held, path)])
    return _card(visit, held, path, opened=True, said="" if visit.partial else " ")


def record_looks(visit: Visit, looked: Collection[tuple[HeldPaper, str]]) -> None:
    """Who looked at which whole numbers, and when."""
    actor: Actor = visit.actor("look")
    at = utc_now()
    facts = []
    for held, path in looked:
        kind = kind_at(visit.now().standing.forms.get(held.reading.form), path)
        if kind.codec not in SECRET:
            raise WorkspaceError("这一栏没有遮盖。")
        facts.append(Fact("looked_at", held.paper.key, {"what": path, "at": at, "by": actor.user}, actor, at))
    visit.desk.ledger.append(facts)


def group(visit: Visit) -> Response:
    """One field of many people. Whole numbers are shown only after they were opened, by `open_group`."""
    now, name = visit.now(), visit.path("name")
    return _group(visit, now, name, opened=False)


def open_group(visit: Visit) -> Response:
    """The same with whole numbers, each opening of which is recorded."""
    now, name = visit.now(), visit.path("name")
    cards = cards_of_group(now, name, opened=False)
    record_looks(visit, [(now.standing.papers[card.paper], card.path) for _, card in cards if card.secret])
    return _group(visit, now, name, opened=True)


def _group(visit: Visit, now: Now, name: str, opened: bool) -> Response:
    cards = cards_of_group(now, name, opened)
    total = len(group_of(now, name))
    title = group_line(now, name, total).title
    return show(
        visit, "group.html", cards=cards, name=name, title=title, total=total,
        secret=any(card.secret for _, card in cards),
    )  # fmt: skip


def key_of(visit: Visit) -> str:
    """A paper's key from the address: a # would be cut off there."""
    return f"{visit.path('sha')}#{visit.path('index')}"


def held_of(now: Now, key: str) -> HeldPaper:
    """The paper that a key names. WorkspaceError when the ledger holds none."""
    held = now.standing.papers.get(key.replace("/", "#"))
    if held is None:
        raise WorkspaceError(NOBODY_KNOWS)
    return held


def paper_at(visit: Visit) -> Response:
    """One paper, by its address."""
    now = visit.now()
    return show(visit, "paper.html", paper=paper_page(now, held_of(now, key_of(visit))))


ROOM = Room(
    "review",
    "核对",
    "/review",
    "clerk",
    (
        read("/review", queue, "clerk"),
        write("/review/settle", settle_field),
        write("/review/look", look),
        read("/review/group/{name}", group, "clerk"),
        write("/review/group/{name}", open_group),
        read("/review/{sha}/{index}", paper_at, "clerk"),
    ),
    warm=(elsewhere_of, open_papers, groups),
)
