"""A person's page from facts: each value at its place, who settled it, what does not count; whole, masked, linked."""

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from gengang.assess import Beside
from gengang.chain import Chain, Entry, Spot
from gengang.chain_places import decisions_of
from gengang.facts import Fact
from gengang.judging import judged_of
from gengang.noted import Noted, Seen
from gengang.person_page import person_page
from gengang.persons import chains_of, json_of, label_in, page_file
from gengang.place_words import place_words
from gengang.reading import FieldReading, ListReading, Reading
from gengang.roster import Roster
from gengang.season import WHOSE, reading_fact, roster_facts
from gengang.sheet import Place
from gengang.submission import RowValues
from gengang.workspace import BUILT_IN, Templates
from tests.laws.test_chain_laws import chain
from tests.unit.facts_of_papers import AT, ME, came, decided, hash_of, key_of, numbered
from tests.unit.rosters import SCHOOLS, mentor, trainee
from tests.unit.rosters import roster as paired
from tests.unit.seasons import AFTER, DAYS, SCHEME, attendance, observation, season

ZHANG = trainee("张三")
NAMESAKE = trainee("张三", number="")
GUIDE = mentor()
NO_FORMS = Templates((), (), {})
HEARD = {"heard_on": "2016-09-06", "lesson_period": "1", "topic": "分数的意义", "class_name": "三（1）班"}


def cell(value: str, number: int, raw: str = "", status: str = "accepted", sure: float = 0.99) -> FieldReading:
    """A field in the third row of the first table."""
    return FieldReading(status, value, raw or value, sure, Place(None, None, f"t1/r3/c{number}"))  # type: ignore[arg-type]


def sheet(file: str, medium: str = "word", waiting: Iterable[str] = (), **changed: str) -> Fact:
    """A 听课记录 with a place for each field."""
    said = {"name": ZHANG.name, "id_number": ZHANG.id_number, "school": ZHANG.school, **HEARD, **changed}
    fields: dict[str, FieldReading | ListReading] = {
        field: cell(value, number, f"“{value}”", "review" if field in waiting else "accepted")
        for number, (field, value) in enumerate(said.items(), 1)
    }
    return reading_fact(key_of(file), Reading("lesson_observation", "v", fields), medium, {}, ME, AT)


def log(name: str, day: str, *rows: RowValues) -> Fact:
    """A scanned 研修日志, its rows in boxes of the second page."""
    head = {"name": ZHANG.name, "id_number": ZHANG.id_number, "school": ZHANG.school, "log_date": day}
    fields: dict[str, FieldReading | ListReading] = {field: cell(value, 1) for field, value in head.items()}
    box = Place(2, (0.1, 0.2, 0.9, 0.3), None)
    listed = tuple({column: FieldReading("accepted", value, str(value), 0.9, box)
                    for column, value in row.items() if value is not None} for row in rows)  # fmt: skip
    fields["activities"] = ListReading("accepted", listed)
    return reading_fact(key_of(name), Reading("training_log", "v", fields, (2,)), "scan", {}, ME, AT)


def row(period: str, topic: str = "分数的意义", kind: str = "听课") -> RowValues:
    return {"time": period, "kind": kind, "topic": topic, "speaker": "周明", "place": "三（1）班"}


def told(name: str, path: str, value: object, why: str = "问过本人") -> Fact:
    return Fact("decision", key_of(name), {"path": path}, ME, AT, {"value": value, "why": why})


ROSTER: Roster = paired(ZHANG, mentors=(GUIDE,))


def facts(*lines: Fact, listed: Roster = ROSTER) -> tuple[Fact, ...]:
    return numbered(*roster_facts(listed, "0" * 64, "workbook", ME, AT), *lines)


def made(*lines: Fact, listed: Roster = ROSTER) -> Chain:
    """The chain of the first trainee."""
    every = facts(*lines, listed=listed)
    judged = judged_of(every, SCHEME, AFTER)
    return next(iter(chains_of(judged, every, NO_FORMS)))[1]


