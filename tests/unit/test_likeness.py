"""Papers whose words are nearly the same are named; short ones, other hands and one paper's own copies are not."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gengang.likeness import ALIKE, Alike, alike, own_words
from gengang.submission import Paper, Submission
from tests.unit.rosters import paper
from tests.unit.sample_papers import PAPERS

TEXT = (
    "今天听了王老师的分数的意义一课，教师从分饼引入，学生动手折纸，理解了平均分的含义。板书清楚，练习有层次，"
    "唯一不足是留给后进生的时间偏少。回校后我准备在四年级试一试，先让学生动手，再归纳概念。"
)
OTHER = (
    "上午参加语文组集体备课，大家围绕《桂林山水》的朗读指导展开讨论，李老师主张先读后讲，我认为可以结合图片。"
    "下午在五（2）班听课，学生发言积极，教师评价及时，值得我在本校推广学习。"
)


def reflection(person: str, key: str, text: str, topic: str = "反思", **values: str) -> Paper:
    return paper("reflection", {"topic": topic, "strengths": text, **values}, key, person=person)


def keys(found: tuple[Alike, ...]) -> list[list[str]]:
    return [[one.key for one in group.papers] for group in found]


def test_two_persons_with_the_same_words_are_shown_together() -> None:
    """H03."""
    [found] = alike([reflection("P-1", "a#0", TEXT), reflection("P-2", "b#0", TEXT), reflection("P-3", "c#0", OTHER)])
    assert ([one.key for one in found.papers], found.percent) == (["a#0", "b#0"], 100)


def test_a_few_changed_words_are_still_the_same() -> None:
    changed = TEXT.replace("王老师", "李老师").replace("四年级", "五年级").replace("，", " ")
    [found] = alike([reflection("P-1", "a#0", TEXT), reflection("P-2", "b#0", changed)])
    assert ALIKE <= found.percent < 100


def test_two_papers_of_one_person_are_named_too_and_two_versions_of_one_are_not() -> None:
    """H02."""
    first, second = reflection("P-1", "a#0", TEXT, "一"), reflection("P-1", "b#0", TEXT, "二")
    assert keys(alike([first, second])) == [["a#0", "b#0"]]
    assert alike([first, reflection("P-1", "c#0", TEXT.replace("折纸", "剪纸"), "一")]) == ()
    assert alike([first, replace(first, key="d#0", medium="scan")]) == ()


def test_many_who_copied_one_text_are_one_group() -> None:
    papers = [reflection(f"P-{number}", f"{number}#0", TEXT + "好" * (number % 3)) for number in range(60)]
    [found] = alike(papers)
    assert len(found.papers) == 60


def test_what_others_write_of_a_person_what_is_short_and_what_is_on_other_forms_is_no_likeness() -> None:
    opinions = [reflection(f"P-{n}", f"{n}#0", "好", mentor_opinion=TEXT, base_comment=TEXT) for n in range(3)]
    short = [reflection(f"P-{n}", f"{n}#0", TEXT[:40]) for n in range(3)]
    forms = [paper(form, {"gains": TEXT}, f"{form}#0", person=f"P-{form}") for form in ("training_log", "reflection")]
    letters = [paper("base_school_appraisal", {"opinion": TEXT}, f"{n}#0", person=f"P-{n}") for n in range(3)]
    nobody = [paper("reflection", {"strengths": TEXT}, f"{n}#0") for n in range(3)]
    for papers in (opinions, short, forms, letters, nobody):
        assert alike(papers) == ()


def test_words_read_with_doubt_are_words_too() -> None:
    scan = replace(reflection("P-2", "b#0", ""), open_fields=("strengths",), proposed={"strengths": TEXT})
    assert keys(alike([reflection("P-1", "a#0", TEXT), scan])) == [["a#0", "b#0"]]
    assert own_words(scan).startswith("今天听了王老师")


@given(st.randoms(use_true_random=False), st.integers(0, 6))
def test_the_order_of_papers_never_matters_and_another_text_joins_no_group(random: Random, number: int) -> None:
    papers = [reflection(f"P-{n}", f"{n}#0", TEXT[: len(TEXT) - n]) for n in range(number)]
    papers += [reflection("P-x", "x#0", OTHER)]
    shuffled = random.sample(papers, len(papers))
    assert alike(shuffled) == alike(papers)
    assert keys(alike(papers)) == ([[f"{n}#0" for n in range(number)]] if number > 1 else [])


def test_in_an_invented_cohort_every_copied_reflection_is_found_and_nothing_else() -> None:
    papers = [
        Paper(f"{person}-{number}#0", person, Submission(one.kind, one.values, one.lists))
        for person, filled in PAPERS.items()
        for number, one in enumerate(filled)
    ]
    copied = {
        f"{person}-{number}#0": (person, one.note.removeprefix("copied_from:"))
        for person, filled in PAPERS.items()
        for number, one in enumerate(filled)
        if one.note.startswith("copied_from:")
    }
    groups = alike(papers)
    assert len(copied) > 5
    for key, (_, author) in copied.items():
        [group] = [one for one in groups if key in [found.key for found in one.papers]]
        assert author in {found.person for found in group.papers}
    authors = {author for _, author in copied.values()}
    assert all(found.person in authors or found.key in copied for group in groups for found in group.papers)
