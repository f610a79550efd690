"""A sample workspace on disk: complete, the same every time, legal everywhere, and read back as its truth says."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from extractors.files import read_files
from gengang.errors import WorkspaceError
from gengang.reading import json_of_files
from gengang.rosterfile import read_school_table
from gengang.sample.making import SampleCounts, make_sample
from gengang.schemefile import scheme_from_toml
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN

PICTURES = ("scan", "photo")
JUDGED_LATER = {"late", "duplicate", "claim_differs", "score_differs"}


class Sample:
    """The twelve people of the shipped sample, made once for all tests here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[tuple[int, int]] = []
        self.counts: SampleCounts = make_sample(folder, 12, 2016, lambda done, total: self.told.append((done, total)))
        self.truth: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))

    @property
    def papers(self) -> list[dict[str, Any]]:
        return list(self.truth["papers"])

    @property
    def files(self) -> list[str]:
        inbox = self.folder / "inbox"
        return sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("sample") / "workspace")


def test_the_truth_speaks_of_every_file(sample: Sample) -> None:
    assert sorted({paper["file"] for paper in sample.papers}) == sample.files


def test_the_counts_are_those_of_the_truth(sample: Sample) -> None:
    filled = [paper for paper in sample.papers if paper["kind"]]
    assert (sample.counts.people, sample.counts.files, sample.counts.papers) == (12, len(sample.files), len(filled))
    assert sum(sample.counts.by_medium.values()) == sum(sample.counts.by_kind.values()) == len(filled)
    assert 150 <= sample.counts.files <= 170
    assert "12人" in str(sample.counts)


def test_every_kind_and_medium_is_there(sample: Sample) -> None:
    kinds = {form.stem for form in forms_of_folder(BUILT_IN / "forms")[0]}
    assert {
        "registration",
        "mentor_assignment",
        "training_log",
        "attendance",
        "appraisal",
        "assessment_register",
    } <= kinds
    assert set(sample.counts.by_kind) <= kinds
    assert set(sample.counts.by_medium) == {"word", "pdf", "scan", "photo", "mail"}


def test_names_are_legal_on_windows(sample: Sample) -> None:
    wrong = [
        part
        for file in sample.files
        for part in PurePosixPath(file).parts
        if re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', part) or len(part) >= 120
    ]
    assert wrong == []


def test_progress_ends_at_the_end(sample: Sample) -> None:
    assert sample.told == sorted(sample.told)
    assert sample.told[-1] == (12, 12)


def test_scheme_and_school_table_can_be_used(sample: Sample) -> None:
    text = (sample.folder / "scheme.toml").read_text(encoding="utf-8")
    organisation = scheme_from_toml(text).organisation
    assert organisation.county == "安和县"
    assert "×" not in "".join(
        (organisation.authority, organisation.college, organisation.base_school, organisation.word)
    )
    schools = read_school_table(sample.folder / "学校一览表.xlsx")
    assert [school.name for school in schools if school.base] == [organisation.base_school]


def test_verdicts_name_every_person_once(sample: Sample) -> None:
    people = [person["key"] for person in sample.truth["people"]]
    assert [verdict["person"] for verdict in sample.truth["verdicts"]] == people
    assert {paper["person"] for paper in sample.papers} - {""} == set(people)


def read_as_json(sample: Sample, media: set[str]) -> dict[str, dict[str, Any]]:
    names = sorted({paper["file"] for paper in sample.papers if paper["medium"] in media})
    forms, _ = forms_of_folder(BUILT_IN / "forms")
    read = json_of_files(read_files([str(sample.folder / "inbox" / name) for name in names], forms, None))
    entries: Any = read["files"]
    return dict(zip(names, entries, strict=True))


def submission_of(paper: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    member = paper["member"]
    found = [one for one in entry["submissions"] if not member or any(m.endswith(member) for m in one["members"])]
    [submission] = found
    return dict(submission)


def cells_of(paper: dict[str, Any], fields: dict[str, Any]) -> Iterator[tuple[str, object, dict[str, Any]]]:
    """Path, what a careful person reads, and what the product read."""
    yield from ((name, value, fields[name]) for name, value in paper["values"].items())
    for name, rows in paper["lists"].items():
        for number, (row, read) in enumerate(zip(rows, fields[name]["rows"], strict=True), 1):
            yield from ((f"{name}[{number}].{column}", value, read[column]) for column, value in row.items())


def test_word_and_mail_read_back_as_the_truth_says(sample: Sample) -> None:
    entries = read_as_json(sample, {"word", "mail"})
    papers = [paper for paper in sample.papers if paper["medium"] in ("word", "mail") and paper["kind"]]
    wrong = [
        (paper["file"], path, want, cell["value"])
        for paper in papers
        for path, want, cell in cells_of(paper, submission_of(paper, entries[paper["file"]])["fields"])
        if cell["value"] != want or cell["status"] != ("blank" if want is None else "accepted")
    ]
    slips = [one for one in wrong if one[1] == "id_number"]
    assert wrong == slips
    assert len(slips) == sum("id_checksum" in paper["expect"] for paper in papers) == 1


def test_the_reader_finds_what_is_wrong_with_a_file(sample: Sample) -> None:
    entries = read_as_json(sample, {"word"})
    for paper in sample.papers:
        expected = set(paper["expect"]) - JUDGED_LATER
        if paper["medium"] == "word" and expected:
            entry = entries[paper["file"]]
            codes = {one["code"] for one in entry["findings"]}
            codes |= {one["code"] for submission in entry["submissions"] for one in submission["findings"]}
            assert expected <= codes, paper["file"]
            assert bool(entry["submissions"]) == bool(paper["kind"])


def test_few_pages_need_reading_from_a_picture(sample: Sample) -> None:
    assert 1 <= sum(paper["medium"] in PICTURES for paper in sample.papers) <= 4


def test_the_same_bytes_come_twice_once(sample: Sample) -> None:
    inbox = sample.folder / "inbox"
    hashes = [hashlib.sha256((inbox / name).read_bytes()).hexdigest() for name in sample.files]
    assert len(hashes) - len(set(hashes)) == 1 == sum("duplicate" in paper["expect"] for paper in sample.papers)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        make_sample(tmp_path / name, 2, 5)
    assert digests(tmp_path / "first") == digests(tmp_path / "second")


def test_a_sample_without_damage_has_nothing_to_find(tmp_path: Path) -> None:
    make_sample(tmp_path / "clean", 2, 5, damage="none")
    truth = json.loads((tmp_path / "clean" / "truth.json").read_text(encoding="utf-8"))
    assert [paper for paper in truth["papers"] if paper["expect"] or not paper["kind"]] == []


def test_hard_damage_brings_more_on_paper(tmp_path: Path) -> None:
    counts = make_sample(tmp_path / "hard", 1, 5, damage="hard")
    assert counts.by_medium["photo"] + counts.by_medium["scan"] == 5


def test_a_folder_that_is_used_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    with pytest.raises(WorkspaceError, match="空文件夹"):
        make_sample(tmp_path, 1, 1)
    assert [path.name for path in tmp_path.rglob("*")] == ["inbox"]
