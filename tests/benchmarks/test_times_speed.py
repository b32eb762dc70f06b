"""How fast times are found, beside `dateparser.search` in the same run. Run it with `pytest tests/benchmarks -s`.

Counted in articles of 4,550 characters, in CPU time of one core, reading (normalising, tokens, sentences) included.
"""

import datetime as dt
import random
import time
from collections.abc import Callable

import pytest
from dateparser.search import search_dates

from etl.extraction import lexicon
from etl.extraction.clauses import Clauses
from etl.extraction.times import find_times

ARTICLE = 4550
PUBLISHED = dt.date(2024, 11, 18)

SENTENCES = {
    "fr": (
        "Le ministre de l'Intérieur a présenté lundi un plan destiné à renforcer la surveillance des côtes normandes.",
        "Selon la préfecture, plus de 300 habitants ont été évacués dans la nuit de samedi à dimanche après la crue.",
        "« Nous n'avons plus d'eau depuis trois jours », raconte une habitante du quartier, assise devant sa maison.",
        "Les travaux, commencés en mars 2022, devraient s'achever au printemps, pour un coût de 12 millions d'euros.",
        "Le tribunal rendra sa décision le 12 décembre, mais les avocats de l'entreprise ont déjà annoncé un appel.",
        "L'opposition dénonce une réforme précipitée et réclame un débat public avant tout vote au Parlement.",
        "D'après les chiffres publiés par l'institut, la production a reculé de 2,4 % au troisième trimestre.",
        "La maire, élue en 2020, assure que les deux écoles rouvriront jeudi et que les cantines fonctionneront.",
        "Aucune victime n'est à déplorer, mais une centaine de foyers restent privés d'électricité dans la vallée.",
        "Le syndicat appelle à une journée de grève et promet d'autres actions si la direction ne recule pas.",
        "Les secours ont travaillé sans relâche pour dégager la route, coupée par un arbre à la sortie du village.",
        "L'entreprise, qui emploie près de 400 personnes sur deux sites, n'a pas souhaité commenter.",
        "Le parquet a ouvert une enquête pour homicide involontaire, confiée à la brigade de recherches.",
        "Les agriculteurs redoutent de nouvelles pertes et demandent au gouvernement une aide exceptionnelle.",
        "Sur la place du marché, les commerçants déblaient la boue, sans nouvelles de leurs assureurs.",
        "« C'est une décision politique », estime un chercheur de l'université, spécialiste des questions d'énergie.",
        "Les deux pays partagent une longue frontière, peu surveillée, que traversent chaque année des réfugiés.",
        "La direction rappelle que les négociations se poursuivent et que tous les salariés seront reçus un par un.",
        "Plusieurs associations ont déposé un recours contre le projet, qu'elles jugent coûteux et mal préparé.",
        "Le président du club s'est dit fier de ses joueuses, battues de peu par une équipe plus expérimentée.",
        "Une vingtaine de pompiers et trois hélicoptères sont mobilisés, a précisé le commandant des opérations.",
        "Interrogé à la radio, le président de la région a défendu un projet « utile à tous et financé sans impôt ».",
    ),
    "en": (
        "The interior minister unveiled a plan on Monday to strengthen the surveillance of the northern coast.",
        "More than 300 residents were moved overnight from Saturday to Sunday after the river burst its banks.",
        "“We have had no water for three days,” said a woman who was sitting in front of her house.",
        "The works, which began in March 2022, should be finished by the spring at a cost of 12 million euros.",
        "The court will rule on 12 December, but lawyers for the company have already said they will appeal.",
        "The opposition says the reform is rushed and wants a public debate before any vote in parliament.",
        "Output fell by 2.4% in the third quarter, according to figures released by the statistics office.",
        "The mayor, who was elected in 2020, said both schools would reopen on Thursday and serve lunch.",
        "No one was hurt, but about a hundred homes are still without power in the valley, the utility said.",
        "The union has called for a day of strikes and promised further action if the board does not yield.",
        "Crews worked without a break to clear the road, which had been blocked by a tree outside the village.",
        "The company, which employs nearly 400 people at two sites, declined to comment on the reports.",
        "Prosecutors have opened an inquiry into manslaughter, which the regional police will lead, they said.",
        "Farmers fear further losses and are asking the government for exceptional and swift support.",
        "On the market square, shopkeepers were clearing mud and counting the damage, with no word from insurers.",
        "“It is a political choice,” said a researcher at the university who works on energy questions.",
        "The two countries share a long and barely guarded border, which refugees cross every year.",
        "Managers said that talks were going on and that all workers would be seen one by one.",
        "Several groups have filed a complaint against the project, which they call costly and badly prepared.",
        "The club's chairman said he was proud of his players, narrowly beaten by a more seasoned side.",
        "About twenty firefighters and three helicopters are at work, the commander of the operation said.",
        "Asked on the radio, the head of the region defended a project that was useful and paid for without tax.",
    ),
}


def _articles(code: str, count: int) -> list[str]:
    chance = random.Random(7)
    articles = []
    for _ in range(count):
        text = ""
        while len(text) < ARTICLE:
            text += " ".join(chance.sample(SENTENCES[code], 4)) + "\n"
        articles.append(text[:ARTICLE])
    return articles


def _seconds(work: Callable[[str], object], articles: list[str]) -> float:
    start = time.process_time()
    for article in articles:
        work(article)
    return (time.process_time() - start) / len(articles)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_times_against_dateparser_search(code: str) -> None:
    def ours(article: str) -> int:
        document = lexicon.reader(code).read(article, PUBLISHED)
        return len(find_times(document, Clauses(document)))

    def theirs(article: str) -> object:
        return search_dates(article, languages=[code])

    articles = _articles(code, 300)
    assert all(ours(article) for article in articles[:20])  # and everything is compiled now
    mine = min(_seconds(ours, articles) for _ in range(3))
    peer = _seconds(theirs, articles[:3])
    ratio = peer / mine
    print(f"\n{code}: times {1 / mine:,.0f} articles/s, dateparser.search {1 / peer:,.2f}: {ratio:,.0f} times as fast")


@pytest.mark.parametrize(
    "unit", ["le 1er ", "12 34 56 ", "du 3 au ", "lundi ", " ", "7", "il y a deux ans, le lendemain, "]
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def cost(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        start = time.process_time()
        document = lexicon.reader("fr").read(text, PUBLISHED)
        find_times(document, Clauses(document))
        return time.process_time() - start

    cost(10_000)
    short, long = cost(100_000), cost(800_000)
    print(f"\n{unit!r}: 100 kB {short:.3f} s, 800 kB {long:.3f} s, {long / max(short, 1e-6):.1f} times (8 is linear)")
