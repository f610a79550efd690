"""The inbox being filled: every paper under its name, in its mail, archive or joined PDF, and the truth of each.

An entry of the truth is one paper: `file` in the inbox, `member` inside a container, `pages` inside a joined PDF;
`kind` (empty for what is no form of ours), `layout` (form, prose or sheet), `medium` as it was made, `carrier` (file,
mail, archive, joined), `hand` (empty, signed or filled), `own_form` (it was handed out pre-filled), `person`,
`written`; `values` and `lists` as a careful person reads them, in the read contract's form with null for blank; `asked`
and `gone`: paths that such a person would ask about, and fields whose place is not there; `marks`: seals and
signatures on the paper; `habits`, `note`; `expect`: codes that should be found.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from gengang.codecs import Value
from gengang.form import Form
from gengang.reading import json_of_value
from gengang.sample.bodies import SIGNED_FIELDS, Body
from gengang.sample.containers import Attachment, joined, mailed, zipped
from gengang.sample.post import BY_BASE
from gengang.submission import RowValues

Line = dict[str, object]
NOTHING: Line = {
    "file": "", "member": "", "pages": [], "kind": "", "layout": "form", "medium": "word", "carrier": "file",
    "hand": "",
    "own_form": False, "person": "", "written": "", "values": {}, "lists": {}, "asked": [], "gone": [], "marks": [],
    "habits": [], "note": "", "expect": [],
}  # fmt: skip
CARRIERS = {".eml": "mail", ".zip": "archive", ".pdf": "joined"}


@dataclass(frozen=True, slots=True)
class Counts:
    """What lies in the inbox. papers by kind, by medium, by carrier; damage: by what was done to them."""

    files: int
    kinds: Mapping[str, int]
    media: Mapping[str, int]
    carriers: Mapping[str, int]
    damage: Mapping[str, int]


class Inbox:
    """The folder; it numbers names that are taken and counts what came."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: set[str] = set()
        self._kinds: Counter[str] = Counter()
        self._media: Counter[str] = Counter()
        self._carriers: Counter[str] = Counter()
        self._damage: Counter[str] = Counter()

    def counts(self) -> Counts:
        """What has come so far."""
        return Counts(len(self._taken), *map(dict, (self._kinds, self._media, self._carriers, self._damage)))

    def put(self, bodies: Sequence[Body], forms: Mapping[str, Form]) -> Iterator[Line]:
        """Writes the papers, single files first, and gives the truth of each. forms: by stem."""
        for body in bodies:
            if not body.posted.carrier:
                yield from self._single(body, forms)
        for carrier in dict.fromkeys(body.posted.carrier for body in bodies if body.posted.carrier):
            yield from self._carried(carrier, [body for body in bodies if body.posted.carrier == carrier], forms)

    def stray(self, path: str, data: bytes, codes: Sequence[str], medium: str = "word", person: str = "") -> Line:
        """Writes something that is no filled form of ours."""
        self._damage["".join(codes[:1]) or "stray"] += 1
        told = {"file": self._write(path, data), "medium": medium, "person": person, "expect": list(codes)}
        return {**NOTHING, **told}

    # --- single files and containers ---

    def _single(self, body: Body, forms: Mapping[str, Form]) -> Iterator[Line]:
        posted = body.posted
        if len(body.parts) > 1:  # the pages of one photographed paper come together
            path = self._write(f"{posted.folder}/{posted.stem}.zip", zipped(_pages(body)))
            yield self._truth(body, forms, path, carrier="archive")
            return
        path = self._write(f"{posted.folder}/{posted.name}", body.parts[0])
        yield self._truth(body, forms, path)
        for name in posted.again:
            again = self._write(f"{posted.folder}/{name}", body.parts[0])
            yield self._truth(body, forms, again, expect=("duplicate",))

    def _carried(self, carrier: str, bodies: Sequence[Body], forms: Mapping[str, Form]) -> Iterator[Line]:
        kind = CARRIERS[PurePosixPath(carrier).suffix]
        if kind == "joined":
            data, ranges = joined([body.parts[0] for body in bodies])
            path = self._write(carrier, data)
            for body, pages in zip(bodies, ranges, strict=True):
                yield self._truth(body, forms, path, carrier=kind, pages=pages)
            return
        members = _members(bodies)
        attached = [Attachment(name, body.parts[0]) for name, body in zip(members, bodies, strict=True)]
        sender = bodies[0].posted.filled.sender
        data = zipped(attached) if kind == "archive" else mailed(PurePosixPath(carrier).stem, sender, BY_BASE, attached)
        path = self._write(carrier, data)
        for name, body in zip(members, bodies, strict=True):
            yield self._truth(body, forms, path, carrier=kind, member=name)

    def _write(self, path: str, data: bytes) -> str:
        """Writes a file under its name, numbered where that is taken. Gives the path relative to the inbox."""
        stem, _, ending = path.rpartition(".")
        names = (path, *(f"{stem}({number}).{ending}" for number in range(1, len(self._taken) + 1)))
        free = next(name for name in names if name.lower() not in self._taken)
        self._taken.add(free.lower())
        target = self._folder / free
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return free

    # --- the truth ---

    def _truth(
        self, body: Body, forms: Mapping[str, Form], path: str, *, carrier: str = "file", member: str = "",
        pages: tuple[int, ...] = (), expect: tuple[str, ...] = (),
    ) -> Line:  # fmt: skip
        posted, filled, typed = body.posted, body.posted.filled, body.typed
        self._count(body, carrier)
        values, lists = _read(body, forms[filled.kind])
        return {
            **NOTHING, "file": path, "member": member, "pages": list(pages), "kind": filled.kind,
            "layout": _layout(body), "medium": posted.way.medium, "carrier": carrier, "hand": posted.way.hand,
            "own_form": posted.own_form, "person": filled.person, "written": filled.written.isoformat(),
            "values": values, "lists": lists, "asked": list(typed.asked), "gone": list(typed.gone),
            "marks": _marks(body), "habits": list(typed.habits), "note": filled.note,
            "expect": [*posted.expect, *typed.expect, *expect],
        }  # fmt: skip

    def _count(self, body: Body, carrier: str) -> None:
        posted = body.posted
        self._kinds[posted.filled.kind] += 1
        self._media[posted.way.medium] += 1
        self._carriers[carrier] += 1
        done = [*body.typed.habits, *posted.expect, posted.filled.note.partition(":")[0], posted.way.hand]
        done += ["prose"] if posted.way.prose else []
        self._damage.update(one for one in done if one)


