"""A season made by hand: one trainee who did all, one who handed in nothing, their mentor, and a trainee proposed."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gengang.codecs import Value
from gengang.facts import Fact
from gengang.issuing import issue_papers
from gengang.ledger import open_ledger
from gengang.roster import Pair, Roster
from gengang.rosterfile import write_school_table
from gengang.season import roster_facts
from gengang.settings import Settings, settings_of
from gengang.submission import Paper
from gengang.under_way import RunRequest, scheme_fact
from gengang.workspace import new_workspace
from tests.desk.rooms.people import GUIDE, LI, ZHANG
from tests.patience import PATIENT
from tests.unit.facts_of_papers import AT, ME, came, read
from tests.unit.rosters import SCHOOLS
from tests.unit.seasons import season
from tests.whole.samples import copied, made_once, silent


@pytest.fixture
def workspace(tmp_path: Path) -> Settings:
    """The season in a workspace of its own."""
    return season_in(tmp_path / "season")


@pytest.fixture
def all_but_attendance(tmp_path: Path) -> Settings:
    """The same before the 考勤表 came, on which the certificate waits."""
    return season_in(tmp_path / "season", "attendance")


@pytest.fixture
def issued(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Settings:
    """The same after its one certificate was issued, which is done once for all workers."""
    return copied(made_once(tmp_path_factory, "desk_issued", _issued), tmp_path / "issued")


def _issued(half: Path) -> None:
    issue_papers(RunRequest(season_in(half), None, ME, AT, silent), ())


def season_in(folder: Path, left_out: str = "") -> Settings:
    """The season. left_out: the form of papers that did not come."""
    settings = replace(settings_of(folder, {}), settle_seconds=0.0, limits=PATIENT)
    new_workspace(settings.workspace, "county-2016")
    write_school_table(SCHOOLS, settings.workspace / "学校一览表.xlsx")
    rules = scheme_fact(settings.scheme.read_text("utf-8"), ME, AT)
    everybody = Roster(SCHOOLS, (ZHANG, LI), (GUIDE,), (Pair(ZHANG.key, GUIDE.key), Pair(LI.key, GUIDE.key)))
    papers = [line for number, paper in enumerate(season()) if paper.submission.form != left_out
              for line in _lines(f"{number}.docx", paper)]  # fmt: skip
    ledger = open_ledger(settings)
    ledger.append([rules, *roster_facts(everybody, "0" * 64, "workbook", ME, AT), *papers])
    ledger.close()
    return settings


def _lines(name: str, paper: Paper) -> tuple[Fact, ...]:
    said = paper.submission
    rows: Any = said.lists
    return came(f"2016-12-05 张村小学/{name}", "2016-12-05"), read(name, said.form, ZHANG, _stated(said.values), **rows)


def _stated(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
