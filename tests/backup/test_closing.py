"""A season is closed when it is over, written no more, and leaves to the next year what goes on."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.checking import faults_of_workspace
from gengang.choosing import choose_version
from gengang.closing import MENTORS, close_season, reopen_season
from gengang.erasing import erase_person
from gengang.erasure import Wish
from gengang.errors import GengangError, LedgerError, WorkspaceError
from gengang.facts import Fact
from gengang.keyring import key_in_use, keys_known, new_key
from gengang.ledger import Ledger
from gengang.ledger_register import spend_number
from gengang.ledger_verify import verify
from gengang.mailbox import fetch_now
from gengang.night import run_once
from gengang.packeting import packet_papers
from gengang.rosterfile import read_roster, read_school_table
from gengang.sealing import LIST
from gengang.settings import Mailbox, Settings, settings_of
from gengang.status import season_status
from gengang.under_way import opened
from gengang.undoing import undo_import
from gengang.workspace import scheme_of
from tests.ledger.kept_season import AFTER, AT, LISTED, ME, ZHANG, ZHOU, request, small_season
from tests.ledger.lines import arrival
from tests.whole.samples import bytes_under

PLAIN = Wish("", "李主任")
SENIOR = Wish("县里要求提前归档", "李主任", senior=True)


@pytest.fixture
def season(settings: Settings, ledger: Ledger) -> Settings:
    """A small season that is over and told."""
    small_season(settings, ledger)
    return settings


def closed(season: Settings, target: Path | None = None, wish: Wish = PLAIN) -> Sequence[str]:
    return close_season(request(season), wish, target).lines


def test_a_closed_season_can_be_looked_at_and_not_written(season: Settings, ledger: Ledger) -> None:
    with opened(request(season)):  # a pass keeps the scheme
        pass
    before = season_status(season, None)
    closed(season)
    assert season_status(season, None) == before
    assert faults_of_workspace(season, "all") == ()
    head = ledger.head()
    drop = season.inbox / "迟.docx"
    drop.write_text("late")
    mailbox = replace(season, mailbox=Mailbox("127.0.0.1", "a", 1, "x", tls="off"))
    paper = next(ledger.read(kinds=("reading",))).subject
    writes = (
        lambda: run_once(request(season)),
        lambda: undo_import(request(season), 1, "放错了", ""),
        lambda: erase_person(request(season), ZHANG.name, SENIOR),
        lambda: packet_papers(request(season)),
        lambda: fetch_now(mailbox, ME, AT),
        lambda: spend_number(ledger, "J", 2016, "P-1", "b", ME, AT),
        lambda: ledger.append([arrival("9" * 64)]),
    )
    for write in writes:
        with pytest.raises(LedgerError, match="本期已于2017-01-16封存"):
            write()
    with pytest.raises(GengangError):  # it looks first, and is refused in any case
        choose_version(season, paper, "本人确认", ME, AT)
    assert ledger.head() == head
    assert drop.exists()


def test_too_early_it_says_every_reason_and_a_senior_may_decide(season: Settings, ledger: Ledger) -> None:
    (season.inbox / "迟.docx").write_text("late")
    early = replace(request(season), as_of=date(2016, 11, 30))
    with pytest.raises(WorkspaceError) as caught:
        close_season(early, PLAIN, None)
    assert "2016年12月7日截止" in str(caught.value)
    assert "1个文件没有收" in str(caught.value)
    with pytest.raises(WorkspaceError, match="没有封存"):
        close_season(early, Wish("", "", senior=True), None)  # without saying why
    assert ledger.closed() is None
    close_season(early, SENIOR, None)
    line = ledger.closed()
    assert line is not None
    assert (line.actor.role, line.data["open"], line.personal) == ("senior", 2, {"why": SENIOR.why, "by": "李主任"})


def test_what_is_damaged_is_not_closed_whoever_says_so(season: Settings, ledger: Ledger) -> None:
    first = next(path for path in sorted(season.archive.glob("[0-9a-f][0-9a-f]/*")))
    first.unlink()
    with pytest.raises(WorkspaceError, match="原件不见了"):
        closed(season, wish=SENIOR)
    assert ledger.closed() is None


def test_the_list_has_every_line_and_every_original_and_no_name(season: Settings, ledger: Ledger) -> None:
    closed(season)
    text = (season.outbox / LIST).read_text("ascii")
    lines, _, originals = text.partition("\n\n")
    line = ledger.closed()
    assert line is not None
    assert len(lines.splitlines()) == 1 + int(str(line.data["lines"])) == line.sequence
    assert str(line.data["seal"]) in lines.splitlines()[-1]
    assert originals == (season.archive / "manifest.csv").read_text("ascii")
    assert len(originals.splitlines()) == 1 + int(str(line.data["originals"]))


def test_a_list_that_was_lost_is_told_and_written_again(season: Settings) -> None:
    closed(season)
    (season.outbox / LIST).write_text("x")
    [fault] = faults_of_workspace(season, "ledger")
    assert "封存清单" in fault
    assert closed(season) == ("本期早已封存。",)
    assert faults_of_workspace(season, "ledger") == ()


def test_a_closed_season_is_opened_again_by_a_senior_alone(season: Settings, ledger: Ledger) -> None:
    with pytest.raises(WorkspaceError, match="没有封存"):
        reopen_season(request(season), SENIOR)
    closed(season)
    for wish in (PLAIN, Wish("补录"), Wish("", "", senior=True)):
        with pytest.raises(WorkspaceError, match="负责人"):
            reopen_season(request(season), wish)
    reopen_season(request(season), SENIOR)
    assert ledger.append([arrival("9" * 64)]) == 1
    assert faults_of_workspace(season, "ledger") == ()


# --- the next year ---


def test_the_next_year_begins_with_schools_mentors_and_rules_and_without_trainees(
    season: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (season.templates / "synonyms.toml").write_text("")
    key = new_key(season.keys, AT)
    target = tmp_path_factory.mktemp("years") / "跟岗2017"
    told = "\n".join(closed(season, target))
    assert read_school_table(target / "学校一览表.xlsx") == LISTED.schools
    mentors = read_roster(target / MENTORS)
    assert ([one.name for one in mentors.mentors], mentors.trainees, mentors.pairs) == ([ZHOU.name], (), ())
    moved_on = scheme_of(settings_of(target, {}))
    assert (moved_on.year, moved_on.closing) == (2017, date(2017, 12, 7))
    assert (target / "templates" / "synonyms.toml").exists()
    handed_on = key_in_use(target / "keys")
    assert handed_on is not None
    assert (handed_on.public, list(keys_known(target / "keys", ()))) == (key.public, [key.public.id])
    assert "scheme.toml" in told
    assert "从1号起" in told
    said = b"".join(bytes_under(target).values())
    assert ZHANG.id_number.encode() not in said
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_it_can_be_opened_later_and_nowhere_in_use(season: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("years")
    (folder / "used").mkdir()
    (folder / "used" / "x").write_text("mine")
    with pytest.raises(WorkspaceError, match="已经有东西"):
        closed(season, folder / "used")
    with pytest.raises(WorkspaceError, match="不存在"):
        closed(season, folder / "none" / "deep")
    closed(season)
    assert closed(season, folder / "new")[0] == "本期早已封存。"
    assert (folder / "new" / "scheme.toml").exists()


@pytest.mark.parametrize(("pattern", "first"), [("〔{year}〕第{number:04d}号", 1), ("第{number:04d}号", 4)])
def test_numbers_begin_anew_or_go_on_as_their_pattern_says(
    season: Settings, ledger: Ledger, tmp_path_factory: pytest.TempPathFactory, pattern: str, first: int
) -> None:
    text = season.scheme.read_text(encoding="utf-8")
    season.scheme.write_text(text.replace("〔{year}〕第{number:04d}号", pattern), encoding="utf-8")
    for person in ("P-1", "P-2", "P-3"):
        spend_number(ledger, "J", 2016, person, "b", ME, AT)
    target = tmp_path_factory.mktemp("years") / "2017"
    closed(season, target)
    fresh = settings_of(target, {})
    with opened(replace(request(fresh), as_of=AFTER)) as under_way:
        assert spend_number(under_way.ledger, "J", 2017, "P-9", "b", ME, AT) == first
        assert spend_number(under_way.ledger, "X", 2017, "P-8", "b", ME, AT) == 1
        assert verify(under_way.ledger) == ()
        [line] = under_way.ledger.read(kinds=("carried_over",))
    assert line.data["numbers"] == {"J": first - 1, "X": 0}


def test_what_was_carried_and_then_spoilt_stops_the_start(season: Settings) -> None:
    (season.workspace / "carried.json").write_text(json.dumps({"numbers": {"J": -1}, "from": "x", "seal": ""}))
    with pytest.raises(WorkspaceError, match=r"carried\.json"), opened(request(season)):
        pass


def test_a_gap_after_what_was_carried_is_seen(ledger: Ledger) -> None:
    ledger.append([Fact("carried_over", "season", {"numbers": {"J": 3}, "from": "x", "seal": ""}, ME, AT)])
    spend_number(ledger, "J", 2017, "P-1", "b", ME, AT)
    assert verify(ledger) == ()
    ledger.append([Fact("carried_over", "season", {"numbers": {"J": 1}, "from": "x", "seal": ""}, ME, AT)])
    assert verify(ledger) == ()
    ledger.append([Fact("carried_over", "season", {"numbers": {"J": 9}, "from": "x", "seal": ""}, ME, AT)])
    assert verify(ledger) != ()
