"""A school whose 报名表 came only as a workbook: its nominees reach the roster, as from Word."""

from pathlib import Path
from typing import Any

import pytest

from gengang.codecs import show
from gengang.labels import labels_of
from gengang.roster import Roster
from gengang.rosterfile import read_roster
from gengang.sample.containers import workbook_of_list
from gengang.settings import Settings
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN
from tests.whole.samples import copied, papers_in_truth, run, settings_for


def registrations(settings: Settings) -> list[dict[str, Any]]:
    """What the truth says of the 报名表 that lie in the inbox."""
    return [paper for paper in papers_in_truth(settings.workspace)
            if paper["kind"] == "registration" and (settings.inbox / paper["file"]).exists()]  # fmt: skip


def as_workbook(paper: dict[str, Any], title: str) -> bytes:
    """The list of a paper as its school would send it electronically."""
    form = next(one for one in forms_of_folder(BUILT_IN / "forms")[0] if one.stem == "registration")
    columns, labels = form.lists()["nominees"], labels_of(form)
    rows = [[cell if isinstance(cell := row[name], int) else show(kind.codec, cell) if cell else ""
             for name, kind in columns.items()] for row in paper["lists"]["nominees"]]  # fmt: skip
    return workbook_of_list(title, [labels[f"nominees.{name}"] for name in columns], rows, 7)


def roster_of(settings: Settings) -> Roster:
    return read_roster(settings.roster)


def test_nominees_of_a_workbook_are_in_the_roster(few: Path, few_run: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "w")
    papers = registrations(settings)
    assert len(papers) == 3
    for paper in papers:
        school = paper["values"]["school"]
        word = settings.inbox / paper["file"]
        word.with_suffix(".xlsx").write_bytes(as_workbook(paper, f"{school}农村中小学骨干教师跟岗研修报名表"))
        word.unlink()
    night = run(settings)
    assert night.counts.even
    assert roster_of(settings).trainees == roster_of(settings_for(few_run)).trainees


@pytest.mark.parametrize("beside", ["word", "workbook"])
def test_a_workbook_beside_the_paper_changes_nobody(few: Path, few_run: Path, tmp_path: Path, beside: str) -> None:
    settings = copied(few, tmp_path / "w")
    for number, paper in enumerate(registrations(settings)):
        name = settings.inbox / paper["file"]
        title = f"{paper['values']['school']}农村中小学骨干教师跟岗研修报名表"
        name.with_name(f"电子版{number}.xlsx").write_bytes(as_workbook(paper, title))
        if beside == "workbook":
            name.with_name(f"另一份{number}.xlsx").write_bytes(as_workbook(paper, f"{title}（电子版）"))
    run(settings)
    assert roster_of(settings).trainees == roster_of(settings_for(few_run)).trainees
