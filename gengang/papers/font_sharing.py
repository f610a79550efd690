"""One set of fonts for a whole packet: the subsets that each print brought are joined to one program for each face.

A page's text keeps its codes, so no page is set or written anew: only what a code means is said beside the shared
program. The result does not depend on the order in which LibreOffice printed, nor on its serial numbers. What is not
written the way we know stays as it is.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from gengang.papers.truetype import Glyph, Subset, merged_program, order_of, subset_of, widest
from gengang.papers.type1 import Type1Program, type1_of, type1_program

_TAG = re.compile(r"^[A-Z]{6}\+")
_CODES_A_BLOCK = 100
MARK = "/GengangFace"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class _Face:
    """One program to be. users: font dictionaries with their code -> glyph; widths: glyph -> width on the page.

    bounds: `maxp` over all subsets.
    """

    family: str
    shared: Type1Program | Subset
    outlines: dict[str, bytes] = field(default_factory=dict)
    glyphs: dict[str, Glyph] = field(default_factory=dict)
    users: list[tuple[Dictionary, Mapping[int, str]]] = field(default_factory=list)
    widths: dict[str, float] = field(default_factory=dict)
    bounds: bytes = b""


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces met so far, and of each font that was taken its face and what its codes mean, by its mark."""

    by_key: dict[object, _Face] = field(default_factory=dict)
    taken: list[tuple[_Face, Mapping[int, str]]] = field(default_factory=list)


def take_fonts(source: Pdf, faces: Faces) -> None:
    """Take the programs out of a print before its pages are copied, so that a packet never holds them all at once.

    Each font is marked with its number among those taken; one of another kind keeps its program.
    """
    fonts = list(_fonts(source))
    taken = [font for font in fonts if _gather(font, faces)]
    marked = {font.objgen for font in taken}
    needed = {font["/FontDescriptor"].objgen for font in fonts if font.objgen not in marked}
    for font in taken:
        descriptor = font["/FontDescriptor"]
        for key in ("/FontFile", "/FontFile2"):
            if key in descriptor and descriptor.objgen not in needed:
                del descriptor[key]


def give_fonts(packet: Pdf, faces: Faces) -> dict[tuple[int, int], Mapping[int, str]]:
    """Give the pages of a packet one program for each face.

    Gives the object number of each font that was joined, with the glyph that each of its codes means.
    """
    for face in faces.by_key.values():
        face.users.clear()
    for font in list(_fonts(packet)):
        if MARK in font:
            face, codes = faces.taken[int(font[MARK])]
            face.users.append((font, codes))
            del font[MARK]
    streams: dict[str, pikepdf.Object] = {}
    used = {key: face for key, face in faces.by_key.items() if face.users}
    for key in sorted(used, key=str):
        face = used[key]
        if isinstance(face.shared, Subset):
            _write_truetype(packet, face, face.shared, streams)
        else:
            _write_type1(packet, face, face.shared)
    return {font.objgen: codes for face in used.values() for font, codes in face.users}


def _fonts(pdf: Pdf) -> Iterator[Dictionary]:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font and "/FontDescriptor" in thing:
            yield thing


# --- what there is -----------------------------------------------------------------------------------------------


def _gather(font: Dictionary, faces: Faces) -> bool:
    """Whether the font is of a kind we know; then its glyphs are its face's and it is marked."""
    descriptor = font["/FontDescriptor"]
    family = _TAG.sub("", str(font.get("/BaseFont", "/"))[1:])
    found: tuple[_Face, Mapping[int, str]] | None = None
    if "/Encoding" in font:
        return False
    if font.get("/Subtype") == Name.Type1 and "/FontFile" in descriptor:
        found = _gather_type1(family, descriptor["/FontFile"], faces)
    elif font.get("/Subtype") == Name.TrueType and "/FontFile2" in descriptor:
        found = _gather_truetype(font, family, descriptor["/FontFile2"], faces)
    if found is None:
        return False
    font[MARK] = len(faces.taken)
    faces.taken.append(found)
    return True


def _gather_type1(family: str, file: pikepdf.Object, faces: Faces) -> tuple[_Face, Mapping[int, str]] | None:
    program = type1_of(file.read_bytes(), int(file["/Length1"]), int(file["/Length2"]))
    if program is None:
        return None
    face = faces.by_key.setdefault(("1", family, _digest(program.clear, program.private)), _Face(family, program))
    names = {name: _own_name(face.outlines, name, outline) for name, outline in program.glyphs.items()}
    face.outlines.update((names[name], outline) for name, outline in program.glyphs.items())
    return face, {code: names[name] for code, name in program.codes.items()}


def _own_name(outlines: Mapping[str, bytes], name: str, outline: bytes) -> str:
    """The glyph's name, or one of its own where the font has another glyph of that name."""
    return name if outlines.get(name, outline) == outline else f"{name}.{_digest(outline)[:8]}"


