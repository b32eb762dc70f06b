"""How fast whole articles are extracted, beside lemmatising the same words with simplemma in the same run.

Run it with `pytest tests/benchmarks -s`. Counted in articles of 4,550 characters, in CPU time of one core, reading,
ids and frames included. The shipped samples hold two to four times as many times and figures as news does, so they are
mixed with reports that have few: what an article holds is printed beside its speed.
"""

import csv
import datetime as dt
import json
import re
import time
from collections.abc import Callable
from importlib import resources
from itertools import cycle, islice

import polars as pl
import pytest
import simplemma

from etl.extraction import extract_batch

ARTICLE = 4550
REPORTS = {
    "fr": (
        "Le conseil régional a voté la fermeture de la ligne, malgré les protestations des maires de la vallée.",
        "Les pompiers ont maîtrisé le feu qui menaçait la réserve naturelle, près de l'embouchure du fleuve.",
        "Selon la préfecture, aucun habitant n'a été blessé, mais plusieurs granges ont brûlé.",
        "L'entraîneur a quitté le club après la défaite de son équipe, battue sur son terrain par un promu.",
        "Le tribunal administratif a rejeté le recours des riverains, qui contestaient le permis de construire.",
        "L'association, qui défend les droits des locataires, accuse le propriétaire d'avoir coupé le chauffage.",
        "Une équipe de biologistes a découvert une espèce de grenouille dans les forêts du plateau.",
        "Le romancier est mort chez lui, entouré de sa famille, a indiqué son éditeur.",
        "La commune veut planter des arbres le long du canal et limiter la vitesse devant les écoles.",
        "La vallée est étroite, ses villages sont accrochés aux pentes, et la route y est souvent mauvaise.",
        "« Ce n'est pas une question d'argent, c'est une question de principe », dit-elle en souriant.",
        "Dans la salle, les bancs sont en bois sombre et une odeur de cire rappelle les écoles de jadis.",
        "Le quartier, longtemps réputé pour ses ateliers, ressemble à beaucoup de faubourgs de la région.",
        "Pour lui, la difficulté est ailleurs : les jeunes n'ont ni le temps ni les moyens d'apprendre le métier.",
        "Sa grand-mère parlait une langue que plus personne ne comprend au village, sinon le curé.",
        "Les avis sont partagés parmi les commerçants, dont beaucoup doutent de l'utilité de la rocade.",
        "Il a les yeux clairs, la voix lente, et cette façon de peser chaque mot qu'ont les gens de mer.",
        "Rien, dans ce paysage de marais et de saules, ne laisse deviner la proximité de la ville.",
        "« On connaît tous quelqu'un qui en souffre, mais on n'en parle pas », soupire une voisine.",
        "La technique est ancienne, elle exige de la patience, de bons outils et une certaine humilité.",
        "Le texte, long et touffu, mêle des considérations générales à des mesures très précises.",
    ),
    "en": (
        "The regional council voted to close the line despite protests from the mayors of the valley.",
        "Firefighters contained the blaze that threatened the nature reserve near the mouth of the river.",
        "No resident was hurt, the county said, but several barns burned down.",
        "The coach left the club after his team lost at home to a side that had just been promoted.",
        "An administrative court rejected the appeal of residents who had challenged the building permit.",
        "The group, which defends the rights of tenants, accuses the owner of cutting off the heating.",
        "A team of biologists discovered a species of frog in the forests of the plateau.",
        "The novelist died at home with his family around him, his publisher said.",
        "The town wants to plant trees along the canal and to limit the speed of cars near schools.",
        "The valley is narrow, its villages cling to the slopes, and the road is often bad.",
        "“It is not a question of money, it is a question of principle,” she says with a smile.",
        "The benches in the hall are of dark wood, and the smell of wax recalls the schools of old.",
        "The district, long known for its workshops, looks like many suburbs of the region.",
        "For him the difficulty lies elsewhere: the young have neither the time nor the means to learn the trade.",
        "His grandmother spoke a language that nobody in the village understands, except the priest.",
        "Opinions are divided among shopkeepers, many of whom doubt the use of the ring road.",
        "He has clear eyes, a slow voice and the way of weighing each word that people of the sea have.",
        "Nothing in this landscape of marshes and willows lets one guess that the city is so near.",
        "“We all know somebody who suffers from it, but we do not talk about it,” sighs a neighbour.",
        "The technique is old, it takes patience, good tools and a certain humility.",
        "The text, long and dense, mixes general considerations with very precise measures.",
    ),
}
SHARE = 2
"""Sentences of reports for each sentence of a sample: about as dense with events, times and figures as news is."""
FRENCH = re.compile(r"\b(?:le|la|les|des|une|dans)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|of|and|was|were|said)\b", re.IGNORECASE)


