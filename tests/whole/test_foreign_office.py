"""The ten-minute office: two forms nobody here drew, tagged in Word, are read without a line of code.

Tagged with slips, mended and checked by `gengang forms check`; then filled, edited and printed copies are read by
`gengang read --json --templates`. No value may be wrong and said to be right, and a filled copy is right throughout.
"""

import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from extractors.files import read_files
from gengang.reading import json_texts_of_files
from gengang.sample.photographing import photographed
from gengang.sample.scanning import ScanStyle, scanned
from gengang.template import forms_of_folder
from gengang.tools import convert_office
from tests.whole.office_forms import FORMS, Filled, OfficeForm, bytes_of, edits

FONTS = Path(__file__).parents[2] / "templates" / "fonts"
Told = Mapping[str, object]


def gengang(*words: str | Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("gengang")
    return subprocess.run([program, *words], capture_output=True, text=True, encoding="utf-8", check=False, timeout=240)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office's folder of templates, tagged as they should be."""
    folder = tmp_path_factory.mktemp("office") / "forms"
    folder.mkdir()
    for form in FORMS:
        (folder / f"{form.stem}.docx").write_bytes(form.tagged())
    return folder


# --- tagging ---


def test_slips_are_told_mended_and_the_mended_form_is_the_one_that_was_meant(tmp_path: Path) -> None:
    paths = [tmp_path / f"{form.stem}.docx" for form in FORMS]
    for form, path in zip(FORMS, paths, strict=True):
        path.write_bytes(form.tagged(slipped=True))
    checked = gengang("forms", "check", "--no-stress", *paths)
    assert checked.returncode == 2
    assert checked.stdout.count("  错误  第1页 第1个表 第") >= 10
    assert gengang("forms", "check", "--no-stress", "--fix", *paths).returncode == 0
    for path in paths:
        path.with_suffix(".fixed.docx").replace(path)
    proved = gengang("forms", "check", *paths)
    assert (proved.returncode, proved.stdout.splitlines()) == (0, [f"{path.name}: 没有问题" for path in paths])
    assert proved.stderr.count("照常填写1页；空白表1页") == 2


# --- reading ---


def read(templates: Path, *files: Path) -> list[Told]:
    """The one submission of each file."""
    ran = gengang("read", "--json", "--templates", templates, *files)
    assert ran.returncode in (0, 1), ran.stderr
    found = [entry["submissions"] for entry in json.loads(ran.stdout)["files"]]
    assert [len(submissions) for submissions in found] == [1] * len(files)
    return [submissions[0] for submissions in found]


def read_values(form: OfficeForm, copy: Filled, told: Told) -> Iterator[tuple[str, object, object, object]]:
    """Path, status, value as read and value as meant, of every field and of every cell of the list."""
    fields = told["fields"]
    assert isinstance(fields, dict)
    for name, value in copy.means.items():
        yield name, fields[name]["status"], fields[name].get("value"), value
    if not form.list:
        return
    rows = fields[form.list]["rows"]
    same = len(rows) == len(copy.rows_mean)
    yield form.list, fields[form.list]["status"], len(rows), len(copy.rows_mean)
    for number, (row, meant) in enumerate(zip(rows, copy.rows_mean, strict=True) if same else (), 1):
        for column, value in meant.items():
            yield f"{form.list}[{number}].{column}", row[column]["status"], row[column]["value"], value


def silently_wrong(status: object, value: object, meant: object) -> bool:
    return value != meant if status == "accepted" else status in ("blank", "missing") and meant is not None


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_filled_copy_is_read_right_throughout(form: OfficeForm, templates: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.docx" for number in range(len(form.copies))]
    for copy, file in zip(form.copies, files, strict=True):
        file.write_bytes(bytes_of(form.filled(copy)))
    for copy, told in zip(form.copies, read(templates, *files), strict=True):
        assert str(told["form"]) == form.stem
        meant = {path: ("accepted" if value is not None else "blank", value)
                 for path, _, _, value in read_values(form, copy, told)}  # fmt: skip
        assert {path: (status, value) for path, status, value, _ in read_values(form, copy, told)} == meant


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_an_edited_copy_is_right_or_asked_about(form: OfficeForm, templates: Path, tmp_path: Path) -> None:
    cases = [(copy, name, deed, gone) for copy in form.copies for name, deed, gone in edits(form)]
    files = [tmp_path / f"{number}_{name}.docx" for number, (_, name, _, _) in enumerate(cases)]
    for (copy, _, deed, _), file in zip(cases, files, strict=True):
        word = form.filled(copy)
        deed(word)
        file.write_bytes(bytes_of(word))
    counts: Counter[str] = Counter()
    for (copy, name, _, gone), told in zip(cases, read(templates, *files), strict=True):
        left = [one for one in read_values(form, copy, told) if one[0] not in gone]
        assert [(name, *one) for one in left if silently_wrong(*one[1:])] == []
        counts.update("right" if one[2] == one[3] else "asked" for one in left)
    assert counts["asked"] <= 0.05 * counts.total()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_printed_copy_is_right_or_asked_about(form: OfficeForm, templates: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.docx" for number in range(len(form.copies))]
    for copy, file in zip(form.copies, files, strict=True):
        file.write_bytes(bytes_of(form.filled(copy)))
    prints = [one.result for one in convert_office(files, "pdf", tmp_path / "pdf", 120, FONTS)]
    counts: Counter[str] = Counter()
    for copy, told in zip(form.copies, read(templates, *filter(None, prints)), strict=True):
        values = list(read_values(form, copy, told))
        assert [one for one in values if silently_wrong(*one[1:])] == []
        counts.update("right" if one[2] == one[3] else "asked" for one in values)
    assert counts["asked"] <= 0.05 * counts.total()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_scanned_and_a_photographed_copy_are_right_or_asked_about(
    form: OfficeForm, templates: Path, tmp_path: Path
) -> None:
    (tmp_path / "copy.docx").write_bytes(bytes_of(form.filled(form.copies[0])))
    [printed] = convert_office([tmp_path / "copy.docx"], "pdf", tmp_path / "pdf", 120, FONTS)
    assert printed.result is not None
    pdf = printed.result.read_bytes()
    (tmp_path / "scan.pdf").write_bytes(scanned(pdf, 7, ScanStyle(dpi=300, tilt=0.8)))
    with zipfile.ZipFile(tmp_path / "photo.zip", "w") as packed:
        for number, picture in enumerate(photographed(pdf, 7), 1):
            packed.writestr(f"{number}.jpg", picture)
    counts: Counter[str] = Counter()
    files = read_files([str(tmp_path / "scan.pdf"), str(tmp_path / "photo.zip")], forms_of_folder(templates)[0])
    for entry in json.loads("".join(json_texts_of_files(files)))["files"]:
        [told] = entry["submissions"]
        assert told["form"] == form.stem
        values = list(read_values(form, form.copies[0], told))
        assert [one for one in values if silently_wrong(*one[1:])] == []
        counts.update("right" if one[2] == one[3] else "asked" for one in values)
    assert counts["asked"] <= 0.15 * counts.total()
