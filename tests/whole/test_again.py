"""A second run changes nothing; what is told is a function of the facts, however and wherever they came about."""

import json
import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from gengang.differing import differences_between
from gengang.facts import DOOR_KINDS, FILING, Fact
from gengang.judging import UNJUDGED, judged_of
from gengang.ledger import open_ledger
from gengang.papers.inbox_register import FOLDER as REGISTER
from gengang.papers.morning import FILE
from gengang.papers.receipts import FOLDER as RECEIPTS
from gengang.press import WITHDRAWN
from gengang.roster_effect import effect_of
from gengang.rosterfile import read_roster, roster_bytes
from gengang.schemeplaces import with_value
from gengang.settings import Settings
from gengang.status import season_status, status_of
from gengang.workspace import scheme_of
from tests.ledger.cluster import Cluster, running_cluster
from tests.whole.samples import CLOSING, bytes_under, copied, head, issued, run, settings_for

NIGHTS = tuple(f"2016-12-{day}T18:30:00Z" for day in (20, 21, 22, 23))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this module's own."""
    with running_cluster() as started:
        yield started


def status_bytes(settings: Settings) -> bytes:
    """What `gengang status --json` prints."""
    return json.dumps(season_status(settings, None), ensure_ascii=True, indent=1).encode()


# --- a second run ---


def test_a_second_run_changes_nothing_and_says_so(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "again")
    before = (head(settings), bytes_under(settings.outbox), status_bytes(settings), bytes_under(settings.archive))
    night = run(settings, at=NIGHTS[1])
    assert night.lines[0] == "没有新材料，什么都没有变。"
    assert (
        head(settings),
        bytes_under(settings.outbox),
        status_bytes(settings),
        bytes_under(settings.archive),
    ) == before


def test_a_second_issue_spends_nothing(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "again")
    assert issued(settings).lines[0].startswith("证书：新出2份")
    before = (head(settings), bytes_under(settings.outbox))
    assert issued(settings, NIGHTS[1]).lines[0].startswith("证书：新出0份，原样2份")
    assert (head(settings), bytes_under(settings.outbox)) == before


def test_a_run_after_issue_prints_no_draft_again(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "again")
    issued(settings)
    certificates = bytes_under(settings.outbox / "证书")
    run(settings, at=NIGHTS[1])
    assert bytes_under(settings.outbox / "证书") == certificates
    settled = head(settings)
    run(settings, at=NIGHTS[2])
    assert head(settings) == settled


def test_a_note_that_was_thrown_away_is_written_again(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "again")
    (settings.outbox / FILE).unlink()
    run(settings, at=NIGHTS[1])
    assert (settings.outbox / FILE).exists()


# --- the office's own roster ---


def test_a_roster_that_the_office_edited_is_never_written_over(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "edited")
    roster = read_roster(settings.roster)
    first = replace(roster.trainees[0], phone="13900000000")
    edited = roster_bytes(replace(roster, trainees=(first, *roster.trainees[1:])))
    settings.roster.write_bytes(edited)
    for at in NIGHTS[1:]:
        night = run(settings, at=at)
        assert settings.roster.read_bytes() == edited
        assert night.judged.season.roster.trainees[0].phone == "13900000000"


def test_a_roster_that_was_thrown_away_is_made_again(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "gone")
    ours = settings.roster.read_bytes()
    settings.roster.unlink()
    run(settings, at=NIGHTS[1])
    assert settings.roster.read_bytes() == ours


# --- order, place and database do not matter ---


def facts_of(workspace: Path) -> list[Fact]:
    """Every line of a workspace's ledger."""
    ledger = open_ledger(settings_for(workspace))
    try:
        return list(ledger.read())
    finally:
        ledger.close()


def came_in_order(facts: Iterable[Fact], drawn: random.Random) -> list[Fact]:
    """The same season, whose files came in another order, of equal ones another first."""
    lines = list(facts)
    door = [fact for fact in lines if fact.kind in ("arrival", "duplicate")]
    drawn.shuffle(door)
    readings = [fact for fact in lines if fact.kind in (*FILING, "refused", "match")]
    drawn.shuffle(readings)
    seen: set[str] = set()
    named = []
    for fact in door:
        named.append(replace(fact, kind="duplicate" if fact.subject in seen else "arrival"))
        seen.add(fact.subject)
    moved = {*DOOR_KINDS, "match"}
    return [*named, *readings, *(fact for fact in lines if fact.kind not in moved)]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_which_papers_came_changes_no_status(twelve_run: Path, seed: int) -> None:
    facts = facts_of(twelve_run)
    scheme = scheme_of(settings_for(twelve_run))
    shuffled = came_in_order(facts, random.Random(seed))
    assert [fact.subject for fact in shuffled] != [fact.subject for fact in facts]
    assert status_of(judged_of(shuffled, scheme, CLOSING)) == status_of(judged_of(facts, scheme, CLOSING))


def test_lines_that_tell_of_a_run_change_no_verdict(twelve_run: Path) -> None:
    facts, scheme = facts_of(twelve_run), scheme_of(settings_for(twelve_run))
    judging = [fact for fact in facts if fact.kind not in UNJUDGED]
    of_the_desk = {"looked_at", "rechecked", "policy"}  # written there, or come of what is
    assert {fact.kind for fact in facts} >= UNJUDGED - of_the_desk
    before, after = judged_of(facts, scheme, CLOSING), judged_of(judging, scheme, CLOSING)
    assert (before.verdicts, before.debts, before.of_base) == (after.verdicts, after.debts, after.of_base)
    assert differences_between(before, after) == ()
    assert effect_of(before, after) == effect_of(before, before)


