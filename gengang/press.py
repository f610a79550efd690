"""The press: drafts to Word and PDF files in the outbox, each proved before it is moved there.

A draft is filled, read back and compared, printed in one batch with others, and its print is proved too. A draft that
fails is held with its findings; the others go on. What was pressed before and still lies there unchanged is left.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from gengang.errors import ToolError
from gengang.findings import Finding
from gengang.flush_left import flush_left
from gengang.form import FieldType, Form
from gengang.full_width import full_width
from gengang.issued import Issued
from gengang.papers.draft import Draft, content_hash, file_name
from gengang.papers.letterhead import with_letterhead
from gengang.papers.packet import (
    DRAFT,
    FINAL,
    HANDED_OUT,
    Chapter,
    PacketCover,
    PacketPage,
    Part,
    bound,
    contents_draft,
    contents_pages,
    cover_draft,
    mark_draft,
)
from gengang.papers.places import are_moved, is_free, path_of, places_for, set_aside
from gengang.papers.pressbook import Entry, hash_of, is_open_elsewhere, open_pressbook, put, save_pressbook
from gengang.papers.print_proof import glyph_findings, print_findings, stated_of, words_findings
from gengang.rendering import Given, ReadBack, RenderingError, Writer, proof_findings
from gengang.scratch import scratch_folder, writing_scratch
from gengang.submission import Submission
from gengang.tools import convert_office, settled_pdf
from gengang.wordmarks import marked

BATCH = 200
BATCH_SECONDS = 600.0

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Pressed:
    """What became of a draft.

    status: new (written now), same (lies there as it was), held (not released; findings say why).
    file: path under the outbox without ending where it lies, empty when held. docx, pdf: hex SHA-256 of the two files.
    """

    draft: Draft
    status: Literal["new", "same", "held"]
    file: str = ""
    docx: str = ""
    pdf: str = ""
    pages: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """Where and how papers are pressed.

    writers: (folder, template stem) -> its writer; read_back: (.docx bytes, form) -> what a reader finds, or None.
    staging: a folder on the outbox's disk for the pressbook and half-made files; fonts: folder with fonts.conf.
    codes: PDF bytes -> what the QR codes on it say; without it no paper that bears one is released.
    """

    writers: Mapping[tuple[str, str], Writer]
    read_back: ReadBack
    outbox: Path
    staging: Path
    fonts: Path | None = None
    codes: Callable[[bytes], frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class _Filled:
    """A draft whose Word file has been proved."""

    draft: Draft
    content: str
    form: Form
    stated: Submission
    docx: bytes


def press(drafts: Sequence[Draft], at: Press, progress: Progress | None = None) -> tuple[Pressed, ...]:
    """Press drafts into the outbox, one Pressed for each in the order given; progress is told how many are done.

    Equal drafts pressed together give equal bytes. A print alone differs from one in a batch in the serial numbers that
    LibreOffice gives its fonts, so what lies there unchanged is left rather than printed again.

    Raises ToolError when LibreOffice is missing and something has to be printed, MachineError when the staging cannot
    be written, OSError when the outbox cannot.
    """
    book = open_pressbook(at.staging)
    done: dict[int, Pressed] = {}
    waiting: list[tuple[int, _Filled]] = []
    for number, draft in enumerate(_distinct(drafts)):
        made = _filled(draft, at, book.get(draft.file))
        if isinstance(made, Pressed):
            done[number] = made
        else:
            waiting.append((number, made))
        if len(waiting) == BATCH:
            done |= _printed(waiting, at, book)
            waiting = []
        if progress:
            progress(len(done))
    if waiting:
        done |= _printed(waiting, at, book)
    if progress:
        progress(len(done))
    return tuple(done[number] for number in range(len(done)))


def _distinct(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Drafts of which no two want the same place; Windows does not tell case apart."""
    taken: set[str] = set()
    apart = []
    for draft in drafts:
        file, number = draft.file, 2
        while file.lower() in taken:
            file, number = f"{draft.file}_{number}", number + 1
        taken.add(file.lower())
        apart.append(replace(draft, file=file))
    return tuple(apart)


# --- the Word file ---


