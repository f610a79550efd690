"""What many papers cost, and what many machines give.

Usage: python -m benchmarks.scale [--papers N,N,…] [--seed S] [--print]
       python -m benchmarks.scale --workers [--papers N] [--seed S]
       python -m benchmarks.scale --mixed PEOPLE [--seed S]
       python -m benchmarks.scale --choose [--papers N] [--seed S]
Without more: a cohort's Word papers on one machine, SQLite, 30 papers a trainee: each stage on the wall and in CPU
seconds of this process and its children, and its exponent, the slope of log CPU seconds over log papers between each
two sizes. `--print` prints too, which costs an hour for 50,000 papers. `--workers` reads the same papers with one
worker of one core and with two, at a hub on loopback, and on this machine with as many readers and no hub: what two
cores lose without a hub is the machine's, and what CPU time is spent beside is co-ordination.
`--mixed` takes an invented cohort's papers in the media in which they are sent, on PostgreSQL: CPU time and kilobytes
for each file. `--choose` reads the same pieces through the ways to have other machines read: Dask alone, prefect-dask's
runner, Prefect's task workers; and kills a worker over a piece.
Other programs share the machine, so that seconds on the wall say less than CPU seconds.
"""

import argparse

from benchmarks.scale.choose import print_choice
from benchmarks.scale.mixed import print_mixed
from benchmarks.scale.stages import print_stages
from benchmarks.scale.workers import print_workers


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", default="")
    parser.add_argument("--seed", type=int, default=2016)
    parser.add_argument("--print", action="store_true")
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--mixed", type=int, default=0)
    given = parser.parse_args()
    numbers = [int(one) for one in given.papers.split(",") if one]
    if given.choose:
        print_choice((numbers or [250])[0], given.seed)
    elif given.mixed:
        print_mixed(given.mixed, given.seed)
    elif given.workers:
        print_workers((numbers or [2_000])[0], given.seed)
    else:
        print_stages(numbers or [1_000, 5_000], given.seed, given.print)


if __name__ == "__main__":
    main()
