"""How fast figures are found, beside reading the text at all and a plain `re` that finds digits, in the same run.

Run it with `pytest tests/benchmarks -s`. Counted in articles of 4,550 characters, in CPU time of one core.
The memory check over 100,000 articles runs with `CHRONIQUE_MEMORY_ARTICLES=100000`.
"""

import datetime as dt
import os
import random
import re
import resource
import time
from collections.abc import Callable

import pytest

from etl.extraction import lexicon
from etl.extraction.attribution import find_claims
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claims
from etl.extraction.names import Names
from etl.extraction.quantities import find_quantities
from etl.extraction.text import Document
from etl.extraction.times import find_times

ARTICLE = 4550
PUBLISHED = dt.date(2024, 11, 18)
FIGURED = 0.2
"""Share of sentences with figures, so that an article has a dozen of them, as news has."""

DIGITS = re.compile(r"\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?(?:\s?(?:%|€|\$|[^\W\d]+))?")

SENTENCES = {
    "fr": (
        "La préfecture a recensé {n} manifestants, dont une vingtaine de mineurs, selon un premier bilan.",
        "Le conseil régional a débloqué {n} millions d'euros pour les communes touchées par la crue.",
        "Les secours ont évacué au moins {n} habitants et relogé trois familles dans un gymnase.",
        "Le directeur assure que l'usine emploiera encore environ {n} ouvriers et 40 cadres l'an prochain.",
        "Les prix de l'énergie ont reculé de {n} % en un an, d'après l'institut de statistique.",
        "La maire a défendu le projet devant une salle comble, sans convaincre les riverains du quartier.",
        "Aucun accord n'a été trouvé entre les syndicats et la direction, qui se reverront lundi matin.",
        "Le juge a renvoyé l'affaire à une date ultérieure, au grand regret des avocats de la défense.",
        "L'entreprise n'a pas souhaité répondre à nos questions sur l'origine de la pollution du fleuve.",
        "Les habitants réclament depuis des années la réouverture de la gare et de la maternité.",
    ),
    "en": (
        "The council counted {n} marchers, including about twenty teenagers, according to a first report.",
        "The region set aside {n} million euros for the towns that were hit by the flood.",
        "Crews moved at least {n} residents to safety and found new homes for three families.",
        "The director said the plant would still employ about {n} workers and 40 managers next year.",
        "Energy prices fell {n}% in a year, the statistics office said.",
        "The mayor defended the project before a packed hall but failed to win over the residents.",
        "No deal was struck between the unions and the board, which will meet again on Monday morning.",
        "The judge put the case off to a later date, to the regret of the lawyers for the defence.",
        "The company declined to answer our questions about the source of the pollution in the river.",
        "Residents have for years been asking for the station and the maternity ward to reopen.",
    ),
}


def _article(code: str, seed: int) -> str:
    chance = random.Random(seed)
    text = ""
    while len(text) < ARTICLE:
        told = SENTENCES[code][:5] if chance.random() < FIGURED else SENTENCES[code][5:]
        text += chance.choice(told).format(n=chance.randrange(2, 900)) + " "
    return text[:ARTICLE]


def _seconds(work: Callable[[str], object], articles: list[str]) -> float:
    start = time.process_time()
    for article in articles:
        work(article)
    return (time.process_time() - start) / len(articles)


def _figures(document: Document) -> int:
    clauses = Clauses(document)
    times = find_times(document, clauses)
    claims = find_claims(document, clauses, Names(document, clauses))
    return len(find_quantities(document, times, clauses, claims))


@pytest.mark.parametrize("code", ["fr", "en"])
def test_figures_against_reading_alone_and_a_plain_pattern(code: str) -> None:
    reader = lexicon.reader(code)
    articles = [_article(code, seed) for seed in range(200)]
    assert all(_figures(reader.read(article, PUBLISHED)) for article in articles[:20])  # and everything is compiled now
    ready = []
    for article in articles:
        document = reader.read(article, PUBLISHED)
        clauses = Clauses(document)
        ready.append((document, clauses, find_times(document, clauses)))

    def quantities() -> float:
        start = time.process_time()
        for document, clauses, times in ready:
            find_quantities(document, times, clauses, Claims())
        return (time.process_time() - start) / len(ready)

    figures = min(quantities() for _ in range(3))
    reading = min(_seconds(reader.read, articles) for _ in range(3))
    pattern = min(_seconds(lambda article: sum(1 for _ in DIGITS.finditer(article)), articles) for _ in range(3))
    whole = min(_seconds(lambda article: _figures(reader.read(article, PUBLISHED)), articles) for _ in range(2))
    print(
        f"\n{code}: figures {1e6 * figures:,.0f} µs an article, {figures / reading:.2f} times reading it,"
        f" {figures / pattern:.1f} times a plain pattern; with reading, times and claims {1 / whole:,.0f} articles/s"
    )


@pytest.mark.parametrize("unit", ["7", "1 000 ", "de 1 à ", "5 % ", "entre 1 et 2 ", "dix morts, dont "])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def cost(length: int) -> float:
        document = lexicon.reader("fr").read((unit * (length // len(unit) + 1))[:length], PUBLISHED)
        clauses = Clauses(document)
        start = time.process_time()
        find_quantities(document, [], clauses, Claims())
        return time.process_time() - start

    cost(10_000)
    short, long = cost(100_000), cost(800_000)
    print(f"\n{unit!r}: 100 kB {short:.3f} s, 800 kB {long:.3f} s, {long / max(short, 1e-6):.1f} times (8 is linear)")


@pytest.mark.skipif("CHRONIQUE_MEMORY_ARTICLES" not in os.environ, reason="set CHRONIQUE_MEMORY_ARTICLES to run it")
def test_memory_stays_flat() -> None:
    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    count = int(os.environ["CHRONIQUE_MEMORY_ARTICLES"])
    marks = []
    for number in range(count):
        _figures(lexicon.reader("fr").read(f"{_article('fr', number)} mot{number}", PUBLISHED))
        if number in (count // 10, count // 2, count - 1):
            marks.append(peak())
    print(
        f"\npeak memory after a tenth, half and all of {count:,} articles: " + ", ".join(f"{m:.0f} MB" for m in marks)
    )
