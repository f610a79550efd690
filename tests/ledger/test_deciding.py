"""Rulings in a real ledger, on both databases: made once, listed, taken back; and what another rule would change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gengang.codecs import Value
from gengang.deciding import approve, listed, rule, take_back
from gengang.errors import SchemeError, WorkspaceError
from gengang.facts import Fact
from gengang.ledger import Ledger
from gengang.ledger_verify import verify
from gengang.rulings import Approval, Ruling, rulings_of
from gengang.season import season_of
from gengang.settings import Settings
from gengang.status import season_status
from gengang.submission import Paper
from gengang.whatif import document_of, what_if
from gengang.workspace import preset_text
from tests.ledger.lines import ME
from tests.unit.facts_of_papers import AT, came, read
from tests.unit.facts_of_papers import listed as known
from tests.unit.rosters import mentor, roster, trainee
from tests.unit.seasons import season

ZHANG, GUIDE = trainee(), mentor()
WISH = Ruling(0, "", "release", "已补岗两天", "张局长", "安教〔2016〕9号", date(2016, 12, 9))


@pytest.fixture
def judged(settings: Settings, ledger: Ledger) -> Settings:
    """A season in which one trainee has done all."""
    rules = Fact("scheme", "scheme", {"sha256": "0" * 64, "text": preset_text("county-2016")}, ME, AT)
    papers = [line for number, paper in enumerate(season()) for line in _lines(f"{number}.docx", paper)]
    ledger.append([rules, *known(ZHANG, schools=roster(mentors=(GUIDE,))), *papers])
    Path(settings.scheme).write_text(preset_text("county-2016"), encoding="utf-8")
    return settings


def _lines(name: str, paper: Paper) -> tuple[Fact, ...]:
    said = paper.submission
    rows: Any = said.lists
    return came(name), read(name, said.form, ZHANG, _stated(said.values), **rows)


def _stated(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def test_a_ruling_is_written_once_listed_and_taken_back(judged: Settings, ledger: Ledger) -> None:
    for _ in range(2):
        told = rule(judged, "张三", WISH, ME, AT)
    assert told.lines[0] == "张村小学 张三　补发证书：已补岗两天（张局长，12月9日，安教〔2016〕9号）。"
    [made] = rulings_of(ledger.read())[ZHANG.key]
    assert len(list(ledger.read(kinds=("decision",)))) == 1
    assert listed(judged).lines == (f"第{made.number}号　{told.lines[0]}",)
    take_back(judged, made.number, "写错人", ME, AT)
    assert (listed(judged).lines, rulings_of(ledger.read())) == (("还没有决定。",), {})
    with pytest.raises(WorkspaceError, match=f"没有第{made.number}号决定"):
        take_back(judged, made.number, "再撤一次", ME, AT)
    assert verify(ledger) == ()


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (replace(WISH, why=" ", authority=""), "--why 写明理由；请用 --by"),
        (replace(WISH, kind="excuse"), "--on"),
        (replace(WISH, kind="substitute"), "--with"),
        (replace(WISH, kind="appeal"), "--item 写明考核项目：R1、R2"),
        (replace(WISH, kind="appeal", item="R9"), "--points"),
        (replace(WISH, kind="appeal", item="R9", points=Decimal(7)), "行动研究报告最多6分"),
        (replace(WISH, kind="conclude", item="好"), "合格或不合格"),
    ],
)
def test_what_is_missing_is_said_at_once_and_nothing_is_written(
    judged: Settings, ledger: Ledger, wish: Ruling, words: str
) -> None:
    with pytest.raises(WorkspaceError, match=words):
        rule(judged, "张三", wish, ME, AT)
    assert list(ledger.read(kinds=("decision",))) == []


def test_a_name_that_nobody_bears_is_refused(judged: Settings) -> None:
    with pytest.raises(WorkspaceError, match="花名册里没有“李四”"):
        rule(judged, "李四", WISH, ME, AT)


def test_the_authoritys_word_is_kept(judged: Settings, ledger: Ledger) -> None:
    with pytest.raises(WorkspaceError, match="--why"):
        approve(judged, Approval(False, "张局长", "", None), ME, AT)
    approve(judged, Approval(False, "张局长", "缺附表", date(2016, 12, 15)), ME, AT)
    assert season_of(ledger.read()).approval == Approval(False, "张局长", "缺附表", date(2016, 12, 15))
    approve(judged, Approval(True, "张局长", "", date(2016, 12, 20)), ME, AT)
    approval = season_of(ledger.read()).approval
    assert approval is not None
    assert approval.approved


def test_another_rule_is_tried_and_nothing_is_written(judged: Settings, ledger: Ledger) -> None:
    before, lines = season_status(judged, None), list(ledger.read())
    found = what_if(judged, ["evaluation.pass_at=100", "item R2.each=0.5", "eligibility.age_max=30"], None)
    [one] = document_of(found)["persons"]
    assert one["verdict_changes"]
    assert {change["what"] for change in one["changes"]} >= {"考核结论"}
    assert found.lines[0].startswith("若 evaluation.pass_at 由“60”改为“100”")
    assert any("超过30周岁" in line for line in found.lines)
    assert what_if(judged, ["evaluation.pass_at=60"], None).differences == ()
    assert (season_status(judged, None), list(ledger.read())) == (before, lines)
    assert judged.scheme.read_text(encoding="utf-8") == preset_text("county-2016")


@pytest.mark.parametrize(
    ("change", "fault", "words"),
    [
        ("evaluation.pass_at", WorkspaceError, "的样子"),
        ("evaluation.pas_at=65", WorkspaceError, "没有“evaluation.pas_at”"),
        ("evaluation.pass_at=165", SchemeError, "方案文件有1处问题"),
    ],
)
def test_a_change_that_cannot_be_is_refused(judged: Settings, change: str, fault: type[Exception], words: str) -> None:
    with pytest.raises(fault, match=words):
        what_if(judged, [change], None)
