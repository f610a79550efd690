"""How hypothesis searches: `house` for every run, `soak` (make soak) with many more generated submissions. And which
tests come first: a file stays with one worker, and a long one that begins last is waited for by all the others.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Two busy cores say nothing about a slow example, so no example has a time limit. CI judges the change and not the
# day's luck: there the same examples are drawn every time, and soak searches on.
settings.register_profile(
    "house",
    max_examples=60,
    deadline=None,
    print_blob=True,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("soak", settings.get_profile("house"), max_examples=5_000, derandomize=False)
settings.load_profile("house")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no name: an archive bears the second at which it was made, and all workers must find the same tests."""
    return argname if isinstance(val, bytes) else None


LONGEST = (
    "faults/test_many_nights.py", "faults/test_killed_run.py", "desk/test_browser.py", "unit/test_sample.py",
    "whole/test_commands.py", "whole/test_extending.py", "whole/test_again.py", "whole/test_season.py",
    "whole/test_foreign_office.py", "whole/test_bad_input.py", "flows/test_nightly.py", "laws/test_pdf_law.py",
    "laws/test_word_law.py", "unit/test_scan.py", "unit/test_guarded.py", "desk/test_security.py",
    "flows/test_serving.py", "desk/rooms/test_whole_path.py", "desk/rooms/test_rooms_in_browser.py",
    "whole/test_packet.py", "whole/test_handing_out.py", "faults/test_kill_intake.py", "unit/test_installer.py",
    "laws/test_old_formats.py", "unit/test_evidence_reading.py", "far/test_one_worker.py", "unit/test_spreads.py",
    "unit/test_scanned_versions.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest first; the others as they came."""
    here = Path(__file__).parent
    place = {here / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))
