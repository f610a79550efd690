"""A paper that comes again, once the same and once altered, through a whole run, and a person's word on it."""

import json
from pathlib import Path
from typing import Any

import docx

from gengang.papers.morning import FILE
from gengang.settings import Settings
from gengang.status import season_status
from tests.whole.samples import copied, run
from tests.whole.test_commands import gengang

NIGHTS = tuple(f"2016-12-{day}T18:30:00Z" for day in (21, 22, 23))


def person(settings: Settings, name: str) -> dict[str, Any]:
    [found] = [one for one in season_status(settings, None)["persons"] if one["name"] == name]
    return dict(found)


def page(settings: Settings) -> str:
    return (settings.outbox / FILE).read_text(encoding="utf-8")


def altered(source: Path, target: Path) -> None:
    """The same form, in which somebody added a sentence to the longest text."""
    document = docx.Document(str(source))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    longest = max((one for cell in cells for one in cell.paragraphs), key=lambda one: len(one.text))
    longest.add_run("补记一条：板书设计也值得学习，回校以后照着试一次。")
    target.parent.mkdir(parents=True)
    document.save(str(target))


def test_a_log_that_comes_again_altered_counts_once_and_a_person_decides(few_run: Path, tmp_path: Path) -> None:
    settings = copied(few_run, tmp_path / "again")
    before = person(settings, "丁秀")
    first = min((settings.archive / "received").rglob("研修日志-丁秀-*.docx"))
    altered(first, settings.inbox / "2016-12-08 补交" / "新建文档(2)最终版.docx")
    (settings.inbox / "又一份.docx").write_bytes(first.read_bytes())
    run(settings, at=NIGHTS[0])
    told = page(settings)
    assert "共收到2次，只算一份" in told
    assert "新建文档(2)最终版.docx，电子版，2016-12-08收到" in told
    after = person(settings, "丁秀")
    [versions] = after["versions"]
    assert (versions["form"], versions["waits"], len(versions["papers"])) == ("training_log", True, 2)
    assert {key: after["verdict"][key] for key in ("points_now", "outcome", "days", "shortfall")} == {
        key: before["verdict"][key] for key in ("points_now", "outcome", "days", "shortfall")
    }
    assert len(after["papers"]) == len(before["papers"]) + 1
    [old] = [one for one in versions["papers"] if one != versions["proposed"]]
    ended = gengang("choose", old, "--why", "本人说以先交的为准", workspace=settings.workspace)
    assert (ended.code, "以这一份为准" in ended.words) == (0, True)
    run(settings, at=NIGHTS[1])
    assert "内容不同" not in page(settings)
    decided = json.loads(gengang("status", "--json", workspace=settings.workspace).out)
    [found] = [one for one in decided["persons"] if one["name"] == "丁秀"]
    assert (found["verdict"], found["versions"][0]["chosen"]) == (before["verdict"], old)
