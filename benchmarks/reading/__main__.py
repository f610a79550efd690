"""How well and how fast forms are read, on templates that no reader was mended on.

Usage: python -m benchmarks.reading [--family held|tune|tune2] [--forms N] [--seed S] [--rows NAME …] [--edits]
                                    [--keep DIR]
       python -m benchmarks.reading --speed [--each N] [--seed S]
Without a roster. A row is one medium; `fields` counts what stands on the paper and can be known, `right` is accepted
or proposed and true (blank where nothing stands), `accepted` is true without a person, `wrong` accepted and untrue
with the one-sided 95 % upper bound of its share in the accepted values (Clopper and Pearson), `lost` filled but called
blank or missing. The family `held` gives the figures; whoever mends a reader looks at `tune` and `tune2` alone. `held`
has its own county, programmes, words, pieces and grids. People, spellings, edits and papers that are no form come from
the same generators for all, and an edit that puts another office's word for a label (`label_synonym`) knows only words
of the readers' own table.
`--edits` does each edit alone, one a row; `--keep` leaves the files in a folder, with a list of all not accepted.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.reading.families import FAMILIES, papers_of_family
from benchmarks.reading.filling import errors_of, templates_of
from benchmarks.reading.judge import FormJudged, fields_yielded, judge_file
from benchmarks.reading.media import ROWS, Maker, Order, Sent, makers_of_edits
from benchmarks.reading.speed import speed
from benchmarks.reading.table import failures, figures_of, print_heading, print_row, print_together
from extractors.files import read_files
from gengang.reading import FileReading

TOGETHER = ("Word edited", ".doc .rtf .odt", "several in one Word")
FORMS = 480  # gives over 10,000 fields a row


def main() -> None:
    """Print the table of accuracy."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__,
                                        formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("--family", choices=sorted(FAMILIES), default="held")
    arguments.add_argument("--forms", type=int, default=FORMS)
    arguments.add_argument("--seed", type=int, default=2016)
    arguments.add_argument("--rows", nargs="+", choices=list(ROWS), default=list(ROWS))
    arguments.add_argument("--edits", action="store_true")
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--speed", action="store_true")
    arguments.add_argument("--each", type=int, default=25, help="forms of each template for --speed")
    given = arguments.parse_args()
    if given.speed:
        speed(given.each, given.seed)
        return
    makers = makers_of_edits() if given.edits else {title: ROWS[title] for title in given.rows}
    with tempfile.TemporaryDirectory() as folder:
        accuracy(given.family, given.forms, given.seed, makers, given.keep or Path(folder))


def accuracy(
    family: str, forms: int, seed: int, makers: Mapping[str, Maker], folder: Path
) -> dict[str, list[FormJudged]]:
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
    for title, maker in makers.items():
        start = time.perf_counter()
        order = Order(templates, forms, _place(folder, title), random.Random(f"{title} {seed}"))
        sent = maker(order)
        files = read_files([str(one.path) for one in sent], [template.form for template in templates])
        if title == "no form":
            _print_no_form(sent, files, told)
        else:
            found[title] = [one for s, f in zip(sent, files, strict=True) for one in judge_file(s.truths, f, f.file)]
            print_row(title, figures_of(found[title]))
            told += failures(title, found[title])
        told.append(f"# {title}: {time.perf_counter() - start:.0f} s")
        (folder / "failures.txt").write_text("\n".join(told), "utf-8")
    print_together("edited, old, several", [found.get(title, []) for title in TOGETHER])
    return found


def _place(folder: Path, title: str) -> Path:
    place = folder / title.replace(" ", "_").replace(".", "")
    place.mkdir(parents=True)
    return place


def _print_no_form(sent: Sequence[Sent], files: Sequence[FileReading], told: list[str]) -> None:
    yielding = [(one.path, fields_yielded(file)) for one, file in zip(sent, files, strict=True)]
    told += [f"no form: {count} fields from {path}" for path, count in yielding if count]
    print(f"{'no form':22}{len(sent):12} papers, {sum(count for _, count in yielding)} fields read from them")


if __name__ == "__main__":
    main()
