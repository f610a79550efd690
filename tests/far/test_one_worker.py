"""A worker elsewhere gives what this machine gives, into a ledger on PostgreSQL; what cannot be read there is said."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.by_hash import Wanted
from extractors.elsewhere import PIECE, ReadersElsewhere
from gengang.doctor_machines import machine_checks
from gengang.errors import MachineError
from gengang.settings import settings_of
from tests.far.standing import ALONE, GENGANG, ROOT, Standing, facts_read, free_port, standing, told, workspace
from tests.ledger.cluster import Cluster
from tests.typed import typed
from tests.unit.packing import zipped
from tests.unit.prints import FORMS, SENT, docx_of

IMPATIENT = (sys.executable, "-c", "from extractors import hub; hub.LEFT_SECONDS = 1.0; " + GENGANG[-1])


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with standing(tmp_path_factory.mktemp("far"), 1) as started:
        yield started


def papers() -> dict[str, bytes]:
    """Forms, more containers than one piece holds, one that is nothing, and one that came twice."""
    forms = {f"张三 {stem}.docx": docx_of(stem) for stem in SENT}
    inside = {f"两份{number}.zip": zipped({f"a{number}.docx": docx_of("training_log"), "b.docx": docx_of("appraisal")})
              for number in range(PIECE)}  # fmt: skip
    return {**forms, **inside, "坏.pdf": b"%PDF-1.7 nothing", "又一份.docx": docx_of("appraisal")}


def test_a_worker_reads_what_this_machine_reads(one: Standing, cluster: Cluster, tmp_path: Path) -> None:
    files = papers()
    here = workspace(tmp_path / "here", files)
    far = workspace(tmp_path / "far", files)
    far = replace(far, database_url=cluster.new_database(), originals=str(one.share), readers_at=one.address)
    read = facts_read(far)
    assert told(read) == told(facts_read(here))
    assert len(read) > PIECE
    assert not list((tmp_path / "far" / "archive").glob("??"))
    assert facts_read(far) == read


def test_the_check_up_counts_the_workers_at_the_hub(one: Standing, tmp_path: Path) -> None:
    settings = replace(settings_of(tmp_path, {}), readers_at=one.address)
    [said] = machine_checks(settings)
    assert (said.state, "读取机1个" in said.sentence) == ("ok", True)
    [said] = machine_checks(replace(settings, readers_at=f"tcp://127.0.0.1:{free_port()}"), 0.5)
    assert (said.state, "连不上" in said.sentence) == ("error", True)


def test_a_hub_without_a_worker_is_an_error(tmp_path: Path) -> None:
    class Hub:
        """One at which nobody stands."""

        def nthreads(self) -> dict[str, int]:
            return {}

    settings = replace(settings_of(tmp_path, {}), readers_at="tcp://127.0.0.1:8786")
    [said] = machine_checks(settings, connect=lambda _at, _seconds: nullcontext(Hub()))
    assert (said.state, "gengang readers work" in said.sentence) == ("error", True)


def test_an_original_that_the_worker_cannot_see_stops_the_pass_and_refuses_no_paper(one: Standing) -> None:
    wanted = [Wanted("张三.docx", "f" * 64)]
    with (
        ReadersElsewhere(FORMS, ALONE, one.address) as readers,
        pytest.raises(MachineError, match="看不到原件") as said,
    ):
        readers.read(wanted)
    assert "张三" not in str(said.value)


def test_a_second_hub_at_the_same_place_says_why_it_cannot_stand(one: Standing) -> None:
    code, said = ended((*GENGANG, "readers", "hub", one.address), one.share)
    assert (code, "请换一个端口" in said) == (2, True), said


def test_a_worker_without_its_hub_ends_and_says_so(one: Standing) -> None:
    code, said = ended((*IMPATIENT, "readers", "work", f"tcp://127.0.0.1:{free_port()}"), one.share)
    assert (code, "请先运行 gengang readers hub" in said) == (2, True), said


def ended(command: tuple[str, ...], share: Path) -> tuple[int, str]:
    """How a program of its own ends: one that fails leaves its sockets to the system."""
    around = {**os.environ, "PYTHONPATH": str(ROOT), "GENGANG_ORIGINALS": str(share)}
    ran = subprocess.run(command, env=around, capture_output=True, text=True, timeout=60, check=False)
    return ran.returncode, ran.stderr


@pytest.mark.parametrize(
    ("address", "why"), [("tcp://8.8.8.8:8786", "不加密"), ("tls://127.0.0.1:8786", "证书"), ("here", "的样子")]
)
def test_a_line_that_is_not_safe_is_not_opened(address: str, why: str, tmp_path: Path) -> None:
    answer = typed(["readers", "hub", address], tmp_path)
    assert (answer.code, why in answer.said) == (2, True)
