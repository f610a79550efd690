"""Review (核对)."""

from starlette.responses import Response

from gengang.desk.routing import Room, Visit, read, show


def review(visit: Visit) -> Response:
    """The page."""
    return show(visit, "review.html")


ROOM = Room("review", "核对", "/review", "clerk", (read("/review", review, "clerk"),))
