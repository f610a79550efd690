"""A worker elsewhere gives what this machine gives, into a ledger on PostgreSQL; what cannot be read there is said."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.by_hash import Wanted
from extractors.elsewhere import PIECE, ReadersElsewhere
from gengang.errors import MachineError
from tests.far.standing import PATIENT, Standing, facts_read, standing, told, workspace
from tests.ledger.cluster import Cluster
from tests.unit.packing import zipped
from tests.unit.prints import FORMS, SENT, docx_of


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


def test_an_original_that_the_worker_cannot_see_stops_the_pass_and_refuses_no_paper(one: Standing) -> None:
    wanted = [Wanted("张三.docx", "f" * 64)]
    with (
        ReadersElsewhere(FORMS, PATIENT, one.address) as readers,
        pytest.raises(MachineError, match="看不到原件") as said,
    ):
        readers.read(wanted)
    assert "张三" not in str(said.value)
