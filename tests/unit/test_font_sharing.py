"""Fonts of a packet: joined they show the same pages, once for each face, however they were printed."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Pdf

from gengang.papers.font_sharing import Faces, give_fonts, take_fonts
from gengang.papers.packet import Chapter, Part, bound
from gengang.papers.page_identity import page_identity
from gengang.papers.truetype import Glyph, merged_program, order_of, subset_of
from gengang.papers.type1 import _decrypted, _encrypted, type1_of, type1_program
from gengang.press import press
from tests.unit.cohorts import press_at
from tests.unit.test_press import appraisal, certificate

NAMES = ("张三", "李四", "阿卜杜热合曼·买买提")


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The same papers printed twice, in two orders and beside others, so that every serial number differs."""
    at = press_at(tmp_path_factory.mktemp("prints"))
    orders = {"first": NAMES, "again": ("王小明", *reversed(NAMES))}
    drafts = [replace(one, file=f"{batch}/{one.file}") for batch, names in orders.items()
              for one in (replace(appraisal(), file="鉴定表"),
                          *(replace(certificate(name=name), file=name) for name in names))]  # fmt: skip
    assert {one.status for one in press(drafts, at)} == {"new"}
    return {batch: [at.outbox / batch / f"{name}.pdf" for name in (*NAMES, "鉴定表")] for batch in orders}


def add_pages(packet: Pdf, files: Sequence[Path], faces: Faces | None) -> None:
    for file in files:
        with Pdf.open(file) as source:
            if faces is not None:
                take_fonts(source, faces)
            packet.pages.extend(source.pages)


def packet_of(files: Sequence[Path], shared: bool) -> bytes:
    faces = Faces()
    with Pdf.new() as packet:
        add_pages(packet, files, faces if shared else None)
        if shared:
            give_fonts(packet, faces)
        made = io.BytesIO()
        packet.save(made, deterministic_id=True)
    return made.getvalue()


