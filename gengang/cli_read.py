"""`gengang read`: files to what stands in them, as JSON or words. Loads no more than that takes."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from extractors.guarded import read_guarded
from gengang.cli_shared import WORDS, JsonOption, ended_with, progress
from gengang.codecs import Period, Value
from gengang.corroborate import corroborate
from gengang.form import Form
from gengang.reading import PROSE, FileReading, ListReading, Reading, json_texts_of_files, open_fields
from gengang.roster import Roster
from gengang.settings import limits_of
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN

FACE = BUILT_IN / "fonts" / "FandolFang-Regular.otf"


def main() -> None:
    """Run this command alone."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(read)
    ended_with(lambda: app(sys.argv[2:], prog_name="gengang read"))


def read(
    files: Annotated[list[str], typer.Argument(help="Files to read; nothing is changed.")],
    roster: Annotated[Path | None, typer.Option(help="A roster workbook that corroborates what pictures say.")] = None,
    templates: Annotated[Path | None, typer.Option(help="A folder of tagged .docx that replace the built-in.")] = None,
    picture: Annotated[Path | None, typer.Option(help="A folder for pictures of what was seen on scans.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Read files and print what stands in them."""
    forms, left_out = forms_of_folder(templates if templates is not None else BUILT_IN / "forms")
    for fault in left_out:
        WORDS.print(f"未使用的模板：{fault.place} {fault.message}", markup=False)
    with progress() as told:
        count = iter(range(1, len(files) + 1))
        found = read_guarded(files, forms, limits_of(os.environ), lambda _: told("读取", next(count), len(files)))
    if roster is not None:
        # Workbooks cost as long to load as reading a form takes.
        known: Roster = importlib.import_module("gengang.rosterfile").read_roster(roster)
        found = tuple(_corroborated(file, lambda reading: corroborate(reading, known)) for file in found)
    if picture is not None:
        _draw(files, found, picture)
    if as_json:
        for text in json_texts_of_files(found):
            print(text)
    else:
        _print_readings(found, forms)
    raise typer.Exit(int(any(_needs_a_person(file) for file in found)))


def _draw(names: list[str], files: Sequence[FileReading], folder: Path) -> None:
    """A PNG for each page of a scan: `3-2.png` is the second page of the third file."""
    sketch = importlib.import_module("extractors.sketch")  # it loads what recognises print
    opening = importlib.import_module("extractors.opening")
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, file) in enumerate(zip(names, files, strict=True), 1):
        if file.submissions and file.medium == "scan":
            for page, data in sketch.sketches(opening.opened(name, Path(name).read_bytes()), file, FACE):
                (folder / f"{number}-{page}.png").write_bytes(data)


def _corroborated(file: FileReading, corroborated: Callable[[Reading], Reading]) -> FileReading:
    return replace(file, submissions=tuple(map(corroborated, file.submissions)))


def _needs_a_person(file: FileReading) -> bool:
    if not file.submissions or any(finding.severity != "info" for finding in file.findings):
        return True
    return any(_is_open(reading) for reading in file.submissions)


def _is_open(reading: Reading) -> bool:
    return any(finding.severity != "info" for finding in reading.findings) or bool(open_fields(reading))


def _print_readings(files: tuple[FileReading, ...], forms: tuple[Form, ...]) -> None:
    titles = {form.stem: form.title for form in forms}
    for file in files:
        print(f"{_printable(file.file)}  [{file.medium}]")
        for finding in file.findings:
            print(f"  ! {finding.message}")
        for reading in file.submissions:
            print(f"  {titles.get(reading.form, reading.form)}")
            for name, found in reading.fields.items():
                if reading.version == PROSE and found.status == "missing":
                    continue  # a text without a form says what it says
                if isinstance(found, ListReading):
                    print(f"    {name}: {found.status}，{len(found.rows)}行")
                elif found.status != "blank":
                    print(f"    {name}: {_shown(found.value)}  ({found.status})")
            for finding in reading.findings:
                print(f"    ! {finding.field} {finding.message}")


def _shown(value: Value | None) -> str:
    if isinstance(value, Period):
        return f"{value.start} 至 {value.end}"
    return "—" if value is None else str(value)


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")
