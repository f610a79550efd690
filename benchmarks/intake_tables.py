"""Lists of many people as schools set them, in every kind of table file: how many are read, asked about, or wrong.

Usage: python -m benchmarks.intake_tables [--files N] [--seed S]
Each file is one list with a layout and damage drawn by chance. Read: all that the file still holds was taken without a
question, and what its program had spoiled was asked about. Wrong: something was taken otherwise than it stands, was
called blank, or is gone without a word.
"""

import argparse
import time
from collections import Counter, defaultdict
from random import Random

from extractors.files import read_bytes
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN
from tests.unit.tabledraws import LISTS, case_of, is_right, wrongs
from tests.unit.tablefiles import WRITERS


def main() -> None:
    """Print a line for each kind of file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=2016)
    given = arguments.parse_args()
    forms, _ = forms_of_folder(BUILT_IN / "forms")
    by_stem = {form.stem: form for form in forms}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    faults = []
    start = time.perf_counter()
    for number in range(given.files):
        name = [*WRITERS][number % len(WRITERS)]
        chance = Random(f"{given.seed}/{number // len(WRITERS)}")  # the same lists in every kind of file
        case = case_of(by_stem[chance.choice(LISTS)], chance, name.endswith((".csv", ".txt")))
        file = read_bytes(name, WRITERS[name](case.sheet), forms)
        wrong = [*wrongs(case, file)]
        faults += [f"  {name} {number}: {one}" for one in wrong]
        counts[name]["wrong" if wrong else "read" if is_right(case, file) else "asked"] += 1
    seconds = time.perf_counter() - start
    print(f"{given.files} lists, seed {given.seed}, {seconds / max(given.files, 1):.3f} s each, drawing included")
    print(f"{'':12}{'lists':>8}{'read':>8}{'asked':>8}{'wrong':>8}")
    for name, found in counts.items():
        print(f"{name:12}{sum(found.values()):8}{found['read']:8}{found['asked']:8}{found['wrong']:8}")
    print("\n".join(faults))


if __name__ == "__main__":
    main()