def test_two_workspaces_with_equal_papers_print_equal_bytes(few: Path, tmp_path: Path, cluster: Cluster) -> None:
    here = copied(few, tmp_path / "一处")
    copied(few, tmp_path / "elsewhere" / "b")
    there = settings_for(tmp_path / "elsewhere" / "b", cluster.new_database())
    run(here)
    held_back = sorted(path for path in there.inbox.rglob("*") if path.is_file())[::-2]
    for path in held_back:
        kept = tmp_path / "later" / path.relative_to(there.inbox)
        kept.parent.mkdir(parents=True, exist_ok=True)
        path.rename(kept)
    run(there, at=NIGHTS[0])
    shutil.copytree(tmp_path / "later", there.inbox, dirs_exist_ok=True)
    run(there, at=NIGHTS[1])
    assert status_bytes(there) == status_bytes(here)
    assert papers_in(there) == papers_in(here)


def papers_in(settings: Settings) -> dict[str, bytes]:
    """What the office would print: without what was taken back, and without what tells of the intakes, as they were:
    the note, whose links bear the day, the receipts, and the register, whose numbers are the order of arrival.

    A PDF as its pages look: LibreOffice numbers the fonts inside by the papers of one night.
    """
    found = bytes_under(settings.outbox)
    other = (FILE, f"{WITHDRAWN}/", f"{RECEIPTS}/", f"{REGISTER}/")
    kept = {name: data for name, data in found.items() if not name.startswith(other)}
    return {name: looks_of(data) if name.endswith(".pdf") else data for name, data in kept.items()}


def looks_of(pdf: bytes) -> bytes:
    """Hash of the pages as pixels."""
    with pypdfium2.PdfDocument(pdf) as document:
        return sha256(b"".join(page.render(scale=1, grayscale=True).to_numpy().tobytes() for page in document)).digest()


def test_a_draft_that_is_due_no_more_is_taken_back(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "nights")
    [signed] = settings.inbox.rglob("叶玉桂鉴定表.docx")
    later = signed.rename(tmp_path / signed.name)
    run(settings, at=NIGHTS[0])
    assert list((settings.outbox / "鉴定表").rglob("*叶玉桂*"))
    later.rename(signed)
    run(settings, at=NIGHTS[1])
    assert list((settings.outbox / "鉴定表").rglob("*叶玉桂*")) == []
    assert len(list((settings.outbox / WITHDRAWN).rglob("*叶玉桂*"))) == 6


def test_what_came_and_what_changed_is_told_once(few: Path, tmp_path: Path) -> None:
    settings = copied(few, tmp_path / "nights")
    [register] = settings.inbox.rglob("叶玉桂考核登记表.docx")
    later = register.rename(tmp_path / register.name)
    run(settings, at=NIGHTS[0])
    later.rename(register)
    assert "叶玉桂考核登记表.docx" not in (settings.outbox / FILE).read_text(encoding="utf-8")
    night = run(settings, at=NIGHTS[1])
    page = (settings.outbox / FILE).read_text(encoding="utf-8")
    assert "叶玉桂考核登记表.docx" in page
    assert "考核结论" in page
    assert "丁秀研修日志0913.docx" not in page
    assert night.intake.new == 1
    run(settings, at=NIGHTS[2])
    assert (settings.outbox / FILE).read_text(encoding="utf-8") == page


def test_what_another_rule_changed_is_told_once_and_the_answer_of_before_can_be_had_again(
    few_run: Path, tmp_path: Path
) -> None:
    settings = copied(few_run, tmp_path / "rules")
    before = season_status(settings, None)
    text = settings.scheme.read_text(encoding="utf-8")
    settings.scheme.write_text(with_value(text, "evaluation.pass_at", "100"), encoding="utf-8")
    run(settings, as_of=date(2016, 12, 8), at=NIGHTS[1])
    page = (settings.outbox / FILE).read_text(encoding="utf-8")
    assert "考核结论" in page
    assert "不合格" in page
    after = season_status(settings, None)
    assert "不合格" in {person["verdict"]["outcome"] for person in after["persons"]}
    assert season_status(settings, CLOSING) == before
    run(settings, as_of=date(2016, 12, 8), at=NIGHTS[2])
    assert (settings.outbox / FILE).read_text(encoding="utf-8") == page


@pytest.mark.parametrize("late_first", [True, False])
def test_of_equal_files_the_one_that_came_first_counts_whichever_was_taken_in_first(
    twelve_run: Path, late_first: bool
) -> None:
    facts = facts_of(twelve_run)
    scheme = scheme_of(settings_for(twelve_run))
    [late] = [one for one in facts if one.kind == "arrival" and str(one.data["received"]) == "2016-12-09"]
    early = replace(
        late, data={**late.data, "received": "2016-12-05"}, personal={"path": "李𬱖.docx", "where_from": ""}
    )
    first, again = (late, early) if late_first else (early, late)
    lines = [first if one is late else one for one in facts]
    judged = judged_of([*lines, replace(again, kind="duplicate")], scheme, CLOSING)
    codes = {finding.code for verdict in judged.verdicts.values() for finding in verdict.findings}
    assert "late" not in codes
    alone = judged_of(facts, scheme, CLOSING)
    assert "late" in {finding.code for verdict in alone.verdicts.values() for finding in verdict.findings}
