"""A person's choice of a version in a real ledger, on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest

from gengang.choosing import choose_kind, choose_version
from gengang.errors import WorkspaceError
from gengang.evidence import evidence_fact
from gengang.facts import Fact, balance
from gengang.ledger import Ledger
from gengang.ledger_verify import verify
from gengang.material import Material
from gengang.season import season_of
from gengang.settings import Settings
from gengang.status import season_status
from gengang.telling_copies import short_key
from tests.ledger.lines import ME
from tests.unit.facts_of_papers import AT, came, hash_of, key_of, listed, read
from tests.unit.rosters import roster, trainee

ZHANG = trainee()
SCHEME = (Path(__file__).parents[2] / "templates/schemes/county-2016.toml").read_text("utf-8")
OLD, NEW, ALONE = (short_key(key_of(name)) for name in ("旧.docx", "新.docx", "报告.docx"))


def version(name: str, heard: int) -> tuple[Fact, Fact]:
    """One version of a person's 鉴定表."""
    return came(name), read(name, "appraisal", ZHANG, {"lessons_heard": heard})


@pytest.fixture
def two_versions(settings: Settings, ledger: Ledger) -> Settings:
    """A season with one paper in two versions, and one that came once."""
    rules = Fact("scheme", "scheme", {"sha256": "0" * 64, "text": SCHEME}, ME, AT)
    report = came("报告.docx"), read("报告.docx", "study_report", ZHANG, {"gains": "收获"})
    ledger.append([rules, *listed(ZHANG, schools=roster()), *version("旧.docx", 20), *version("新.docx", 17), *report])
    return settings


def chosen(settings: Settings) -> list[tuple[str, bool]]:
    """What was chosen, and whether it is asked about."""
    [person] = season_status(settings, None)["persons"]
    return [(one["chosen"], one["waits"]) for one in person["versions"]]


def test_a_choice_is_a_line_that_stays(two_versions: Settings, ledger: Ledger) -> None:
    assert chosen(two_versions) == [("", True)]
    told = choose_version(two_versions, OLD, "本人说旧的对", ME, AT)
    assert (told.exit_code, "旧.docx" in told.lines[0], "新.docx" in told.lines[1]) == (0, True, True)
    assert chosen(two_versions) == [(key_of("旧.docx"), False)]
    ledger.append(version("更新.docx", 12))
    assert chosen(two_versions) == [(key_of("旧.docx"), True)]
    choose_version(two_versions, NEW, "核对过了", ME, AT)
    assert chosen(two_versions) == [(key_of("新.docx"), False)]
    choose_version(two_versions, OLD, "还是旧的", ME, AT)
    assert chosen(two_versions) == [(key_of("旧.docx"), False)]
    assert verify(ledger) == ()


def test_the_same_choice_again_writes_nothing(two_versions: Settings, ledger: Ledger) -> None:
    for _ in range(2):
        choose_version(two_versions, key_of("旧.docx"), "本人说旧的对", ME, AT)
    assert len(list(ledger.read(kinds=("decision",)))) == 1


def test_the_reason_is_personal_and_the_line_names_no_person(two_versions: Settings, ledger: Ledger) -> None:
    choose_version(two_versions, OLD, "张三说旧的对", ME, AT)
    [line] = ledger.read(kinds=("decision",))
    assert (line.personal or {})["why"] == "张三说旧的对"
    assert "张三" not in str(dict(line.data))


@pytest.mark.parametrize(
    ("wanted", "why", "words"),
    [
        (OLD, " ", "--why"),
        ("ffffffff#0", "理由", "没有编号为"),
        (OLD[:4], "理由", "没有编号为"),
        (ALONE, "理由", "不用选"),
        (f"{OLD[:-1]}7", "理由", "没有编号为"),
    ],
)
def test_what_cannot_be_chosen_is_said_and_writes_nothing(
    two_versions: Settings, ledger: Ledger, wanted: str, why: str, words: str
) -> None:
    with pytest.raises(WorkspaceError, match=words):
        choose_version(two_versions, wanted, why, ME, AT)
    assert list(ledger.read(kinds=("decision",))) == []


# --- a photo that is a form, or evidence ---

PHOTO = "2016-12-06 张村小学/张三 听课/IMG_1.jpg"


