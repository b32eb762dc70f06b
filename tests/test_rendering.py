"""Marked text never changes the text, whatever is marked."""

import re

from hypothesis import given
from hypothesis import strategies as st

from etl.queries import Mark
from etl.rendering import marked

TEXT = "Mardi, la crue a tué 12 personnes à Évora 🙂, selon la préfecture."

spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))).filter(lambda span: span[0] < span[1])
marks = st.lists(st.builds(lambda span, kind: Mark(*span, kind), spans, st.sampled_from(["event", "time"])), min_size=1)


@given(marks)
def test_without_the_brackets_it_is_the_text(chosen: list[Mark]) -> None:
    told = marked(TEXT, chosen, coloured=False).plain
    assert re.sub(r"\[(event|time): |\]", "", told) == TEXT
    assert told.count("[") == told.count("]") > 0


@given(marks)
def test_colours_leave_the_words_alone(chosen: list[Mark]) -> None:
    assert marked(TEXT, chosen, coloured=True).plain == TEXT


def test_a_mark_that_crosses_another_is_left_out() -> None:
    told = marked("abcdef", [Mark(0, 3, "event"), Mark(2, 5, "time"), Mark(4, 5, "figure")], coloured=False)
    assert told.plain == "[event: abc]d[figure: e]f"


def test_of_a_long_article_only_the_surroundings_are_shown() -> None:
    text = "avant " * 1_000 + "ICI" + " après" * 1_000
    here = Mark(text.index("ICI"), text.index("ICI") + 3, "event")
    for told in (marked(text, [here], coloured=True), marked(text, [here], coloured=False)):
        assert "ICI" in told.plain
        assert told.plain.startswith("… avant")
        assert told.plain.endswith("après …")
        assert len(told.plain) < 3_100
    in_colours = marked(text, [here], coloured=True)
    assert [in_colours.plain[span.start : span.end] for span in in_colours.spans] == ["ICI"]
