"""How well and how fast forms are read, on templates, people and edits that no reader was mended on.

Usage: python -m benchmarks.reading [--family held|tune] [--forms N] [--seed S] [--rows NAME …] [--keep DIR]
       python -m benchmarks.reading --speed [--each N] [--seed S]
Without a roster. A row is one medium; `fields` counts what stands on the paper and can be known, `right` is accepted
or proposed and true (blank where nothing stands), `accepted` is true without a person, `wrong` accepted and untrue
with the one-sided 95 % upper bound of its share in the accepted values (Clopper and Pearson), `lost` filled but called
blank or missing. The family `held` gives the figures; whoever mends a reader looks at `tune` alone. `--keep` leaves
the files and a list of all that was not accepted in a folder.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reading.filling import Template, errors_of, templates_of
from benchmarks.reading.judge import FormJudged, fields_yielded, judge_file
from benchmarks.reading.media import ROWS, Order, Sent
from benchmarks.reading.papers import papers_of_family
from benchmarks.reading.speed import speed
from benchmarks.reading.table import failures, figures_of, print_heading, print_row
from benchmarks.reading.words import FAMILIES
from extractors.files import read_files
from gengang.reading import FileReading

FORMS = 480  # gives over 10,000 fields a row


def main() -> None:
    """Print the table of accuracy."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("--family", choices=sorted(FAMILIES), default="held")
    arguments.add_argument("--forms", type=int, default=FORMS)
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--rows", nargs="+", choices=list(ROWS), default=list(ROWS))
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--speed", action="store_true")
    arguments.add_argument("--each", type=int, default=25, help="forms of each template for --speed")
    given = arguments.parse_args()
    if given.speed:
        speed(given.each, given.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        accuracy(given.family, given.forms, given.seed, given.rows, given.keep or Path(folder))


def accuracy(family: str, forms: int, seed: int, rows: Sequence[str], folder: Path) -> dict[str, list[FormJudged]]:
    """Print one line for each row. folder: where files and `failures.txt` are left. Returns what was judged."""
    papers = papers_of_family(family, seed)
    templates = templates_of(papers)
    print(f"family {family}, seed {seed}: {len(templates)} of {len(papers)} templates without an error, "
          f"{forms} forms a row, no roster")  # fmt: skip
    for error in errors_of(papers):
        print(f"  left out: {error}")
    print_heading()
    told: list[str] = []
    found: dict[str, list[FormJudged]] = {}
    for title in rows:
        start = time.perf_counter()
        sent, files = _read(title, templates, forms, seed, folder)
        if title == "no form":
            _print_no_form(sent, files, told)
        else:
            found[title] = [one for s, f in zip(sent, files, strict=True) for one in judge_file(s.truths, f, f.file)]
            print_row(title, figures_of(found[title]))
            told += failures(title, found[title])
        told.append(f"# {title}: {time.perf_counter() - start:.0f} s")
        (folder / "failures.txt").write_text("\n".join(told), "utf-8")
    return found


def _read(
    title: str, templates: Sequence[Template], forms: int, seed: int, folder: Path
) -> tuple[list[Sent], Sequence[FileReading]]:
    place = folder / title.replace(" ", "_").strip(".").replace(".", "")
    place.mkdir(parents=True)
    sent = ROWS[title](Order(templates, forms, place, random.Random(f"{title} {seed}")))
    return sent, read_files([str(one.path) for one in sent], [template.form for template in templates])


def _print_no_form(sent: Sequence[Sent], files: Sequence[FileReading], told: list[str]) -> None:
    yielding = [(one.path, fields_yielded(file)) for one, file in zip(sent, files, strict=True)]
    told += [f"no form: {count} fields from {path}" for path, count in yielding if count]
    print(f"{'no form':22}{len(sent):12} papers, {sum(count for _, count in yielding)} fields read from them")


if __name__ == "__main__":
    main()
