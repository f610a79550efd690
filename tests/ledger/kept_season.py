"""A small season whose papers are in the ledger without having been read: two trainees, a mentor and their files."""

import io
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest

from gengang.facts import Actor, Fact
from gengang.intake import settled_files, take_all_in
from gengang.ledger import Ledger
from gengang.press import Pressed
from gengang.reading import FieldReading, Reading
from gengang.roster import Roster
from gengang.rosterfile import roster_bytes
from gengang.season import reading_fact, roster_facts
from gengang.settings import Settings
from gengang.under_way import Pass, RunRequest
from gengang.workspace import BUILT_IN, new_workspace
from tests.unit.rosters import id_number, mentor, trainee
from tests.unit.rosters import roster as paired

AT = "2017-01-16T08:00:00Z"
AFTER = date(2017, 1, 16)
ME = Actor("王老师", "office", "办公室电脑", "erase")
ZHANG = trainee("张小三", number=id_number("19760305", "123"))
LI = replace(trainee("李四", "李河中学", "初中", "数学", number=id_number("19800101", "125")), phone="13600136000")
ZHOU = mentor("周明")
LISTED: Roster = paired(ZHANG, LI, mentors=(ZHOU,))


def word(*texts: str) -> bytes:
    """A package whose text is cut into runs, as Word cuts it."""
    runs = "".join(f"<w:t>{text[:1]}</w:t><w:t>{text[1:]}</w:t>" for text in texts)
    return packed({"word/document.xml": f"<w:p>{runs}</w:p>".encode()})


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members, always the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data)
    return written.getvalue()


FILES: Mapping[str, bytes] = {
    "2016-12-05 张村小学/张小三 日志.docx": word("张小三", ZHANG.id_number),
    "2016-12-05 张村小学/张小三/日志二.docx": word("张小三", "第二篇"),
    "2016-12-05 两人.zip": packed({"张小三.docx": word("张小三"), "李四.docx": word("李四")}),
    "2016-12-06 李河中学/李四 日志.docx": word("李四", "和张小三一起听课"),
    "2016-12-06 李河中学/坏.docx": b"broken",
}
PAPERS = {"2016-12-05 张村小学/张小三 日志.docx": (ZHANG,), "2016-12-05 张村小学/张小三/日志二.docx": (ZHANG,),
          "2016-12-05 两人.zip": (ZHANG, LI), "2016-12-06 李河中学/李四 日志.docx": (LI,)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Small:
    """The season on a disk and in a ledger."""

    settings: Settings
    hashes: Mapping[str, str]


def small_season(settings: Settings, ledger: Ledger) -> Small:
    """Takes the files in and writes what reading them would have written."""
    new_workspace(settings.workspace, "county-2016")
    for name in ("forms/training_log.docx", "papers/packet_cover.docx"):  # all of them take a second to compile
        (settings.templates / name).parent.mkdir()
        shutil.copy(BUILT_IN / name, settings.templates / name)
    settings.roster.write_bytes(roster_bytes(LISTED))
    drop(settings, FILES)
    intake = take_all_in(settings, ledger, settled_files(settings), date(2016, 12, 6), ME, "2016-12-06T08:00:00Z")
    hashes = {arrival.path: arrival.sha256 for arrival in intake.arrivals}
    ledger.append(roster_facts(LISTED, "first", "workbook", ME, AT))
    ledger.append([fact for path, sha256 in hashes.items() for fact in outcome(path, sha256)])
    ledger.append([Fact("run", "run", {"phase": "done", "as_of": "2016-12-07"}, ME, AT)])
    return Small(settings, hashes)


def drop(settings: Settings, files: Mapping[str, bytes]) -> None:
    """Puts files into the inbox."""
    for path, data in files.items():
        target = settings.inbox / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def outcome(path: str, sha256: str) -> list[Fact]:
    """What reading a file gives, and whose it is."""
    if path not in PAPERS:
        return [
            Fact("refused", sha256, {"code": "unreadable_file"}, ME, AT, {"sentence": "打不开", "aside": "坏.docx"})
        ]
    facts = []
    for index, person in enumerate(PAPERS[path]):
        day = f"2016-10-{10 + len(path) % 15:02d}"
        values = {"name": person.name, "id_number": person.id_number, "log_date": day}
        if path.endswith("李四 日志.docx"):
            values["gains"] = "和张小三一起听课"
        fields = {name: FieldReading("accepted", value, value, 1.0) for name, value in values.items()}
        key = f"{sha256}#{index}"
        facts.append(reading_fact(key, Reading("training_log", "0123456789ab", fields), "word", {}, ME, AT))
        facts.append(Fact("match", key, {"person": person.key, "status": "sure"}, ME, AT, {"evidence": [person.name]}))
    return facts


def request(settings: Settings, as_of: date | None = AFTER, at: str = AT) -> RunRequest:
    """Asked for by the office, after the season."""
    return RunRequest(settings, as_of, ME, at, lambda _stage, _done, _total: None)


def print_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is tried elsewhere, and costs seconds."""

    def printed(_pass: Pass, _judged: object) -> tuple[Pressed, ...]:
        return ()

    for module in ("night", "erasing"):
        monkeypatch.setattr(f"gengang.{module}.print_papers", printed)
