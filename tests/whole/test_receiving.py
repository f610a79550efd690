"""An intake from folder to receipt: texts handed out once, the register, and a pile filed by its bag covers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from gengang.handing_out import bag_covers
from gengang.ledger import open_ledger
from gengang.papers.morning import FILE
from gengang.rendering import writer_of
from gengang.season import Season, season_of
from gengang.settings import Settings
from tests.unit.prints import LOG, TEMPLATES, converted, joined
from tests.whole.samples import CLOSING, bytes_under, copied, head, request, run, settings_for

DAY, AS_OF = date(2016, 12, 6), date(2016, 12, 10)
NIGHTS = ("2016-12-10T20:00:00Z", "2016-12-11T20:00:00Z")
NAMELESS = replace(LOG, values={**LOG.values, "name": None, "school": None, "stage_subject": None})


def receipts(settings: Settings) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8-sig") for path in (settings.outbox / "收件回执").glob("*.txt")}


def season(settings: Settings) -> Season:
    ledger = open_ledger(settings)
    try:
        return season_of(ledger.read())
    finally:
        ledger.close()


def test_every_sender_of_the_first_intake_has_a_text_and_everything_a_line(few_run: Path) -> None:
    settings = settings_for(few_run)
    found, page = receipts(settings), (settings.outbox / FILE).read_text(encoding="utf-8")
    day = CLOSING.isoformat()
    assert {name.partition(" ")[0] for name in found} == {day}
    assert {text.partition("：")[0] for text in found.values()} == {name.partition(" ")[2] for name in found}
    assert all(text.splitlines()[0] in page for text in found.values())
    assert (settings.outbox / "收件登记簿/收件登记簿_第01册.pdf").exists()


def printed_for(settings: Settings, person: str) -> set[object]:
    ledger = open_ledger(settings)
    try:
        return {fact.data["sha256"] for fact in ledger.read(kinds=("paper",)) if fact.subject == person}
    finally:
        ledger.close()


def test_a_pile_is_filed_by_its_cover_and_told_once(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "laid")
    before = receipts(settings)
    person = next(one for one in season(settings).roster.trainees if one.name == "丁秀")
    written = bag_covers(request(settings), ("丁秀",), (DAY,))
    assert (written.held, len(written.pressed)) == (0, 2)
    assert printed_for(settings, person.key) >= {one.docx for one in written.pressed if one.draft.person}
    cover, sheet = ((settings.outbox / f"{one.file}.pdf").read_bytes() for one in written.pressed)
    writer = writer_of((TEMPLATES / "forms/training_log.docx").read_bytes(), "training_log")
    paper = converted(writer.fill_submission(NAMELESS), "docx", "pdf")
    (settings.inbox / "扫描0001.pdf").write_bytes(joined(sheet, cover, paper))

    run(settings, AS_OF, NIGHTS[0])
    [held] = [one for one in season(settings).papers if one.source.path == "扫描0001.pdf"]
    assert (held.match.status, held.paper.person, held.paper.received) == ("sure", person.key, DAY)
    new = {name: text for name, text in receipts(settings).items() if name not in before}
    assert list(new) == ["2016-12-10 丁秀"]
    assert new["2016-12-10 丁秀"].startswith("丁秀：今收到研修日志1篇；缺")
    page = (settings.outbox / FILE).read_text(encoding="utf-8")
    assert new["2016-12-10 丁秀"].splitlines()[0] in page
    assert "材料袋里还缺：" in page

    lines, outbox = head(settings), bytes_under(settings.outbox)
    run(settings, AS_OF, NIGHTS[1])
    assert (head(settings), bytes_under(settings.outbox)) == (lines, outbox)