def entries(found: Chain, figure: str) -> tuple[Entry, ...]:
    one = found.figure(figure)
    return one.items if one else ()


def left_out(found: Chain, figure: str) -> list[tuple[str, str]]:
    one = found.figure(figure)
    return [(entry.words, entry.why) for entry in one.left_out] if one else []


# --- to the place -------------------------------------------------------------------------------------------------


def test_a_lesson_leads_to_the_cells_in_which_it_stands() -> None:
    [lesson] = entries(made(came("2016-12-05 张村小学/一.docx"), sheet("一.docx")), "lessons_heard")
    assert lesson.words == "9月6日 第1节 三（1）班 分数的意义"
    assert [(one.path, one.raw, one.place and one.place.cell) for one in lesson.spots] == [
        ("heard_on", "“2016-09-06”", "t1/r3/c4"), ("lesson_period", "“1”", "t1/r3/c5"),
        ("class_name", "“三（1）班”", "t1/r3/c7"), ("topic", "“分数的意义”", "t1/r3/c6"),
    ]  # fmt: skip
    assert {one.confidence for one in lesson.spots} == {0.99}


def test_its_paper_has_the_name_under_which_it_came_its_hash_and_why_it_is_theirs() -> None:
    [source] = made(came("2016-12-05 张村小学/一.docx", "2016-12-05"), sheet("一.docx")).sources
    assert source.names == ("2016-12-05 张村小学/一.docx",)
    assert (source.sha256, source.received) == (hash_of("一.docx"), date(2016, 12, 5))
    assert source.whose == "身份证号、姓名、学校相符"


def test_a_lesson_on_two_papers_counts_once_and_leads_to_both() -> None:
    written = log("日志.pdf", "2016-09-06", row("第1节"))
    [lesson] = entries(made(came("一.docx"), sheet("一.docx"), came("日志.pdf"), written), "lessons_heard")
    [other] = lesson.others
    assert lesson.amount == 1
    assert other.amount == 0
    assert other.why == "与上面是同一节（次），只计一次"
    assert {one.place.page for one in other.spots if one.path != "log_date" and one.place} == {2}


def test_a_second_copy_leads_to_both_files() -> None:
    found = made(came("一.docx"), sheet("一.docx"), came("二.pdf"), sheet("二.pdf", "scan"))
    [lesson] = entries(found, "lessons_heard")
    assert {one.stands for one in found.sources} == {"共2份内容相同，只计一次"}
    assert {one.paper for one in lesson.spots} == {key_of("一.docx"), key_of("二.pdf")}


def test_a_row_is_found_again_where_another_version_has_it_in_another_place() -> None:
    first = log("一.pdf", "2016-09-06", row("第1节"), row("第2节", "小数"))
    second = log("二.pdf", "2016-09-06", row("第2节", "小数"))
    found = entries(made(came("一.pdf"), first, came("二.pdf"), second), "lessons_heard")
    spots = {(one.paper, one.path, one.said) for entry in found for one in entry.spots if one.path.endswith("topic")}
    assert {
        (key_of("一.pdf"), "activities[2].topic", "小数"),
        (key_of("二.pdf"), "activities[1].topic", "小数"),
    } <= spots


def test_of_two_equal_rows_each_is_found_again_as_itself() -> None:
    twice = (row("第1节"), row("第1节"))
    papers = [log(name, "2016-09-06", *twice) for name in ("一.pdf", "二.pdf")]
    [lesson] = entries(made(came("一.pdf"), papers[0], came("二.pdf"), papers[1]), "lessons_heard")
    [other] = lesson.others
    assert {one.path for one in other.spots if one.path.endswith("topic")} == {"activities[2].topic"}


# --- who decided --------------------------------------------------------------------------------------------------


def test_a_field_that_a_person_settled_says_who_and_why() -> None:
    lines = (came("一.docx"), sheet("一.docx", waiting=["topic"]), told("一.docx", "topic", "小数的意义"))
    [lesson] = entries(made(*lines), "lessons_heard")
    [topic] = [one for one in lesson.spots if one.path == "topic"]
    assert (topic.said, topic.raw) == ("小数的意义", "“分数的意义”")
    assert topic.decided
    assert (topic.decided.who, topic.decided.at, topic.decided.why) == ("王老师", AT, "问过本人")


