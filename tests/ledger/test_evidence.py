"""Evidence on both databases: kept, decided on, erased with its person; the counts hold throughout."""

from pathlib import Path

from gengang.evidence import evidence_fact
from gengang.facts import Fact, balance, unread
from gengang.filing import standing_evidence
from gengang.imports import imports_of, taken_back_fact
from gengang.ledger import Ledger
from gengang.ledger_verify import verify
from gengang.material import Material
from gengang.season import roster_facts, season_of
from gengang.thumbs import drop_thumbs_of_nobody, files_without_thumbs, keep_thumbs, thumb_path
from tests.ledger.lines import AT, ME, SHA, arrival, decision
from tests.unit.rosters import roster, trainee

ZHANG = trainee()
SHOWN = Material("photo", "1.jpg", "", SHA, 9, thumbnail=b"small")
PATH = "2016-12-06 张村小学/张三 听课照片.jpg"


def lines(doubt: bool = False) -> list[Fact]:
    """A photo that came, and the roster in which its person is."""
    material = Material("photo", PATH, "", SHA, 9, doubt, thumbnail=b"x")
    facts = [arrival(SHA, PATH), *roster_facts(roster(ZHANG), "d" * 64, "workbook", ME, AT)]
    return [*facts, evidence_fact(f"{SHA}#0", material, {}, ME, AT)]


def test_evidence_is_a_persons_and_no_paper(ledger: Ledger) -> None:
    ledger.append(lines())
    season = season_of(ledger.read())
    [found] = season.evidence_of(ZHANG.key)
    assert (found.kind, found.measure, found.path) == ("photo", "lessons_heard", PATH)
    assert (season.papers, season.refusals) == ((), ())
    assert ledger.append(lines()) == 0


def test_what_a_person_calls_a_form_is_sent_back_and_stays_filed(ledger: Ledger) -> None:
    ledger.append([*lines(doubt=True), decision("form", "is")])
    season = season_of(ledger.read())
    assert season.evidence == ()
    [sent_back] = season.refusals
    assert "重拍" in sent_back.sentence
    assert balance(ledger.read()).even
    ledger.append([decision("evidence", "is")])
    assert season_of(ledger.read()).evidence_of(ZHANG.key) != ()


def test_the_name_of_a_file_stays_while_it_holds_evidence_of_another(ledger: Ledger) -> None:
    other = evidence_fact(f"{SHA}#1", Material("video", PATH, "", SHA, 9), {}, ME, AT)
    ledger.append([*lines(), other])
    ledger.append([Fact("match", f"{SHA}#0", {"person": ZHANG.key, "status": "sure"}, ME, AT, {"evidence": []})])
    ledger.erase(ZHANG.key, ME, AT)
    [came] = ledger.read(kinds=("arrival",))
    assert not came.erased


def test_it_is_erased_with_its_person_and_its_thumbnail(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append(lines())
    ledger.append([Fact("match", f"{SHA}#0", {"person": ZHANG.key, "status": "sure"}, ME, AT, {"evidence": []})])
    keep_thumbs(tmp_path, [SHOWN])
    drop_thumbs_of_nobody(tmp_path, ledger.read(kinds=("evidence",)))
    assert thumb_path(tmp_path, SHA).read_bytes() == SHOWN.thumbnail
    assert files_without_thumbs(tmp_path / "elsewhere", ledger.read(kinds=("evidence",))) == (SHA,)
    ledger.erase(ZHANG.key, ME, AT)
    drop_thumbs_of_nobody(tmp_path, ledger.read(kinds=("evidence",)))
    assert not thumb_path(tmp_path, SHA).exists()
    assert files_without_thumbs(tmp_path, ledger.read(kinds=("evidence",))) == ()
    facts = list(ledger.read())
    assert season_of(facts).evidence == ()
    assert balance(facts).even
    assert verify(ledger) == ()
    assert not any("张三" in str(fact.personal) for fact in facts)


def test_what_is_taken_back_is_no_evidence_until_it_is_given_again(ledger: Ledger) -> None:
    ledger.append(lines())
    [came] = (one for one in imports_of(ledger.read()) if one.kind == "files")
    ledger.append([taken_back_fact(came, "放错了", "", ME, AT)])
    facts = tuple(ledger.read())
    assert (season_of(facts).evidence, standing_evidence(ledger), unread(facts)) == ((), (), ())
    assert (balance(facts).even, balance(facts).taken_back) == (True, 1)
    [undone] = (one for one in imports_of(facts) if one.kind == "undo")
    ledger.append([taken_back_fact(undone, "没有放错", "", ME, "2017-01-20T08:00:00Z")])
    facts = tuple(ledger.read())
    assert [fact.subject for fact in standing_evidence(ledger)] == [f"{SHA}#0"]
    assert season_of(facts).evidence_of(ZHANG.key) != ()
    assert (balance(facts).even, balance(facts).filed) == (True, 1)
