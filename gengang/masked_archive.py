"""What an office can send when a form reads wrong: how it was read, on what, by which versions, and nobody's data.

Nothing leaves that was not looked through: a member in which something of the paper, its file's name or the roster
still stands is left out, and that is said.
"""

import importlib
import io
import json
import platform
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from lxml import etree

from extractors.guarded import read_guarded
from extractors.identify import kind_of
from extractors.scan import Pictures, pictures_of_image, pictures_of_pdf, upright_picture
from gengang.arrivals import write_whole
from gengang.errors import WorkspaceError
from gengang.findings import Finding
from gengang.form import FieldType, Form
from gengang.masked import masked_line, masked_shape, masked_word
from gengang.masked_picture import Patch, Pixels, masked_page
from gengang.originals import originals_place
from gengang.reading import FieldReading, FileReading, ListReading, Reading, is_open, json_of_reading
from gengang.roster import Roster
from gengang.settings import Settings
from gengang.wordpackage import NotWordError
from gengang.workspace import BUILT_IN, folder_of, scheme_of, templates_of

_PAPER = re.compile(r"([0-9a-f]{12,64})(?:#\d+)?")
_SHORTEST_SECRET = 2
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BOXES = "☑☐□■√✓✔☒×()（） \n、/"
ABOUT = """这是跟岗程序（gengang）为查找读错原因打的包，可以发给维护人员。
姓名、证件号、电话、学校、文件名和一切手写打印的内容都已换成等长的“某”“0”“x”，图上只剩墨迹的位置。
reading.json 每一栏怎么读的；paper.docx 原件的骨架；page-N.png 每页墨迹的位置；templates/ 所用的表格模板；
versions.json 各程序的版本；doctor.txt 检查结果；left_out.txt（如有）哪些因可能含有个人信息而没有放入。
"""


@dataclass(frozen=True, slots=True)
class Masked:
    """The archive. members: name -> bytes; left_out: names of members in which something personal stood."""

    members: Mapping[str, bytes]
    left_out: tuple[str, ...] = ()


def masked_archive(settings: Settings, named: str, doctor: Sequence[str], out: Path | None = None) -> Path:
    """Read one file again and pack how it was read; the archive's path.

    named: a file, or the number of a paper of the workspace (`<sha256>#<index>`, or its first 12 digits).
    doctor: lines of the check-up; out: where to, else the outbox. Raises WorkspaceError for a file that is not there.
    """
    with _file_at_hand(settings, named) as path:
        return _packed_file(settings, path, doctor, out)


def _packed_file(settings: Settings, path: Path, doctor: Sequence[str], out: Path | None) -> Path:
    templates = templates_of(settings, scheme_of(settings) if settings.scheme.exists() else None)
    [file] = read_guarded([str(path)], templates.forms, settings.limits)
    secrets = (*_secrets_of_file(file, templates.forms, path), *_secrets_of_roster(_roster(settings)))
    made = searched(members_of(settings, path.read_bytes(), file, templates.forms, doctor), secrets)
    target = out or settings.outbox / f"诊断_{file.sha256[:12]}.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, [packed(made)])
    return target


def packed(made: Masked) -> bytes:
    """The archive's bytes: the same members, the same bytes."""
    members = dict(made.members)
    if made.left_out:
        members["left_out.txt"] = "".join(f"{name}\n" for name in made.left_out).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(members.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


@contextmanager
def _file_at_hand(settings: Settings, named: str) -> Iterator[Path]:
    if Path(named).is_file():
        yield Path(named)
        return
    found = _PAPER.fullmatch(named)
    originals = originals_place(settings)
    kept = [name[3:] for name in originals.listed() if name[3:].startswith(found[1])] if found else []
    if len(kept) != 1:
        raise WorkspaceError(f"找不到“{named}”：请写文件的路径，或材料编号（台账里的 64 位散列，写前 12 位也可以）。")
    with originals.at_hand(kept) as paths:
        yield paths[kept[0]]


def _roster(settings: Settings) -> Roster:
    if not settings.roster.exists():
        return Roster()
    # Workbooks cost as long to load as reading a form takes.
    known: Roster = importlib.import_module("gengang.rosterfile").read_roster(settings.roster)
    return known


# --- the members ---


def members_of(
    settings: Settings, data: bytes, file: FileReading, forms: Sequence[Form], doctor: Sequence[str]
) -> dict[str, bytes]:
    """What goes in, name -> bytes. data: the file's bytes, of which `file` is the reading by these forms."""
    read = [form for form in forms if any(form.stem == one.form for one in file.submissions)]
    members = {
        "说明.txt": ABOUT.encode(),
        "reading.json": _json(_document(file)),
        "versions.json": _json(versions()),
        "doctor.txt": "".join(f"{masked_line(line)}\n" for line in doctor).encode(),
    }
    for form in read:
        path = folder_of(settings, "forms") / f"{form.stem}.docx"
        own = path.parent != BUILT_IN / "forms"
        members[f"templates/{form.stem}.docx"] = _without_properties(path.read_bytes()) if own else path.read_bytes()
    kind = kind_of(data, file.file)
    if kind == "docx":
        members |= _skeleton(data, read or list(forms))
    if kind in ("pdf", "image"):
        members |= dict(_pages(data, kind, file, {form.stem: form for form in forms}))
    return members


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def versions() -> dict[str, object]:
    """Versions of this Python, this system and every installed package."""
    packages = sorted({(one.name, one.version) for one in distributions()})
    return {"python": sys.version, "system": platform.platform(), "packages": dict(packages)}


def _skeleton(data: bytes, forms: Sequence[Form]) -> dict[str, bytes]:
    try:
        return {"paper.docx": masked_word(data, forms)}
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotWordError, RuntimeError):
        return {}