def _filled(draft: Draft, at: Press, entry: Entry | None) -> Pressed | _Filled:
    if draft.faults:
        return _held(draft, *draft.faults)
    writer = writer_for(at.writers, draft)
    if writer is None:
        return _held(draft, Finding("no_template", f"没有可用的模板 {draft.template}.docx。", severity="error"))
    draft = in_print(draft, writer.form)
    content = content_hash(draft, writer.form.version)
    standing = _standing(draft, content, entry, at.outbox)
    if standing is not None:
        return standing
    try:
        docx = _handed_out(draft, writer.form, writer.fill(draft.values, draft.lists))
    except RenderingError as error:
        return _held(draft, Finding("not_filled", str(error), severity="error"))
    stated = stated_of(draft, writer.form)
    wrong = (
        *proof_findings(writer.form, docx, stated, at.read_back),
        *glyph_findings(writer.form, stated, at.fonts),
    )
    if not wrong and draft.letterhead:
        docx = with_letterhead(docx, draft.letterhead)  # what was proved stands between its head and its foot
    return _held(draft, *wrong) if wrong else _Filled(draft, content, writer.form, stated, docx)


def in_print(draft: Draft, form: Form) -> Draft:
    """The draft with the marks of print in its texts, however they were typed."""
    columns = form.lists()
    lists = {name: tuple(_row_in_print(row, columns.get(name, {})) for row in rows)
             for name, rows in draft.lists.items()}  # fmt: skip
    return replace(draft, values=_row_in_print(draft.values, form.fields()), lists=lists)


def _row_in_print(row: Mapping[str, Given], kinds: Mapping[str, FieldType]) -> dict[str, Given]:
    codecs = {name: kind.codec for name, kind in kinds.items()}
    return {name: full_width(value, codecs[name] == "prose")
            if isinstance(value, str) and codecs.get(name) in ("text", "prose") else value
            for name, value in row.items()}  # fmt: skip


def writer_for(writers: Mapping[tuple[str, str], Writer], draft: Draft) -> Writer | None:
    """The template of a draft; where an office has none for long texts, the one for usual ones."""
    usual = draft.template.removesuffix("_long")
    return writers.get((draft.folder, draft.template)) or writers.get((draft.folder, usual))


def _handed_out(draft: Draft, form: Form, docx: bytes) -> bytes:
    """A form says whose it is and on which template, so that it is known again when it comes back."""
    return marked(docx, Issued(form.stem, form.version, draft.person)) if draft.folder == "forms" else docx


def _held(draft: Draft, *findings: Finding) -> Pressed:
    return Pressed(draft, "held", findings=findings)


def _standing(draft: Draft, content: str, entry: Entry | None, outbox: Path) -> Pressed | None:
    """The paper that already says this, None when it has to be made. One that staff edited is theirs and is left."""
    if entry is None or entry.content != content:
        return None
    word, printed = (hash_of(path_of(outbox, entry.at, ending)) for ending in ("docx", "pdf"))
    if not word or not printed:
        return None
    findings = () if (word, printed) == (entry.docx, entry.pdf) else (_edited(entry.at),)
    return Pressed(draft, "same", entry.at, word, printed, entry.pages, findings)


def _edited(file: str) -> Finding:
    message = f"“{file}”已被人工改过，程序不再覆盖；如要重出，请先移走该文件。"
    return Finding("paper_edited", message, severity="info")


# --- the print ---


def _printed(waiting: Sequence[tuple[int, _Filled]], at: Press, book: dict[str, Entry]) -> dict[int, Pressed]:
    """Print a batch, prove each print, move what holds; the pressbook is kept after each batch."""
    with writing_scratch():
        at.staging.mkdir(parents=True, exist_ok=True)
    with scratch_folder("press-", at.staging) as folder:
        done = _converted(waiting, at, book, folder)
        lost = [(number, filled) for number, filled in waiting if _lost_marks(done[number])]
        if lost:
            done |= _converted(lost, at, book, folder / "left", flush_left)
    save_pressbook(at.staging, book)
    return done


def _lost_marks(pressed: Pressed) -> bool:
    return any(finding.code == "print_marks" for finding in pressed.findings)


def _as_it_is(docx: bytes) -> bytes:
    return docx


def _converted(
    waiting: Sequence[tuple[int, _Filled]], at: Press, book: dict[str, Entry], folder: Path,
    shaped: Callable[[bytes], bytes] = _as_it_is,
) -> dict[int, Pressed]:  # fmt: skip
    """shaped: what is printed in the place of the Word file, the same but for how its lines stand."""
    sources = [folder / f"{number:05d}.docx" for number, _ in waiting]
    with writing_scratch():
        folder.mkdir(exist_ok=True)
        for source, (_, filled) in zip(sources, waiting, strict=True):
            source.write_bytes(shaped(filled.docx))
    prints = convert_office(sources, "pdf", folder / "pdf", BATCH_SECONDS, at.fonts)
    return {
        number: _released(filled, converted.result, converted.message, at, book)
        for (number, filled), converted in zip(waiting, prints, strict=True)
    }


