"""A sample workspace on disk: complete, the same every time, legal everywhere, and read as its truth says or asked."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from extractors.files import read_files
from gengang.errors import WorkspaceError
from gengang.rosterfile import read_school_table
from gengang.sample.making import SampleCounts, make_sample
from gengang.sample.post import TITLES
from gengang.schemefile import scheme_from_toml
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN
from tests.unit.documents import document_of
from tests.whole.samples import made_sample, papers_in_truth, pictured

JUDGED_LATER = {"late", "duplicate", "claim_differs", "score_differs"}
Paper = dict[str, Any]


class Sample:
    """The twelve people of the shipped sample, made once for all tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.truth: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self.papers: list[Paper] = papers_in_truth(folder)
        inbox = folder / "inbox"
        self.files = sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(made_sample(tmp_path_factory))


def test_the_truth_speaks_of_every_file(sample: Sample) -> None:
    assert sorted({paper["file"] for paper in sample.papers}) == sample.files


def test_every_kind_every_medium_and_every_carrier_is_there(sample: Sample) -> None:
    assert {paper["kind"] for paper in sample.papers} - {""} == set(TITLES)
    assert {"word", "doc", "pdf", "scan", "photo", "sheet"} <= {paper["medium"] for paper in sample.papers}
    assert {paper["carrier"] for paper in sample.papers} == {"file", "archive", "mail", "joined"}
    assert {paper["layout"] for paper in sample.papers} == {"form", "prose", "sheet"}
    assert {paper["hand"] for paper in sample.papers} == {"", "signed", "filled"}


def test_a_trainee_leaves_thirty_to_fifty_papers_that_come_over_three_months(sample: Sample) -> None:
    trainees = {person["key"]: person["name"] for person in sample.truth["people"]}
    own = Counter(paper["person"] for paper in sample.papers if paper["person"] in trainees and paper["kind"])
    stories = {verdict["person"]: verdict["story"] for verdict in sample.truth["verdicts"]}
    counts = [own[key] for key in trainees if stories[key] != "too_little"]
    assert min(counts) >= 28
    assert max(counts) <= 52
    days = {match[0] for file in sample.files if (match := re.match(r"2016-\d\d-\d\d", file))}
    assert len(days) >= 15
    assert (min(days), max(days)) == ("2016-09-01", "2016-12-09")


def test_some_papers_are_wrong_in_every_way_that_offices_know(sample: Sample) -> None:
    expected = {code for paper in sample.papers for code in paper["expect"]}
    assert {"late", "duplicate", "id_checksum", "claim_differs", "wrong_extension", "empty_file", "unreadable_file",
            "unknown_form", "blank_form"} <= expected  # fmt: skip
    assert any(paper["note"].startswith("copied_from:") for paper in sample.papers)
    assert len({habit for paper in sample.papers for habit in paper["habits"]}) >= 20
    assert any(paper["asked"] for paper in sample.papers)


def test_seals_are_pressed_on_paper_alone(sample: Sample) -> None:
    marked = [paper for paper in sample.papers if paper["marks"]]
    assert {paper["medium"] for paper in marked} <= {"scan", "fax", "photo", "chat"}
    assert {mark["kind"] for paper in marked for mark in paper["marks"]} == {"seal", "signature"}


def test_names_are_legal_on_windows(sample: Sample) -> None:
    wrong = [
        part
        for file in sample.files
        for part in PurePosixPath(file).parts
        if re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', part) or len(part) >= 120
    ]
    assert wrong == []


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
    mentors = {mentor["key"] for mentor in sample.truth["mentors"]}
    assert [verdict["person"] for verdict in sample.truth["verdicts"]] == people
    assert {paper["person"] for paper in sample.papers} - {""} - mentors == set(people)


# --- read ---


def submission_of(paper: Paper, entry: dict[str, Any]) -> dict[str, Any] | None:
    """The one submission of an entry that is this paper, None when none is."""
    found = list(entry["submissions"])
    if paper["member"]:
        found = [one for one in found if any(name.endswith(f"!{paper['member']}") for name in one["members"])]
    if paper["pages"]:
        first, last = paper["pages"]
        found = [one for one in found if first <= one["pages"][0] <= last]
    assert len(found) <= 1, (paper["file"], paper["member"], [one["form"] for one in found])
    return found[0] if found else None


