"""Two workers, one of them killed while it reads: every paper is read, none twice, and a bad one is refused."""

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.elsewhere import PIECE
from tests.far.standing import Standing, facts_read, seen_within, standing, told, workspace
from tests.far.unlucky import NOTE
from tests.ledger.cluster import Cluster
from tests.unit.packing import zipped
from tests.unit.prints import docx_of

UNLUCKY = (sys.executable, "-m", "tests.far.unlucky")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Standing]:
    with standing(tmp_path, 2, UNLUCKY) as started:
        yield started


def papers(first: str) -> dict[str, bytes]:
    """Four pieces of papers, the first of which bears a name that a worker heeds."""
    inside = {f"a{number:02}.zip": zipped({f"{number}.docx": docx_of("training_log")}) for number in range(4 * PIECE)}
    return {**inside, f"{first}.zip": zipped({"0.docx": docx_of("appraisal")})}


def kill_whoever_is_slow(note: Path, killed: list[int]) -> None:
    if seen_within(100, note):
        process = int(note.read_text("ascii"))
        os.kill(process, signal.SIGKILL)
        killed.append(process)


def test_a_killed_workers_papers_are_read_by_the_other_and_none_twice(
    two: Standing, cluster: Cluster, tmp_path: Path
) -> None:
    files = papers("slow")
    far = workspace(tmp_path / "far", files)
    far = replace(far, database_url=cluster.new_database(), originals=str(two.share), readers_at=two.address)
    killed: list[int] = []
    killer = threading.Thread(target=kill_whoever_is_slow, args=(two.share / NOTE, killed))
    killer.start()
    read = facts_read(far)
    killer.join()
    assert len(killed) == 1
    assert Counter(fact.subject for fact in read).most_common(1)[0][1] == 1
    assert told(read) == told(facts_read(workspace(tmp_path / "here", files)))


def test_a_file_that_ends_its_worker_is_refused_once_and_costs_no_other(
    two: Standing, cluster: Cluster, tmp_path: Path
) -> None:
    files = papers("dead")
    far = workspace(tmp_path / "far", files)
    far = replace(far, database_url=cluster.new_database(), originals=str(two.share), readers_at=two.address)
    read = facts_read(far)
    [refused] = [fact for fact in read if fact.kind == "refused"]
    assert refused.data["code"] == "reader_failed"
    assert "两次使读取机停止工作" in str((refused.personal or {})["sentence"])
    kept = [fact for fact in read if fact.kind == "reading"]
    assert len({fact.subject for fact in kept}) == len(kept) == 4 * PIECE
    assert facts_read(far) == read
