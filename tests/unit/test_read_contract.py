"""`gengang read --json` is what other programs are run against: its shape, its stream, its exit codes, its silence."""

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from extractors.files import read_bytes
from gengang.cli import app
from gengang.rendering import writer_of
from tests.unit.documents import document_of
from tests.unit.packing import mailed, zipped
from tests.unit.prints import docx_of, file_of, pdf_of, pictures_of
from tests.unit.prose_corpus import corpus, read_sent, word_of
from tests.unit.test_pasted import pasted
from tests.unit.test_sheets import LI, signup
from tests.unit.wordfiles import docx, p, tbl, tr

ROOT = Path(__file__).resolve().parents[2]
FORMS = ROOT / "templates" / "forms"
SCHEMA = json.loads((ROOT / "docs" / "read.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
WRITERS = {path.stem: writer_of(path.read_bytes(), path.stem) for path in sorted(FORMS.glob("*.docx"))}
ALL_FORMS = [writer.form for writer in WRITERS.values()]
FOREIGN = docx("这是一份通知", tbl(tr("时间", "地点")))
TAGGED = docx("请假单", tbl(tr("姓名", "{{ name | text }}", "请假天数", "{{ days | days }}")))
ON_LEAVE = docx("请假单", tbl(tr("姓名", "张三", "请假天数", "1.5天")))
[RUNNING] = [paper for paper in corpus() if paper.stem == "r01_author_in_brackets"]


def faults(document: object) -> list[str]:
    return [f"{fault.json_path}: {fault.message}" for fault in VALIDATOR.iter_errors(document)]


def test_the_schema_itself_is_sound_and_closed() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert [path for path, part in parts(SCHEMA) if part.get("properties") and "type" in part
            and part.get("additionalProperties") is not False] == []  # fmt: skip


def parts(node: object, path: str = "$") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object of the schema with its path."""
    if isinstance(node, dict):
        yield path, node
        for name, inner in node.items():
            yield from parts(inner, f"{path}.{name}")
    elif isinstance(node, list):
        for inner in node:
            yield from parts(inner, path)


@pytest.mark.parametrize("stem", WRITERS)
def test_each_form_blank_and_filled_with_samples_is_told_by_the_schema(stem: str) -> None:
    data = WRITERS[stem].fill({})
    document = document_of((read_bytes("空表.docx", data, ALL_FORMS),))
    assert faults(document) == []
    [submission] = document["files"][0]["submissions"]
    assert [finding["code"] for finding in submission["findings"]] == ["blank_form"]
    assert {field["status"] for field in submission["fields"].values()} == {"blank"}


# What is sent: name, bytes, medium, and the forms that stand in it.
SENT: dict[str, tuple[str, Callable[[], bytes], str, list[str]]] = {
    "word": ("a.docx", lambda: docx_of("training_log"), "word", ["training_log"]),
    "prose": ("反思.docx", lambda: word_of(RUNNING), "word", ["reflection"]),
    "pasted": ("a.docx", lambda: pasted(file_of(pictures_of("training_log")[0])), "scan", ["training_log"]),
    "workbook": ("a.xlsx", lambda: signup(LI), "sheet", ["registration"]),
    "pdf": ("a.pdf", lambda: pdf_of("training_log"), "pdf", ["training_log"]),
    "photo": ("a.jpg", lambda: file_of(pictures_of("training_log")[0]), "scan", ["training_log"]),
    "mail": ("a.eml", lambda: mailed("b.docx", docx_of("appraisal")), "word", ["appraisal"]),
    "zip": ("a.zip", lambda: zipped({"b.docx": docx_of("appraisal")}), "word", ["appraisal"]),
    "mail with a note": ("b.eml", lambda: mailed("b.txt", b"x"), "mail", []),
    "foreign": ("a.docx", lambda: FOREIGN, "word", []),
    "empty": ("a.docx", lambda: b"", "word", []),
    "broken pdf": ("a.pdf", lambda: b"%PDF-1.4 broken", "pdf", []),
    "broken zip": ("a.zip", lambda: b"PK\x03\x04", "archive", []),
    "nothing known": ("a.xyz", lambda: b"\x00\x01", "word", []),
}


@functools.cache
def sent(kind: str) -> Any:
    """The document that says what stands in one thing that was sent."""
    name, data, _, _ = SENT[kind]
    return document_of((read_bytes(name, data(), ALL_FORMS),))


@pytest.mark.parametrize("kind", SENT)
def test_every_medium_and_every_refusal_is_told_by_the_schema(kind: str) -> None:
    _, _, medium, forms = SENT[kind]
    assert faults(sent(kind)) == []
    [file] = sent(kind)["files"]
    assert (file["medium"], [submission["form"] for submission in file["submissions"]]) == (medium, forms)


def test_only_what_lies_on_pages_has_page_numbers() -> None:
    pages = {kind: [one["pages"] for one in sent(kind)["files"][0]["submissions"]] for kind in SENT}
    assert {kind for kind, numbers in pages.items() if numbers == [[1]]} == {"pdf", "photo", "pasted"}
    assert {kind for kind, numbers in pages.items() if numbers == [[]]} == {"word", "prose", "workbook", "mail", "zip"}


def test_a_running_text_is_told_as_one_with_the_text_itself() -> None:
    [submission] = sent("prose")["files"][0]["submissions"]
    assert submission["version"] == "prose"
    _, _, *paragraphs = RUNNING.text.replace("　　", "").strip().splitlines()
    told = [submission["fields"][name]["value"] for name in ("name", "prose_title", "prose_body")]
    assert told == [RUNNING.truth["name"], RUNNING.truth["title"], "\n".join(paragraphs)]


def test_every_paper_of_the_prose_corpus_is_told_by_the_schema() -> None:
    read = {paper.stem: document_of((read_sent(paper),)) for paper in corpus()}
    assert {stem: found for stem, document in read.items() if (found := faults(document))} == {}
    versions = [one["version"] for document in read.values() for one in told_in(document)]
    assert len(versions) > len(read) / 2
    assert set(versions) == {"prose"}


def told_in(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [submission for file in document["files"] for submission in file["submissions"]]


def test_a_container_names_the_members_of_its_submissions() -> None:
    document = document_of((read_bytes("a.zip", zipped({"内/b.docx": docx_of("appraisal")}), ALL_FORMS),))
    assert faults(document) == []
    assert document["files"][0]["submissions"][0]["members"] == ["a.zip!内/b.docx"]


# --- the command ---


def run(*words: str) -> tuple[int, Any]:
    """Exit code and document of `gengang read … --json`."""
    result = CliRunner().invoke(app, ["read", *words])
    return result.exit_code, json.loads(result.stdout) if result.stdout else None


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder with one template of somebody else's."""
    folder = tmp_path / "模板"
    folder.mkdir()
    (folder / "leave_request.docx").write_bytes(TAGGED)
    return folder


@pytest.fixture
def leave(tmp_path: Path) -> Path:
    """A filled form of that template."""
    path = tmp_path / "请假.docx"
    path.write_bytes(ON_LEAVE)
    return path


def test_a_template_folder_replaces_the_built_in_forms(templates: Path, leave: Path, tmp_path: Path) -> None:
    ours = tmp_path / "鉴定表.docx"
    ours.write_bytes(docx_of("appraisal"))
    code, document = run(str(leave), str(ours), "--templates", str(templates), "--json")
    assert (code, faults(document)) == (1, [])
    theirs, built_in = document["files"]
    assert theirs["submissions"][0]["form"] == "leave_request"
    assert {n: f["value"] for n, f in theirs["submissions"][0]["fields"].items()} == {"name": "张三", "days": "1.5"}
    assert built_in["submissions"] == []
    assert [finding["code"] for finding in built_in["findings"]] == ["unknown_form"]


def test_all_accepted_is_zero_wherever_the_options_stand(templates: Path, leave: Path) -> None:
    behind = run(str(leave), "--json", "--templates", str(templates))
    before = run("--templates", str(templates), "--json", str(leave))
    assert behind == before
    assert behind[0] == 0


def test_one_entry_for_each_file_even_twice_the_same(templates: Path, leave: Path) -> None:
    code, document = run("--json", "--templates", str(templates), str(leave), "gibt-es-nicht.docx", str(leave))
    assert (code, faults(document)) == (1, [])
    assert [file["file"] for file in document["files"]] == [str(leave), "gibt-es-nicht.docx", str(leave)]
    assert document["files"][0] == document["files"][2]
    assert document["files"][1]["submissions"] == []


@pytest.mark.parametrize("bad", [docx("没有标记"), docx(p("{{ name | nonsense }}")), b"no word"], ids=range(3))
def test_without_a_usable_template_nothing_can_be_read(bad: bytes, tmp_path: Path, leave: Path) -> None:
    folder = tmp_path / "t"
    folder.mkdir()
    (folder / "a.docx").write_bytes(bad)
    done = command(tmp_path, str(leave), "--json", "--templates", str(folder))
    assert (done.returncode, done.stdout) == (2, b"")
    assert "a.docx" in done.stderr.decode()


def test_a_folder_that_is_not_there_is_no_template_folder(tmp_path: Path, leave: Path) -> None:
    done = command(tmp_path, str(leave), "--json", "--templates", str(tmp_path / "nirgends"))
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_template_with_an_error_keeps_no_other_out(templates: Path, leave: Path) -> None:
    (templates / "bad.docx").write_bytes(docx(tbl(tr("姓名", "{{ name | nonsense }}"))))
    code, document = run(str(leave), "--json", "--templates", str(templates))
    assert (code, document["files"][0]["submissions"][0]["form"]) == (0, "leave_request")


def command(folder: Path, *words: str | bytes) -> "subprocess.CompletedProcess[bytes]":
    """`gengang read …` as a program of its own, in a folder that is no workspace."""
    program = Path(sys.executable).with_name("gengang")
    return subprocess.run([program, "read", *words], cwd=folder, capture_output=True, check=False, timeout=120,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C"})  # fmt: skip


def test_nothing_but_the_document_is_on_standard_output_and_nothing_is_written(templates: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    odd = os.fsencode(str(here)) + b"/\xd5\xc5\xc8\xfd.docx"
    Path(os.fsdecode(odd)).write_bytes(ON_LEAVE)
    before = sorted(here.iterdir())
    done = command(here, odd, "--templates", os.fsencode(templates), "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    document = json.loads(done.stdout)
    assert faults(document) == []
    assert os.fsencode(document["files"][0]["file"]) == odd
    assert sorted(here.iterdir()) == before


def test_a_form_with_a_list_and_a_doubt_is_told_by_the_schema() -> None:
    data = docx_of("training_log")
    document = document_of((read_bytes("a.docx", data, ALL_FORMS),))
    assert faults(document) == []
    [submission] = document["files"][0]["submissions"]
    assert [row["kind"]["value"] for row in submission["fields"]["activities"]["rows"]] == ["听课", "教研"]
    assert submission["fields"]["day_number"]["value"] == 4


def test_the_schema_refuses_what_the_contract_forbids() -> None:
    document = document_of((read_bytes("a.docx", docx_of("appraisal"), ALL_FORMS),))
    field = document["files"][0]["submissions"][0]["fields"]["name"]
    for name, value in [("status", "guessed"), ("confidence", 2), ("value", None), ("more", 1), ("raw", None)]:
        kept = dict(field)
        field[name] = value
        assert faults(document), name
        field.clear()
        field.update(kept)
    assert faults(document) == []
