"""What a file costs in the media in which papers are sent, on PostgreSQL: what a province is planned by."""

import tempfile
from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.scale.papers import mixed_workspace
from benchmarks.scale.stages import STAGES, megabytes_of, staged
from gengang.originals import originals_place
from tests.ledger.cluster import running_cluster


def print_mixed(people: int, seed: int) -> None:
    """Of an invented cohort: CPU milliseconds, kilobytes of originals and of the database, for each file."""
    with tempfile.TemporaryDirectory() as folder, running_cluster() as cluster:
        settings = replace(mixed_workspace(Path(folder), people, seed), database_url=cluster.new_database())
        empty = database_megabytes(str(settings.database_url))
        clock, memory = staged(settings, printing=False)
        files = sum("/" in name for name in originals_place(settings).listed())
        disk, database = megabytes_of(settings), database_megabytes(str(settings.database_url)) - empty
    print(f"{people} people, {files} originals with templates, seed {seed}, usual damage, PostgreSQL; {memory} MB")
    for name, wall, cpu in clock.stages:
        if name in STAGES:
            print(f"{name:>10}{1000 * cpu / files:9.2f} ms CPU a file{1000 * wall / files:9.2f} on the wall")
    print(f"{1000 * disk / files:.1f} kB of original a file, {1000 * database / files:.1f} kB of database")


def database_megabytes(url: str) -> float:
    """As the server says."""
    engine = create_engine(url)
    with engine.connect() as connection:
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    engine.dispose()
    return float(size) / 1e6
