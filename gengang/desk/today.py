"""Today (今日要点)."""

from starlette.responses import Response

from gengang.desk.routing import Room, Visit, read, show


def today(visit: Visit) -> Response:
    """The page."""
    return show(visit, "today.html")


ROOM = Room("today", "今日要点", "/", "reader", (read("/", today),))