def cells_of(paper: Paper, fields: dict[str, Any]) -> Iterator[tuple[str, object, dict[str, Any]]]:
    """Path, what a careful person reads, and what the product read; lists with as many rows as were stated."""
    yield from ((name, value, fields[name]) for name, value in paper["values"].items())
    for name, rows in paper["lists"].items():
        if len(rows) != len(fields[name]["rows"]):
            yield name, rows, {"value": None, "status": fields[name]["status"]}
            continue
        for number, (row, read) in enumerate(zip(rows, fields[name]["rows"], strict=True), 1):
            yield from ((f"{name}[{number}].{column}", value, read[column]) for column, value in row.items())


def silently_wrong(path: str, want: object, cell: dict[str, Any], gone: set[str]) -> bool:
    if cell["status"] == "accepted":
        return bool(cell["value"] != want)
    return cell["status"] in ("blank", "missing") and want is not None and path not in gone


@pytest.fixture(scope="module")
def read(sample: Sample) -> list[tuple[Paper, dict[str, Any], dict[str, Any] | None]]:
    """Every paper that needs no OCR, its file's entry and its submission."""
    left_out = pictured(sample.folder)
    names = sorted({paper["file"] for paper in sample.papers} - left_out)
    forms, _ = forms_of_folder(BUILT_IN / "forms")
    found = document_of(read_files([str(sample.folder / "inbox" / name) for name in names], forms))
    entries = dict(zip(names, found["files"], strict=True))
    papers = [paper for paper in sample.papers if paper["file"] not in left_out]
    return [(paper, entries[paper["file"]], submission_of(paper, entries[paper["file"]])) for paper in papers]


def test_nothing_is_silently_wrong(read: list[tuple[Paper, dict[str, Any], dict[str, Any] | None]]) -> None:
    forms = [(paper, found) for paper, _, found in read if paper["layout"] != "sheet" and paper["kind"]]
    assert len(forms) > 400
    assert [paper["file"] for paper, found in forms if found is None] == []
    wrong = [
        (paper["file"], paper["member"], path, want, cell)
        for paper, found in forms
        if found is not None
        for path, want, cell in cells_of(paper, found["fields"])
        if silently_wrong(path, want, cell, set(paper["gone"]))
    ]
    assert wrong == []


def test_a_schools_workbook_gives_its_list_and_the_school_of_its_title(
    read: list[tuple[Paper, dict[str, Any], dict[str, Any] | None]],
) -> None:
    sheets = [(paper, entry, found) for paper, entry, found in read if paper["layout"] == "sheet"]
    assert sheets
    for paper, entry, found in sheets:
        assert found is not None, paper["file"]
        assert (entry["medium"], found["form"]) == ("sheet", paper["kind"])
        read_here = list(cells_of(paper, found["fields"]))
        assert [(path, want, cell) for path, want, cell in read_here if cell["value"] != want] == []
        assert {path for path, _, cell in read_here if cell["status"] == "missing"} == set(paper["values"]) - {"school"}


def test_word_as_it_was_filled_is_read_without_anybody(
    read: list[tuple[Paper, dict[str, Any], dict[str, Any] | None]],
) -> None:
    plain = [(paper, found) for paper, _, found in read
             if paper["medium"] == "word" and not paper["habits"] and paper["layout"] == "form" and found]  # fmt: skip
    assert len(plain) > 200
    asked = [
        (paper["file"], path, want, cell)
        for paper, found in plain
        for path, want, cell in cells_of(paper, found["fields"])
        if cell["status"] not in ("accepted", "blank")
    ]
    assert [one[1] for one in asked] == ["id_number"]  # the one with a wrong check digit


def test_the_reader_finds_what_is_wrong_with_a_file(
    read: list[tuple[Paper, dict[str, Any], dict[str, Any] | None]],
) -> None:
    silent = []
    for paper, entry, found in read:
        codes = {one["code"] for one in (*entry["findings"], *(found["findings"] if found else ()))}
        silent += [(paper["file"], code) for code in set(paper["expect"]) - JUDGED_LATER - codes]
    assert silent == []