def _released(filled: _Filled, printed: Path | None, message: str, at: Press, book: dict[str, Entry]) -> Pressed:
    draft = filled.draft
    if printed is None:
        return _held(draft, Finding("not_printed", message, severity="error"))
    try:
        pdf = settled_pdf(printed.read_bytes())
    except ToolError as error:
        return _held(draft, Finding("not_printed", str(error), severity="error"))
    pages, wrong = print_findings(pdf, filled.form, filled.stated, draft.max_pages)
    if not wrong and draft.letterhead:
        wrong = words_findings(pdf, draft.letterhead.words, at.fonts)
    if not wrong and draft.codes:
        wrong = _code_findings(draft, at.codes(pdf) if at.codes else frozenset())
    if wrong:
        return _held(draft, *wrong)
    return _placed(filled, pdf, pages, at, book)


def _code_findings(draft: Draft, seen: frozenset[str]) -> tuple[Finding, ...]:
    message = "印出的方块码读不出来，未放行，请检查模板里方块码的大小和位置。"
    return (Finding("code_unread", message, severity="error"),) if {*draft.codes} - seen else ()


# --- the place ---


def _placed(filled: _Filled, pdf: bytes, pages: int, at: Press, book: dict[str, Entry]) -> Pressed:
    """Move both files to their place, or beside it where a person holds or has changed what lies there."""
    draft = filled.draft
    entry = book.get(draft.file)
    word, printed = (hashlib.sha256(data).hexdigest() for data in (filled.docx, pdf))
    for file in places_for(draft.file, entry):
        if is_free(at.outbox, file, entry, word) and are_moved(at.outbox, file, filled.docx, pdf):
            book[draft.file] = Entry(draft.kind, filled.content, file, word, printed, pages, draft.final)
            findings = () if file == draft.file else (_beside(draft.file, file),)
            return Pressed(draft, "new", file, word, printed, pages, findings)
    message = f"“{draft.file}”写不进去（文件被占用或没有权限），请关闭已打开的文件后重新运行。"
    return _held(draft, Finding("no_place", message, severity="error"))


def _beside(wanted: str, file: str) -> Finding:
    message = f"“{wanted}”正被打开或已被人工改过，新的一份写在旁边：“{file}”，请核对后留一份。"
    return Finding("paper_beside", message, severity="warn")


# --- what is no longer drafted ---

WITHDRAWN = "已撤下"


def withdraw(drafts: Sequence[Draft], kinds: Sequence[str], at: Press) -> tuple[str, ...]:
    """Move papers of these kinds that nobody drafts any more to `已撤下/`, out of the way of the printer.

    A draft whose verdict changed, a 鉴定表 whose signed sheet has come. Final ones and what staff edited stay.
    Gives the files' places before, under the outbox without ending.
    """
    book = open_pressbook(at.staging)
    wanted = {draft.file for draft in _distinct(drafts)}
    moved = []
    for file, entry in sorted(book.items()):
        stale = entry.kind in kinds and not entry.final and file not in wanted
        if stale and set_aside(at.outbox, entry, WITHDRAWN):
            del book[file]
            moved.append(entry.at)
    if moved:
        save_pressbook(at.staging, book)
    return tuple(moved)


# --- the packet ---