def _pages(body: Body) -> list[Attachment]:
    return [Attachment(f"{body.posted.stem}_{number}.jpg", part) for number, part in enumerate(body.parts, 1)]


def _members(bodies: Sequence[Body]) -> list[str]:
    """Names inside a container, each once."""
    names: list[str] = []
    for body in bodies:
        stem, _, ending = body.posted.name.rpartition(".")
        tries = (body.posted.name, *(f"{stem}({number}).{ending}" for number in range(1, len(bodies) + 1)))
        names.append(next(name for name in tries if name not in names))
    return names


def _layout(body: Body) -> str:
    return "prose" if body.posted.prose else "sheet" if body.posted.way.medium == "sheet" else "form"


def _read(body: Body, form: Form) -> tuple[dict[str, object], dict[str, object]]:
    """Values and lists as a careful person reads them."""
    filled, typed = body.posted.filled, body.typed
    if body.posted.prose is not None:
        return {name: json_of_value(value) for name, value in body.posted.prose.values.items()}, {}
    if _layout(body) == "sheet":
        filled = replace(filled, values={"school": filled.sender})  # in the workbook's title, over its list
    stated = {**filled.values, **typed.values}
    rows = {**filled.lists, **typed.lists}
    values = {name: json_of_value(stated.get(name)) for name in form.fields()}
    return values, {name: [_row(row, columns) for row in rows.get(name, ())] for name, columns in form.lists().items()}


def _row(row: RowValues, columns: Mapping[str, object]) -> dict[str, object]:
    return {column: json_of_value(row.get(column)) for column in columns}


def _marks(body: Body) -> list[Line]:
    """Seals that were pressed and places that were signed by hand; a file that was typed has neither."""
    posted = body.posted
    seals = [_mark("seal", name) for name in body.seals]
    signed: dict[str, Value | None] = dict(posted.filled.values) if posted.way.hand else {}
    names = [name for name, value in signed.items() if name.endswith(SIGNED_FIELDS[:1]) and value is not None]
    return [*seals, *(_mark("signature", name) for name in names)]


def _mark(kind: str, field: str) -> Line:
    return {"kind": kind, "field": field, "state": "present"}
