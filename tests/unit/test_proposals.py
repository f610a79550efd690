"""Who is proposed by what papers: put together without merging two people, whatever came first."""

from dataclasses import asdict, replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.facts import Actor, Fact
from gengang.proposals import (
    Decided,
    Decisions,
    Proposals,
    by_rule,
    decision_fact,
    decisions_of,
    known_keys,
    proposals_of,
)
from gengang.roster import Roster, person_key
from gengang.season import roster_facts
from gengang.submission import Paper
from tests.unit.proposing import assignment, nominee, own_form, pair_row, registration
from tests.unit.rosters import SCHOOLS, id_number, trainee
from tests.unit.seasons import SCHEME

ME = Actor("王老师", "office", "办公室电脑", "run")
AT = "2016-09-06T08:00:00Z"
CLEAN = replace(SCHEME, accept="clean")
BY_NAME = person_key("", "张三", "张村小学", "小学", "语文")


def proposed(*papers: Paper, decided: Decisions | None = None, known: tuple[str, ...] = ()) -> Proposals:
    """What they propose."""
    return proposals_of(SCHOOLS, papers, SCHEME, decided, known)


def codes(made: Proposals) -> set[str]:
    """What is wrong with the first trainee."""
    return {one.code for one in made.trainees[0].findings}


# --- one person of several papers ---


def test_a_persons_own_form_completes_what_the_list_left_out_and_replaces_nothing() -> None:
    listed = registration("张村小学", nominee(certificate=None, degree=None, backbone=None))
    made = proposed(listed, own_form(certificate="小学教师资格（语文）", degree="本科", backbone="县级"))
    [one] = made.trainees
    person = one.person
    assert (person.certificate, person.degree, person.backbone) == ("小学教师资格（语文）", "本科", "县级")
    assert one.papers == ("r#0", "i#0")
    assert codes(made) <= {"eligibility_blank", "age_boundary"}


def test_list_and_own_form_that_contradict_ask_and_the_list_stands() -> None:
    made = proposed(registration("张村小学", nominee()), own_form(title="小学一级教师", phone="13900139000"))
    [one] = made.trainees
    assert one.person.title == "小学高级教师"
    [told] = [finding for finding in one.findings if finding.code == "own_form_differs"]
    assert told.severity == "manual"
    assert "职称（报名表“小学高级教师”，登记表“小学一级教师”）" in told.message
    assert "电话" in told.message


def test_an_own_form_alone_proposes_and_says_that_no_school_did() -> None:
    [one] = proposed(own_form()).trainees
    [told] = [finding for finding in one.findings if finding.code == "not_nominated"]
    assert (told.severity, told.clause) == ("error", "E-01")


def test_an_own_form_without_number_and_school_proposes_nobody() -> None:
    assert proposed(own_form(id_number=None, school=None)).trainees == ()


def test_a_blank_recommendation_is_shown() -> None:
    """E-05, E-06: no program can tell more than that the school says something."""
    assert "opinion_blank" in codes(proposed(registration("张村小学", nominee(opinion=None))))
    waits = replace(registration("张村小学", nominee(opinion=None)), open_fields=("nominees[1].opinion",))
    assert "opinion_blank" not in codes(proposed(waits))


def test_whose_number_comes_later_keeps_the_key_and_the_word() -> None:
    early = registration("张村小学", nominee(id_number=None))
    [one] = proposed(early).trainees
    assert one.key == BY_NAME
    late = (early, own_form())
    [again] = proposed(*late, known=(BY_NAME,), decided={BY_NAME: Decided("accepted", 7)}).trainees
    assert (again.key, again.state, again.person.id_number) == (BY_NAME, "accepted", id_number())
    assert "number_later" in {finding.code for finding in again.findings}
    [fresh] = proposed(*late).trainees
    assert fresh.key == person_key(id_number())