def test_whose_a_paper_is_and_which_version_counts_say_who_decided() -> None:
    papers = (came("一.docx"), sheet("一.docx"), came("二.docx"), sheet("二.docx", topic="小数"))
    words = (decided("二.docx", "一.docx"), told("一.docx", WHOSE, ZHANG.key))
    found = made(*papers, *words)
    sources = {one.key: one for one in found.sources}
    [lesson] = entries(found, "lessons_heard")
    assert {one.paper for one in lesson.spots if one.path == "topic"} == {key_of("二.docx")}
    assert sources[key_of("一.docx")].whose == "由人认定"
    assert sources[key_of("一.docx")].whose_decided is not None
    assert sources[key_of("二.docx")].stands_decided is not None
    assert sources[key_of("二.docx")].stands == "经人选定，以这份为准"


def test_a_word_that_was_taken_back_is_nobodys() -> None:
    assert decisions_of(facts(told("一.docx", WHOSE, ZHANG.key), told("一.docx", WHOSE, None))) == {}


# --- what does not count ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "why"),
    [("2016-08-30", "不在研修期内，不计"), ("2016-09-04", "休息日，不计")],
)
def test_a_lesson_on_a_day_that_does_not_count_says_why(day: str, why: str) -> None:
    found = made(came("一.docx"), sheet("一.docx", heard_on=day))
    assert entries(found, "lessons_heard") == ()
    assert [said for _, said in left_out(found, "lessons_heard")] == [why]


def test_what_waits_for_a_person_is_named_with_its_place() -> None:
    found = made(came("一.docx"), sheet("一.docx", waiting=["heard_on"]))
    assert ("2016-09-06", "待人核定，核定前不计") in left_out(found, "lessons_heard")
    [source] = found.sources
    assert [(one.path, one.status) for one in source.waiting] == [("heard_on", "review")]


def test_a_paper_that_only_seems_theirs_is_shown_apart_and_counts_for_nothing() -> None:
    found = made(came("一.docx"), sheet("一.docx", id_number="", name="张叁"))
    assert entries(found, "lessons_heard") == ()
    assert [one.key for one in found.maybe] == [key_of("一.docx")]
    assert found.maybe[0].whose


def test_what_a_clerk_saw_beyond_the_papers_says_whose_word_it_is() -> None:
    seen = Seen("lessons_heard", 3, "王老师", date(2016, 12, 5))
    found = chain([observation(DAYS[0])], AFTER, Beside(noted=Noted(seen=(seen,))))
    paper, more = entries(found, "lessons_heard")
    assert [paper.amount, more.amount] == [Decimal(1), Decimal(2)]
    assert more.by == "（王老师，12月5日）"
    assert more.why == "查阅共3，其余已有材料"


# --- equal facts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_equal_facts_give_equal_bytes_in_whatever_order_they_came(seed: int) -> None:
    lines = [came("一.docx"), came("二.pdf"), came("三.pdf"), came("再/一.docx", again="一.docx")]
    read = [sheet("一.docx"), sheet("二.pdf", "scan"), log("三.pdf", "2016-09-06", row("第1节"), row("第2节"))]
    moved_lines, moved_read = list(lines), list(read)
    random.Random(seed).shuffle(moved_read)
    moved_lines[:3] = random.Random(seed).sample(lines[:3], 3)
    first, second = made(*lines, *read), made(*moved_lines, *moved_read)
    # A finding names of equal copies the one that came first.
    first, second = (replace(one, remarks=()) for one in (first, second))
    assert first == second
    assert person_page(first, plain_label) == person_page(second, plain_label)


# --- the page -----------------------------------------------------------------------------------------------------


def plain_label(_form: str, path: str) -> str:
    return path


