"""The template doctor: whether a tagged form can be read back, where it cannot, what was mended, how it prints.

Everything is told as a person finds it: page, table, row and cell, and what to do. The reader is passed in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
from PIL.Image import Image

from gengang.errors import ToolError, WorkspaceError
from gengang.form import Fault, Form
from gengang.papers.print_proof import page_texts
from gengang.scratch import scratch_folder, writing_scratch
from gengang.sheet import Sheet, squeezed
from gengang.template import FIXED, form_of, places_of_rows, template_files
from gengang.template_mending import mended_template
from gengang.template_spots import layout_faults
from gengang.template_trials import (
    NAMES,
    Printed,
    ReadFile,
    Trial,
    print_faults,
    printed_trial,
    trials_of,
    word_faults,
)
from gengang.template_walk import in_words, words_of_places
from gengang.tools import convert_office
from gengang.wordxml import sheet_of_word

_SECONDS = 300.0
_MOST_MATES = 200
_DPI = 100
_TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the doctor. stress: print trials too; pages: where pictures of the prints go, None for nowhere.

    fonts: folder with our fonts.conf.
    """

    stress: bool = True
    pages: Path | None = None
    fonts: Path | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A template. faults: each with its place in words; prints: what its trials gave; unprinted: why there are none."""

    name: str
    form: Form
    faults: tuple[Fault, ...]
    prints: tuple[Printed, ...] = ()
    unprinted: str = ""

    @property
    def errors(self) -> int:
        """How many faults keep it from being read back."""
        return sum(fault.level == "error" for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A mended template. path: the new file, None when there was nothing to mend; did: what was done."""

    path: Path | None
    did: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """A template that is being examined, and what its Word files showed. sheet: None where it is no Word file."""

    path: Path
    data: bytes
    form: Form
    sheet: Sheet | None
    faults: tuple[Fault, ...]
    trials: tuple[Trial, ...] = ()


def fix_template(path: Path) -> Fixed:
    """Mend what is safe and write `<name>.fixed.docx` beside the file. Raises WorkspaceError when either cannot be."""
    data = _load(path)
    if _is_foreign(form_of(data, path.stem)):
        return Fixed(None)
    mended = mended_template(data)
    if not mended.did:
        return Fixed(None)
    target = path.with_name(path.stem + FIXED)
    try:
        target.write_bytes(mended.data)
    except OSError as fault:
        raise WorkspaceError(f"写不了 {target.name}：请关闭已打开的这个文件，核对文件夹权限后再试。") from fault
    return Fixed(target, mended.did)


def examine(paths: Sequence[Path], read: ReadFile, wish: Wish) -> tuple[Examined, ...]:
    """Each template in order.

    Raises WorkspaceError for a file that cannot be opened, or pages that cannot be kept, MachineError when there is no
    room for the prints.
    """
    mates = {folder: tuple(_mates_in(folder)) for folder in {path.absolute().parent for path in paths}}
    cases = [_case(path, mates[path.absolute().parent], read) for path in paths]
    with scratch_folder("gengang-templates-") as folder:
        prints = _prints(cases, wish, folder)
        if isinstance(prints, str):
            return tuple(Examined(case.path.name, case.form, _told(case, {}), unprinted=prints) for case in cases)
        return tuple(_examined(case, prints.get(number, {}), read, wish) for number, case in enumerate(cases))


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise WorkspaceError(f"打不开模板 {path.name}：请核对文件名和权限。") from fault


def _is_foreign(form: Form) -> bool:
    return any(fault.code == "not_word" for fault in form.faults)


# --- what Word shows ---


def _mates_in(folder: Path) -> Iterator[Form]:
    """The templates that a folder would be read with."""
    for file in template_files(folder)[:_MOST_MATES]:
        yield form_of(_load(file), file.stem)


def _case(path: Path, mates: Sequence[Form], read: ReadFile) -> _Case:
    data = _load(path)
    form = form_of(data, path.name.removesuffix(FIXED).removesuffix(".docx"))
    if _is_foreign(form):
        return _Case(path, data, form, None, form.faults)
    sheet = sheet_of_word(data)
    faults = [*form.faults, *layout_faults(data, sheet)]
    trials = trials_of(data, form) if form.usable else ()
    if isinstance(trials, Fault):
        return _Case(path, data, form, sheet, (*faults, trials))
    if trials:
        faults = _with_proof(faults, tuple(word_faults(form, trials, read)))
        others = [mate for mate in mates if mate.stem != form.stem and mate.usable]
        faults += _mistaken(form, others, trials[0], read)
    return _Case(path, data, form, sheet, tuple(faults), trials)


def _with_proof(faults: Sequence[Fault], proof: Sequence[Fault]) -> list[Fault]:
    """What a trial proves of neighbours that may not be told apart is said once, and as what it is."""
    proved = {fault.place for fault in proof if fault.level == "error" and fault.place}
    known = [replace(one, level="error") if one.code in _DOUBTED and one.place in proved else one for one in faults]
    doubted = {fault.place for fault in faults if fault.code in _DOUBTED}
    return [*known, *(one for one in proof if one.place not in doubted)]


_DOUBTED = ("free_beside_closed",)


