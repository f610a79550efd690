"""A preset moved to a year and a county: dates, names and printed words follow, and nothing else changes."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.errors import WorkspaceError
from gengang.schemefile import scheme_from_toml
from gengang.schememoving import Moved, Wish, moved
from gengang.workspace import preset_text, presets

COUNTY = preset_text("county-2016")
NAMES = [name for name, _ in presets()]


def county(**wish: object) -> Moved:
    return moved(COUNTY, Wish(**wish))  # type: ignore[arg-type]


def test_without_a_wish_nothing_changes() -> None:
    assert [moved(preset_text(name), Wish()).text == preset_text(name) for name in NAMES] == [True] * 9


@given(st.integers(2004, 2060))
def test_every_date_moves_by_as_many_years_and_back_again(year: int) -> None:
    there = county(year=year).text
    dates = re.findall(r"(\d{4})(-\d\d-\d\d)", COUNTY)
    assert re.findall(r"(\d{4})(-\d\d-\d\d)", there) == [(str(year), rest) for _, rest in dates]
    assert moved(there, Wish(year=2016)).text == COUNTY


def test_printed_words_follow_and_other_papers_keep_their_years() -> None:
    scheme = scheme_from_toml(county(year=2026).text)
    assert (scheme.id, scheme.title, scheme.year) == ("county-2026", "2026年中小学骨干教师跟岗研修方案", 2026)
    assert "自2026年9月1日至2026年11月30日" in scheme.clause("T-01").quote
    assert scheme.clause("Z-01").quote.startswith("结合我县《2026年教育工作要点》")
    other = moved(COUNTY.replace("version = ", 'notes = ["教师〔2015〕10号，2010年印发"]\nversion = '), Wish(year=2026))
    assert "教师〔2015〕10号，2010年印发" in other.text


def test_names_stand_wherever_they_are_printed() -> None:
    made = county(county="安和县", base_school="安和县第一小学", authority="安和县教育局").text
    scheme = scheme_from_toml(made)
    organisation = scheme.organisation
    assert (organisation.county, organisation.authority, organisation.college, organisation.base_school) == (
        "安和县", "安和县教育局", "安和县教师进修学校", "安和县第一小学",
    )  # fmt: skip
    assert scheme.clause("T-01").quote.startswith("确定跟岗研修基地校为安和县第一小学，")
    assert "××县" not in made


def test_what_a_person_should_look_at_is_said() -> None:
    notes = "\n".join(county(year=2026).notes)
    assert "十三五" in notes
    assert "报名截止9月5日是星期六，不是工作日。" in notes
    assert not any("十三五" in note for note in county(year=2018).notes)


def test_a_leap_day_that_the_year_lacks_is_said() -> None:
    made = moved(COUNTY.replace("holidays = []", "holidays = [2016-02-29]"), Wish(year=2017))
    assert "holidays = [2017-02-28]" in made.text
    assert "2016-02-29在2017年没有，改成了2月28日，请核对。" in made.notes


def test_an_open_window_is_set() -> None:
    made = moved(preset_text("six-weeks"), Wish(start=date(2026, 3, 2)))
    scheme = scheme_from_toml(made.text)
    assert (scheme.calendar.start, scheme.calendar.end, scheme.year) == (date(2026, 3, 2), date(2026, 4, 12), 2026)
    assert [(one.start, one.end) for one in scheme.phases][1] == (date(2026, 3, 9), date(2026, 4, 5))
    assert scheme.closing == date(2026, 4, 19)
    both = scheme_from_toml(moved(preset_text("ten-teachers"), Wish(start=date(2023, 3, 1), end=date(2023, 4, 1))).text)
    assert (both.calendar.start, both.calendar.end) == (date(2023, 3, 1), date(2023, 4, 1))


@pytest.mark.parametrize(
    "wish", [Wish(year=16), Wish(county='安"县'), Wish(college="安\n县"), Wish(base_school="{name}")]
)
def test_a_wish_that_would_break_the_file_is_refused(wish: Wish) -> None:
    with pytest.raises(WorkspaceError):
        moved(COUNTY, wish)


def test_a_window_in_weeks_has_no_last_day_to_set() -> None:
    with pytest.raises(WorkspaceError, match=r"calendar\.end"):
        moved(preset_text("six-weeks"), Wish(start=date(2026, 3, 2), end=date(2026, 5, 2)))