def seen(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Text and picture of each page."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        yield text.get_text_range(), np.ascontiguousarray(page.render(scale=1.5).to_numpy()).tobytes()
        text.close()
        page.close()
    document.close()


def test_pages_look_and_read_as_before_to_the_last_dot(prints: dict[str, list[Path]]) -> None:
    apart, joined = (list(seen(packet_of(prints["first"], shared))) for shared in (False, True))
    assert joined == apart


def test_the_same_papers_printed_again_give_the_same_bytes(prints: dict[str, list[Path]]) -> None:
    assert prints["first"][0].read_bytes() != prints["again"][0].read_bytes()
    assert packet_of(prints["first"], shared=True) == packet_of(prints["again"], shared=True)


def test_one_program_for_each_face_and_no_serial_number_in_it(prints: dict[str, list[Path]]) -> None:
    with Pdf.open(io.BytesIO(packet_of(prints["first"], shared=True))) as packet:
        descriptors = {
            (str(thing["/FontName"])[8:], key, thing[key].objgen)
            for thing in packet.objects
            if isinstance(thing, Dictionary) and thing.get("/Type") == Name.FontDescriptor
            for key in ("/FontFile", "/FontFile2")
            if key in thing
        }
        assert len({family for family, _, _ in descriptors}) >= 4
        assert len(descriptors) == len({family for family, _, _ in descriptors})
        programs = [packet.get_object(objgen).read_bytes() for _, key, objgen in descriptors if key == "/FontFile"]
        assert not any(b"/UniqueID" in program for program in programs)


def test_a_packet_of_many_certificates_does_not_grow_by_a_font_for_each(prints: dict[str, list[Path]]) -> None:
    cover, *_ = files = prints["first"][:3]
    few, many = (
        bound(cover, cover, [Chapter("证书", tuple(Part(str(place), file, 1) for place, file in enumerate(own)))]).data
        for own in (files, files * 20)
    )
    assert len(many) < 2 * len(few)


def test_a_page_is_known_again_after_another_print_and_a_changed_one_is_not(prints: dict[str, list[Path]]) -> None:
    def identities(files: Sequence[Path]) -> list[str]:
        faces = Faces()
        with Pdf.new() as packet:
            add_pages(packet, files, faces)
            meant = give_fonts(packet, faces)
            return [page_identity(page, meant) for page in packet.pages]

    first, again = identities(prints["first"]), identities([*prints["again"][3:], *prints["again"][:3]])
    assert first[:3] == again[2:]
    assert first[3:] == again[:2]
    assert len(set(first)) == len(first)


def test_a_font_of_another_kind_is_left_as_it_is() -> None:
    with Pdf.new() as packet:
        page = packet.add_blank_page(page_size=(200, 200))
        broken = packet.make_stream(b"no font program")
        broken["/Length1"], broken["/Length2"] = 4, 4
        for number, (subtype, key) in enumerate(
            ((Name.Type1, "/FontFile"), (Name.TrueType, "/FontFile2"), (Name.Type1, "/FontFile3"))
        ):
            descriptor = packet.make_indirect(Dictionary({"/Type": Name.FontDescriptor, key: broken}))
            font = Dictionary(Type=Name.Font, Subtype=subtype, BaseFont=Name("/ABCDEF+X"), FontDescriptor=descriptor)
            page.add_resource(packet.make_indirect(font), Name.Font, Name(f"/F{number}"))
        before = [str(one) for one in page.Resources.Font.values()]
        faces = Faces()
        take_fonts(packet, faces)
        assert give_fonts(packet, faces) == {}
        assert [str(one) for one in page.Resources.Font.values()] == before


def test_a_descriptor_that_a_font_left_alone_needs_keeps_its_program(prints: dict[str, list[Path]]) -> None:
    with Pdf.open(prints["first"][0]) as source:
        fonts = source.pages[0].Resources.Font
        known = next(one for one in fonts.values() if "/FontFile" in one["/FontDescriptor"])
        other = source.make_indirect(Dictionary({**dict(known.items()), "/Encoding": Name.WinAnsiEncoding}))
        fonts[Name.Other] = other
        faces = Faces()
        take_fonts(source, faces)
        assert "/FontFile" in other["/FontDescriptor"]
        assert len(faces.taken) == len(fonts) - 1


@given(st.binary(max_size=400))
def test_what_is_encrypted_is_decrypted_again(plain: bytes) -> None:
    assert _decrypted(_encrypted(plain)) == plain


def test_a_built_program_has_every_glyph_as_it_was(prints: dict[str, list[Path]]) -> None:
    with Pdf.open(prints["first"][3]) as pdf:
        [file, *_] = [one["/FontDescriptor"]["/FontFile"] for one in pdf.pages[0].Resources.Font.values()
                      if "/FontFile" in one["/FontDescriptor"]]  # fmt: skip
        program = type1_of(file.read_bytes(), int(file["/Length1"]), int(file["/Length2"]))
    assert program is not None
    built = type1_program(program, program.glyphs)
    again = type1_of(built.data, *built.lengths[:2])
    assert again is not None
    assert (again.glyphs, again.private, again.clear) == (program.glyphs, program.private, program.clear)


def test_a_composed_glyph_keeps_its_parts_under_their_new_numbers(prints: dict[str, list[Path]]) -> None:
    """Parts are known by what they draw; a merged program numbers them anew."""
    simple = Glyph(500, 10, b"\x00\x01" + bytes(12))
    composed = Glyph(600, 0, b"\xff\xff" + bytes(8) + b"\x00\x00\x00\x07\x00\x00", (simple.identity,))
    same = replace(composed, outline=composed.outline[:12] + b"\x00\x09" + composed.outline[14:])
    assert composed.identity == same.identity
    empty = Glyph(0, 0, b"")
    glyphs = {one.identity: one for one in (simple, composed, empty)}
    with Pdf.open(prints["first"][0]) as pdf:
        [file] = [one["/FontDescriptor"]["/FontFile2"] for one in pdf.pages[0].Resources.Font.values()
                  if "/FontFile2" in one["/FontDescriptor"]]  # fmt: skip
        subset = subset_of(file.read_bytes())
    assert subset is not None
    order = order_of(empty.identity, glyphs)
    program = merged_program(subset.tables, glyphs, order)
    number = order.index(simple.identity).to_bytes(2, "big")
    assert composed.outline[:12] + number in program


def test_bytes_that_are_no_font_are_no_subset() -> None:
    assert subset_of(b"") is None
    assert subset_of(b"\x00\x01\x00\x00\x00\x01" + bytes(40)) is None
    assert type1_of(b"", 0, 0) is None