class Outline(HTMLParser):
    """Ids, links within the page, and of each figure's section the amounts of its counted rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def full() -> Chain:
    return chain(season(), AFTER)


PAGES: dict[str, Callable[[], Chain]] = {
    "full": full,
    "nothing": lambda: chain([], AFTER),
    "waiting": lambda: made(came("一.docx"), sheet("一.docx", waiting=["topic"])),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_whole_and_every_link_within_it_leads_somewhere(name: str) -> None:
    found = PAGES[name]()
    page = person_page(found, plain_label)
    outline = Outline(page)
    assert outline.open == []
    assert "<script" not in page
    within = {link[1:] for link in outline.links if link.startswith("#")}
    assert within <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))
    assert all(link.startswith(("#", "../../archive/received/")) for link in outline.links)


def test_each_number_on_the_page_is_the_sum_of_the_rows_that_it_opens_to() -> None:
    marked = attendance(d3_morning="缺勤", d4_morning="缺勤", d4_afternoon="缺勤", d5_morning="迟到")
    page = person_page(chain([marked, *season()[1:]], AFTER), plain_label)
    numbers = re.findall(r'<a class="n" href="#(f-[^"]+)">([\d.]+)</a>', page)
    assert len(numbers) > 15
    assert ("f-workdays", "8.5") in numbers
    assert ("f-unexcused", "1.5") in numbers
    for place, number in numbers:
        section = page[page.index(f'id="{place}"') :].partition("</section>")[0]
        amounts = map(Decimal, re.findall(r'data-amount="(-?[\d.]+)"', section))
        assert sum(amounts, Decimal(0)) == Decimal(number), place


def test_no_number_of_a_person_stands_on_the_page_or_in_the_data() -> None:
    found = made(came("一.docx"), sheet("一.docx", waiting=["id_number"]), told("一.docx", WHOSE, ZHANG.key))
    for text in (person_page(found, plain_label), str(json_of(found))):
        assert ZHANG.id_number not in text
        assert ZHANG.phone not in text
        assert "000000********" in text or ZHANG.id_number[:6] in text


def test_a_page_shows_the_clause_in_the_schemes_own_words() -> None:
    page = person_page(full(), plain_label)
    assert SCHEME.clause("L-03b").quote in page
    assert SCHEME.clause("L-03b").reading in page


def test_a_field_that_waits_is_called_what_the_form_calls_it() -> None:
    from gengang.template import forms_of_folder

    forms, _ = forms_of_folder(BUILT_IN / "forms", [])
    found = made(came("一.docx"), sheet("一.docx", waiting=["topic"]))
    assert "待核：课题" in person_page(found, label_in(forms))


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([Place(None, None, "t2/r4/c1"), Place(None, None, "t2/r4/c3")], "表2第4行第1、3格"),
        ([Place(None, None, "t1/r1/c6"), Place(None, None, "t1/r3/c2")], "表1第1行第6格，第3行第2格"),
        ([Place(1, (0.1, 0.2, 0.5, 0.3), None), Place(1, (0.4, 0.25, 0.9, 0.4), None)], "第1页〔10,20–90,40〕"),
        ([Place(3, None, None)], "第3页"),
        ([Place()], ""),
        ([], ""),
    ],
)
def test_a_place_in_words(places: list[Place], words: str) -> None:
    assert place_words(places) == words


def test_namesakes_of_one_school_have_pages_of_their_own() -> None:
    every = facts(listed=Roster(SCHOOLS, (ZHANG, NAMESAKE)))
    judged = judged_of(every, SCHEME, AFTER)
    assert len({page_file(judged, one) for one in judged.trainees}) == 2
    alone = judged_of(facts(), SCHEME, AFTER)
    assert page_file(alone, ZHANG).endswith("张村小学_张三")


def test_a_spot_without_a_place_or_a_reading_is_still_a_spot() -> None:
    found = full()
    [first, *_] = found.sources
    waiting = Spot(first.key, "topic", "", "", "unread", None, None)
    page = person_page(replace(found, sources=(replace(first, waiting=(waiting,)), *found.sources[1:])), plain_label)
    assert "待核：topic" in page