def _mistaken(form: Form, mates: Sequence[Form], trial: Trial, read: ReadFile) -> Iterator[Fault]:
    """Another template in the folder that prints the same, or that this one's papers would be taken for."""
    twin = next((mate for mate in mates if _printed_words(mate) == _printed_words(form)), None)
    if twin is not None:
        what = f"和 {twin.stem}.docx 的标题、栏目名完全一样，收回来分不清是哪一种，请改标题，或只留一个。"
        yield Fault("warning", "twin", "", what)
        return
    found = read("trial.docx", trial.docx, [form, *mates]).submissions
    other = next((one.form for one in found if one.form != form.stem), None)
    if other is not None:
        yield Fault("warning", "mistaken", "", f"填好后会被认成 {other}.docx，请让两张表的标题或栏目名有区别。")


def _printed_words(form: Form) -> tuple[str, frozenset[str]]:
    pieces = (piece for row in form.rows for cell in row.cells for line in cell.lines for piece in line.pieces)
    return form.title, frozenset(squeezed(piece) for piece in pieces if isinstance(piece, str)) - {""}


# --- prints ---

_Prints = Mapping[str, bytes | None]


def _prints(cases: Sequence[_Case], wish: Wish, folder: Path) -> dict[int, dict[str, bytes | None]] | str:
    """By number of the case and kind of print, all made in one batch; or why nothing can be printed.

    A trial's kind, or `template` for the template itself where the page of a fault is wanted.
    """
    sources: dict[Path, tuple[int, str]] = {}
    for number, case in enumerate(cases):
        for kind, data in _wanted(case, wish):
            source = folder / f"{number}-{kind}.docx"
            with writing_scratch():
                source.write_bytes(data)
            sources[source] = number, kind
    try:
        made = convert_office(list(sources), "pdf", folder / "pdf", _SECONDS, wish.fonts) if sources else ()
    except ToolError as fault:
        return str(fault)
    prints: dict[int, dict[str, bytes | None]] = {}
    for one in made:
        number, kind = sources[one.source]
        prints.setdefault(number, {})[kind] = one.result.read_bytes() if one.result else None
    return prints


def _wanted(case: _Case, wish: Wish) -> Iterator[tuple[str, bytes]]:
    if case.sheet is None:
        return
    if wish.stress or wish.pages:
        yield from ((trial.kind, trial.docx) for trial in case.trials)
    if case.faults or (wish.pages and not case.trials):
        yield _TEMPLATE, case.data


def _examined(case: _Case, prints: _Prints, read: ReadFile, wish: Wish) -> Examined:
    printed = [printed_trial(case.form, trial, pdf, read) for trial in case.trials if (pdf := prints.get(trial.kind))]
    lost = [NAMES[trial.kind] for trial in case.trials if trial.kind in prints and prints[trial.kind] is None]
    told = {fault.place for fault in case.faults if fault.place}
    fixed = {fault.place for fault in case.faults if fault.code == "exact_height"}
    found = print_faults(case.form, printed, fixed)
    faults = (*case.faults, *(one for one in found if one.code != "print_asked" or one.place not in told))
    if wish.pages is not None:
        _keep_pictures(case, prints, wish.pages)
    pages = _pages_of_places(case, prints.get(_TEMPLATE) or prints.get("blank"))
    return Examined(
        case.path.name, case.form, _told(replace(case, faults=faults), pages), tuple(printed),
        f"{'、'.join(lost)}没有打印出来，请用 Word 打开模板另存一份再查。" if lost else "",
    )  # fmt: skip


def _keep_pictures(case: _Case, prints: _Prints, folder: Path) -> None:
    names = {str(kind): name for kind, name in NAMES.items()} | {_TEMPLATE: "模板"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, pdf in prints.items():
            for number, page in enumerate(_pictures(pdf), 1) if pdf else ():
                page.save(folder / f"{case.path.stem}_{names[kind]}_{number}.png")
    except OSError as fault:
        raise WorkspaceError(f"页面图片写不进 {folder}：请核对文件夹权限和磁盘空间。") from fault


def _pictures(pdf: bytes) -> Iterator[Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=_DPI / 72).to_pil()
            page.close()
    finally:
        document.close()


# --- places in words ---


def _told(case: _Case, pages: Mapping[str, int]) -> tuple[Fault, ...]:
    """The faults in the order of the paper, each with its place as a person counts."""
    words = {} if case.sheet is None else words_of_places(case.data, case.sheet)
    order = {place: number for number, place in enumerate(words)}
    words = {**words, **{place: f"第{page}页 {words.get(place, place)}" for place, page in pages.items()}}
    ordered = sorted(case.faults, key=lambda fault: order.get(fault.place, len(order)))
    return tuple(in_words(fault, words) for fault in ordered)


def _pages_of_places(case: _Case, pdf: bytes | None) -> dict[str, int]:
    """The page on which each place of the template is printed; what is not found stands where the one before does."""
    if case.sheet is None or not pdf:
        return {}
    texts = [_plain(text) for text in page_texts(pdf)]
    found: dict[str, int] = {}
    last = 1
    for row, where in zip(case.sheet.rows, places_of_rows(case.sheet.rows), strict=True):
        for cell in row.cells:
            words = _plain(cell.text)[:_ENOUGH]
            there = [number for number, text in enumerate(texts, 1) if words and words in text and number >= last]
            page = there[0] if there else last
            last = page if row.part == "body" else last
            found.setdefault(cell.place.cell or where, page)
    return found


_ENOUGH = 24


def _plain(text: str) -> str:
    return re.sub(r"[-\u0002\ufffe\u00ad]", "", squeezed(text))
