"""The packet: pages, contents and bookmarks agree, equal papers give equal bytes, and fonts are not kept twice."""

import re
import shutil
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, Pdf

from gengang.papers.packet import Chapter, PacketCover, Part, bound, contents_draft, contents_pages
from gengang.press import Packet, Volume, press_packets
from tests.unit.cohorts import press_at

COVER = PacketCover("安和县2016年农村中小学骨干教师跟岗研修", "安和县教师进修学校", "材料汇编", "草稿", "2016-12-09")


def pdf_of(path: Path, pages: int, word: str) -> Path:
    """A PDF with so many pages, each with a word and a font program."""
    with Pdf.new() as pdf:
        program = pdf.make_stream(b"font program of several hundred bytes " * 20)
        descriptor = pdf.make_indirect(Dictionary(Type=Name.FontDescriptor, FontName=Name.F, FontFile2=program))
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, FontDescriptor=descriptor)
        )
        for number in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.add_resource(font, Name.Font, Name.F1)
            page.contents_add(pdf.make_stream(f"BT /F1 20 Tf 100 700 Td ({word}{number}) Tj ET".encode()))
        pdf.save(path)
    return path


@dataclass(frozen=True)
class Made:
    """A packet, its bytes and the folder of the press."""

    packet: Packet
    data: bytes
    folder: Path


def made_chapters(folder: Path) -> tuple[Chapter, ...]:
    """A report and three people's papers."""
    report = Part("终结性学情报告", pdf_of(folder / "report.pdf", 3, "report"), 3)
    people = tuple(
        Part(f"张村小学　{name}", pdf_of(folder / f"{name}.pdf", 2, name), 2) for name in ("zhang", "li", "wang")
    )
    return Chapter("终结性学情报告", (report,)), Chapter("鉴定表", people)


def with_signed(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """The people's papers as what is handed out, then the report."""
    report, people = chapters
    return replace(people, parts=tuple(replace(part, stamped=False) for part in people.parts)), report


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Chapter, ...]:
    return made_chapters(tmp_path_factory.mktemp("parts"))


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory, chapters: tuple[Chapter, ...]) -> Made:
    """A draft with its folder, which is read and never written."""
    return packet_of(tmp_path_factory.mktemp("drafted"), chapters)


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory, chapters: tuple[Chapter, ...]) -> Made:
    """One for the printer, in which people's papers are handed out."""
    return packet_of(tmp_path_factory.mktemp("ordered"), with_signed(chapters), "定稿")


def packet_of(folder: Path, chapters: tuple[Chapter, ...], status: str = "草稿") -> Made:
    at = press_at(folder)
    [packet] = press_packets([Volume(replace(COVER, status=status), chapters)], at)
    return Made(packet, (at.outbox / packet.file).read_bytes(), folder)


def texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return found


def test_contents_bookmarks_and_stamped_numbers_agree_with_the_pages(drafted: Made) -> None:
    packet, data = drafted.packet, drafted.data
    pages = texts(data)
    assert (packet.file, len(packet.pages), len(pages)) == ("汇编/材料汇编_草稿.pdf", 11, 11)
    assert [page.split()[0] for page in pages[2:]] == [
        "report0", "report1", "report2", "zhang0", "zhang1", "li0", "li1", "wang0", "wang1",
    ]  # fmt: skip
    assert [page.split()[-1] for page in pages[1:]] == [str(number) for number in range(2, 12)]
    assert "草稿" in pages[0]
    with Pdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        wheres = {item.title: item.destination[0] for item in outline.root}  # type: ignore[index]
        assert list(wheres) == ["封面", "目录", "终结性学情报告", "鉴定表"]
        assert wheres["鉴定表"] == pdf.pages[5].obj
        assert [child.title for child in outline.root[3].children] == [
            "张村小学　zhang",
            "张村小学　li",
            "张村小学　wang",
        ]


def test_every_page_of_a_draft_says_so_and_none_that_is_for_the_printer(drafted: Made, ordered: Made) -> None:
    assert ["草稿，以定稿为准" in page for page in texts(drafted.data)] == [False, *[True] * 10]
    assert "草稿" in texts(drafted.data)[0]
    assert not any("草稿" in page for page in texts(ordered.data))
    ours, theirs = (sorted(page.seen for page in made.packet.pages[2:]) for made in (drafted, ordered))
    assert ours == theirs  # a draft is compared with what was ordered


def test_what_is_handed_out_has_the_mark_of_a_draft_too(tmp_path: Path, chapters: tuple[Chapter, ...]) -> None:
    mark, plain = (pdf_of(tmp_path / f"{name}.pdf", 1, name) for name in ("mark", "plain"))
    made = bound(plain, plain, with_signed(chapters), mark=mark)
    assert ["mark0" in page for page in texts(made.data)] == [False, *[True] * 10]
    assert bound(plain, plain, with_signed(chapters)).pages == made.pages


