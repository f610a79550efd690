"""Form or paper and its values to a Word file, and the proof that what was written reads back equal.

The only importer of docxtpl. A template is patched and compiled once; each filling is one string and one zip.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

from gengang.codecs import CODECS, Value, prose_normal, text_normal
from gengang.errors import GengangError
from gengang.findings import Finding
from gengang.form import FieldType, Form
from gengang.prose_paragraphs import BREAK, FILTER, in_paragraphs, with_paragraphs
from gengang.row_ends import with_rows_kept
from gengang.submission import Submission
from gengang.tags import TAG, plain_tag
from gengang.template import form_of

_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class RenderingError(GengangError):
    """A template and the values given to it do not fit; the message names the field."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a `picture` field: PNG or JPEG bytes and its printed width in millimetres."""

    data: bytes
    width_mm: float


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that alone is to be printed, onto a sheet that has the rest; `alone` finds it by its marks."""

    value: Value | None


KEPT_FROM, KEPT_TO = "\ue000", "\ue001"  # for private use: no form and no value holds them
TICKED, TICK = "☑", "√"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is drawn when it is printed and not before: what lies in the outbox already needs none.

    by: draws it of these values with the faces in a folder (fonts, None for the system's); equal values, equal bytes.
    """

    by: Callable[..., Picture]
    of: tuple[object, ...]
    fonts: Path | None = field(default=None, compare=False)

    def drawn(self) -> Picture:
        """The picture itself."""
        return self.by(*self.of, self.fonts)


