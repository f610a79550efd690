"""What corrections taught, at the desk: shown with what it rests on, refused by a senior, and taken up again."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from gengang.desk.office import Desk
from gengang.desk.views.learnt import LearntPage, floor_words, learnt_now, learnt_page
from gengang.facts import Fact, values_of
from gengang.learned import ALWAYS, Policy, alias_lines, aliases_in_use, policies_of, policy_fact, refused_groups
from gengang.learning import learn as learn_before
from gengang.learning import learnt_from, lines_to_learn, shipped_floor
from gengang.night import read_new, take_in
from gengang.reading import FieldReading, Reading, reading_of_json
from gengang.rendering import writer_of
from gengang.season import reading_fact
from gengang.settled import settled_fact
from gengang.under_way import RunRequest, opened
from gengang.workspace import folder_of
from tests.desk.desks import put, until, write
from tests.desk.rooms.people import ZHANG, visitor
from tests.unit.facts_of_papers import AT, ME, came, key_of

SHIPPED = floor_words(shipped_floor(("scan", "phone")))


def corrected(desk: Desk) -> None:
    """Somebody corrected a school's wording, and read forty numbers again of which two were wrong."""
    school = FieldReading("review", "张小校区", "张小校区", 0.5)
    lines: list[Fact] = [came("2016-12-05 甲/甲.jpg")]
    lines.append(reading_fact(key_of("甲.jpg"), Reading("reflection", "v", {"school": school}), "scan", {}, ME, AT))
    lines.append(settled_fact(key_of("甲.jpg"), "school", "corrected", "张村小学", {}, "", ME, AT))
    for number in range(40):
        name, phone = f"{number}.png", FieldReading("accepted", "13800138000", "13800138000", 0.98)
        lines += [came(f"2016-12-05 甲/{name}"), reading_fact(
            key_of(name), Reading("personal_info", "v", {"phone": phone}), "scan", {}, ME, AT)]  # fmt: skip
        lines.append(Fact("rechecked", key_of(name), {"path": "phone", "agrees": number > 1}, ME, AT, {}))
    put(desk, *lines)


def page_of(desk: Desk) -> LearntPage:
    """The page as the season stands."""
    standing = desk.standings.fold()
    return learnt_page(standing, learnt_now(standing))


def learn(desk: Desk) -> None:
    """What a run writes before it reads."""
    facts = desk.standings.fold().facts
    put(desk, *lines_to_learn(facts, learnt_from(facts, desk.standings.now().standing.forms), ME, AT))


def test_what_the_next_run_will_learn_is_shown_with_its_counts(desk: Desk, client: TestClient) -> None:
    assert "还没有学到写法" in until(client, "/learned", "正在数").text
    corrected(desk)
    view = page_of(desk)
    [coming] = view.coming
    assert (coming.field, coming.wording, coming.means, coming.times) == ("学校", "张小校区", "张村小学", 1)
    floor, *_ = view.floors
    assert (floor.medium, floor.codec, floor.checked, floor.wrong) == ("扫描或照片", "电话", 40, 2)
    assert (floor.shipped, floor.now, floor.coming) == (SHIPPED, SHIPPED, "都请人看")
    learn(desk)
    view = page_of(desk)
    [row], floor, [change] = view.wordings, view.floors[0], view.changes
    assert (row.wording, row.state_word, row.by, view.coming) == ("张小校区", "在用", ME.user, ())
    assert (floor.now, floor.coming) == ("都请人看", "")
    assert change.said == (f"扫描或照片的电话：{SHIPPED} → 都请人看（看过40处，错2处）",)
    assert "张小校区" in client.get("/learned").text


def test_a_senior_refuses_a_wording_and_takes_it_up_again(desk: Desk, client: TestClient) -> None:
    corrected(desk)
    learn(desk)
    [row] = page_of(desk).wordings
    assert write(client, "/learned/wording", number=str(row.number), what="refuse", why=" ").status_code == 409
    answer = write(client, "/learned/wording", number=str(row.number), what="refuse", why="另有一所")
    assert answer.headers["location"] == "/learned"
    assert aliases_in_use(desk.standings.fold().facts) == {}
    again = write(client, "/learned/wording", number=str(row.number), what="refuse", why="x")
    assert (again.status_code, "刚刚被别人改过" in again.text) == (409, True)
    [row] = page_of(desk).wordings
    assert (row.state_word, row.why) == ("不用", "另有一所")
    write(client, "/learned/wording", number=str(row.number), what="use")
    [line] = alias_lines(desk.standings.fold().facts)
    assert line.state == "in_use"


