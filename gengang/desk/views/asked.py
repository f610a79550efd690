"""What has to come again: fields called unreadable or asked for once more, with a text for each sender."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gengang.desk.standing import Now, Standing
from gengang.desk.views.fields import lines_by_paper, lines_of
from gengang.desk.views.queue import elsewhere_of, title_of
from gengang.labels import label_of
from gengang.mailed import minute_in_china
from gengang.papers.words import masked, plain_name
from gengang.season import HeldPaper
from gengang.settled import SAID_WORDS, FieldWord, words_by_path
from gengang.telling_words import listed, whose

WAITS_FOR_SENDER = ("again", "unreadable")


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper of which something has to come again. labels: of the fields; said: who said so, and when."""

    key: str
    title: str
    labels: str
    said: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What one sender is asked for. text: ready to paste."""

    whom: str
    papers: tuple[AskedPaper, ...]
    text: str


def asked_keys(standing: Standing) -> tuple[str, ...]:
    """Papers of which somebody said so, whatever was said after."""
    return tuple(key for key, lines in standing.of(lines_by_paper).items()
                 if any(fact.data.get("said") in WAITS_FOR_SENDER for fact in lines))  # fmt: skip


def asked_of(now: Now) -> tuple[Asked, ...]:
    """By sender; what another copy of the paper says by now is asked no more."""
    groups: dict[str, list[tuple[AskedPaper, str]]] = defaultdict(list)
    touched = (key for key in now.touched if key in now.standing.papers)
    for key in dict.fromkeys((*now.standing.of(asked_keys), *sorted(touched))):
        held = now.standing.papers[key]
        words = [word for path, word in words_by_path(lines_of(now, key)).items() if _still(now, held, path, word)]
        if words:
            labels = listed([_label(now, held, word.path) for word in words])
            title = title_of(now.standing, held.reading.form)
            last = max(words, key=lambda word: word.number)
            said = f"{last.by} {minute_in_china(last.at)} {SAID_WORDS[last.said]}"
            name = whose(now.judged, held)
            groups[name].append((AskedPaper(key, title, labels, said), f"{plain_name(title)}的“{labels}”"))
    college = now.judged.scheme.organisation.college
    return tuple(
        Asked(name, tuple(paper for paper, _ in papers), _text(name, [part for _, part in papers], college))
        for name, papers in groups.items()
    )


def _still(now: Now, held: HeldPaper, path: str, word: FieldWord) -> bool:
    elsewhere = now.standing.of(elsewhere_of).get(held.paper.key, frozenset())
    return word.said in WAITS_FOR_SENDER and path not in elsewhere


def _label(now: Now, held: HeldPaper, path: str) -> str:
    form = now.standing.forms.get(held.reading.form)
    return label_of(form, path) if form else path


def _text(whom: str, parts: list[str], college: str) -> str:
    told = "；".join(_numbered(parts))
    return masked(
        f"{whom}：您好！您交来的材料有看不清、要补正的地方：{told}。请核对后重新报送清晰的一份，谢谢。{college}"
    )


def _numbered(parts: list[str]) -> Iterator[str]:
    yield from (parts if len(parts) == 1 else (f"{number}.{part}" for number, part in enumerate(parts, 1)))