def test_a_mark_of_a_draft_stands_in_the_foot_of_a_page_of_any_size(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "wide.pdf", 1, "wide")
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].MediaBox = [100, 200, 942, 795]
        pdf.save(path)
    mark, plain = pdf_of(tmp_path / "mark.pdf", 1, "mark"), pdf_of(tmp_path / "plain.pdf", 1, "plain")
    made = bound(plain, plain, (Chapter("原件", (Part("原件", path, 1),)),), mark=mark)
    for page, (middle, bottom) in ((1, (297.5, 0)), (2, (521, 200))):
        text = pypdfium2.PdfDocument(made.data)[page].get_textpage()
        box = text.get_charbox(text.get_text_range().index("mark"))
        assert (middle - box[0], box[1] - bottom) == pytest.approx((196.5, 700), abs=1)


def test_what_is_handed_out_is_counted_but_bears_no_number(ordered: Made) -> None:
    assert [page.split()[-1] for page in texts(ordered.data)[2:]] == [
        "zhang0", "zhang1", "li0", "li1", "wang0", "wang1", "9", "10", "11",
    ]  # fmt: skip


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (17, 1), (18, 2), (36, 2), (37, 3), (55, 3), (56, 4)])
def test_the_contents_length_is_guessed_from_their_lines(lines: int, pages: int, tmp_path: Path) -> None:
    part = Part("", tmp_path, 1)
    chapters = tuple(Chapter(str(number), (replace(part, title=str(number)),)) for number in range(lines))
    assert contents_pages(chapters) == pages


def test_contents_list_chapters_with_numbers_and_parts_below_them(chapters: tuple[Chapter, ...]) -> None:
    rows = contents_draft(COVER, chapters, 2).lists["entries"]
    assert [(row["number"], row["title"], row["page"]) for row in rows] == [
        (1, "终结性学情报告", 3), (2, "鉴定表", 6), (None, "张村小学　zhang", 6), (None, "张村小学　li", 8),
        (None, "张村小学　wang", 10),
    ]  # fmt: skip


def test_contents_longer_than_a_page_move_the_papers_behind_them(tmp_path: Path) -> None:
    part = pdf_of(tmp_path / "one.pdf", 1, "one")
    chapter = Chapter("证书", tuple(Part(f"第{number}人", part, 1) for number in range(60)))
    made = packet_of(tmp_path, (chapter,))
    packet, pages = made.packet, texts(made.data)
    before = len(packet.pages) - 60
    assert before > 2
    assert pages[before].split()[0] == "one0"
    listed = re.sub(r"\s", "", "".join(pages[1:before]))
    assert f"第0人{before + 1}第1人{before + 2}第2人" in listed


def test_equal_papers_give_equal_bytes_and_each_font_is_kept_once(
    tmp_path: Path, chapters: tuple[Chapter, ...], drafted: Made
) -> None:
    assert packet_of(tmp_path / "b", chapters).data == drafted.data
    cover = pdf_of(tmp_path / "cover.pdf", 1, "cover")
    with Pdf.open(BytesIO(bound(cover, cover, chapters).data)) as pdf:
        programs = {
            page.Resources.Font.F1.FontDescriptor.FontFile2.objgen for page in pdf.pages if "/F1" in page.Resources.Font
        }
    assert len(programs) == 1


def test_a_cover_that_cannot_be_proved_binds_nothing(tmp_path: Path, chapters: tuple[Chapter, ...]) -> None:
    at = press_at(tmp_path)
    cover = PacketCover(COVER.programme, "", "汇编\U0003fff0", "草稿", "2016-12-09")
    [packet] = press_packets([Volume(cover, chapters)], at)
    assert (packet.file, {finding.code for finding in packet.findings}) == ("", {"no_glyph"})
    assert not list(at.outbox.rglob("*草稿.pdf"))


def test_a_page_that_does_not_begin_at_nought_has_its_number_on_it_too(tmp_path: Path) -> None:
    """Somebody else's PDF may be cut out of a larger sheet, and may wish to do something when it is opened."""
    path = pdf_of(tmp_path / "cut.pdf", 1, "cut")
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].MediaBox = [300, 300, 895, 1142]
        pdf.pages[0].obj["/AA"] = Dictionary(O=Dictionary(S=Name.JavaScript, JS=b"app.alert(1)"))
        pdf.save(path)
    plain = pdf_of(tmp_path / "plain.pdf", 1, "plain")
    made = bound(plain, plain, [Chapter("原件", (Part("原件", path, 1),))])
    document = pypdfium2.PdfDocument(made.data)
    text = document[2].get_textpage()
    left, bottom, right, top = text.get_charbox(text.count_chars() - 1)
    assert 300 < left < right < 895
    assert 300 < bottom < top < 340
    with Pdf.open(BytesIO(made.data)) as packet:
        assert all("/AA" not in page.obj for page in packet.pages)


def test_a_packet_that_is_open_gets_a_new_version_beside_it(
    tmp_path: Path, chapters: tuple[Chapter, ...], drafted: Made
) -> None:
    shutil.copytree(drafted.folder, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "outbox" / drafted.packet.file
    path.with_name(f".~lock.{path.name}#").write_bytes(b"")
    made = packet_of(tmp_path, chapters[:1])
    beside = made.packet
    assert (beside.file, [one.code for one in beside.findings]) == ("汇编/材料汇编_草稿_新2.pdf", ["paper_beside"])
    assert path.read_bytes() == drafted.data != made.data


def test_a_part_that_is_no_pdf_is_an_error_of_pikepdf(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no pdf")
    with pytest.raises(pikepdf.PdfError):
        bound(broken, broken, ())