def _without_properties(data: bytes) -> bytes:
    """An office's own template without who wrote it."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("docProps/"):
                content = re.sub(rb">[^<]+<", b"><", content)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), re.sub(rb'(w:(?:author|initials)=")[^"]*', rb"\1", content))
    return bare.getvalue()


# --- the reading ---


def _document(file: FileReading) -> dict[str, object]:
    suffix = Path(file.file).suffix.lower()
    return {
        "file": masked_shape(Path(file.file).stem) + (suffix if suffix.isascii() else ""),
        "sha256": file.sha256[:12],
        "medium": file.medium,
        "findings": [_finding(one) for one in file.findings],
        "submissions": [_submission(one) for one in file.submissions],
    }


def _submission(reading: Reading) -> dict[str, object]:
    shown = json_of_reading(reading)
    fields = shown["fields"]
    assert isinstance(fields, dict)
    return {
        **shown,
        "members": [masked_shape(one) for one in reading.members],
        "fields": {name: _masked_values(found) for name, found in fields.items()},
        "findings": [_finding(one) for one in reading.findings],
    }


def _masked_values(value: object) -> object:
    """A reading's JSON with every value and what stood there in their shapes; places and states stay."""
    if isinstance(value, list):
        return [_masked_values(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _masked_leaf(one) if name in ("value", "raw") else _masked_values(one) for name, one in value.items()}


def _masked_leaf(value: object) -> object:
    if isinstance(value, dict):
        return {name: _masked_leaf(one) for name, one in value.items()}
    return None if value is None else masked_shape(str(value))


def _finding(finding: Finding) -> dict[str, str]:
    """Without its sentence, which may quote what stands on the paper."""
    return {"code": finding.code, "field": finding.field, "severity": finding.severity}


# --- the pages ---


def _pages(data: bytes, kind: str, file: FileReading, forms: Mapping[str, Form]) -> Iterator[tuple[str, bytes]]:
    """Each page on which something is open, or every page where nothing is; only the places show."""
    patches = _patches(file, forms, is_open) or _patches(file, forms, lambda _: True)
    wanted = sorted(patches)
    if kind == "pdf":
        pictures = pictures_of_pdf(data, wanted)
    else:
        image = pictures_of_image(data, 1)
        pictures = image.pages(lambda number: number in patches) if isinstance(image, Pictures) else iter(())
    for picture in pictures:
        # The reader leaves a page with text in it as it is drawn.
        grey: Pixels = upright_picture(picture) if file.medium == "scan" else picture.pixels.min(axis=2)
        yield f"page-{picture.number}.png", masked_page(grey, patches[picture.number])


def _patches(
    file: FileReading, forms: Mapping[str, Form], shown: Callable[[FieldReading], bool]
) -> dict[int, list[Patch]]:
    pages: dict[int, list[Patch]] = {}
    for reading in file.submissions:
        for kind, found in _cells(reading, forms.get(reading.form)):
            place = found.place
            if shown(found) and place is not None and place.box is not None and place.page is not None:
                pages.setdefault(place.page, []).append(Patch(place.box, _is_plain(kind, found)))
    return pages


def _cells(reading: Reading, form: Form | None) -> Iterator[tuple[FieldType | None, FieldReading]]:
    for name, found in reading.fields.items():
        if isinstance(found, ListReading):
            types = form.lists().get(name, {}) if form else {}
            yield from ((types.get(column), cell) for row in found.rows for column, cell in row.items())
        else:
            yield form.fields().get(name) if form else None, found


def _is_plain(kind: FieldType | None, found: FieldReading) -> bool:
    """Boxes to tick with nothing beside them but the form's own words."""
    if kind is None or kind.codec != "tick" or not found.raw:
        return False
    left = found.raw
    for word in sorted(kind.options, key=len, reverse=True):
        left = left.replace(word, "")
    return not left.strip(_BOXES)


# --- nothing personal leaves ---


def searched(members: Mapping[str, bytes], secrets: Sequence[str]) -> Masked:
    """The members in which no secret stands, in their bytes or inside a Word file; the names of the others.

    A template prints ordinary words that a paper may say too, such as 数学: these are none of anybody's.
    """
    sought = [secret for secret in dict.fromkeys(secrets) if len(secret) >= _SHORTEST_SECRET]
    bad = tuple(name for name, content in members.items() if any(_stands(secret, content) for secret in sought))
    return Masked({name: content for name, content in members.items() if name not in bad}, bad)


def _stands(secret: str, content: bytes) -> bool:
    if secret.encode() in content:
        return True
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        texts = (package.read(name) for name in package.namelist())
        return any(secret.encode() in text or secret.encode() in re.sub(rb"<[^>]+>", b"", text) for text in texts)


def _secrets_of_file(file: FileReading, forms: Sequence[Form], path: Path) -> Iterator[str]:
    """What the paper says in free words or long numbers and no form prints, and its file's name."""
    printed = "\n".join(cell.printed for form in forms for row in form.rows for cell in row.cells)
    known = {form.stem: form for form in forms}
    if not _PAPER.fullmatch(path.stem):
        yield path.stem
    for reading in file.submissions:
        for kind, found in _cells(reading, known.get(reading.form)):
            value = found.value if isinstance(found.value, str) else ""
            options = kind.options if kind else ()
            free = kind is None or kind.codec in ("text", "prose", "id_number", "phone")
            if free and value not in printed and value not in options:
                yield value


def _secrets_of_roster(roster: Roster) -> Iterator[str]:
    for person in (*roster.trainees, *roster.mentors):
        yield from (person.name, *person.former_names, person.id_number, person.phone)
