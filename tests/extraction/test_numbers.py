"""Numbers in running text, as figures are written and said in each language."""

import pytest

from etl.extraction import lexicon
from etl.extraction.numbers import Number, read_number

READ = {
    "fr": {
        "vingt et un": 21,
        "soixante-dix-sept": 77,
        "quatre-vingt-onze": 91,
        "quatre-vingt-dix-neuf": 99,
        "septante-deux": 72,
        "nonante": 90,
        "deux cent mille trois": 200_003,
        "mille neuf cent douze": 1912,
        "un million deux cent mille": 1_200_000,
        "trois mille milliards": 3e12,
        "deux millions et demi": 2_500_000,
        "un demi-million": 500_000,
        "11 000": 11_000,
        "11\u202f000": 11_000,
        "11\u00a0000": 11_000,
        "839.000": 839_000,
        "1.234.567,8": 1_234_567.8,
        "55,5 milliards": 55.5e9,
        "1,5 million": 1_500_000,
        "4.5": 4.5,
        "300k": 300_000,
        "4,2 M€": 4_200_000,
        "une dizaine": 10,
        "une centaine de milliers": 100_000,
    },
    "en": {
        "twenty-one": 21,
        "two hundred and five": 205,
        "fifteen hundred": 1500,
        "thirty-one thousand": 31_000,
        "two and a half million": 2_500_000,
        "half a million": 500_000,
        "three quarters of a million": 750_000,
        "1,234.5": 1234.5,
        "1.13 billion": 1.13e9,
        "1bn": 1e9,
        "a dozen": 12,
        "two dozen": 24,
        "tens of thousands": 10_000,
        "several thousand": 1000,
        "700 crore": 7e9,
    },
}


def _read(code: str, text: str) -> Number | None:
    document = lexicon.reader(code).read(text)
    first = 1 if text.startswith("several") else 0
    return read_number(document, first)


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, told in READ.items() for text in told])
def test_number_has_its_value_and_ends_with_its_last_word(code: str, text: str) -> None:
    number = _read(code, text)
    assert number is not None
    assert number.value == READ[code][text]
    document = lexicon.reader(code).read(text)
    assert document.slice(number.first, number.end) in (text, text.rstrip("€"))


@pytest.mark.parametrize("text", ["12.11.2024", "1.2.3", "123456789012345678901", "0612345678", "192.168.0.1"])
def test_digits_of_dates_and_identifiers_are_no_number(text: str) -> None:
    number = _read("fr", text)
    assert number is not None
    assert not number.read


def test_fractions_are_shares_of_one() -> None:
    number = _read("fr", "deux tiers des élus")
    assert number is not None
    assert number.share
    assert number.value == pytest.approx(2 / 3)


def test_vague_plurals_have_the_value_of_one_such_unit() -> None:
    number = _read("fr", "centaines de milliers de personnes")
    assert number is not None
    assert number.vague
    assert number.value == 100_000
