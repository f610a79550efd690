"""Whose (归属): papers of which the program does not know whose they are."""

from starlette.responses import Response

from gengang.choosing import choose_person, take_choice_back
from gengang.desk.reviewing import NOBODY_KNOWS, held_of, key_of
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.views.matching import doubt_lines, doubt_page, doubts
from gengang.desk.views.papers import address_of
from gengang.errors import WorkspaceError
from gengang.intake import utc_now


def listed(visit: Visit) -> Response:
    """The list."""
    return show(visit, "whose.html", lines=doubt_lines(visit.now()))


def one(visit: Visit) -> Response:
    """A paper with the people it may be of; the list where it is in no doubt any more."""
    found = doubt_page(visit.now(), key_of(visit))
    return show(visit, "whose_one.html", doubt=found) if found else see_other("/whose")


def decide(visit: Visit) -> Response:
    """It is this person's, or nobody's of ours; then on to the next."""
    now = visit.now()
    held = held_of(now, key_of(visit))
    whom = visit.form.get("person", "")
    if whom == "":
        raise WorkspaceError("请选一个人，或选“不是本期人员的”。")
    found = doubt_page(now, held.paper.key)
    seen = visit.form.get("seen", "")
    choose_person(
        visit.desk.settings, held.paper.key, "" if whom == "nobody" else whom, visit.form.get("why", ""),
        visit.actor("choose"), utc_now(), int(seen) if seen.isdigit() else 0,
    )  # fmt: skip
    visit.desk.standings.soon()
    return see_other(f"/whose/{address_of(found.next)}" if found and found.next else "/whose")


def take_back(visit: Visit) -> Response:
    """What was decided of a paper counts no more."""
    key = key_of(visit)
    if key not in visit.now().standing.papers:
        raise WorkspaceError(NOBODY_KNOWS)
    take_choice_back(visit.desk.settings, key, visit.form.get("why", ""), visit.actor("choose --back"), utc_now())
    visit.desk.standings.soon()
    return see_other(f"/review/{address_of(key)}")


ROOM = Room(
    "matching",
    "归属",
    "/whose",
    "clerk",
    (
        read("/whose", listed, "clerk"),
        read("/whose/{sha}/{index}", one, "clerk"),
        write("/whose/{sha}/{index}", decide),
        write("/whose/{sha}/{index}/back", take_back),
    ),
    warm=(doubts,),
)