@pytest.fixture
def photos(settings: Settings, ledger: Ledger) -> Settings:
    """A season with a photo that was filed as evidence, one that is asked about, and one in a zip."""
    rules = Fact("scheme", "scheme", {"sha256": "0" * 64, "text": SCHEME}, ME, AT)
    shown = [(PHOTO, Material("photo", PHOTO, "", "1" * 64, 9)),
             ("张三 评课/IMG_2.jpg", Material("photo", "张三 评课/IMG_2.jpg", "", "2" * 64, 9, doubt=True)),
             ("张三.zip", Material("photo", "IMG_3.jpg", "张三.zip!IMG_3.jpg", "3" * 64, 9))]  # fmt: skip
    pieces = [evidence_fact(key_of(path.rpartition("/")[2]), material, {}, ME, AT) for path, material in shown]
    ledger.append([rules, *listed(ZHANG, schools=roster()), *(came(path) for path, _ in shown), *pieces])
    return settings


def kept_and_back(ledger: Ledger) -> tuple[list[str], list[str]]:
    """The evidence of the person, and what is sent back to be photographed again."""
    season = season_of(ledger.read())
    assert balance(ledger.read()).even
    back = [one.source.path for one in season.refusals if one.code == "photograph_again"]
    return [piece.name for piece in season.evidence_of(ZHANG.key)], back


def test_a_form_that_was_filed_as_evidence_is_sent_back_to_be_photographed_again(
    photos: Settings, ledger: Ledger
) -> None:
    assert kept_and_back(ledger) == (["IMG_1.jpg", "IMG_3.jpg"], [])
    told = choose_kind(photos, PHOTO, "form", "是听课记录表", ME, AT)
    assert "重拍" in told.lines[0]
    assert kept_and_back(ledger) == (["IMG_3.jpg"], [PHOTO])
    assert season_status(photos, None)["persons"][0]["evidence"][0]["counts"] == {"photo": 1}
    choose_kind(photos, "IMG_1.jpg", "evidence", "看错了，是照片", ME, AT)
    assert kept_and_back(ledger) == (["IMG_1.jpg", "IMG_3.jpg"], [])


@pytest.mark.parametrize("called", ["IMG_2.jpg", "张三 评课/IMG_2.jpg", short_key(key_of("IMG_2.jpg"))])
def test_a_photo_in_doubt_is_evidence_once_somebody_says_so(photos: Settings, ledger: Ledger, called: str) -> None:
    choose_kind(photos, called, "evidence", "是活动照片", ME, AT)
    assert kept_and_back(ledger) == (["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"], [])
    choose_kind(photos, called, "evidence", "是活动照片", ME, AT)
    assert len(list(ledger.read(kinds=("decision",)))) == 1


def test_a_photo_in_a_zip_goes_by_its_own_name(photos: Settings, ledger: Ledger) -> None:
    choose_kind(photos, "IMG_3.jpg", "form", "是考勤表", ME, AT)
    assert kept_and_back(ledger) == (["IMG_1.jpg"], ["张三.zip"])


@pytest.mark.parametrize(
    ("wanted", "why", "words"),
    [(PHOTO, " ", "--why"), ("IMG_9.jpg", "理由", "没有叫"), ("旧.docx", "理由", "没有叫")],
)
def test_what_is_no_single_piece_of_evidence_is_refused(
    photos: Settings, ledger: Ledger, wanted: str, why: str, words: str
) -> None:
    with pytest.raises(WorkspaceError, match=words):
        choose_kind(photos, wanted, "form", why, ME, AT)
    assert list(ledger.read(kinds=("decision",))) == []


def test_two_pieces_of_one_name_are_told_apart_by_their_folders(photos: Settings, ledger: Ledger) -> None:
    other = "李四 听课/IMG_1.jpg"
    ledger.append(
        [
            replace(came(other), subject=hash_of(other)),
            evidence_fact(key_of(other), Material("photo", other, "", "4" * 64, 9), {}, ME, AT),
        ]
    )
    with pytest.raises(WorkspaceError, match="不止一份"):
        choose_kind(photos, "IMG_1.jpg", "form", "理由", ME, AT)
    choose_kind(photos, PHOTO, "form", "理由", ME, AT)
    assert kept_and_back(ledger)[1] == [PHOTO]


def test_nothing_can_be_chosen_before_the_first_run(settings: Settings, ledger: Ledger) -> None:
    assert list(ledger.read()) == []
    with pytest.raises(WorkspaceError, match="请先运行"):
        choose_version(replace(settings), OLD, "理由", ME, AT)
