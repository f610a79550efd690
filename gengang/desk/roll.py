"""The roster (花名册): whom papers propose is accepted or refused, with all that it changes listed first."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

from gengang.admitting import STATES, Proposed, Said, Word, accept, apply, check, effect_of_word, export, refuse
from gengang.desk.recorded import attachment, fold_small
from gengang.desk.routing import Room, Visit, read, see_other, show, write
from gengang.desk.views.enrolled import effect_shown, everybody, everybody_of, held_keys, roster_page
from gengang.desk.views.leaves import page_typed
from gengang.desk.views.wording import told
from gengang.enrolling import name_of
from gengang.errors import RosterError, WorkspaceError
from gengang.intake import utc_now
from gengang.proposals import State, has_error
from gengang.roster_effect import Effect
from gengang.under_way import RunRequest

LARGEST_BOOK = 10 << 20  # bytes of a roster workbook
GONE = "这一页已经过期，请重新选一次。"
NOT_YET = "还没有算完会改变什么，请稍等再确认。"
VERBS: dict[State, str] = {"accepted": "录取", "refused": "不予录取", "proposed": ""}
WHO = "who:"  # before a key: the name of its box


@dataclass(frozen=True, slots=True)
class Thought:
    """A word that somebody thinks of saying. names: of whom; sequence: of the standing that was looked at."""

    word: Word
    names: tuple[str, ...]
    sequence: int


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that somebody thinks of applying."""

    name: str
    data: bytes


def roster(visit: Visit) -> Response:
    """Whom papers propose, and who is of the roster."""
    held, number = visit.now().standing.of(held_keys), page_typed(visit.query("page"))
    page = roster_page(_everybody(visit), _state(visit.query("state")), held, number)
    return show(
        visit, "roster.html", view=page, states=STATES, may_write=visit.may("clerk"), may_review=visit.may("clerk")
    )


def _everybody(visit: Visit) -> tuple[Proposed, ...]:
    return everybody_of(visit.desk.settings, visit.now().standing)


def _state(text: str) -> State | None:
    for state in STATES:
        if state == text:
            return state
    return None


# --- a word ------------------------------------------------------------------------------------------------------


def think(visit: Visit) -> Response:
    """Begins to work out what a word would change."""
    now = visit.now()
    word = _word(visit)
    changed = word.on(_everybody(visit))
    if not changed:
        raise WorkspaceError("没有要改的：请先选好人。")
    whom = Word(tuple(one.key for one in changed), word.state, word.why)
    thought = Thought(whom, tuple(map(name_of, changed)), now.standing.sequence)
    settings, actor, judged, facts = visit.desk.settings, visit.actor("roster"), now.judged, now.standing.facts
    return _begin(visit, "word", thought, lambda: effect_of_word(settings, judged, facts, whom, actor))


def _word(visit: Visit) -> Word:
    """What the form says. `accept_fit` stands for everybody who waits and may be accepted."""
    pressed, why = visit.form.get("word", ""), visit.form.get("why", "").strip()
    if pressed == "accept_fit":
        fit = (one.key for one in _everybody(visit) if one.state == "proposed" and not has_error(one))
        return Word(tuple(fit), "accepted", why)
    whom = tuple(name.removeprefix(WHO) for name in visit.form if name.startswith(WHO))
    if not whom:
        raise WorkspaceError("请先选好人。")
    if pressed == "refuse" and not why:
        raise WorkspaceError("不予录取要写明原因。")
    return Word(whom, "refused" if pressed == "refuse" else "accepted", why)


def _begin(visit: Visit, kind: str, about: object, work: Callable[[], object]) -> Response:
    return see_other(f"/roster/{kind}/{visit.desk.previews.begin(visit.session.key, about, work)}")


def thought(visit: Visit) -> Response:
    """What a word would change, and the button that says it."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Thought, Effect)
    if found is None:
        raise WorkspaceError(GONE)
    effect = effect_shown(found.found) if found.found else None
    return show(visit, "roster_word.html", preview=found, effect=effect, verb=VERBS[found.about.word.state])


def say(visit: Visit) -> Response:
    """The word is said, on exactly those who were shown."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Thought, Effect)
    if found is None or found.found is None:
        raise WorkspaceError(GONE if found is None else NOT_YET)
    word = found.about.word
    changed = word.on(_everybody(visit))
    if {one.key for one in changed} != set(word.whom):
        raise WorkspaceError("其中有人刚刚已经定了，没有保存。请回到花名册再看一眼。")
    done = (accept(_request(visit), word.whom, why=word.why) if word.state == "accepted"
            else refuse(_request(visit), word.whom, word.why))  # fmt: skip
    return _done(visit, done)


def _request(visit: Visit) -> RunRequest:
    return RunRequest(visit.desk.settings, None, visit.actor("roster"), utc_now(), lambda *_: None)


def _done(visit: Visit, said: Said) -> Response:
    fold_small(visit)
    return show(visit, "roster_done.html", lines=told(said.lines))


# --- the workbook ------------------------------------------------------------------------------------------------


def book_out(visit: Visit) -> Response:
    """The roster as a workbook, with the office's word and the findings beside each."""
    with _scratch() as folder:
        target = folder / "roster.xlsx"
        export(_request(visit), target)
        return attachment(target.read_bytes(), "花名册.xlsx")


def book_in(visit: Visit) -> Response:
    """A workbook is looked at: its faults, or what it would change."""
    upload = visit.files.get("book")
    data = upload.file.read(LARGEST_BOOK + 1) if upload is not None else b""
    if upload is None or not data:
        raise WorkspaceError("请选一个花名册文件（.xlsx）。")
    if len(data) > LARGEST_BOOK or not (upload.filename or "").lower().endswith(".xlsx"):
        raise WorkspaceError("花名册应是 .xlsx 文件，不超过10MB。")
    book, request = Book("roster.xlsx", data), _request(visit)
    return _begin(visit, "book", book, lambda: _checked(request, book))


def _checked(request: RunRequest, book: Book) -> Said:
    """RosterError's faults become one sentence each."""
    with _as_file(book) as path:
        try:
            return check(request, path)
        except RosterError as fault:
            return Said(tuple(filter(None, str(fault).splitlines())), -1)


def book_seen(visit: Visit) -> Response:
    """What a workbook would change, and the button that applies it."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Book, Said)
    if found is None:
        raise WorkspaceError(GONE)
    lines = told(found.found.lines) if found.found else ()
    return show(
        visit, "roster_book.html", preview=found, lines=lines, faulty=bool(found.found and found.found.left < 0)
    )


def book_apply(visit: Visit) -> Response:
    """The workbook becomes the roster."""
    found = visit.desk.previews.of(visit.session.key, visit.path("name"), Book, Said)
    if found is None or found.found is None or found.found.left < 0:
        raise WorkspaceError(GONE)
    with _as_file(found.about) as path:
        done = apply(_request(visit), path)
    return _done(visit, done)


@contextmanager
def _as_file(book: Book) -> Iterator[Path]:
    with _scratch() as folder:
        path = folder / book.name
        path.write_bytes(book.data)
        yield path


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gengang-desk-") as folder:
        yield Path(folder)


ROOM = Room(
    "roster",
    "花名册",
    "/roster",
    "reader",
    (
        read("/roster", roster),
        write("/roster/word", think),
        read("/roster/word/{name}", thought, "clerk"),
        write("/roster/word/{name}", say),
        read("/roster/roster.xlsx", book_out, "clerk"),
        write("/roster/book", book_in),
        read("/roster/book/{name}", book_seen, "clerk"),
        write("/roster/book/{name}", book_apply),
    ),
    warm=(everybody,),
)
