"""One run over the whole sample comes to what its truth says, and tells everything that the truth expects."""

import re
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from extractors.identify import kind_of
from gengang.facts import Fact, balance
from gengang.judging import judged_of
from gengang.ledger import open_ledger
from gengang.night import read_back
from gengang.papers.figures import figures_of
from gengang.papers.morning import FILE
from gengang.season import FOLDED, season_of
from gengang.status import season_status
from gengang.workspace import scheme_of, templates_of, with_writers
from tests.whole.samples import CLOSING, bytes_under, copied, issued, papers_in_truth, pictured, settings_for
from tests.whole.truths import Truth, truth_of

REFUSED = {"empty_file", "unreadable_file", "unknown_form", "blank_form"}


@pytest.fixture(scope="module")
def facts(twelve_run: Path) -> tuple[Fact, ...]:
    """The ledger after one run."""
    ledger = open_ledger(settings_for(twelve_run))
    try:
        return tuple(ledger.read())
    finally:
        ledger.close()


@pytest.fixture(scope="module")
def truth(twelve_run: Path) -> Truth:
    return truth_of(twelve_run)


def page(workspace: Path) -> str:
    """The morning note."""
    return (workspace / "outbox" / FILE).read_text(encoding="utf-8")


def test_every_verdict_is_the_truth(twelve_run: Path, truth: Truth) -> None:
    persons = season_status(settings_for(twelve_run), None)["persons"]
    found = {}
    for person in persons:
        verdict = person["verdict"]
        score = None if verdict["score"] is None else Decimal(verdict["score"])
        found[person["key"]] = (verdict["outcome"], verdict["certificate"], verdict["hours"], score)
    assert found == truth.verdicts


def test_a_season_follows_from_what_is_folded(facts: tuple[Fact, ...]) -> None:
    folded = tuple(fact for fact in facts if fact.kind in FOLDED)
    assert len(folded) < len(facts)
    assert season_of(folded) == season_of(facts)


def test_what_the_papers_print_is_what_the_verdict_counted(twelve_run: Path, facts: tuple[Fact, ...]) -> None:
    judged = judged_of(facts, scheme_of(settings_for(twelve_run)), CLOSING)
    season = judged.season
    alone = {one.key: figures_of(judged.scheme, one.key, season.papers_of(one.key), season.noted_of(one.key))
             for one in season.roster.trainees}  # fmt: skip
    assert judged.figures == alone
    assert sum(one.count("logs") for one in alone.values())


def test_nothing_is_left_in_the_inbox_and_the_sums_are_even(twelve_run: Path, facts: tuple[Fact, ...]) -> None:
    assert bytes_under(twelve_run / "inbox") == {}
    counts = balance(facts)
    assert counts.even
    assert counts.waiting == 0


def codes_told(facts: Iterable[Fact], workspace: Path, file: str, person: str) -> set[str]:
    """Codes of everything the season holds against a file of the inbox or its person."""
    lines = tuple(facts)
    settings = settings_for(workspace)
    judged = judged_of(lines, scheme_of(settings), CLOSING)
    held = [paper for paper in judged.season.papers if paper.source.path == file]
    return {
        *(one.code for paper in held for one in (*paper.reading.findings, *paper.of_file)),
        *(one.code for one in judged.season.refusals if one.source.path == file),
        *(line.kind for line in lines if (line.personal or {}).get("path") == file),
        *(one.code for one in (judged.verdicts[person].findings if person in judged.verdicts else ())),
    }


def test_every_fault_that_the_truth_knows_is_found(twelve_run: Path, facts: tuple[Fact, ...], truth: Truth) -> None:
    assert len(truth.expected) >= 9
    left_out = pictured(twelve_run)
    silent = [
        one for one in truth.expected
        if one[0] not in left_out and one[3] not in codes_told(facts, twelve_run, one[0], one[2])
    ]  # fmt: skip
    assert silent == []


def unreadable(workspace: Path) -> set[str]:
    """Files of which nothing can be read yet, or ever."""
    papers = [paper for paper in papers_in_truth(workspace) if paper["file"] not in pictured(workspace)]
    return {paper["file"] for paper in papers if REFUSED & set(paper["expect"])}


def test_every_refused_file_lies_aside_with_its_sentence_and_is_told(twelve_run: Path, facts: tuple[Fact, ...]) -> None:
    aside = twelve_run / "outbox" / "待处理"
    refused = [fact for fact in facts if fact.kind == "refused"]
    assert len(refused) == len(unreadable(twelve_run)) > 3
    for fact in refused:
        assert fact.personal is not None
        copy = aside / str(fact.personal["aside"])
        assert copy.is_file()
        said = copy.with_name(f"{copy.name}.说明.txt").read_text(encoding="utf-8-sig")
        assert str(fact.personal["sentence"]) in said
        assert str(fact.personal["sentence"]) in page(twelve_run)
    assert len(bytes_under(aside)) == 2 * len(refused)


def test_what_lies_in_the_outbox_reads_back_as_some_paper_of_the_ledger(
    twelve_run: Path, facts: tuple[Fact, ...]
) -> None:
    settings = settings_for(twelve_run)
    writers = with_writers(settings, templates_of(settings)).writers
    stated = {str(fact.data["sha256"]) for fact in facts if fact.kind == "paper"}
    papers = [path for path in (twelve_run / "outbox").rglob("*.docx") if path.parent.name != "待处理"]
    assert len(papers) > 15
    for path in papers:
        data = path.read_bytes()
        assert sha256(data).hexdigest() in stated, path.name
        assert any(read_back(data, writer.form) is not None for writer in writers.values()), path.name
        assert kind_of(path.with_suffix(".pdf").read_bytes(), "x.pdf") == "pdf"


def test_no_id_number_or_phone_stands_in_the_morning_note(twelve_run: Path, truth: Truth) -> None:
    text = page(twelve_run)
    assert [number for number in truth.secrets if number in text] == []
    assert re.findall(r"(?<!\d)1\d{10}(?!\d)", text) == []
    assert [name for name in truth.names if name in text] != []  # a note that names nobody would prove nothing


def test_no_name_or_number_stands_in_a_ledger_line_beside_its_personal_values(
    facts: tuple[Fact, ...], truth: Truth
) -> None:
    lines = "\n".join(f"{fact.subject} {dict(fact.data)}" for fact in facts if fact.kind != "scheme")
    assert [word for word in (*truth.secrets, *truth.names) if word in lines] == []


def test_issued_numbers_have_no_gap_and_everybody_due_gets_one(twelve_run: Path, tmp_path: Path, truth: Truth) -> None:
    settings = copied(twelve_run, tmp_path / "issued")
    written = issued(settings)
    due = {person for person, (_, certificate, _, _) in truth.verdicts.items() if certificate == "issue"}
    assert {one.draft.person for one in written.pressed if one.draft.kind == "certificate"} == due
    ledger = open_ledger(settings)
    spent = [fact.data for fact in ledger.read(kinds=("number_spent",))]
    ledger.close()
    for series in ("J", "X"):
        numbers = sorted(int(str(data["number"])) for data in spent if data["kind"] == series)
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers != []


def test_drafts_make_way_for_their_finals(twelve_run: Path, tmp_path: Path) -> None:
    settings = copied(twelve_run, tmp_path / "issued")
    drafts = {path.name for path in (settings.outbox / "证书").rglob("*_草稿.docx")}
    assert drafts
    issued(settings)
    assert {path.name for path in (settings.outbox / "证书").rglob("*_草稿.docx")} == set()
