"""How many examples a law is tried on: some in `make test`, twenty times as many in `make soak`.

A law that names a number of its own has it from here, since such a number stands above that of the profile.
"""

import os

SOAK = bool(os.environ.get("GENGANG_SOAK"))


def often(examples: int) -> int:
    """The number for this run. examples: that of `make test`."""
    return examples * 20 if SOAK else examples
