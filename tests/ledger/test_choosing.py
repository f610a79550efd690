"""A person's choice of a version in a real ledger, on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest

from gengang.choosing import choose_version
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.ledger import Ledger
from gengang.ledger_verify import verify
from gengang.settings import Settings
from gengang.status import season_status
from gengang.telling_copies import short_key
from tests.ledger.lines import ME
from tests.unit.facts_of_papers import AT, came, key_of, listed, read
from tests.unit.rosters import roster, trainee

ZHANG = trainee()
SCHEME = (Path(__file__).parents[2] / "templates/schemes/county-2016.toml").read_text("utf-8")
OLD, NEW, ALONE = (short_key(key_of(name)) for name in ("旧.docx", "新.docx", "报告.docx"))


def version(name: str, heard: int) -> tuple[Fact, Fact]:
    """One version of a person's 鉴定表."""
    return came(name), read(name, "appraisal", ZHANG, {"lessons_heard": heard})


@pytest.fixture
def two_versions(settings: Settings, ledger: Ledger) -> Settings:
    """A season with one paper in two versions, and one that came once."""
    rules = Fact("scheme", "scheme", {"sha256": "0" * 64, "text": SCHEME}, ME, AT)
    report = came("报告.docx"), read("报告.docx", "study_report", ZHANG, {"gains": "收获"})
    ledger.append([rules, *listed(ZHANG, schools=roster()), *version("旧.docx", 20), *version("新.docx", 17), *report])
    return settings


def chosen(settings: Settings) -> list[tuple[str, bool]]:
    """What was chosen, and whether it is asked about."""
    [person] = season_status(settings, None)["persons"]
    return [(one["chosen"], one["waits"]) for one in person["versions"]]


def test_a_choice_is_a_line_that_stays(two_versions: Settings, ledger: Ledger) -> None:
    assert chosen(two_versions) == [("", True)]
    told = choose_version(two_versions, OLD, "本人说旧的对", ME, AT)
    assert (told.exit_code, "旧.docx" in told.lines[0], "新.docx" in told.lines[1]) == (0, True, True)
    assert chosen(two_versions) == [(key_of("旧.docx"), False)]
    ledger.append(version("更新.docx", 12))
    assert chosen(two_versions) == [(key_of("旧.docx"), True)]
    choose_version(two_versions, NEW, "核对过了", ME, AT)
    assert chosen(two_versions) == [(key_of("新.docx"), False)]
    choose_version(two_versions, OLD, "还是旧的", ME, AT)
    assert chosen(two_versions) == [(key_of("旧.docx"), False)]
    assert verify(ledger) == ()


def test_the_same_choice_again_writes_nothing(two_versions: Settings, ledger: Ledger) -> None:
    for _ in range(2):
        choose_version(two_versions, key_of("旧.docx"), "本人说旧的对", ME, AT)
    assert len(list(ledger.read(kinds=("decision",)))) == 1


def test_the_reason_is_personal_and_the_line_names_no_person(two_versions: Settings, ledger: Ledger) -> None:
    choose_version(two_versions, OLD, "张三说旧的对", ME, AT)
    [line] = ledger.read(kinds=("decision",))
    assert (line.personal or {})["why"] == "张三说旧的对"
    assert "张三" not in str(dict(line.data))


@pytest.mark.parametrize(
    ("wanted", "why", "words"),
    [
        (OLD, " ", "--why"),
        ("ffffffff#0", "理由", "没有编号为"),
        (OLD[:4], "理由", "没有编号为"),
        (ALONE, "理由", "不用选"),
        (f"{OLD[:-1]}7", "理由", "没有编号为"),
    ],
)
def test_what_cannot_be_chosen_is_said_and_writes_nothing(
    two_versions: Settings, ledger: Ledger, wanted: str, why: str, words: str
) -> None:
    with pytest.raises(WorkspaceError, match=words):
        choose_version(two_versions, wanted, why, ME, AT)
    assert list(ledger.read(kinds=("decision",))) == []


def test_nothing_can_be_chosen_before_the_first_run(settings: Settings, ledger: Ledger) -> None:
    assert list(ledger.read()) == []
    with pytest.raises(WorkspaceError, match="请先运行"):
        choose_version(replace(settings), OLD, "理由", ME, AT)