def test_a_senior_keeps_a_threshold_as_the_program_has_it(desk: Desk, client: TestClient) -> None:
    corrected(desk)
    learn(desk)
    write(client, "/learned/floor", name="scan:phone", what="refuse", why="抽查的人看错")
    assert list(refused_groups(desk.standings.fold().facts)) == [("scan", "phone")]
    floor, *_ = page_of(desk).floors
    assert (floor.coming, "抽查的人看错" in floor.refused) == (SHIPPED, True)
    assert write(client, "/learned/floor", name="scan:phone", what="refuse", why="x").status_code == 409
    assert write(client, "/learned/floor", name="scan:nothing", what="refuse", why="x").status_code == 409
    write(client, "/learned/floor", name="scan:phone", what="use")
    assert refused_groups(desk.standings.fold().facts) == {}


def test_only_a_senior_refuses(desk: Desk) -> None:
    corrected(desk)
    client = visitor(desk, "clerk")
    page = until(client, "/learned", "正在数")
    assert (page.status_code, "/learned/wording" in page.text) == (200, False)
    assert write(client, "/learned/wording", number="1", what="refuse", why="x").status_code == 403
    assert write(client, "/learned/floor", name="scan:phone", what="refuse", why="x").status_code == 403
    assert visitor(desk, "reader").get("/learned").status_code == 403


@pytest.mark.parametrize(("floor", "words"), [
    (0.0, "读得确定的自动采用"), (0.955, "把握95.5%以上自动采用"), (ALWAYS, "都请人看"),
])  # fmt: skip
def test_thresholds_are_told_in_words(floor: float, words: str) -> None:
    assert floor_words(floor) == words


def test_a_policy_that_nothing_was_counted_for_is_shown(desk: Desk) -> None:
    put(desk, policy_fact(Policy({("word", "text"): ALWAYS}, {}), ME, AT))
    floor, *_ = page_of(desk).floors
    assert (floor.checked, floor.upper, floor.now) == (0, None, "都请人看")


def test_a_run_learns_before_it_reads_and_what_it_reads_names_the_policy(desk: Desk) -> None:
    lines: list[Fact] = []
    for number in range(40):
        name, phone = f"{number}.docx", FieldReading("accepted", "13800138000", "13800138000", 0.99)
        lines += [came(f"2016-12-05 甲/{name}"), reading_fact(
            key_of(name), Reading("personal_info", "v", {"phone": phone}), "word", {}, ME, AT)]  # fmt: skip
        lines.append(Fact("rechecked", key_of(name), {"path": "phone", "agrees": number > 1}, ME, AT, {}))
    put(desk, *lines)
    form = (folder_of(desk.settings, "forms") / "personal_info.docx").read_bytes()
    filled = writer_of(form, "personal_info").fill({"name": ZHANG.name, "phone": "13800138000"}, {})
    target = desk.settings.inbox / "2016-12-06 张村小学" / "登记表.docx"
    target.parent.mkdir(parents=True)
    target.write_bytes(filled)
    with opened(RunRequest(desk.settings, date(2016, 12, 6), ME, AT, lambda *_: None)) as under_way:
        take_in(under_way)
        [said] = learn_before(under_way)
        read_new(under_way)
    assert "门槛有变化" in said
    facts = desk.standings.fold().facts
    [policy] = policies_of(facts)
    [line] = [fact for fact in facts if fact.kind == "reading" and "policy" in fact.data]
    assert (dict(policy.floors), line.data["policy"]) == ({("word", "phone"): ALWAYS}, policy.name)
    read = reading_of_json(values_of(line.personal)["reading"])
    whose, number_read = read.fields["name"], read.fields["phone"]
    assert isinstance(number_read, FieldReading)
    assert (whose.status, number_read.status, number_read.value) == ("accepted", "review", "13800138000")
