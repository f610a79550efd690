"""Papers of prose as people write them (tests/golden/prose): what was sent, what is true, how a reading is judged.

A paper's file: `file` as sent; `form` its kind (empty: none of the kinds; a list: a careful reader would ask); `text`
with one paragraph a line ([c] centred, [r] right, [t] a table's row with cells parted by |, ⏎ a line break); `sender`
when it came by mail; and `truth`: field -> value, or all the values that are right. `…` in a value stands for any
text, an empty value for what the paper does not say; `date` is the paper's date, whatever the form calls it; `ask`
names what a careful reader would ask about, `form` the kind.
"""

import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from extractors.files import read_bytes
from gengang.reading import PROSE, FileReading
from gengang.template import forms_of_folder
from tests.unit.documents import document_of
from tests.unit.packing import mailed

HERE = Path(__file__).parent
FOLDER = HERE.parent / "golden" / "prose"
FURTHER = HERE.parent / "golden" / "prose_further"
FORMS, _ = forms_of_folder(HERE.parents[1] / "templates" / "forms")
DATES = ("written_on", "self_signed_on", "applied_on", "signed_on")
TOLD_AS = {"prose_title": "title", "prose_body": "body", "title": "professional_title"}
ALIGNMENTS = {"[c]": WD_ALIGN_PARAGRAPH.CENTER, "[r]": WD_ALIGN_PARAGRAPH.RIGHT}


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper of the corpus. forms: the kinds that are right; of more than one a careful reader would ask."""

    stem: str
    file: str
    forms: tuple[str, ...]
    text: str
    sender: str
    truth: Mapping[str, Any]
    asks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong with a reading, a sentence each.

    kind: a kind taken wrongly or boldly; wrong: accepted and not so; bold: accepted where a careful reader asks;
    unlisted: accepted and not in the truth; lost: the paper says it, the reading does not; asked: said with a question.
    """

    kind: tuple[str, ...]
    wrong: tuple[str, ...]
    bold: tuple[str, ...]
    unlisted: tuple[str, ...]
    lost: tuple[str, ...]
    asked: tuple[str, ...]


def corpus(folder: Path = FOLDER) -> tuple[Sent, ...]:
    """Every paper, by file name."""
    return tuple(_sent(path) for path in sorted(folder.glob("*.toml")))


def word_of(sent: Sent) -> bytes:
    """The paper typed in Word."""
    paper = Document()
    paper.styles["Normal"].font.size = Pt(14)
    rows: list[str] = []
    for line in (*sent.text.strip("\n").split("\n"), ""):
        if line.startswith("[t]"):
            rows.append(line[3:])
            continue
        _add_table(paper, rows)
        rows = []
        _add_paragraph(paper, line)
    packed = io.BytesIO()
    paper.save(packed)
    return packed.getvalue()


def read_sent(sent: Sent) -> FileReading:
    """The reading of the paper as it was sent; with a sender, as the attachment of his mail."""
    word = word_of(sent)
    if sent.sender:
        return read_bytes("来信.eml", mailed(sent.file, word, sent.sender), FORMS)
    return read_bytes(sent.file, word, FORMS)


def judged(sent: Sent, file: FileReading) -> Judged:
    """The reading against the truth."""
    told = _told(file)
    kind = tuple(_kind_faults(sent, told))
    fields = [(one, name, found) for one in told["submissions"] for name, found in one["fields"].items()]
    unsafe = sent.asks - {"body"}
    right_form = [each for each in fields if each[0]["form"] in sent.forms]
    said = {_as_told(name) for _, name, found in fields if found["status"] in ("accepted", "review", "unread")}
    return Judged(
        kind,
        tuple(text for _, name, found in fields for text in _wrong(sent, name, found)),
        tuple(f"accepted {name}={_short(found['value'])!r} where a careful reader asks" for _, name, found in right_form
              if found["status"] == "accepted" and sent.truth.get(_as_told(name)) and _as_told(name) in unsafe),
        tuple(f"{name}={_short(found.get('value', found.get('rows')))!r}" for _, name, found in right_form
              if found["status"] == "accepted" and _as_told(name) not in sent.truth),
        tuple(f"{name} {value!r} is called {_status(name, fields)}" for name, value in sent.truth.items()
              if right_form and value and name not in said),
        tuple(_asked(sent, told, fields)),
    )  # fmt: skip


