"""Notices and official papers at the desk: asking, receipts, 通报 and 表彰, figures, and what was printed."""

import re
from datetime import date
from html import unescape

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from gengang.desk.office import Desk
from gengang.desk.views.bulletins import praise_page
from gengang.desk.views.chasing import (
    chase_page,
    material_for,
    owed_page,
    owing,
    receipts_page,
    receipts_told,
    register_of,
)
from gengang.desk.views.leaders import figure_lists, sentences_of
from gengang.desk.views.office_papers import OFFICE, PRINTS
from gengang.desk.views.paper_text import paper_text, template_here
from gengang.errors import WorkspaceError
from gengang.ledger_lease import lease
from gengang.office.catalogue import KINDS
from gengang.office.kinds import Asking
from gengang.office.leaders import sentences
from gengang.papers.missing import chat_texts
from gengang.settled import settled_fact
from gengang.ticking import ask
from gengang.ticking import tick as tick_by_another
from gengang.ticking import write as write_part
from tests.desk.desks import of_another, put
from tests.desk.desks import write as sent
from tests.desk.rooms.people import LI, ZHANG, visitor
from tests.unit.facts_of_papers import AT, ME, came, key_of, read

OWED = f"/notices/owed/trainee/{LI.key}"
ASKED = {"how": "微信", "on": "2016-12-06", "note": "", "since": "99999"}


def seen_on(client: TestClient, page: str) -> str:
    """What the forms of a page carry of how far the ledger was seen."""
    [since] = set(re.findall(r'name="since" value="(\d+)"', client.get(page).text))
    return str(since)


def write(client: TestClient, address: str, /, **fields: str) -> Response:
    """What a browser shows after a form was sent."""
    answer = sent(client, address, **fields)
    return client.get(answer.headers["location"]) if answer.status_code == 303 else answer


def said(answer: Response) -> str:
    """What a page says was done, or what was not."""
    return "".join(unescape(one) for one in re.findall(r'class="(?:done|fault|note)"[^>]*>([^<]*)', answer.text))


# --- 催交 ---


def test_who_owes_what_stands_with_the_text_of_the_run(desk: Desk, client: TestClient) -> None:
    standing = desk.standings.now().standing
    debts = standing.judged.debts
    assert [(one.debtor, one.key, one.items) for one in standing.of(owing)] == [
        (debt.debtor, debt.key, len(debt.items)) for debt in debts
    ]
    own = next(debt for debt in debts if debt.key == LI.key)
    page = client.get(OWED).text
    [chat] = chat_texts((own,), standing.judged.scheme, standing.judged.as_of)
    assert unescape(page).count(chat.text) == 1
    assert 'data-copy="chat"' in page
    assert "李四老师" in page
    assert {one.kind for one in chase_page(standing, "学员", 1).leaf.rows} == {"学员"}


def test_asking_is_recorded_by_the_function_of_the_command(desk: Desk, client: TestClient) -> None:
    assert said(write(client, OWED, **ASKED)).startswith("已登记催办：李四，1个对象")
    [asked] = desk.standings.fold().judged.season.told.asked
    assert (asked.debtor, asked.key, asked.how, asked.on.isoformat()) == ("trainee", LI.key, "微信", "2016-12-06")
    assert all(one.times for one in desk.standings.fold().of(register_of))
    assert "第" in client.get("/notices/register").text
    assert "已撤回" in said(write(client, "/notices/register", number=str(asked.number), why="记错了"))
    assert desk.standings.fold().judged.season.told.asked == ()
    assert write(client, "/notices/register", number=str(asked.number), why="记错了").status_code == 422


def test_a_second_clerk_is_told_that_it_was_just_recorded(desk: Desk, client: TestClient) -> None:
    seen = seen_on(client, OWED)
    ask(of_another(desk), "", Asking(person=LI.key), "微信", date(2016, 12, 6), "")
    answer = write(client, OWED, **{**ASKED, "since": seen})
    assert (answer.status_code, "王老师" in said(answer), "刚记下同一件事" in said(answer)) == (422, True, True)
    assert len(desk.standings.fold().judged.season.told.asked) == 1


