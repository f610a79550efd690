"""The inbox that runs are killed over: 42 arrivals of every sort, in soak three hundred, of which few cost much."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gengang.keyring import new_key
from tests.unit.evidence_pictures import FILM, SLIDES
from tests.unit.packing import mailed, zipped
from tests.whole.samples import few, made_once, made_sample, papers_in_truth, settings_for

CHAT = "2016-12-05 柳河镇初级中学/mmexport1448731633683.jpg"
SIGNUP = "2016-09-03 孙店小学/孙店小学报名表（电子版）.xlsx"
OLD_WORD = "2016-11-28 赵集小学/叶玉桂听课记录11.doc"
PRINTED = ("2016-09-19 周寨小学/听课记录-丁秀-2.pdf", "2016-10-08 周寨小学/听课记录-丁秀-3.pdf")
BY_MAIL, IN_ZIP = "2016-12-05 赵集小学/叶玉桂研修报告.docx", "2016-11-28 周寨小学/上课记录-丁秀.docx"
AGAIN = "2016-11-28 赵集小学/叶玉桂研修日志6.docx"
SCHOOLS = ("赵集小学", "周寨小学")
MADE_AT = "2016-09-01T00:00:00Z"
TAKEN_AT = 1_476_235_800  # a file's time is part of what the ledger says


def mixed(factory: pytest.TempPathFactory, arrivals: int) -> Path:
    """A workspace whose inbox holds so many files."""
    sample, source = made_sample(factory), few(factory)

    def make(half: Path) -> None:
        shutil.copytree(source, half)
        new_key(settings_for(half).keys, MADE_AT)  # two runs over copies sign with one key, and so print the same
        for name, data in made_up(sample / "inbox").items():
            (half / "inbox" / name).parent.mkdir(exist_ok=True)
            (half / "inbox" / name).write_bytes(data)
            os.utime(half / "inbox" / name, (TAKEN_AT, TAKEN_AT))
        missing = arrivals - len(files_of(half))
        for name in (CHAT, SIGNUP, OLD_WORD, *PRINTED, *further(sample, half))[:missing]:
            (half / "inbox" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(sample / "inbox" / name, half / "inbox" / name)
        assert len(files_of(half)) == arrivals

    return made_once(factory, f"mixed-{arrivals}", make)


def made_up(inbox: Path) -> dict[str, bytes]:
    """What the sample has not, or not so small: a mail and a zip with one paper each, evidence, a broken file."""
    return {
        "叶玉桂.eml": mailed("研修报告.docx", (inbox / BY_MAIL).read_bytes()),
        "丁秀.zip": zipped({"上课记录.docx": (inbox / IN_ZIP).read_bytes(), "课堂.mp4": FILM + b"1"}),
        "叶玉桂 听课/1.mp4": FILM,
        "丁秀 汇报课/课件.pptx": SLIDES,
        "坏.pdf": b"%PDF-1.7 nothing",
        "2016-12-06 赵集小学/叶玉桂日志再交.docx": (inbox / AGAIN).read_bytes(),
    }


def further(sample: Path, half: Path) -> Iterator[str]:
    """Files that are there in the sample alone: those of the schools of the few, then the printed and the old ones."""
    here = files_of(half) | {BY_MAIL, IN_ZIP, OLD_WORD, *PRINTED}
    papers = {one["file"]: one for one in papers_in_truth(sample)}
    names = {name for name, one in papers.items()
             if one["medium"] in ("word", "pdf", "doc") and one["carrier"] == "file"
             and one["kind"] != "registration"}  # fmt: skip

    def place(name: str) -> tuple[bool, bool, str]:
        near = any(school in name for school in SCHOOLS)
        return not near, not near and papers[name]["medium"] == "word", name

    yield from sorted(names - here, key=place)


def files_of(workspace: Path) -> set[str]:
    """Names of all that lies in an inbox."""
    inbox = workspace / "inbox"
    return {path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()}
