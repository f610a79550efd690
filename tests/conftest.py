"""How hypothesis searches: `house` for every run, `soak` (make soak) with many more generated submissions."""

from hypothesis import HealthCheck, settings

# Two busy cores say nothing about a slow example, so no example has a time limit.
settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", settings.get_profile("house"), max_examples=5_000)
settings.load_profile("house")