def test_what_a_page_does_not_show_yet_counts_as_not_seen(desk: Desk, client: TestClient) -> None:
    write_part(of_another(desk), "report", "practices", "集中跟岗。", "", ())
    seen = seen_on(client, "/notices/report")  # the season is not folded yet
    part = {"paper": "report", "part": "practices", "month": "", "since": seen}
    answer = write(client, "/notices/write", **part, text="分散跟岗。")
    assert (answer.status_code, "王老师" in said(answer)) == (422, True)
    assert "集中跟岗。" in answer.text  # beside what was typed
    assert desk.standings.fold().judged.season.told.text("report", "practices") == "集中跟岗。"
    answer = write(client, "/notices/write", **{**part, "since": seen_on(client, "/notices/report")}, text="分散跟岗。")
    assert desk.standings.fold().judged.season.told.text("report", "practices") == "分散跟岗。"


def test_what_was_done_is_told_once_to_whoever_did_it(desk: Desk) -> None:
    client, other = visitor(desk, "clerk"), visitor(desk, "clerk", account="赵敏")
    answer = sent(client, OWED, **ASKED)
    back = answer.headers["location"]
    assert (answer.status_code, "李四" in back, said(other.get(back))) == (303, False, "")
    assert said(client.get(back)).startswith("已登记催办：李四")
    assert said(client.get(back)) == ""


def test_an_old_page_is_asked_for_again_by_whoever_reads_it_and_an_answer_to_a_form_never(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gengang.desk.recorded.FEW", 0)
    sequence = desk.standings.now().standing.sequence
    write_part(of_another(desk), "report", "practices", "集中跟岗。", "", ())
    page = client.get("/notices/report").text
    assert (f"/persons/fresh?since={sequence}" in page, ">集中跟岗。</textarea>" in page) == (True, True)
    assert client.get(f"/persons/fresh?since={sequence}").status_code == 204
    refused = write(client, "/notices/write", paper="report", part="practices", text="别的", since=str(sequence))
    assert (refused.status_code, "还在重新计算" in refused.text, "/persons/fresh" in refused.text) == (422, True, False)


def test_whoever_mends_their_own_word_is_no_second_clerk(desk: Desk, client: TestClient) -> None:
    part = {"paper": "report", "part": "practices", "month": "", "since": seen_on(client, "/notices/report")}
    for text in ("集中跟岗。", "集中跟岗两周。"):  # the second before the season is folded
        write(client, "/notices/write", **part, text=text)
    assert desk.standings.fold().judged.season.told.text("report", "practices") == "集中跟岗两周。"


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"how": "", "other": ""}, "怎么催的"), ({"on": "2099-01-01"}, "还没有到"), ({"to": "谁"}, "哪一类")],
)
def test_what_cannot_be_recorded_is_said(desk: Desk, client: TestClient, fields: dict[str, str], why: str) -> None:
    answer = write(client, "/notices/ask", **{"to": "学员", **ASKED, **fields})
    assert (answer.status_code, why in said(answer), "--" in said(answer)) == (422, True, False)
    assert not desk.standings.fold().judged.season.told.asked


def test_a_whole_kind_is_asked_at_once(desk: Desk, client: TestClient) -> None:
    write(client, "/notices/ask", to="学员", **{**ASKED, "how": "", "other": "家访"})
    told = desk.standings.fold().judged.season.told
    assert {(one.debtor, one.how) for one in told.asked} == {("trainee", "家访")}
    assert client.get("/notices/owed/trainee/P-nobody").status_code == 409


# --- 收件回执 ---


