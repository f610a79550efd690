"""Certificates: who gets one, what it says word for word, and by which clause the others get none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from gengang.assess import Verdict
from gengang.codecs import show
from gengang.papers.certificate import HeldBack, completion_draft, hours_draft
from gengang.papers.certificate_code import FIELD, facts_on, has_place, with_code
from gengang.papers.draft import Draft
from gengang.roster import Person
from gengang.signed import FACTS
from gengang.wordxml import sheet_of_word
from tests.unit.cohorts import FAILED, GUIDE, OUR_SCHEME, PASSED, WITHHELD, roster_of, verdicts_of, writers

DAY = date(2016, 12, 9)


def completion(person: Person, verdict: Verdict | None = None, number: int | None = None) -> Draft | HeldBack:
    verdict = verdict or verdicts_of()[person.key]
    return completion_draft(person, verdict, OUR_SCHEME, roster_of(), DAY, number)


def drafted(found: Draft | HeldBack) -> Draft:
    assert isinstance(found, Draft)
    return found


def printed(draft: Draft) -> str:
    writer = writers()["papers", draft.template]
    rows = sheet_of_word(writer.fill(draft.values)).rows
    return "".join(cell.text.replace("\n", "") for row in rows for cell in row.cells)


def test_a_certificate_says_what_the_scheme_says_word_for_word() -> None:
    certificate = OUR_SCHEME.certificate("trainee")
    assert certificate is not None
    wording = certificate.wording.format(
        name="张三", id_number=PASSED.id_number, start="2016年9月1日",
        end="2016年11月30日", county="安和县", year=2016, stage_subject="小学语文",
        base_school="XX县XX实验学校", tasks_done="完成规定的研修任务，", hours=60,
    )  # fmt: skip
    assert wording in printed(drafted(completion(PASSED)))


def test_who_met_not_every_minimum_is_not_said_to_have_done_the_tasks() -> None:
    verdict = replace(verdicts_of()[PASSED.key], tasks_done=False)
    assert "，经考核合格，准予结业" in printed(drafted(completion(PASSED, verdict)))
    assert "完成规定" not in printed(drafted(completion(PASSED, verdict)))


def test_a_draft_says_so_and_a_final_one_bears_its_number_and_day() -> None:
    draft, final = drafted(completion(PASSED)), drafted(completion(PASSED, number=7))
    assert (draft.final, draft.values["number"]) == (False, "草稿")
    assert (final.final, final.values["number"]) == (True, "安教训结字〔2016〕第0007号")
    assert draft.file == "证书/培训结业证书/小学/01张村小学_张三_草稿"
    assert final.file == "证书/培训结业证书/小学/01张村小学_张三_0007号"
    assert show("date", str(final.values["issued_on"])) == "2016年12月9日"


@pytest.mark.parametrize(
    ("person", "state", "clause", "word"),
    [(WITHHELD, "缓发", "G-07", "无故缺勤2"), (FAILED, "不发", "G-06", "6分")],
)
def test_who_gets_none_is_told_with_the_clause(person: Person, state: str, clause: str, word: str) -> None:
    held = completion(person)
    assert isinstance(held, HeldBack)
    assert (held.state, held.clause, word in held.why) == (state, clause, True)


def test_what_waits_for_a_person_or_is_not_known_yet_gets_none() -> None:
    verdict = verdicts_of()[PASSED.key]
    manual = completion(PASSED, replace(verdict, certificate="manual"))
    unknown = completion(PASSED, replace(verdict, certificate="open", needs=("考核登记表",)))
    assert isinstance(manual, HeldBack)
    assert isinstance(unknown, HeldBack)
    assert (manual.state, unknown.state, "考核登记表" in unknown.why) == ("待定", "未考核", True)


def test_no_certificate_states_an_id_number_that_fails_its_check() -> None:
    wrong = replace(PASSED, id_number=PASSED.id_number[:-1] + "0")
    held = completion(wrong, verdicts_of()[PASSED.key])
    assert isinstance(held, HeldBack)
    assert "身份证号" in held.why


def hours(verdicts: Mapping[str, Verdict]) -> Draft | HeldBack:
    return hours_draft(GUIDE, verdicts, OUR_SCHEME, roster_of(), None)


def test_a_mentor_whose_papers_are_not_all_in_waits_for_a_person() -> None:
    held = hours(verdicts_of())
    assert isinstance(held, HeldBack)
    assert (held.clause, "阿卜杜热合曼·买买提的附件2 鉴定表" in held.why) == ("G-01", True)


def test_a_mentor_of_three_gets_sixty_hours_once_and_their_names() -> None:
    complete = {key: replace(verdict, missing=()) for key, verdict in verdicts_of().items()}
    draft = drafted(hours(complete))
    assert "指导跟岗教师3名（张三、阿卜杜热合曼·买买提、李𬱖），完成指导任务，认定继续教育60学时。" in printed(draft)


def test_a_mentor_without_a_trainee_waits() -> None:
    held = hours_draft(GUIDE, {}, OUR_SCHEME, replace(roster_of(), pairs=()), None)
    assert isinstance(held, HeldBack)
    assert held.clause == "G-01"


def test_a_long_text_is_set_in_smaller_type_and_nothing_else_changes() -> None:
    usual = drafted(completion(PASSED, number=1))
    named = replace(PASSED, name="阿卜杜热合曼·买买提·艾则孜·吐尔逊尼亚孜·阿不都热依木")
    long = drafted(completion_draft(named, verdicts_of()[PASSED.key], FAR_SCHEME, roster_of(), DAY, 1))
    assert (usual.template, long.template) == ("certificate", "certificate_long")
    assert (long.kind, set(long.values)) == ("certificate", set(usual.values))
    assert named.name in printed(long)


FAR = "巴音郭楞蒙古自治州和静县"
FAR_SCHEME = replace(
    OUR_SCHEME, organisation=replace(OUR_SCHEME.organisation, county=FAR, authority=f"{FAR}教育和科学技术局")
)


@pytest.mark.parametrize("kind", ["certificate", "hours_certificate"])
def test_the_signed_facts_are_all_that_the_certificate_prints(kind: str) -> None:
    complete = {key: replace(verdict, missing=()) for key, verdict in verdicts_of().items()}
    draft = drafted(completion(PASSED, number=7) if kind == "certificate" else hours(complete))
    form = writers()["papers", draft.template].form
    said = facts_on(draft, form)
    assert {name for name, _ in FACTS[said.series]} == set(draft.values) == set(form.fields()) - {FIELD}
    text = printed(draft)
    assert [fact for fact in said.facts if fact not in text] == []
    assert has_place(form)
    assert with_code(draft, "GGZ1/A").codes == ("GGZ1/A",)
