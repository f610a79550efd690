"""How well scans, photos and handwriting are read, on templates, people, fonts and damage that no reader was mended on.

Usage: python -m benchmarks.scans [--family tune|tune2] [--forms N] [--seed S] [--rows NAME …] [--roster]
                                  [--reliability] [--keep DIR] [--held FONTS --hands FAMILY …]
Columns as those of benchmarks.reading: `right` is accepted or proposed and true (blank where nothing stands),
`accepted` true without a person, `wrong` accepted and untrue with the one-sided 95 % upper bound of its share in the
accepted values (Clopper and Pearson), `lost` filled but called blank or missing. Rows of ticks count tick boxes alone,
which a pen drew. A long text is true when its letters and marks are: who broke a full line, and how wide a mark was
typed, no paper shows; the last line counts the accepted ones that differ so. `--roster` reads with the roster of an
office; `--reliability` prints how often a value was right against its confidence, by codec, names apart from other
texts. `--keep` leaves the files, and a list of all that was not accepted.
`--held FONTS` takes the damage, the faces and the hands that no reader was mended on: FONTS is a folder with a
fonts.conf, and handwriting faces in `hands`, whose families `--hands` names in the order of their files. Readers were
mended on scans of `tune2`, never on those of `tune`.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reading.families import papers_of_family
from benchmarks.reading.filling import templates_of
from benchmarks.reading.judge import FormJudged
from benchmarks.reading.media import Order
from benchmarks.reading.table import failures, figures_of, print_heading, print_row
from benchmarks.scans.made import codecs_of, read_row, set_otherwise
from benchmarks.scans.reliability import print_reliability
from benchmarks.scans.rows import ROWS, TUNE, held_kit

FORMS = 60
FAMILIES = ("tune", "tune2")


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("--family", choices=FAMILIES, default="tune2")
    arguments.add_argument("--forms", type=int, default=FORMS)
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--rows", nargs="+", choices=list(ROWS), default=list(ROWS))
    arguments.add_argument("--roster", action="store_true")
    arguments.add_argument("--reliability", action="store_true")
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--held", type=Path)
    arguments.add_argument("--hands", nargs="+", default=[])
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        accuracy(given, given.keep or Path(folder))


def accuracy(given: argparse.Namespace, folder: Path) -> None:
    """One line for each row. folder: where files and `failures.txt` are left."""
    templates = templates_of(papers_of_family(given.family, given.seed))
    roster = "with a roster" if given.roster else "no roster"
    print(f"family {given.family}, seed {given.seed}: {len(templates)} templates, {given.forms} forms a row, {roster}",
          flush=True)  # fmt: skip
    print_heading()
    kit = TUNE if given.held is None else held_kit(given.held, given.hands)
    told: list[str] = []
    everything: list[FormJudged] = []
    for title in given.rows:
        start = time.perf_counter()
        place = folder / title.replace(" ", "_").replace(",", "")
        place.mkdir(parents=True, exist_ok=True)
        order = Order(templates, given.forms, place, random.Random(f"{title} {given.seed}"))
        judged = read_row(order, ROWS[title], kit, _workers(), given.roster)
        everything += judged
        print_row(title, figures_of(judged))
        told += [*failures(title, judged), f"# {title}: {time.perf_counter() - start:.0f} s"]
        (folder / "failures.txt").write_text("\n".join(told), "utf-8")
        if given.reliability:
            print_reliability(judged, codecs_of([template.form for template in templates]))
    _print_together(everything)


def _print_together(everything: Sequence[FormJudged]) -> None:
    print_row("all together", figures_of(everything))
    print(f"of the accepted, long texts with another blank, line end or width of a mark: {set_otherwise(everything)}")


def _workers() -> int:
    return os.cpu_count() or 1


if __name__ == "__main__":
    main()