def test_senders_are_told_what_came_and_what_is_missing(desk: Desk, client: TestClient) -> None:
    view = receipts_page(desk.standings.now().standing, "", 1)
    assert view.chosen is not None
    assert [one.sender for one in view.leaf.rows] == ["张村小学"]
    assert all(
        unescape(client.get("/notices/receipts").text).count(text) for one in view.leaf.rows for text in one.texts
    )


# --- 通报, 表彰, 学情报告 ---


def test_nobody_is_named_who_is_not_ticked_and_a_tick_is_taken_back(desk: Desk, client: TestClient) -> None:
    tick = {"list": "criticism", "month": "2016-11", "since": "99999"}
    assert "张三（" not in client.get("/notices/bulletin?month=2016-11").text
    assert "写明事由" in said(write(client, "/notices/tick", **tick, also=LI.key))
    answer = write(client, "/notices/tick", **tick, also=LI.key, also_why="进度慢")
    assert "已勾选：通报批评" in said(answer)
    assert "李四（李河中学）：进度慢" in answer.text  # the paper as it will be printed
    assert "取消勾选要写明原因" in said(write(client, "/notices/tick", **tick, off=LI.key, why=" "))
    assert "已取消勾选" in said(write(client, "/notices/tick", **tick, off=LI.key, why="补交了"))
    assert desk.standings.fold().judged.season.told.ticks == ()
    assert "没有勾选任何人" in said(write(client, "/notices/tick", **tick))


def test_two_who_tick_the_same_person_do_not_overwrite_each_other(desk: Desk, client: TestClient) -> None:
    tick = {"list": "commended", "month": "", "since": seen_on(client, "/notices/praise")}
    tick_by_another(of_another(desk), "commended", [ZHANG.key], "", "", "扎实")
    second = write(client, "/notices/tick", **tick, also=ZHANG.key, also_why="另一个理由")
    assert (second.status_code, "刚记下同一件事" in said(second)) == (422, True)
    [one] = praise_page(desk.standings.fold(), lambda _: None).named
    assert (one.key, one.why) == (ZHANG.key, "扎实")


def test_a_part_is_written_read_before_the_print_and_taken_back(desk: Desk, client: TestClient) -> None:
    part = {"paper": "bulletin", "part": "base", "month": "2016-11", "since": "99999"}
    answer = write(client, "/notices/write", **part, text="基地校安排周到。")
    assert "已写：学员情况通报（2016-11）“基地校管理”" in said(answer)
    assert answer.text.count("基地校安排周到。") == 2  # in its box and in the paper
    write_part(of_another(desk), "bulletin", "base", "基地校安排很周到。", "2016-11", ())
    again = write(client, "/notices/write", **{**part, "since": "1"}, text="别的话")
    assert (again.status_code, "别的话" in again.text) == (422, True)
    assert "已撤回" in said(write(client, "/notices/write", **part, text=""))
    report = {"paper": "report", "part": "practices", "month": "", "since": "99999"}
    assert "已写：终结性学情报告" in said(write(client, "/notices/write", **report, text="集中跟岗。"))
    assert desk.standings.fold().judged.season.told.text("report", "practices") == "集中跟岗。"


def test_a_part_saved_without_its_quotes_keeps_the_sources_it_had(desk: Desk, client: TestClient) -> None:
    said_of_base = "基地校教研组每周组织一次集体备课，学校领导重视，安排周到。"
    paper = read("总结.docx", "study_report", ZHANG, {"gains": said_of_base})
    put(desk, came("2016-10-20 张村小学/总结.docx", "2016-10-20"), paper)
    part = {"paper": "bulletin", "part": "base", "month": "2016-10", "since": "99999"}
    quotes = client.get("/notices/bulletin/quotes?month=2016-10").text
    [shown] = re.findall(r'name="quoted" value="([^"]+)" form="w-bulletin-base"', quotes)
    number, *_ = shown.split()

    def kept() -> tuple[tuple[str, ...], tuple[str, ...]]:
        [one] = desk.standings.fold().judged.season.told.written
        return one.sources, one.names

    write(client, "/notices/write", **part, text="集体备课扎实。", quoted=shown, **{f"q:{number}": "on"})
    assert kept() == ((number,), (ZHANG.key,))
    write(client, "/notices/write", **part, text="集体备课很扎实。")  # before the quotes were there
    assert kept() == ((number,), (ZHANG.key,))
    write(client, "/notices/write", **part, text="集体备课很扎实。", quoted="00000")  # others came in its place
    assert kept() == ((number,), (ZHANG.key,))
    write(client, "/notices/write", **part, text="集体备课很扎实。", quoted=shown)
    assert kept() == ((), ())


