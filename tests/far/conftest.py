"""What the tests of many machines share; those that kill workers or make keys are for `make soak`."""

import os

from tests.ledger.fixtures import cluster

__all__ = ["cluster"]

collect_ignore = [] if os.environ.get("GENGANG_SOAK") else ["test_lost_workers.py", "test_locked_line.py"]
