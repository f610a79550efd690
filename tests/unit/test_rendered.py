"""A page of a PDF is drawn whole or not at all, however little memory there is."""

import subprocess
import sys
from math import ceil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from extractors.rendered import rendered
from tests.unit.prints import pdf_of_pictures, pictures_of

ROOT = Path(__file__).resolve().parents[2]
SHORT = """
import re, sys
import pypdfium2
from extractors.rendered import rendered
from gengang.processes import bound_memory
page = pypdfium2.PdfDocument(sys.argv[1])[0]
held = int(re.search(r"VmData:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
bound_memory(held + int(sys.argv[2]))
try:
    print(rendered(page, 2.78).min())
except MemoryError:
    print("MemoryError")
"""


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "a.pdf"
    path.write_bytes(pdf_of_pictures(pictures_of("training_log")[:1]))
    return path


def test_a_page_is_grey_or_in_colours_and_as_large_as_it_was_asked_for(scan: Path) -> None:
    page = pypdfium2.PdfDocument(scan)[0]
    grey, colour = rendered(page, 1.5), rendered(page, 1.5, colour=True)
    assert grey.shape == (ceil(page.get_height() * 1.5), ceil(page.get_width() * 1.5))
    assert colour.shape == (*grey.shape, 3)
    assert grey.min() < 100 < 200 < grey.max()
    assert np.abs(colour.astype(int).mean(axis=2) - grey).mean() < 2


def test_short_of_memory_no_page_is_drawn_without_its_picture(scan: Path) -> None:
    said = [
        subprocess.run([sys.executable, "-c", SHORT, str(scan), str(room)], cwd=ROOT, capture_output=True, text=True,
                       check=True).stdout.strip()
        for room in (10, 20, 30, 40, 60, 200)
    ]  # fmt: skip
    assert said[0] == "MemoryError"
    assert {one for one in said if one != "MemoryError"} == {said[-1]} != {"255"}