def _gather_truetype(
    font: Dictionary, family: str, file: pikepdf.Object, faces: Faces
) -> tuple[_Face, Mapping[int, str]] | None:
    subset = subset_of(file.read_bytes())
    if subset is None:
        return None
    key = "2", family, subset.first, _digest(*(subset.tables[name] for name in sorted(subset.tables) if name != "maxp"))
    face = faces.by_key.setdefault(key, _Face(family, subset))
    face.glyphs.update(subset.glyphs)
    face.bounds = widest(face.bounds or subset.tables["maxp"], subset.tables["maxp"])
    first, widths = int(font.get("/FirstChar", 0)), list(font.get("/Widths", ()))
    for code, glyph in subset.codes.items():
        if 0 <= code - first < len(widths):
            face.widths.setdefault(glyph, float(widths[code - first]))
    return face, subset.codes


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _tagged(family: str, names: Iterable[str]) -> str:
    """`/KQXWZB+FandolFang-Regular`: six letters from what is in it, as PDF asks of a subset."""
    number = int(_digest("\n".join(sorted(names)).encode()), 16)
    letters = "".join(_LETTERS[number // 26**place % 26] for place in range(6))
    return f"/{letters}+{family}"


# --- what becomes of it ------------------------------------------------------------------------------------------


def _write_type1(packet: Pdf, face: _Face, shared: Type1Program) -> None:
    built = type1_program(shared, face.outlines)
    file = packet.make_stream(built.data)
    for place, length in enumerate(built.lengths, 1):
        file[f"/Length{place}"] = length
    name = Name(_tagged(face.family, face.outlines))
    descriptor = _descriptor(packet, face, name, "/FontFile", file)
    for font, codes in face.users:
        font["/BaseFont"], font["/FontDescriptor"] = name, descriptor
        font["/Encoding"] = Dictionary(Type=Name.Encoding, Differences=_differences(codes))


def _differences(codes: Mapping[int, str]) -> Array:
    """`[1 /cid017 /cid018 7 /cid026]`: a number where a run of codes begins."""
    told: list[pikepdf.Object | int] = []
    following = -1
    for code in sorted(codes):
        if code != following:
            told.append(code)
        told.append(Name(f"/{codes[code]}"))
        following = code + 1
    return Array(told)


def _descriptor(packet: Pdf, face: _Face, name: Name, place: str, file: pikepdf.Object) -> pikepdf.Object:
    """The first print's, with the shared program. All subsets of a face state the same of it."""
    found = face.users[0][0]["/FontDescriptor"]
    kept = {key: value for key, value in found.items() if not key.startswith("/FontFile")}
    return packet.make_indirect(Dictionary({**kept, "/FontName": name, place: file}))


def _write_truetype(packet: Pdf, face: _Face, shared: Subset, streams: dict[str, pikepdf.Object]) -> None:
    """The codes of a page, one byte each, are told apart by a table of its own (PDF 32000-1, 9.7.5)."""
    order = order_of(shared.first, face.glyphs)
    numbers = {identity: number for number, identity in enumerate(order)}
    name = Name(_tagged(face.family, face.glyphs))
    data = merged_program({**shared.tables, "maxp": face.bounds}, face.glyphs, order)
    file = packet.make_stream(data)
    file["/Length1"] = len(data)
    system = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
    below = packet.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDSystemInfo=system, CIDToGIDMap=Name.Identity,
        DW=1000, W=_widths(face, order), FontDescriptor=_descriptor(packet, face, name, "/FontFile2", file),
    ))  # fmt: skip
    for font, codes in face.users:
        table = _code_table({code: numbers[glyph] for code, glyph in codes.items()})
        if table not in streams:
            streams[table] = _code_stream(packet, table, system)
        for key in ("/FirstChar", "/LastChar", "/Widths", "/FontDescriptor"):
            del font[key]
        font["/Subtype"], font["/BaseFont"] = Name.Type0, name
        font["/Encoding"], font["/DescendantFonts"] = streams[table], Array([below])


def _widths(face: _Face, order: Iterable[str]) -> Array:
    """`[0 [1000 1000 …]]`."""
    return Array([0, Array([face.widths.get(identity, 1000.0) for identity in order])])


def _code_table(numbers: Mapping[int, int]) -> str:
    lines = [f"<{code:02X}> {number}" for code, number in sorted(numbers.items())]
    blocks = [lines[place : place + _CODES_A_BLOCK] for place in range(0, len(lines), _CODES_A_BLOCK)]
    return "".join(f"{len(block)} begincidchar\n" + "\n".join(block) + "\nendcidchar\n" for block in blocks)


def _code_stream(packet: Pdf, table: str, system: Dictionary) -> pikepdf.Object:
    name = f"Codes-{_digest(table.encode())[:12]}"
    text = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 1 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{table}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
    stream: Stream = packet.make_stream(text.encode())
    stream["/Type"], stream["/CMapName"], stream["/WMode"] = Name.CMap, Name(f"/{name}"), 0
    stream["/CIDSystemInfo"] = system
    return stream