def test_two_rows_of_one_list_are_two_people_whatever_they_share() -> None:
    made = proposed(registration("张村小学", nominee(), nominee(id_number=None)))
    assert len(made.trainees) == 2
    assert len({one.key for one in made.trainees}) == 2


def test_of_two_namesakes_with_numbers_a_row_without_one_is_neither_and_asked() -> None:
    other = nominee(id_number=id_number("19800101", "001"), born="1980-01")
    made = proposed(registration("张村小学", nominee(), other), own_form(id_number=None))
    assert len(made.trainees) == 3
    assert "who_of_several" in {finding.code for finding in made.findings}
    [told] = [finding for finding in made.findings if finding.code == "two_numbers"]
    assert "2个身份证号不同的张三" in told.message
    assert id_number() not in told.message


def test_unclear_rows_of_two_papers_are_one_and_two_of_one_paper_have_two_keys() -> None:
    other = nominee(id_number=id_number("19800101", "001"), born="1980-01")
    bare = nominee(id_number=None)
    lists = (registration("张村小学", nominee(), other), registration("张村小学", bare, bare, key="s#0"))
    made = proposed(*lists, own_form(id_number=None))
    assert len({one.key for one in made.trainees}) == len(made.trainees) == 4
    word = {made.trainees[-1].key: Decided("accepted", 1)}
    assert [one.state for one in proposed(*lists, decided=word).trainees].count("accepted") == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["张三", "李四"]), min_size=2, max_size=5), st.data())
def test_no_order_of_arrival_changes_who_is_proposed(names: list[str], data: st.DataObject) -> None:
    numbers = [data.draw(st.sampled_from([None, id_number(), id_number("19800101", "001")])) for _ in names]
    schools = [data.draw(st.sampled_from(["张村小学", "王沟学校"])) for _ in names]
    papers = [
        replace(registration(school, nominee(name=name, id_number=number), key=f"r{index}#0"), arrived=index)
        for index, (name, number, school) in enumerate(zip(names, numbers, schools, strict=True))
    ]
    for some in list(permutations(papers))[:6]:
        assert proposed(*some) == proposed(*papers)
    people = [one.person for one in proposed(*papers).trainees]
    assert len({one.key for one in people}) == len(people)
    assert len({one.id_number for one in people if one.id_number}) == len({number for number in numbers if number})


# --- the office's word ---


def test_who_is_refused_takes_nobodys_place() -> None:
    second = nominee(name="李四", id_number=id_number("19800101", "001"), born="1980-01")
    listed = registration("张村小学", nominee(), second)
    assert "quota_exceeded" in {one.code for one in proposed(listed).findings}
    key = person_key(id_number("19800101", "001"))
    made = proposed(listed, decided={key: Decided("refused", 3)})
    assert "quota_exceeded" not in {one.code for one in made.findings}
    assert [one.name for one in made.roster("proposed").trainees] == ["张三"]
    assert not any("李四" in one.message for one in made.findings)


def test_a_pair_is_in_with_both_its_people_alone() -> None:
    papers = (registration("张村小学", nominee()), assignment(pair_row()))
    made = proposed(*papers)
    [pair], [one], [guide] = made.pairs, made.trainees, made.mentors
    assert pair.names == ("张三", "周明")
    words = {one.key: Decided("accepted"), pair.key: Decided("accepted")}
    assert proposed(*papers, decided=words).roster("accepted").pairs == ()
    both = proposed(*papers, decided={**words, guide.key: Decided("accepted")})
    assert both.roster("accepted").pairs == (pair.pair,)


def test_two_mentors_of_one_trainee_stand_beside_both_pairs() -> None:
    other = pair_row(mentor="吴亮", mentor_id=id_number("19710101", "213"))
    made = proposed(registration("张村小学", nominee()), assignment(pair_row(), other))
    assert [[one.code for one in pair.findings] for pair in made.pairs] == [["mentor_several"], ["mentor_several"]]