@dataclass(frozen=True, slots=True)
class Packet:
    """The bound packet. file: path under the outbox, empty when cover or contents were held; sha256 of its bytes."""

    file: str
    sha256: str
    pages: tuple[PacketPage, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """What is to be bound to one PDF `<folder>/<title>_<status>.pdf`, with its cover and its contents."""

    cover: PacketCover
    chapters: tuple[Chapter, ...]


def press_packets(
    volumes: Sequence[Volume], at: Press, told: Callable[[str, int, int], None] | None = None
) -> tuple[Packet, ...]:
    """Bind printed papers with cover, contents, bookmarks and page numbers, a Packet for each in the order given.

    Covers and contents of all are printed together, and contents again where their own length was guessed wrong; they
    lie in the staging. told: title, and how many parts are in, of how many. Raises ToolError without LibreOffice.
    """
    fronts = replace(at, outbox=at.staging / FRONTS, staging=at.staging / FRONTS)
    before = [1 + contents_pages(volume.chapters) for volume in volumes]
    pressed: list[tuple[Pressed, ...]] = []
    marks: dict[str, Pressed] = {}
    for _ in range(CONTENTS_TRIES):
        drafts = [draft for volume, pages in zip(volumes, before, strict=True) for draft in _front(volume, pages)]
        statuses = sorted({volume.cover.status for volume in volumes} - {FINAL})
        made = press([*drafts, *map(mark_draft, statuses)], fronts)
        marks = dict(zip(statuses, made[len(drafts) :], strict=True))
        pressed = [made[place : place + 2] for place in range(0, len(drafts), 2)]
        lengths = [sum(paper.pages for paper in own) for own in pressed]
        if lengths == before or any(paper.status == "held" for paper in made):
            break
        before = lengths
    return tuple(
        _packet(volume, own, marks.get(volume.cover.status), fronts, at, told)
        for volume, own in zip(volumes, pressed, strict=True)
    )


def _front(volume: Volume, pages: int) -> tuple[Draft, Draft]:
    return cover_draft(volume.cover), contents_draft(volume.cover, volume.chapters, pages)


def _packet(
    volume: Volume,
    front: Sequence[Pressed],
    mark: Pressed | None,
    fronts: Press,
    at: Press,
    told: Callable[[str, int, int], None] | None,
) -> Packet:
    """The volume bound; one for the printer takes the place of its draft."""
    needed = (*front, *([mark] if mark else []))
    if any(paper.status == "held" for paper in needed):
        return Packet("", "", (), tuple(finding for paper in needed for finding in paper.findings))
    title = volume.cover.title
    first, second = (path_of(fronts.outbox, paper.file, "pdf") for paper in front)
    laid_over = path_of(fronts.outbox, mark.file, "pdf") if mark else None
    made = bound(first, second, volume.chapters, lambda done, of: told(title, done, of) if told else None, laid_over)
    path = at.outbox / volume.cover.folder / f"{file_name(title, volume.cover.status)}.pdf"
    lies, findings = _put_or_beside(path, made.data, at.outbox)
    draft = path.with_name(f"{file_name(title, DRAFT)}.pdf")
    if volume.cover.status == FINAL and not is_open_elsewhere(draft):
        draft.unlink(missing_ok=True)
    file = lies.relative_to(at.outbox).as_posix()
    return Packet(file, hashlib.sha256(made.data).hexdigest(), made.pages, findings)


def _put_or_beside(path: Path, data: bytes, outbox: Path) -> tuple[Path, tuple[Finding, ...]]:
    """Written, or beside it where somebody has it open. Raises OSError when it cannot be written at all."""
    beside = (path.with_name(f"{path.stem}_新{number}{path.suffix}") for number in range(2, BESIDE_TRIES))
    for place in (path, *beside):
        try:
            if not is_open_elsewhere(place):
                put(place, data)
                names = (one.relative_to(outbox).as_posix() for one in (path, place))
                return place, () if place == path else (_beside(*names),)
        except PermissionError:  # Windows refuses to replace what a viewer shows
            continue
    raise PermissionError(path.name)


FRONTS = "fronts"
BESIDE_TRIES = 50
CONTENTS_TRIES = 4


def part_of(paper: Pressed, kind: str, title: str, outbox: Path) -> Part:
    """A pressed paper as a part of the packet. kind: with its number where a person has several copies."""
    key = f"{kind}:{paper.draft.person}"
    return Part(title, path_of(outbox, paper.file, "pdf"), paper.pages, paper.draft.kind not in HANDED_OUT, key)


# --- what was pressed ---


def is_ours(one: Pressed) -> bool:
    """Whether it lies there as we proved it: not held, and not edited by a person since.

    One pressed by a run that was killed before it could say so lies there as it was, and is said now.
    """
    return one.status != "held" and not any(finding.code == "paper_edited" for finding in one.findings)


def kinds_apart(pressed: Iterable[Pressed]) -> Iterator[str]:
    """appraisal, appraisal#2, appraisal#3: copies of one paper count each on its own in the ledger."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in pressed:
        kind, person = one.draft.kind, one.draft.person
        seen[kind, person] += 1
        number = seen[kind, person]
        yield kind if number == 1 else f"{kind}#{number}"