Given = Value | Picture | Drawing | None
GivenRows = tuple[Mapping[str, Given], ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """A template that can be filled: its form and its bytes. It is compiled when it is first used, and once."""

    form: Form
    data: bytes

    def fill(self, values: Mapping[str, Given | Kept], lists: Mapping[str, GivenRows] | None = None) -> bytes:
        """The .docx with these values; fields that are not given stay blank.

        Raises RenderingError for a name that the template does not have.
        """
        context = _context(self.form, values, lists or {})
        if any(isinstance(value, Picture | Drawing) for value in values.values()):
            return _filled_with_pictures(self.data, context)
        rendered = {name: template.render(context).encode() for name, template in _compiled(self.data).items()}
        return _repacked(self.data, rendered)

    def fill_submission(self, submission: Submission) -> bytes:
        """The .docx that states a submission."""
        return self.fill(submission.values, submission.lists)


@lru_cache(maxsize=128)  # who watches the inbox makes pass after pass with the same templates
def writer_of(data: bytes, stem: str) -> Writer:
    """A template for writing. Raises RenderingError, naming the faults, when it has an error."""
    form = form_of(data, stem)
    errors = [fault for fault in form.faults if fault.level == "error"]
    if errors:
        lines = "\n".join(f"  · {fault.place} {fault.message}" for fault in errors)
        raise RenderingError(f"模板 {stem}.docx 有错，请先改正：\n{lines}")
    return Writer(form, data)


@lru_cache(maxsize=128)
def _compiled(data: bytes) -> Mapping[str, Template]:
    """Each part of a template that has tags, by its name in the package."""
    environment = _environment()
    patcher = _PlainTemplate(io.BytesIO(data))
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if _PARTS.fullmatch(name):
                xml = package.read(name).decode("utf-8")
                if "{{" in _stripped(xml) or "{%" in _stripped(xml):
                    parts[name] = environment.from_string(patcher.patch_xml(xml))
    return parts


def _stripped(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml)


class _PlainTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl's template with each tag as Jinja reads it: nothing escaped, no Chinese marks."""

    def patch_xml(self, src_xml: str) -> str:
        patched: str = super().patch_xml(src_xml)
        return with_rows_kept(with_paragraphs(TAG.sub(lambda tag: plain_tag(html.unescape(tag[0])), patched)))


def _environment() -> SandboxedEnvironment:
    """Escaping on, since docxtpl's default eats text after `&`; undefined names raise; templates run sandboxed."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_nothing_for_none)
    environment.filters.update({name: _filter(name) for name in CODECS})
    environment.filters[FILTER] = in_paragraphs
    return environment


def _nothing_for_none(value: object) -> object:
    """A tag without a filter prints a blank field as nothing, not as Python's word for it."""
    return "" if value is None else value


def _filter(codec: str) -> Callable[..., object]:
    def printed(value: Value | Kept | None, *options: str) -> object:
        if isinstance(value, InlineImage):
            return value
        if isinstance(value, Kept):
            return escape(_kept_words(FieldType(codec, options), value.value))
        return escape(printed_words(FieldType(codec, options), value)).replace("\n", BREAK)

    return printed


def printed_words(type: FieldType, value: Value | None) -> str:
    """What a field of this type prints for a value."""
    text = CODECS[type.codec].show(value, type.options)
    tidy = _TIDY.get(type.codec)
    return tidy(text) if tidy else text


def _kept_words(type: FieldType, value: Value | None) -> str:
    """The words between their marks; of boxes the tick alone, which goes into the box that is there."""
    words = printed_words(type, value)
    if type.codec == "tick":
        return words.replace(TICKED, f"{KEPT_FROM}{TICK}{KEPT_TO}")
    return f"{KEPT_FROM}{words}{KEPT_TO}" if words else ""


_TIDY: Mapping[str, Callable[[str], str]] = {"text": text_normal, "choice": text_normal, "prose": prose_normal}


def _context(form: Form, values: Mapping[str, Given | Kept], lists: Mapping[str, GivenRows]) -> dict[str, object]:
    fields, columns = form.fields(), form.lists()
    unknown = sorted({*values} - {*fields}) + sorted({*lists} - {*columns})
    if unknown:
        raise RenderingError(f"模板 {form.stem} 没有这些字段：{'、'.join(unknown)}。")
    context: dict[str, object] = {name: values.get(name) for name in fields}
    for name, types in columns.items():
        context[name] = [SimpleNamespace(**{column: row.get(column) for column in types})
                         for row in lists.get(name, ())]  # fmt: skip
    return context


def _filled_with_pictures(data: bytes, context: dict[str, object]) -> bytes:
    """docxtpl's own way, slower: a picture needs a part and a relation of its own in the package."""
    template = _PlainTemplate(io.BytesIO(data))
    template.init_docx()
    pictures = {name: value.drawn() if isinstance(value, Drawing) else value for name, value in context.items()}
    placed = {name: InlineImage(template, io.BytesIO(value.data), width=Mm(value.width_mm))
              for name, value in pictures.items() if isinstance(value, Picture)}  # fmt: skip
    template.render({**context, **placed}, _environment(), autoescape=True)
    filled = io.BytesIO()
    template.save(filled)
    return _repacked(filled.getvalue(), {})


def _repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with some parts replaced; no clock in it, so equal values give equal bytes."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, parts[name] if name in parts else source.read(name))
    return packed.getvalue()


# --- proof ---

ReadBack = Callable[[bytes, Form], Submission | None]


def proof_findings(form: Form, data: bytes, stated: Submission, read_back: ReadBack) -> tuple[Finding, ...]:
    """What a reader of the written file sees otherwise than it was stated; empty when it reads back equal.

    read_back is passed in, since the writer must not know a reader.
    """
    found = read_back(data, form)
    if found is None:
        return (Finding("proof_unread", f"写出的{form.title}读不回来，未放行，请检查模板。", severity="error"),)
    wrong = [name for name in form.fields() if found.values.get(name) != stated.values.get(name)]
    wrong += [name for name in form.lists() if found.rows(name) != _stated_rows(form, stated, name)]
    return tuple(
        Finding("proof_differs", f"写出的{form.title}读回来与要写的不同，未放行，请检查模板的这个字段。", name, "error")
        for name in wrong
    )


def _stated_rows(form: Form, stated: Submission, name: str) -> tuple[dict[str, Value | None], ...]:
    columns = form.lists()[name]
    rows = ({column: row.get(column) for column in columns} for row in stated.rows(name))
    return tuple(row for row in rows if any(value is not None for value in row.values()))