def _told(file: FileReading) -> Mapping[str, Any]:
    return dict(document_of((file,))["files"][0])


def codes(told: Mapping[str, Any]) -> set[str]:
    """The codes of all findings of one file of the read contract."""
    every = [*told["findings"], *(finding for one in told["submissions"] for finding in one["findings"])]
    return {finding["code"] for finding in every}


def _sent(path: Path) -> Sent:
    said = tomllib.loads(path.read_text("utf-8"))
    forms = said["form"] if isinstance(said["form"], list) else [said["form"]]
    truth = dict(said.get("truth", {}))
    asks = frozenset(truth.pop("ask", ()))
    return Sent(path.stem, said["file"], tuple(forms), said["text"], said.get("sender", ""), truth, asks)


def _add_paragraph(paper: Paper, line: str) -> None:
    mark = line[:3] if line[:3] in ALIGNMENTS else ""
    paragraph = paper.add_paragraph(line.removeprefix(mark).replace("⏎", "\n"))
    if mark:
        paragraph.alignment = ALIGNMENTS[mark]


def _add_table(paper: Paper, rows: Sequence[str]) -> None:
    if not rows:
        return
    cells = [row.split("|") for row in rows]
    table = paper.add_table(len(cells), len(cells[0]), style="Table Grid")
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text


def _kind_faults(sent: Sent, told: Mapping[str, Any]) -> Iterator[str]:
    forms = [one["form"] for one in told["submissions"]]
    asks = "unclear_paper" in codes(told)
    accepts = any(found["status"] == "accepted" for one in told["submissions"] for found in one["fields"].values())
    if sent.forms == ("",):
        if forms:
            yield f"{'accepts as' if accepts else 'asks about'} {forms} what is none of the kinds"
        return
    if not forms:
        if "" not in sent.forms:
            yield f"no submission: {sorted(codes(told))}"
    elif len(sent.forms) > 1 and (not asks or accepts):
        yield f"taken as {forms} where a careful reader asks{'; accepts values' if accepts else ''}"
    elif not asks and any(form not in sent.forms for form in forms):
        yield f"taken as {forms}, is {sent.forms[0]}"
    elif any(one["version"] != PROSE for one in told["submissions"]):
        yield "not said to be prose"
    elif len(forms) > 1:
        yield f"{len(forms)} submissions of one paper"


def _wrong(sent: Sent, name: str, found: Mapping[str, Any]) -> Iterator[str]:
    if found["status"] != "accepted":
        return
    value = found.get("value", found.get("rows"))
    known = sent.truth.get(_as_told(name))
    if "" in sent.forms:
        yield f"accepted {name}={value!r} of a paper that may be none of the kinds"
    elif known is not None and not _agrees(value, known):
        yield f"accepted {name}={_short(value)!r}, true is {known!r}"
    elif _as_told(name) in sent.asks and not known:
        yield f"accepted {name}={_short(value)!r}, the paper does not say it"


def _asked(sent: Sent, told: Mapping[str, Any], fields: Sequence[tuple[Any, str, Mapping[str, Any]]]) -> Iterator[str]:
    if "" in sent.forms or not told["submissions"]:
        return
    if "unclear_paper" in codes(told) and not sent.asks & {"form", "name"}:
        yield "unclear_paper"
    yield from (f"{name} {found['status']} {_short(found.get('value'))!r}" for _, name, found in fields
                if found["status"] in ("review", "unread") and sent.truth.get(_as_told(name))
                and _as_told(name) not in sent.asks)  # fmt: skip


def _status(told_as: str, fields: Sequence[tuple[Any, str, Mapping[str, Any]]]) -> str:
    return "/".join(sorted({found["status"] for _, name, found in fields if _as_told(name) == told_as})) or "absent"


def _as_told(name: str) -> str:
    return "date" if name in DATES else TOLD_AS.get(name, name)


def _agrees(value: Any, known: Any) -> bool:
    if isinstance(known, list):
        return any(_agrees(value, one) for one in known)
    if not isinstance(known, str) or not isinstance(value, str):
        return bool(value == known)
    told = _bare(value)
    first, *rest = re.split("…+", _bare(known))
    return told.startswith(first) and told.endswith(rest[-1]) if rest and known.count("…") else told == first


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _short(value: Any) -> Any:
    return f"{value[:25]}…{value[-20:]}" if isinstance(value, str) and len(value) > 50 else value
