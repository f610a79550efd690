"""A season made by hand: one trainee who did all, one who handed in nothing, their mentor, and a trainee proposed."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gengang.codecs import Value
from gengang.facts import Fact
from gengang.ledger import open_ledger
from gengang.roster import Pair, Roster
from gengang.rosterfile import write_school_table
from gengang.season import roster_facts
from gengang.settings import Settings, settings_of
from gengang.submission import Paper
from gengang.under_way import scheme_fact
from gengang.workspace import new_workspace
from tests.desk.rooms.people import GUIDE, LI, ZHANG
from tests.unit.facts_of_papers import AT, ME, came, read
from tests.unit.rosters import SCHOOLS
from tests.unit.seasons import season


@pytest.fixture
def workspace(tmp_path: Path) -> Settings:
    """The season in a workspace of its own."""
    settings = replace(settings_of(tmp_path / "season", {}), settle_seconds=0.0)
    new_workspace(settings.workspace, "county-2016")
    write_school_table(SCHOOLS, settings.workspace / "学校一览表.xlsx")
    rules = scheme_fact(settings.scheme.read_text("utf-8"), ME, AT)
    everybody = Roster(SCHOOLS, (ZHANG, LI), (GUIDE,), (Pair(ZHANG.key, GUIDE.key), Pair(LI.key, GUIDE.key)))
    papers = [line for number, paper in enumerate(season()) for line in _lines(f"{number}.docx", paper)]
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
