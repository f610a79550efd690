"""Folders that the tests of whole seasons read, and never write."""

from pathlib import Path

import pytest

from tests.whole import samples


@pytest.fixture(scope="session")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve trainees' inbox, not run yet."""
    return samples.twelve(tmp_path_factory)


@pytest.fixture(scope="session")
def twelve_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after one run."""
    return samples.twelve_run(tmp_path_factory)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three trainees' inbox, not run yet."""
    return samples.few(tmp_path_factory)


@pytest.fixture(scope="session")
def few_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after one run."""
    return samples.few_run(tmp_path_factory)


@pytest.fixture(scope="session")
def few_issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with certificates."""
    return samples.few_issued(tmp_path_factory)


@pytest.fixture(scope="session")
def few_packet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its packet ordered for the printer."""
    return samples.few_packet(tmp_path_factory)
