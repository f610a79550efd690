"""The log: a line for each stage, words of the program alone, turned over in time, and never what stops a run."""

import json
import logging.config
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.logs import FILE, KEPT, LARGEST, RunLog, hash_word, line_of, log, logged, plain_word

WORDS = re.compile(r"[A-Za-z][A-Za-z0-9_.:#-]*|\?", re.ASCII)
PERSONS = st.one_of(
    st.text(),
    st.from_regex(r"[\u4e00-\u9fff]{2,4}", fullmatch=True),
    st.from_regex(r"\d{17}[\dX]", fullmatch=True),
    st.from_regex(r"[a-z]?1\d{10}", fullmatch=True),
)


@given(PERSONS, PERSONS)
def test_nothing_personal_comes_into_a_line(name: str, value: str) -> None:
    line = json.loads(line_of("2016-12-06T18:30:00Z", {name: value}))
    for text in (text for pair in line.items() for text in pair if text != "2016-12-06T18:30:00Z"):
        assert WORDS.fullmatch(text)
        assert not re.search(r"\d{7}", text)


@given(st.binary(min_size=32, max_size=32).map(bytes.hex))
def test_a_file_is_a_word_that_its_hash_is_known_by(sha256: str) -> None:
    assert plain_word(hash_word(sha256)) == hash_word(sha256) != "?"


@pytest.mark.parametrize("word", ["run", "SchemeError", "gengang.night:120", "take-in"])
def test_a_word_of_the_program_stands(word: str) -> None:
    assert plain_word(word) == word


def lines(folder: Path) -> Iterator[dict[str, object]]:
    yield from map(json.loads, (folder / FILE).read_text(encoding="utf-8").splitlines())


@logged("judge", lambda found: {"judged": found})
def judged(number: int) -> int:
    if number < 0:
        raise ValueError("王芳")
    return number


def test_a_library_that_sets_up_its_own_log_does_not_end_ours(tmp_path: Path) -> None:
    logging.config.dictConfig({"version": 1})
    with RunLog(tmp_path / "logs", "run"):
        judged(12)
    assert len(list(lines(tmp_path / "logs"))) == 3


def test_a_stage_is_a_line_with_counts_and_seconds(tmp_path: Path) -> None:
    with RunLog(tmp_path / "logs", "run"):
        judged(12)
    begin, stage, end = lines(tmp_path / "logs")
    assert (begin["event"], begin["command"], end["event"]) == ("begin", "run", "run")
    assert (stage["event"], stage["judged"]) == ("judge", 12)
    assert isinstance(stage["seconds"], float)


def test_what_stopped_a_run_stands_by_kind_and_place_and_not_by_its_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="王芳"), RunLog(tmp_path / "logs", "run"):
        judged(-1)
    text = (tmp_path / "logs" / FILE).read_text(encoding="utf-8")
    [stage, end] = [line for line in lines(tmp_path / "logs") if "stopped" in line]
    assert (stage["stopped"], end["stopped"]) == ("ValueError", "ValueError")
    assert str(stage["where"]).startswith("gengang.logs:")
    assert "王芳" not in text
    assert "\\u" not in text


def test_a_run_begins_a_new_log_when_the_last_is_large_and_old_ones_go(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    for _ in range(KEPT + 3):
        with RunLog(folder, "run"):
            log("begin")
        with (folder / FILE).open("ab") as file:
            file.write(b"\n" * LARGEST)
    assert len(list(folder.iterdir())) == KEPT + 1


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file", encoding="utf-8")
    with RunLog(tmp_path / "logs", "run"):
        assert judged(1) == 1
    assert (tmp_path / "logs").read_text(encoding="utf-8") == "a file"


def test_a_full_disk_costs_lines_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / FILE).symlink_to("/dev/full")
    with RunLog(tmp_path / "logs", "run"):
        assert judged(1) == 1


def test_outside_a_run_nothing_is_written() -> None:
    assert judged(1) == 1
