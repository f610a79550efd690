"""Papers of people who wait for the office's word are told with the person, once; nobody is asked whose they are."""

from gengang.enrolling import after, proposals_in
from gengang.facts import Fact
from gengang.proposals import Proposal
from gengang.roster_effect import Effect
from gengang.season import WHOSE, season_of
from gengang.telling_roster import MOST_CHANGES, papers_waiting, roster_changes, waiting_needs
from tests.unit.facts_of_papers import AT, ME, came, key_of, read
from tests.unit.rosters import SCHOOLS, trainee
from tests.unit.seasons import SCHEME
from tests.unit.test_enrolling import FACTS, ZHANG, done, plan_of, said

MORE = (came("日志二.docx"), read("日志二.docx", "training_log", trainee(), {"log_date": "2016-09-06"}))
STRANGER = (came("生.docx"), read("生.docx", "training_log", trainee("王五", number=""), {"log_date": "2016-09-06"}))


def waiting(facts: tuple[Fact, ...]) -> dict[str, Proposal]:
    """Whose papers wait, after the roster is settled."""
    settled = done(facts, plan_of(facts))
    return dict(papers_waiting(season_of(settled), proposals_in(SCHEME, SCHOOLS, settled)))


def test_papers_of_somebody_who_waits_wait_and_a_strangers_do_not() -> None:
    found = waiting(after(FACTS, (*MORE, *STRANGER)))
    assert {key: one.person.name for key, one in found.items()} == dict.fromkeys(
        map(key_of, ("日志.docx", "日志二.docx")), "张三"
    )
    season = season_of(after(FACTS, MORE))
    [need] = waiting_needs(season.papers, found)
    assert need.whose == "张村小学 张三"
    assert "收到的2份材料先存着，没有退；录取后自动认定" in need.why


def test_once_accepted_nothing_waits() -> None:
    assert waiting(said(FACTS, ZHANG)) == {}


def test_papers_of_somebody_refused_are_told_as_such() -> None:
    found = waiting(said(FACTS, ZHANG, "refused"))
    [need] = waiting_needs(season_of(FACTS).papers, found)
    assert "已定不予录取" in need.why


def test_what_a_person_decided_is_nobodys_waits_for_nobody() -> None:
    nobody = Fact("decision", key_of("日志.docx"), {"path": WHOSE}, ME, AT, {"value": "", "why": "别的培训的"})
    assert waiting(after(FACTS, [nobody])) == {}


def test_a_note_lists_so_many_changes_and_counts_the_rest() -> None:
    shown = roster_changes(Effect(added=(trainee(),) * (MOST_CHANGES + 3)))
    assert (shown[0].what, shown[0].after) == ("新增", "张村小学 张三")
    assert (len(shown), shown[-1].after) == (MOST_CHANGES + 1, "另有3处")
