"""How well scans, photos and handwriting are read, on templates, people, fonts and damage held apart.

Usage: python -m benchmarks.scans [--family tune|tune2] [--forms N] [--seed S …] [--rows NAME …]
                                  [--reliability] [--keep DIR] [--held FONTS --hands FAMILY …]
Columns as those of benchmarks.reading: `right` is accepted or proposed and true (blank where nothing stands),
`accepted` true without a person, `wrong` accepted and untrue with the one-sided 95 % upper bound of its share in the
accepted values (Clopper and Pearson), `lost` filled but called blank or missing. Rows of ticks count tick boxes alone,
which a pen drew. A long text is true when its letters and marks are: who broke a full line, and how wide a mark was
typed, no paper shows; the last line counts the accepted ones that differ so. Each row stands there once more as it is
with the roster of an office. `--reliability` prints how often a value was right against its confidence, by codec, names
apart from other texts. `--keep` leaves the files, and a list of all that was not accepted.
A seed draws templates and people; of several, each row reads N forms of every seed's and adds them up.
`--held FONTS` takes the damage, the faces and the hands from which no list or bound was taken: FONTS is a folder with a
fonts.conf, and handwriting faces in `hands`, whose families `--hands` names in the order of their files. Readers were
mended on scans of `tune2`; of `tune`, only faults that a seed had shown, after it.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.reading.families import papers_of_family
from benchmarks.reading.filling import Template, templates_of
from benchmarks.reading.judge import FormJudged
from benchmarks.reading.media import Order
from benchmarks.reading.table import failures, figures_of, print_heading, print_row
from benchmarks.scans.made import Twice, codecs_of, read_row, set_otherwise
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
    arguments.add_argument("--seed", type=int, nargs="+", default=[2016])
    arguments.add_argument("--rows", nargs="+", choices=list(ROWS), default=list(ROWS))
    arguments.add_argument("--reliability", action="store_true")
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--held", type=Path)
    arguments.add_argument("--hands", nargs="+", default=[])
    given = arguments.parse_args()
    if given.reliability and len(given.seed) > 1:
        arguments.error("--reliability takes one seed: what is a tick box of one template is a text of another's")
    with tempfile.TemporaryDirectory() as folder:
        accuracy(given, given.keep or Path(folder))


def accuracy(given: argparse.Namespace, folder: Path) -> None:
    """One line for each row, and one with a roster. folder: where files and `failures.txt` are left."""
    templates = {seed: templates_of(papers_of_family(given.family, seed)) for seed in given.seed}
    drawn = [template.form for of_seed in templates.values() for template in of_seed]
    seeds = " ".join(map(str, given.seed))
    print(
        f"family {given.family}, seed {seeds}: {len(drawn)} templates, {given.forms * len(given.seed)} forms a row",
        flush=True,
    )
    print_heading()
    told: list[str] = []
    rows: list[Twice] = []
    for title in given.rows:
        start = time.perf_counter()
        alone, settled = _row_of_seeds(title, templates, given, folder)
        rows.append((alone, settled))
        _print_both(title, alone, settled)
        told += [*failures(title, alone), *failures(f"{title}, roster", settled),
                 f"# {title}: {time.perf_counter() - start:.0f} s"]  # fmt: skip
        (folder / "failures.txt").write_text("\n".join(told), "utf-8")
        if given.reliability:
            print_reliability(alone, codecs_of(drawn))
    everything = [form for alone, _ in rows for form in alone]
    _print_both("all together", everything, [form for _, settled in rows for form in settled])
    print(f"of the accepted, long texts with another blank, line end or width of a mark: {set_otherwise(everything)}")


def _row_of_seeds(title: str, templates: Mapping[int, Sequence[Template]], given: argparse.Namespace,
                  folder: Path) -> Twice:  # fmt: skip
    """Each seed's forms beside its own templates alone, as an office has one set of them."""
    kit = TUNE if given.held is None else held_kit(given.held, given.hands)
    alone: list[FormJudged] = []
    settled: list[FormJudged] = []
    for seed, of_seed in templates.items():
        place = folder / title.replace(" ", "_").replace(",", "") / str(seed)
        place.mkdir(parents=True, exist_ok=True)
        order = Order(of_seed, given.forms, place, random.Random(f"{title} {seed}"))
        one, two = read_row(order, ROWS[title], kit, _workers())
        alone += one
        settled += two
    return alone, settled


def _print_both(title: str, alone: Sequence[FormJudged], settled: Sequence[FormJudged]) -> None:
    print_row(title, figures_of(alone))
    print_row("  with a roster", figures_of(settled))
    sys.stdout.flush()


def _workers() -> int:
    return os.cpu_count() or 1


if __name__ == "__main__":
    main()
