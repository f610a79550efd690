"""Versions (版本): a paper came more than once and says different things; a person decides which counts."""

from starlette.responses import Response

from gengang.choosing import choose_version, take_choice_back
from gengang.desk.reviewing import held_of
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.views.copies import differing, version_pages
from gengang.intake import utc_now


def versions(visit: Visit) -> Response:
    """All of them on one page; each is short."""
    return show(visit, "versions.html", pages=version_pages(visit.now()))


def choose(visit: Visit) -> Response:
    """This version counts."""
    key = held_of(visit.now(), visit.form.get("paper", "")).paper.key
    seen, why = visit.form.get("seen", ""), visit.form.get("why", "")
    choose_version(
        visit.desk.settings, key, why, visit.actor("choose"), utc_now(), int(seen) if seen.isdigit() else 0
    )  # fmt: skip
    visit.desk.standings.soon()
    return see_other("/versions")


def take_back(visit: Visit) -> Response:
    """The choice counts no more."""
    key = held_of(visit.now(), visit.form.get("paper", "")).paper.key
    take_choice_back(visit.desk.settings, key, visit.form.get("why", ""), visit.actor("choose --back"), utc_now())
    visit.desk.standings.soon()
    return see_other("/versions")


ROOM = Room(
    "versions",
    "版本",
    "/versions",
    "clerk",
    (read("/versions", versions, "clerk"), write("/versions", choose), write("/versions/back", take_back)),
    warm=(differing,),
)