@pytest.mark.parametrize(
    ("address", "fields", "kept"),
    [
        ("/notices/write", {"paper": "report", "part": "practices", "text": "写了半天的话"}, "写了半天的话"),
        ("/notices/write", {"paper": "bulletin", "part": "base", "month": "2016-11", "text": "话", "quoted": "1 2",
                            "q:2": "on"}, "&amp;part=base&amp;ticked=2\""),
        ("/notices/tick", {"list": "commended", "also": LI.key, "also_why": "写了半天的理由"}, "写了半天的理由"),
        ("/notices/tick", {"list": "commended", "off": ZHANG.key, "why": "为什么取消"}, "为什么取消"),
        ("/notices/ask", {"to": "学员", **ASKED, "note": "打了三次"}, "打了三次"),
        (OWED, {**ASKED, "note": "打了三次"}, "打了三次"),
        ("/notices/register", {"number": "", "why": "为什么撤回"}, "为什么撤回"),
    ],
)  # fmt: skip
def test_what_was_typed_stays_while_a_run_holds_the_ledger(
    desk: Desk, client: TestClient, address: str, fields: dict[str, str], kept: str
) -> None:
    tick_by_another(of_another(desk), "commended", [ZHANG.key], "", "", "扎实")
    ask(of_another(desk), "学员", Asking(person=LI.key), "微信", date(2016, 12, 6), "")
    [asked] = desk.standings.fold().judged.season.told.asked
    if "number" in fields:
        fields = {**fields, "number": str(asked.number)}
    with lease(desk.ledger, "夜间处理"):
        answer = write(client, address, **fields)
    assert (answer.status_code, "夜间处理" in said(answer), kept in answer.text) == (422, True, True)


def test_quotes_that_were_ticked_stay_ticked_after_a_refusal(desk: Desk, client: TestClient) -> None:
    said_of_base = "基地校教研组每周组织一次集体备课，学校领导重视，安排周到。"
    paper = read("总结.docx", "study_report", ZHANG, {"gains": said_of_base})
    put(desk, came("2016-10-20 张村小学/总结.docx", "2016-10-20"), paper)
    address = "/notices/bulletin/quotes?month=2016-10"
    [number] = set(re.findall(r'name="q:(\d+)" form="w-bulletin-base"', client.get(address).text))
    assert (
        f'name="q:{number}" form="w-bulletin-base" checked' in client.get(f"{address}&part=base&ticked={number}").text
    )
    assert " checked" not in client.get(f"{address}&part=practice&ticked={number}").text


def test_what_somebody_settles_is_there_after_the_next_fold(desk: Desk, client: TestClient) -> None:
    said_of_base, wish = "基地校教研组每周组织一次集体备课，学校领导重视，安排周到。", "建议把研修时间分散安排。"
    waits = read("总结.docx", "study_report", ZHANG, {}, review={"gains": said_of_base, "suggestions": wish})
    put(desk, came("2016-10-20 张村小学/总结.docx", "2016-10-20"), waits)
    for address in ("/notices/report", "/notices/bulletin/quotes?month=2016-10", "/notices/receipts"):
        assert client.get(address).status_code == 200
    words = {"gains": said_of_base, "suggestions": wish}
    put(desk, *(settled_fact(key_of("总结.docx"), path, "accepted", value, {}, "", ME, AT)
                for path, value in words.items()))  # fmt: skip
    assert wish in client.get("/notices/report").text
    assert said_of_base in client.get("/notices/bulletin/quotes?month=2016-10").text
    standing = desk.standings.now().standing
    in_heaps = [held for heap in standing.of(receipts_told).heaps.values() for held in heap.papers]
    assert all(held is standing.papers[held.paper.key] for held in in_heaps)


