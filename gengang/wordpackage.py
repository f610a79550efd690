"""A Word package as its parts: what stands in it, how its parts refer to each other, each parsed when it is asked for.

It knows Open Packaging and its limits; what the XML of a part says is for others.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from gengang.errors import GengangError
from gengang.zipmembers import TooLargeError, member_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_LARGEST_PART = 48_000_000
_LARGEST_OF_ALL = 96_000_000
_LARGEST_PICTURE, _PICTURES_OF_ALL = 20_000_000, 60_000_000

Found = TypeVar("Found")


class NotWordError(GengangError):
    """The bytes are no Word package that can be read; the message says what to do. code: of the finding to make."""

    code = "unreadable_file"


class TooLargeWordError(NotWordError):
    """The package unfolds to more XML than can be read in a run."""

    code = "too_large"

    def __init__(self) -> None:
        super().__init__("这个 Word 文档解开后过大，未读取。请按人拆成几份，或把要交的表复制到新文档后再交。")


@dataclass(frozen=True, slots=True)
class Related:
    """One relation of a part. kind: the last word of its type (`header`, `image`); target: name of a part."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class XmlPart:
    """A part of a package: its name, its XML, and its root element."""

    name: str
    content: bytes
    root: etree._Element

    def has(self, *names: str) -> bool:
        """Whether it holds an element of one of these local names of WordprocessingML."""
        return next(self.root.iter(*(W + name for name in names)), None) is not None


class Package:
    """An open Word package. left: how many bytes of XML it may still unfold; pictures_left: of pictures."""

    __slots__ = ("file", "known", "left", "main", "pictures_left")

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.main = ""
        self.left = _LARGEST_OF_ALL
        self.pictures_left = _PICTURES_OF_ALL
        self.known: dict[str, Mapping[str, Related]] = {}

    def bytes_of(self, name: str) -> bytes:
        """The bytes of a part. Raises KeyError when there is none, TooLargeWordError when it is too large."""
        try:
            content = member_of(self.file, name, min(_LARGEST_PART, self.left))
        except TooLargeError as error:
            raise TooLargeWordError from error
        self.left -= len(content)
        return content

    def picture(self, name: str) -> bytes | None:
        """The bytes of a picture; None when there is none, or more of them than are worth reading."""
        try:
            content = member_of(self.file, name, min(_LARGEST_PICTURE, self.pictures_left))
        except (KeyError, TooLargeError):
            return None
        self.pictures_left -= len(content)
        return content

    def part(self, name: str) -> "XmlPart":
        """A part with its root, in the namespaces of transitional Open XML. Raises ValueError for one with a DTD."""
        content = self.bytes_of(name)
        root = tree_of(content)
        if root.getroottree().docinfo.internalDTD is not None:
            raise ValueError(name)
        if any(space.startswith("http://purl.oclc.org/ooxml/") for space in root.nsmap.values()):
            content = _STRICT.sub(_transitional, content)
            root = tree_of(content)
        return XmlPart(name, content, root)

    def related(self, part: str) -> Mapping[str, Related]:
        """The relations of a part by their id; none where it has no list of them."""
        if part not in self.known:
            folder, base = posixpath.split(part)
            name = f"{folder}/_rels/{base}.rels".lstrip("/")
            self.known[part] = {one.id: one for one in self._relations(name, folder)} if self.holds(name) else {}
        return self.known[part]

    def of_kind(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts that a part refers to as `kind`, as far as they are there."""
        return tuple(one.target for one in self.related(part).values() if one.kind == kind and self.holds(one.target))

    def holds(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.file.NameToInfo

    def _relations(self, name: str, folder: str) -> Iterator[Related]:
        for relation in tree_of(self.bytes_of(name)).iter(f"{_REL}Relationship"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                yield Related(relation.get("Id", ""), kind, posixpath.normpath(path) if "./" in path else path)


def read_package(data: bytes, read: Callable[[Package], Found]) -> Found:
    """What `read` makes of the open package. Raises NotWordError for anything that is no sound Word package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            package = Package(file)
            mains = package.of_kind("", "officeDocument")
            package.main = mains[0] if mains else "word/document.xml"
            return read(package)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, RuntimeError, NotImplementedError,
            ValueError, EOFError) as fault:  # fmt: skip
        raise NotWordError("这个文件不是完好的 Word 文档，请用 Word 或 WPS 打开后另存为 .docx 再交。") from fault
    except zlib.error as fault:
        raise NotWordError("这个 Word 文档已损坏，请对方重新发送。") from fault


def tree_of(content: bytes) -> etree._Element:
    """The root of some XML; nothing outside is fetched and no entity unfolded."""
    return etree.fromstring(content, _PARSER)


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
                          remove_pis=True)  # fmt: skip


def _transitional(name: re.Match[bytes]) -> bytes:
    """Strict Open XML differs in its namespace names alone, as far as text, tables and drawings go."""
    one, two = name.groups()
    year = b"/2006/"
    return b"http://schemas.openxmlformats.org/" + one + year + two


def flag(node: etree._Element | None) -> bool:
    """Whether a property such as `w:vanish` is on: it is there, and its value does not switch it off."""
    return node is not None and node.get(f"{W}val", "1") not in ("0", "false", "off")


def value_of(parent: etree._Element | None, *path: str) -> str:
    """The `w:val` of a property down a path of local names, empty where there is none."""
    node = parent
    for step in path:
        node = None if node is None else node.find(W + step)
    return "" if node is None else node.get(f"{W}val", "")
