"""What people send, made here: filled forms printed by LibreOffice, drawn as pictures, photographed on a desk."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
from PIL import Image

from gengang.codecs import Period
from gengang.form import Form
from gengang.rendering import writer_of
from gengang.submission import Submission
from gengang.template import forms_of_folder
from gengang.tools import OfficeFormat, convert_office

Pixels = npt.NDArray[np.uint8]

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FORMS: tuple[Form, ...] = forms_of_folder(TEMPLATES / "forms")[0]

APPRAISAL = Submission(
    "appraisal",
    {
        "keeper": "教体局存",
        "name": "陈静怡",
        "gender": "女",
        "born": "1976-03",
        "ethnicity": "回族",
        "school": "青石镇中心小学",
        "stage": "小学",
        "subject": "语文",
        "title": "一级教师",
        "degree": "本科",
        "teaching_years": 12,
        "phone": "13800138000",
        "id_number": "00000019760305123X",
        "base_school": "云岭县实验学校",
        "period": Period("2016-09-05", "2016-11-18"),
        "mentor": "杨帆",
        "due_days": "10",
        "present_days": "9.5",
        "leave_days": "0.5",
        "absent_days": "0",
        "lessons_heard": 20,
        "lessons_taught": 3,
        "report_lessons": 1,
        "self_appraisal": "认真听课，收获很大。",
        "self_signed_on": "2016-11-20",
        "score": "92.5",
        "grade": "合格",
        "hours": 60,
    },
)
LOG = Submission(
    "training_log",
    {
        "name": "徐丽",
        "school": "白杨乡初级中学",
        "stage_subject": "初中数学",
        "log_date": "2016-10-18",
        "weekday": "星期二",
        "day_number": 4,
        "base_school": "云岭县实验学校",
        "mentor": "吴敏",
        "gains": "小组合作的提问方法很好。",
        "signed_on": "2016-10-19",
    },
    {
        "activities": (
            {"time": "第2节", "kind": "听课", "topic": "分数的意义", "speaker": "孙鹏", "place": "录播教室"},
            {"time": "第7节", "kind": "教研", "topic": "《背影》", "speaker": "李娜", "place": "八年级3班"},
        )
    },
)
SENT = {"appraisal": APPRAISAL, "training_log": LOG}


@lru_cache
def docx_of(stem: str) -> bytes:
    """The filled form as Word."""
    return writer_of((TEMPLATES / "forms" / f"{stem}.docx").read_bytes(), stem).fill_submission(SENT[stem])


@lru_cache
def pdf_of(stem: str) -> bytes:
    """The same, printed."""
    return converted(docx_of(stem), "docx", "pdf")


def converted(data: bytes, ending: str, to: OfficeFormat) -> bytes:
    """A document in another format."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"a.{ending}"
        source.write_bytes(data)
        [made] = convert_office([source], to, Path(folder) / "out", 120, TEMPLATES / "fonts")
        assert made.result is not None, made.message
        return made.result.read_bytes()


@lru_cache
def pictures_of(stem: str) -> tuple[Pixels, ...]:
    """The printed pages at 200 dpi, RGB."""
    pdf = pypdfium2.PdfDocument(pdf_of(stem))
    pages = []
    for number in range(len(pdf)):
        drawn = pdf[number].render(scale=200 / 72, rev_byteorder=True).to_numpy()
        pages.append(np.ascontiguousarray(drawn[:, :, :3], dtype=np.uint8))
    pdf.close()
    return tuple(pages)


def file_of(pixels: Pixels, kind: str = "PNG", dpi: int = 200) -> bytes:
    """The picture as a file."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, kind, dpi=(dpi, dpi))
    return file.getvalue()


def pdf_of_pictures(pixels: tuple[Pixels, ...]) -> bytes:
    """A scanner's PDF: pictures alone."""
    file = BytesIO()
    first, *rest = [Image.fromarray(page) for page in pixels]
    first.save(file, "PDF", resolution=200, save_all=True, append_images=rest)
    return file.getvalue()


def joined(*pdfs: bytes) -> bytes:
    """A pile: all their pages in one PDF."""
    made = BytesIO()
    with pikepdf.Pdf.new() as whole:
        for pdf in pdfs:
            with pikepdf.Pdf.open(BytesIO(pdf)) as part:
                whole.pages.extend(part.pages)
        whole.save(made)
    return made.getvalue()


def side_by_side(*sheets: tuple[tuple[bytes, int] | None, tuple[bytes, int] | None]) -> bytes:
    """Pages of prints two by two on lying A3; None is left white. A page: its PDF and its index."""
    made = BytesIO()
    with pikepdf.Pdf.new() as whole:
        for sheet in sheets:
            page = whole.add_blank_page(page_size=(1191, 842))
            for number, own in enumerate(sheet):
                if own is not None:
                    with pikepdf.Pdf.open(BytesIO(own[0])) as pdf:
                        frame = pikepdf.Rectangle(595 * number, 0, 595 * number + 596, 842)
                        page.add_overlay(pdf.pages[own[1]], frame)
        whole.save(made)
    return made.getvalue()


def photographed(page: Pixels) -> Pixels:
    """The page lying askew on a dark desk, lit from one side, a little noisy."""
    height, width = page.shape[:2]
    tall, wide = round(height * 1.2), round(width * 1.25)
    noise = np.random.default_rng(7)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    placed = np.array(
        [
            (0.12 * wide, 0.07 * tall),
            (0.90 * wide, 0.10 * tall),
            (0.93 * wide, 0.94 * tall),
            (0.08 * wide, 0.92 * tall),
        ],
        dtype=np.float32,
    )
    matrix = cv2.getPerspectiveTransform(corners, placed)
    paper = np.asarray(cv2.warpPerspective(page, matrix, (wide, tall)), dtype=np.float64)
    there = np.asarray(cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (wide, tall)))
    desk = np.full((tall, wide, 3), (96.0, 70.0, 52.0))
    lit = np.where(there[:, :, None] > 128, paper, desk) * np.linspace(1.0, 0.65, wide)[None, :, None]
    grainy = lit + noise.normal(0, 4, lit.shape)
    return np.ascontiguousarray(np.clip(grainy, 0, 255).astype(np.uint8))


def tilted(page: Pixels, degrees: float) -> Pixels:
    """The page laid a little askew on a scanner."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(page, matrix, (width, height), borderValue=(255, 255, 255))
    return np.ascontiguousarray(np.asarray(turned, dtype=np.uint8))