def accepted_by_rule(*papers: Paper) -> list[str]:
    """Keys that the scheme's own rule accepts."""
    return [fact.subject for fact in by_rule(CLEAN, proposals_of(SCHOOLS, papers, CLEAN), ME, AT)]


def test_the_rule_accepts_the_clean_and_nobody_with_an_error() -> None:
    town = registration("县第二小学", nominee(name="李四", id_number=id_number("19800101", "001")), key="t#0")
    assert accepted_by_rule(registration("张村小学", nominee()), town) == [person_key(id_number())]
    assert accepted_by_rule(own_form()) == []
    assert by_rule(SCHEME, proposed(registration("张村小学", nominee())), ME, AT) == ()


def test_a_later_error_takes_nobody_out() -> None:
    listed = registration("张村小学", nominee())
    ruled = by_rule(CLEAN, proposals_of(SCHOOLS, [listed], CLEAN), ME, AT)
    second = registration("张村小学", nominee(name="李四", id_number=id_number("19800101", "001")), key="t#0")
    reading = Fact("reading", "r#0", {"form": "registration"}, ME, AT, {}, sequence=1)
    made = proposals_of(SCHOOLS, [listed, second], CLEAN, decisions_of([reading, *numbered(*ruled)]))
    assert [(one.person.name, one.state) for one in made.trainees] == [("张三", "accepted"), ("李四", "proposed")]


def numbered(*lines: Fact) -> list[Fact]:
    """The lines as a ledger would number them behind the first."""
    return [replace(one, sequence=number) for number, one in enumerate(lines, 2)]


def test_the_rules_word_goes_with_the_papers_it_went_by() -> None:
    ruled = by_rule(CLEAN, proposals_of(SCHOOLS, [registration("张村小学", nominee())], CLEAN), ME, AT)
    assert decisions_of(numbered(*ruled)) == {}
    by_hand = decision_fact(person_key(id_number()), "accepted", "", ME, AT)
    assert decisions_of(numbered(by_hand))[person_key(id_number())].state == "accepted"


def test_the_last_word_counts_and_says_whose_it_is() -> None:
    key = f"{person_key(id_number())}+P-2"
    lines = numbered(decision_fact(key, "accepted", "", ME, AT), decision_fact(key, "refused", "改派", ME, AT))
    assert decisions_of(lines) == {key: Decided("refused", 3, "王老师", AT, "改派")}


@pytest.mark.parametrize("back", [True, False])
def test_a_word_that_came_with_a_workbook_goes_with_it(back: bool) -> None:
    [*_, book] = roster_facts(Roster(SCHOOLS), "b" * 64, "workbook", ME, AT)
    word = decision_fact("P-1", "refused", "", ME, AT, workbook="b" * 64)
    lines = numbered(book, word, Fact("taken_back", "import-2", {"lines": [2], "back": back}, ME, AT, {}))
    assert (decisions_of(lines) == {}) is back


def test_people_of_a_roster_made_before_words_were_kept_count_as_accepted() -> None:
    one = trainee()
    old = numbered(*roster_facts(Roster(SCHOOLS, (one,)), "a" * 64, "signups", ME, AT))
    assert decisions_of(old)[one.key].state == "accepted"
    assert known_keys(old) == (one.key,)
    new = numbered(*roster_facts(Roster(SCHOOLS, (one,)), "a" * 64, "signups", ME, AT, {"listed": "c"}))
    assert decisions_of(new) == {}


def test_an_erased_persons_list_names_nobody() -> None:
    papers = (registration("张村小学", nominee(id_number=None), key="a#0"), own_form(), assignment(pair_row()))
    made = proposals_of(SCHOOLS, papers, SCHEME, known=(BY_NAME,), erased={person_key(id_number())})
    assert made.trainees == ()
    assert not any("张三" in one.message for one in made.findings)
    assert "张三" not in str([asdict(one.person) for one in made.people])
