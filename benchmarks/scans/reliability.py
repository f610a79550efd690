"""Confidence held against being right: what the thresholds of extractors.policy are taken from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.reading.judge import FormJudged
from benchmarks.reading.table import at_most
from gengang.surnames import may_be_name

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1.01)


def print_reliability(judged: Sequence[FormJudged], codecs: Mapping[tuple[str, str], str]) -> None:
    """One line a codec and bin of confidence: how many values, how many of them true, and at most how many are not.

    codecs: a template's stem and a field's name, or a list's and its column's, -> codec; texts that may be names
    are told apart. Fields without a value have no confidence and are not in it.
    """
    counts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for form in judged:
        for one in form.fields:
            if one.confidence is not None and one.verdict != "unsure":
                codec = codecs.get((form.truth.stem, plain_path(one.path)), "?")
                codec = "name" if codec == "text" and may_be_name(one.stated.strip("'")) else codec
                place = next(number for number, end in enumerate(BINS[1:]) if one.confidence < end)
                counts[codec, place][0] += 1
                counts[codec, place][1] += one.verdict in ("right", "proposed")
    for (codec, place), (count, right) in sorted(counts.items()):
        low, high = BINS[place], min(BINS[place + 1], 1.0)
        print(f"    {codec:12}{low:5.2f}-{high:4.2f}{count:8}{right / count:9.2%} right, wrong at most "
              f"{at_most(count - right, count)}")  # fmt: skip


def plain_path(path: str) -> str:
    """`lessons[2].date` as `lessons.date`."""
    front, bracket, rest = path.partition("[")
    return f"{front}.{rest.partition('].')[2]}" if bracket else path