def _samples(code: str) -> list[str]:
    """The texts of the sample articles in a language, told by its commonest words."""
    texts = []
    for file in (resources.files("etl") / "sources" / "samples").iterdir():
        if file.name.endswith((".txt", ".md")):
            texts.append(file.read_text("utf-8"))
        elif file.name.endswith(".jsonl"):
            texts += [json.loads(line).get("text", "") for line in file.read_text("utf-8").splitlines() if line.strip()]
        elif file.name.endswith(".csv"):
            texts += [row.get("text") or "" for row in csv.DictReader(file.read_text("utf-8").splitlines())]
    return [text for text in texts if (len(FRENCH.findall(text)) > len(ENGLISH.findall(text))) == (code == "fr")]


def _articles(code: str, count: int) -> pl.DataFrame:
    """Articles of just the length that speed is counted in, made of samples and reports one after the other."""
    sentences = [sentence for text in _samples(code) for sentence in re.split(r"(?<=[.!?»])\s+", text) if sentence]
    samples, reports, texts = cycle(sentences), cycle(REPORTS[code]), []
    for _ in range(count):
        text = ""
        while len(text) < ARTICLE:
            text += " ".join([next(samples), *islice(reports, SHARE)]) + "\n"
        texts.append(text[:ARTICLE])
    return pl.DataFrame(
        {
            "article_id": [str(number) for number in range(count)],
            "language": [code] * count,
            "published_on": [dt.date(2026, 3, 18)] * count,
            "text": texts,
        }
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("code", ["fr", "en"])
def test_extraction_against_lemmatising(code: str) -> None:
    articles = _articles(code, 200)
    words = [re.findall(r"\w+", text) for text in articles["text"]]

    def lemmatise() -> None:
        for article in words:
            for word in article:
                simplemma.lemmatize(word, lang=code)

    found = {table: rows.height / 200 for table, rows in extract_batch(articles).tables().items()}
    assert found["event_mentions"]  # and everything is compiled now
    lemmatise()
    mine = min(_seconds(lambda: extract_batch(articles)) for _ in range(3)) / len(words)
    peer = min(_seconds(lemmatise) for _ in range(3)) / len(words)
    print(
        f"\n{code}: extraction {1 / mine:,.0f} articles/s; lemmas alone {1 / peer:,.0f}: "
        f"{mine / peer:.1f} times their cost\n"
        f"in an article: {', '.join(f'{number:.0f} {table}' for table, number in found.items())}"
    )


@pytest.mark.parametrize(
    "unit", ["Il a été tué, ", "attaque ", "qui a lancé ", "the attack of the ", "said that he said ", "1 ", "« ", "\n"]
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def cost(length: int, code: str) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        article = _articles(code, 1).with_columns(text=pl.lit(text))
        return _seconds(lambda: extract_batch(article))

    for code in ("fr", "en"):
        cost(5_000, code)
        short, long = cost(10_000, code), cost(40_000, code)
        print(
            f"\n{code} {unit!r}: 10 kB {short:.3f} s, 40 kB {long:.3f} s, {long / max(short, 1e-6):.1f} (4 is linear)"
        )