# --- 领导要数 ---


def test_every_sentence_opens_the_list_it_was_counted_from(desk: Desk, client: TestClient) -> None:
    standing = desk.standings.now().standing
    assert [(one.about, one.said) for one in sentences_of(standing)] == list(sentences(standing.judged))
    lists = standing.of(figure_lists)
    assert len(lists["材料"].lines) == sum(len(debt.items) for debt in standing.judged.debts)
    assert "李四" in client.get("/notices/leaders/任务完成").text
    assert client.get("/notices/leaders/别的").status_code == 409


# --- papers and their files ---


def test_every_paper_of_the_office_knows_what_its_drafts_are_called(desk: Desk) -> None:
    material = material_for(desk.standings.now().standing)
    for name, kind in OFFICE.items():
        try:
            made = kind.drafts(material, Asking())
        except WorkspaceError:
            continue
        assert {one.kind for one in made if one.folder == "papers"} <= set(PRINTS[name]), name
        for draft in made[:2]:
            if draft.folder == "papers":
                text = paper_text(draft, template_here(desk.settings, draft.template))
                assert (text.fault, bool(text.blocks)) == ("", True), name
    assert set(PRINTS) <= {kind.name for kind in KINDS}


def printed(desk: Desk, client: TestClient, name: str, **fields: str) -> str:
    """The page of a print once it is done."""
    begun = sent(client, "/issuing/papers", **{f"paper:{name}": "on"}, **fields)
    assert begun.status_code == 303, said(begun)
    desk.runs.stop()
    return client.get(begun.headers["location"]).text


def test_a_paper_is_printed_and_served_by_its_hash_alone(desk: Desk, client: TestClient) -> None:
    page = printed(desk, client, "领导要数", back="/notices/leaders")
    assert '<a href="/notices/leaders">返回' in page
    word, pdf = re.findall(r"/issuing/paper/[0-9a-f]{64}", page)
    seen = client.get(f"{pdf}?see=yes")
    assert (seen.content[:4], seen.headers["content-disposition"][:6]) == (b"%PDF", "inline")
    assert client.get(word).content == (desk.settings.outbox / "领导要数.docx").read_bytes()
    assert f"{pdf}?see=yes" in client.get("/notices/leaders").text
    (desk.settings.outbox / "领导要数.docx").write_bytes(b"changed by hand")
    assert client.get(word).status_code == 409
    elsewhere = client.get("/issuing/work/papers?back=//evil.example").text
    assert ("evil" in elsewhere, '<a href="/issuing/papers">返回' in elsewhere) == (False, True)
    assert visitor(desk, "reader").get(pdf).status_code == 403


def test_a_reader_reads_and_records_nothing(desk: Desk) -> None:
    client = visitor(desk, "reader")
    for address in ("/notices", "/notices/bulletin", "/notices/praise", "/notices/papers", "/notices/register"):
        page = client.get(address)
        assert (page.status_code, 'action="/issuing/papers"' in page.text) == (200, False)
    for address in ("/notices/ask", "/notices/tick", "/notices/write", "/issuing/papers", "/notices/register"):
        assert write(client, address).status_code == 403


def test_a_name_that_nobody_bears_is_no_debtor(desk: Desk) -> None:
    assert owed_page(desk.standings.now().standing, "trainee", "P-nobody", lambda _: None) is None
