"""What the morning note says of papers that came more than once, in several versions, or on a day nobody stated."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from gengang.codecs import Period, Value
from gengang.copies import Copies, copies_of, kind_of_medium, name_of_form
from gengang.drafting import Judged
from gengang.facts import file_of
from gengang.form import Form
from gengang.labels import label_of
from gengang.likeness import alike, words_of
from gengang.owed import is_late
from gengang.papers.morning import Came as CameLine
from gengang.papers.morning import Need
from gengang.roster import Person
from gengang.season import HeldPaper, Source
from gengang.submission import Paper
from gengang.telling_words import link_of, source_link, whose
from gengang.versions import Difference

MOST_DIFFERENCES = 8
MOST_LETTERS = 16
EMPTY = "空"
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"
_MEDIA = {"electronic": "电子版", "paper": "扫描件"}


def copies_by_person(judged: Judged) -> dict[str, tuple[Copies, ...]]:
    """The papers of every trainee and mentor, those that are one paper together."""
    roster = judged.season.roster
    return {one.key: copies_of(judged.season.papers_of(one.key)) for one in (*roster.trainees, *roster.mentors)}


def short_key(key: str) -> str:
    """A paper's key as a person can type it: the beginning of its file's hash, and its number in the file."""
    sha256, _, index = key.partition("#")
    return f"{sha256[:8]}#{index}"


# --- versions ---


def version_needs(judged: Judged, copies: Mapping[str, Sequence[Copies]], forms: Mapping[str, Form]) -> Iterator[Need]:
    """Every paper of which two versions dispute something, side by side, with what a person has to do."""
    sources = {held.paper.key: held.source for held in judged.season.papers}
    for key, groups in copies.items():
        person = judged.season.roster.person(key)
        for one in groups:
            if one.asks and person is not None:
                yield _version_need(judged, person, one, forms, sources)


def _version_need(
    judged: Judged, person: Person, one: Copies, forms: Mapping[str, Form], sources: Mapping[str, Source]
) -> Need:
    stem = one.proposed.submission.form
    document, form = judged.scheme.document(stem), forms.get(stem)
    versions = "；".join(
        f"{_number(number)}{version_words(version)}{'（最后收到，拟采用）' if number == 0 else ''}"
        for number, version in enumerate(one.versions)
    )
    disputed = [difference for difference in one.differences if difference.disputed]
    told = "；".join(difference_words(difference, one, form) for difference in disputed[:MOST_DIFFERENCES])
    more = f"；等{len(disputed)}处" if len(disputed) > MOST_DIFFERENCES else ""
    until = f"现按认定的{short_key(one.chosen)}计" if one.chosen else "确认前这几处不计"
    why = (
        f"收到{len(one.versions)}份，内容不同：{versions}。不同之处：{told}{more}。"
        f"请核对后定以哪份为准（gengang choose 编号 --why 理由），{until}。"
    )
    name = document.name if document else name_of_form(stem)
    clause = document.clause if document else "G-04"
    return Need(f"{person.school} {person.name}", source_link(sources[one.proposed.key]), name, why, clause)


def _number(at: int) -> str:
    return _NUMBERS[at] if at < len(_NUMBERS) else f"（{at + 1}）"


def version_words(paper: Paper) -> str:
    """`张三鉴定表.docx，电子版，2016-12-06收到，编号3f2a9c1b#0`."""
    received = f"{paper.received.isoformat()}收到" if paper.received else "收到日期待确认"
    medium = _MEDIA[kind_of_medium(paper.medium)]
    return f"{paper.file.rpartition('/')[2]}，{medium}，{received}，编号{short_key(paper.key)}"


def difference_words(difference: Difference, one: Copies, form: Form | None) -> str:
    """`听课节数 ①20 ②17`; long texts from where they part."""
    label = label_of(form, difference.path) if form else difference.path
    rows = "行" if form and difference.path in form.lists() else ""
    said = [_shown(difference.said.get(version.key)) for version in one.versions]
    begin = max(0, _parting([text for text in said if len(text) > MOST_LETTERS]) - MOST_LETTERS // 2)
    shown = (f"{_number(number)}{_cut(text, begin)}{rows}" for number, text in enumerate(said))
    return f"{label} {' '.join(shown)}"


def _shown(value: Value | None) -> str:
    if isinstance(value, Period):
        return f"{value.start}至{value.end}"
    return EMPTY if value is None else str(value)


def _parting(texts: Sequence[str]) -> int:
    """How many letters some texts have in common at their beginning; 0 for one alone."""
    if len(texts) < 2:
        return 0
    apart = (at for at, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1)
    return next(apart, min(map(len, texts)))


def _cut(text: str, begin: int) -> str:
    """A few letters of a text, where it tells itself from the others."""
    if text == EMPTY or len(text) <= MOST_LETTERS:
        return text
    end = begin + MOST_LETTERS
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


def settled_fields(copies: Mapping[str, Sequence[Copies]]) -> dict[str, frozenset[str]]:
    """Open fields that nobody has to look at, since another version or medium of the paper says them for certain."""
    found: dict[str, frozenset[str]] = {}
    for one in (one for groups in copies.values() for one in groups if len(one.papers) > 1 and len(one.counts) == 1):
        [kept] = one.counts
        said = {name for name, value in kept.submission.values.items() if value is not None}
        for paper in one.papers:
            found[paper.key] = frozenset(said & set(paper.open_fields) - set(kept.open_fields))
    return found


def likeness_needs(judged: Judged) -> Iterator[Need]:
    """Papers of different persons, or two papers of one, in nearly the same words: once for each group, all shown."""
    sources = {held.paper.key: held.source for held in judged.season.papers}
    for group in alike(held.paper for held in judged.season.papers):
        people = [judged.season.roster.person(one.person) for one in group.papers]
        names = list(dict.fromkeys(f"{one.school} {one.name}" for one in people if one))
        told = "；".join(
            f"{_number(number)}{person.name if person else ''} {paper.file.rpartition('/')[2]}"
            for number, (paper, person) in enumerate(zip(group.papers, people, strict=True))
        )
        why = f"这{len(group.papers)}份{words_of(group)}：{told}。请对照原件看是否抄写，程序不作处理。"
        whom = "、".join(names[:3]) + (f"等{len(names)}人" if len(names) > 3 else "")
        kind = name_of_form(group.papers[0].submission.form)
        yield Need(whom, source_link(sources[group.papers[0].key]), kind, why, "G-02")


# --- the same again ---


def again_lines(judged: Judged, again: Collection[str]) -> Iterator[CameLine]:
    """Files whose bytes came once more, each with every path and day on which it came."""
    told: set[str] = set()
    for held in judged.season.papers:
        sha256 = file_of(held.paper.key)
        if sha256 in again and sha256 not in told:
            told.add(sha256)
            yield CameLine("同一份文件又收到", whose(judged, held), source_link(held.source), came_words(held.source))
    for refusal in judged.season.refusals:
        if refusal.source.sha256 in again:
            note = came_words(refusal.source)
            yield CameLine("退回过的文件又收到", refusal.source.where_from, source_link(refusal.source), note)


def came_words(source: Source) -> str:
    """`共收到2次，只算一份：张村小学/a.docx（写明2016-12-06）；b.docx（2016-12-07收下）`."""
    times = [(one.path, f"写明{one.stated.isoformat()}" if one.stated else f"{one.at[:10]}收下") for one in source.came]
    return f"共收到{len(times)}次，只算一份：{'；'.join(f'{path}（{when}）' for path, when in times)}"


# --- when it was received ---


def receipt_needs(judged: Judged, copies: Mapping[str, Sequence[Copies]]) -> Iterator[Need]:
    """One question for each folder and day of arrival whose papers may have come in time or late."""
    batches: dict[tuple[str, str], list[HeldPaper]] = defaultdict(list)
    for held in undated(judged, copies):
        batches[held.source.at[:10], held.source.where_from].append(held)
    for (day, folder), papers in sorted(batches.items()):
        kinds = Counter(name for held in papers if (name := _document_name(judged, held)))
        told = "、".join(f"{name}{number}份" for name, number in sorted(kinds.items()))
        why = (
            f"这批材料（{told}）收到日期待确认，确认前不认定迟交。请把它们再放进 inbox 下以收到日期开头的文件夹"
            "（例如“2016-12-06 张村小学”），程序只补记日期，不会重复计算。"
        )
        yield Need(folder or "收件箱", link_of(folder, day), f"{day}收下的{len(papers)}份", why)


def _document_name(judged: Judged, held: HeldPaper) -> str:
    document = judged.scheme.document(held.reading.form)
    return document.name if document else ""


def undated(judged: Judged, copies: Mapping[str, Sequence[Copies]]) -> Iterator[HeldPaper]:
    """Papers of which nobody can say whether they were in time, and whose last day is over."""
    settled = {paper.key for groups in copies.values() for one in groups for paper in one.papers
               if all(_is_known(judged, counted) for counted in one.counts)}  # fmt: skip
    for held in judged.season.papers:
        nobodys = held.match.decided and not held.paper.person
        if held.paper.key not in settled and not nobodys and not _is_known(judged, held.paper):
            yield held


def _is_known(judged: Judged, paper: Paper) -> bool:
    document = judged.scheme.document(paper.submission.form)
    if document is None or document.due is None or judged.as_of <= document.due:
        return True
    return is_late(document, paper) is not None