def test_a_form_of_ones_own_says_whose_it_is(sample: Sample) -> None:
    forms, _ = forms_of_folder(BUILT_IN / "forms")
    digital = [one for one in sample.papers if one["medium"] in ("word", "pdf") and one["carrier"] == "file"]
    wanted = [one for one in digital if one["kind"]]
    found = read_files([str(sample.folder / "inbox" / paper["file"]) for paper in wanted], forms)
    said = [one.submissions[0].issued.person if one.submissions and one.submissions[0].issued else "" for one in found]
    assert said == [paper["person"] if paper["own_form"] else "" for paper in wanted]
    assert 0 < sum(map(bool, said)) < len(said)


def test_what_is_no_paper_of_ours_gives_no_field(
    read: list[tuple[Paper, dict[str, Any], dict[str, Any] | None]],
) -> None:
    others = [found for paper, _, found in read if paper["expect"] == ["unknown_form"]]
    assert others
    assert [found for found in others if found is not None] == []


def test_what_follows_no_template_is_known_for_what_it_is(
    read: list[tuple[Paper, dict[str, Any], dict[str, Any] | None]],
) -> None:
    written = [(paper, found) for paper, _, found in read if paper["layout"] == "prose"]
    assert written
    for paper, found in written:
        assert found is not None, paper["file"]
        asked = any(one["code"] == "unclear_paper" for one in found["findings"])
        assert asked or (found["form"], found["version"]) == (paper["kind"], "prose"), paper["file"]


def test_the_same_bytes_come_twice_once(sample: Sample) -> None:
    inbox = sample.folder / "inbox"
    hashes = [hashlib.sha256((inbox / name).read_bytes()).hexdigest() for name in sample.files]
    assert len(hashes) - len(set(hashes)) == 1 == sum("duplicate" in paper["expect"] for paper in sample.papers)


# --- made again ---


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleCounts, list[tuple[int, int]]]:
    """A cohort of one: its folder, what was counted, and what was told on the way."""
    told: list[tuple[int, int]] = []
    folder = tmp_path_factory.mktemp("one") / "w"
    return folder, make_sample(folder, 1, 5, lambda *done: told.append(done)), told


def test_the_same_arguments_give_the_same_bytes(
    one: tuple[Path, SampleCounts, list[tuple[int, int]]], tmp_path: Path
) -> None:  # fmt: skip
    folder, made, told = one
    assert make_sample(tmp_path / "again", 1, 5) == made
    assert digests(tmp_path / "again") == digests(folder)
    assert told == [(1, 1)]
    filled = [paper for paper in papers_in_truth(folder) if paper["kind"]]
    counts = made.inbox
    assert made.papers == len(filled) == sum(counts.media.values()) == sum(counts.carriers.values())
    assert counts.files == len([path for path in (folder / "inbox").rglob("*") if path.is_file()])
    assert "1人" in str(made)


def test_a_sample_without_damage_has_nothing_to_find(tmp_path: Path) -> None:
    make_sample(tmp_path / "clean", 1, 5, damage="none")
    papers = papers_in_truth(tmp_path / "clean")
    assert [paper for paper in papers if paper["habits"] or paper["asked"] or paper["gone"] or paper["note"]] == []
    assert {code for paper in papers for code in paper["expect"]} <= {"unknown_form"}  # a photo is no form


def test_hard_damage_brings_far_more_on_paper_and_mistyped(
    one: tuple[Path, SampleCounts, list[tuple[int, int]]], tmp_path: Path
) -> None:  # fmt: skip
    usual = one[1].inbox
    hard = make_sample(tmp_path / "hard", 1, 5, damage="hard").inbox
    media = ("scan", "fax", "photo", "chat")
    on_paper = [sum(counts.media.get(medium, 0) for medium in media) for counts in (usual, hard)]
    assert on_paper[1] >= on_paper[0] + 8
    assert len(hard.damage) > len(usual.damage)


def test_a_folder_that_is_used_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    with pytest.raises(WorkspaceError, match="空文件夹"):
        make_sample(tmp_path, 1, 1)
    assert [path.name for path in tmp_path.rglob("*")] == ["inbox"]
