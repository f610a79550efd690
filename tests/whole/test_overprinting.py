"""Overprints of a season: onto signed forms and bought shells, moved as a scanned sheet says, gone with a person."""

import hashlib
import shutil
from pathlib import Path

import docx
import numpy as np
import pypdfium2
import pytest
from docx.shared import Mm
from PIL import Image

from extractors.codes import pages_of_codes
from gengang.errors import WorkspaceError
from gengang.handing_out import office_papers
from gengang.ledger import open_ledger
from gengang.office.kinds import Asking
from gengang.overprinting import keep_offset, listed_offsets, offset_from_scan, overprinted
from gengang.papers.overprint_pdf import Offset, letters_of
from gengang.papers.print_proof import page_texts
from gengang.settings import Settings
from gengang.workspace import BUILT_IN
from tests.whole.samples import FEW_PEOPLE, copied, request

PAPERS = ("鉴定表", "结业证书")
SCORE_LOW = 459.8  # points from the lower edge to the score, as the shipped form has it


@pytest.fixture(scope="module")
def printed(few_issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The calibration sheets and the lists of a season, and every overprint of it before anything was measured."""
    settings = copied(few_issued, tmp_path_factory.mktemp("overprint") / "w")
    names = ("套打校准页", "誊写清单", "考核登记表")
    assert office_papers(request(settings), names, Asking()).held == 0
    for paper in PAPERS:
        assert overprinted(request(settings), paper, Asking()).exit_code == 0
    return settings


def pdf(settings: Settings, pattern: str) -> Path:
    [path] = settings.outbox.glob(pattern)
    return path


def test_each_person_gets_their_copies_and_the_stack_follows_the_list(printed: Settings) -> None:
    files = sorted((printed.outbox / "套打/鉴定表").rglob("*.pdf"))
    texts = {path.stem.split("_")[1]: page_texts(path.read_bytes()) for path in files}
    assert {len(pages) for pages in texts.values()} == {3}
    stack = page_texts(pdf(printed, "套打/鉴定表_全部.pdf").read_bytes())
    listed = "".join("".join(page_texts(pdf(printed, "套打/考核结果誊写清单.pdf").read_bytes())).split())
    names = sorted(texts, key=listed.index)
    assert stack == [page for name in names for page in texts[name]]
    assert not [name for name in names if name in "".join(stack)]


def test_a_shell_gets_a_code_that_is_read(printed: Settings) -> None:
    path = next((printed.outbox / "套打/结业证书").rglob("*.pdf"))
    pages = pages_of_codes(path.read_bytes())
    assert isinstance(pages, tuple)
    assert len(pages[0].codes) == 1
    assert "结业证书" not in "".join(pages[0].text.split())


def test_no_second_sheet_is_printed_for_somebody_whose_signed_one_is_in(printed: Settings) -> None:
    again = {path.stem.split("_")[1] for path in (printed.outbox / "鉴定表").rglob("*.pdf")}
    assert FEW_PEOPLE[0] not in again
    assert list((printed.outbox / "套打/鉴定表").rglob(f"*{FEW_PEOPLE[0]}.pdf")) != []


def test_a_scanned_sheet_gives_the_offset_and_the_next_overprint_is_moved(printed: Settings, tmp_path: Path) -> None:
    before = list(letters_of(pypdfium2.PdfDocument(pdf(printed, "套打/鉴定表_全部.pdf"))[0]))
    scan = tmp_path / "扫描.png"
    twice(printed, "竖", right=2.0, down=-1.5).save(scan)
    told = offset_from_scan(printed, (), str(scan), request(printed))
    assert told.lines[-1] == "已记下：鉴定表、考核登记表套打时左移2.0毫米、下移1.5毫米。"
    assert listed_offsets(printed).lines[0] == "结业证书：没有校准过"
    overprinted(request(printed), "鉴定表", Asking())
    after = list(letters_of(pypdfium2.PdfDocument(pdf(printed, "套打/鉴定表_全部.pdf"))[0]))
    assert [letter for letter, _, _ in after] == [letter for letter, _, _ in before]
    millimetre = 72 / 25.4
    moves = {(round((b[1] - a[1]) / millimetre, 1), round((a[2] - b[2]) / millimetre, 1))
             for a, b in zip(before, after, strict=True)}  # fmt: skip
    assert moves == {(-2.0, 1.5)}


def twice(settings: Settings, lying: str, right: float, down: float) -> Image.Image:
    """Both calibration sheets on one paper, the second out of place by so many millimetres, at 200 dpi."""
    first, second = (
        pypdfium2.PdfDocument(pdf(settings, f"套打/校准页/{lying}_第{turn}遍.pdf"))[0].render(scale=200 / 72).to_pil()
        for turn in "一二"
    )
    page = first.convert("L")
    moved = Image.new("L", page.size, 255)
    moved.paste(second.convert("L"), (round(right / 25.4 * 200), round(down / 25.4 * 200)))
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(moved)))


def test_what_cannot_be_used_is_refused(printed: Settings, tmp_path: Path) -> None:
    Image.new("L", (1654, 2339), 255).save(tmp_path / "空.png")
    for scan, why in (("空.png", "找不到套打校准页的标记"), ("没有.png", "找不到这个文件")):
        with pytest.raises(WorkspaceError, match=why):
            offset_from_scan(printed, (), str(tmp_path / scan), request(printed))
    twice(printed, "横", 0, 0).save(tmp_path / "横.png")
    with pytest.raises(WorkspaceError, match="鉴定表不是这样放的"):
        offset_from_scan(printed, ("鉴定表",), str(tmp_path / "横.png"), request(printed))
    for papers, offset in ((("奖状",), Offset(1, 1)), (("鉴定表",), Offset(99, 0)), ((), Offset())):
        with pytest.raises(WorkspaceError):
            keep_offset(printed, papers, offset, "手工输入", request(printed))
    with pytest.raises(WorkspaceError, match="不能套打"):
        overprinted(request(printed), "奖状", Asking())
    with pytest.raises(WorkspaceError, match="没有学员"):
        overprinted(request(printed), "鉴定表", Asking(person="没有此人"))


def test_every_overprint_of_a_person_goes_with_them(printed: Settings) -> None:
    ledger = open_ledger(printed)
    kept = {str(fact.data["pdf"]) for fact in ledger.read(kinds=("paper",))}
    ledger.close()
    for path in (printed.outbox / "套打").rglob("*_*.pdf"):
        if path.parent.name in ("小学", "初中"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() in kept


def test_a_sheet_is_filled_by_the_template_on_which_it_was_signed(few_issued: Path, tmp_path: Path) -> None:
    settings = copied(few_issued, tmp_path / "w")
    shutil.copytree(BUILT_IN / "forms", settings.forms, dirs_exist_ok=True)
    template = settings.forms / "appraisal.docx"
    document = docx.Document(str(template))
    document.tables[0].rows[0].height = Mm(30)  # every cell below would stand lower
    document.save(str(template))
    assert overprinted(request(settings), "鉴定表", Asking(person=FEW_PEOPLE[0])).exit_code == 0
    path = next((settings.outbox / "套打/鉴定表").rglob("*.pdf"))
    _, _, low = next(letters_of(pypdfium2.PdfDocument(path)[0]))
    assert low == pytest.approx(SCORE_LOW, abs=1.0)
