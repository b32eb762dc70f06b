"""DuckDB cuts text as Python does: by code points, in any script, with combining characters, emoji and flags."""

import duckdb
from hypothesis import given
from hypothesis import strategies as st

PIECES = ("a", " ", "é", "e\u0301", "\u202f", "’", "🙂", "👩\u200d🚒", "🇵🇪", "漢", "\r\n", "ב", "\U0001f1eb", "\u0300")


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.characters(codec="utf-8", exclude_characters="\0"))), st.data())
def test_substring_counts_code_points(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    with duckdb.connect() as connection:
        cut = connection.execute("SELECT substring($1, $2 + 1, $3 - $2)", [text, start, end]).fetchone()
    assert cut == (text[start:end],)
