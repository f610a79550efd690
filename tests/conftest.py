"""How hypothesis searches: `house` for every run, `soak` (make soak) with many more generated submissions."""

import os

from hypothesis import HealthCheck, settings

# Two busy cores say nothing about a slow example, so no example has a time limit. CI judges the change and not the
# day's luck: there the same examples are drawn every time, and soak searches on.
settings.register_profile(
    "house",
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
