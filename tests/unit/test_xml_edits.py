"""XML changed in single places: elements know where they stand, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gengang.xml_edits import Edit, edited, element_of

XML = """<?xml version='1.0' encoding="UTF-8"?>
<!-- <w:p> --><w:a x='1' y="a>b"><w:p/><w:p  b = "2" ><w:t> &lt;x&gt; </w:t></w:p><![CDATA[<w:p>]]></w:a>
"""


def test_elements_know_their_bounds_and_attributes() -> None:
    root = element_of(XML)
    assert (root.name, root.get("x"), root.get("y"), root.get("z")) == ("w:a", "1", "a>b", "")
    assert [XML[one.start : one.end] for one in root.children] == [
        "<w:p/>",
        XML[XML.index("<w:p  b") : XML.index("<![CD")],
    ]
    [text] = root.iter("w:t")
    assert XML[text.inner : text.inner_end] == " &lt;x&gt; "
    assert root.find("w:p", "w:t") is None  # the first w:p is empty
    assert root.children[1].get("b") == "2"


@pytest.mark.parametrize("text", ["<a><b></a>", "<a></a></b>", "<a>", "", "<a/><b/>"])
def test_what_is_no_sound_xml_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="clos"):
        element_of(text)


def test_edits_change_their_places_alone() -> None:
    assert edited("abcdef", [Edit(4, 5, "X"), Edit(1, 2), Edit(2, 2, "--")]) == "a--cdXf"
    with pytest.raises(ValueError, match="overlap"):
        edited("abcdef", [Edit(0, 3), Edit(2, 4)])


NAMES = st.sampled_from(["w:p", "w:r", "a", "mc:x"])


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(NAMES)
    attributes = draw(st.sampled_from(["", ' k="v"', " k = 'v>w'", ' k="&lt;"']))
    if depth > 3 or draw(st.booleans()):
        return draw(st.sampled_from([f"<{name}{attributes}/>", f"<{name}{attributes}>t&amp;</{name}>"]))
    inside = "".join(
        draw(st.lists(trees(depth + 1) | st.sampled_from(["text", "<!-- <x> -->", "<?pi <y>?>"]), max_size=4))
    )
    return f"<{name}{attributes}>{inside}</{name}>"


@given(trees())
def test_elements_are_those_that_a_parser_finds(text: str) -> None:
    spaces = 'xmlns:w="w" xmlns:mc="mc"'
    whole = f"<root {spaces}>{text}</root>"
    parsed = list(etree.fromstring(whole).iter("*"))
    found = list(element_of(whole).iter())
    assert [one.name.rpartition(":")[2] for one in found] == [etree.QName(one).localname for one in parsed]
    assert [one.get("k") for one in found] == [one.get("k", "") for one in parsed]
    for one, twin in zip(found[1:], parsed[1:], strict=True):
        [alone] = etree.fromstring(f"<root {spaces}>{whole[one.start : one.end]}</root>")
        assert etree.tostring(alone, with_tail=False) == etree.tostring(twin, with_tail=False)
