"""Web pages and feeds: the article's text, its outlet, and a publication date that is really one."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

BODY = """<p>Les pêcheurs d’Ambleray ont bloqué le port dès l’aube, réclamant une aide d’urgence à la région.</p>
<p>Une quarantaine de bateaux ferment la passe&nbsp;; le préfet reçoit leurs délégués ce soir.</p>"""


def page(head: str = "", above: str = "", below: str = "") -> str:
    return f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Le port bloqué - Le Phare</title>
<meta property="og:site_name" content="Le Phare"><link rel="canonical" href="https://phare.example/port-bloque">
{head}</head><body><nav><ul><li><a href="/">Accueil</a></li><li><a href="/mer">Mer</a></li></ul></nav>
<article><h1>Le port bloqué</h1>{above}{BODY}</article><aside>{below}</aside>
<footer>© 2019 Le Phare</footer></body></html>"""


def test_a_page_gives_its_article_and_not_its_menu(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    article = gather(write("port.html", page())).one
    assert "Une quarantaine de bateaux ferment la passe ; le préfet" in article.text
    assert "Accueil" not in article.text
    assert (article.title, article.source, article.language) == ("Le port bloqué", "Le Phare", "fr")
    assert article.article_id == article.url == "https://phare.example/port-bloque"
    assert (article.published_on, article.published_from) == (None, "unknown"), "a copyright year dates nothing"


JSON_LD = json.dumps(
    {
        "@graph": [
            {"@type": "WebSite", "datePublished": "2001-01-01"},
            {"@type": ["NewsArticle"], "datePublished": "2021-03-09T06:30:00+01:00", "dateModified": "2021-03-12"},
        ]
    }
)


@pytest.mark.parametrize(
    ("parts", "at"),
    [
        ({"head": f'<script type="application/ld+json">{JSON_LD}</script>'}, datetime(2021, 3, 9, 5, 30, tzinfo=UTC)),
        (
            {"head": '<meta property="article:published_time" content="2021-03-09T06:30:00+01:00">'},
            datetime(2021, 3, 9, 5, 30, tzinfo=UTC),
        ),
        ({"head": '<meta name="DC.date.issued" content="2021-03-09">'}, None),
        ({"above": '<time itemprop="datePublished" datetime="2021-03-09">mardi</time>'}, None),
        ({"above": '<time class="entry-date published updated" datetime="2021-03-09">mardi</time>'}, None),
        ({"above": '<time datetime="2021-03-09">mardi</time>'}, None),
        ({"above": "<p>Publié le mardi 9 mars 2021 à 6h30, mis à jour le 12 mars 2021</p>"}, None),
        ({"above": "<div><span>Mis à jour le 12/03/2021</span> <span>Publié le 09/03/2021</span></div>"}, None),
        ({"above": '<span class="post-date">9 mars 2021</span>'}, None),
        (
            {
                "head": '<meta property="article:modified_time" content="2021-03-12">',
                "above": "<p>Mis en ligne le 9 mars 2021</p>",
            },
            None,
        ),
    ],
)
def test_the_publication_date_of_a_page(
    write: Callable[..., Path], gather: Callable[..., Any], parts: dict[str, str], at: datetime | None
) -> None:
    article = gather(write("2019-01-01.html", page(**parts))).one
    assert (article.published_on, article.published_from, article.published_at) == (date(2021, 3, 9), "html", at)


@pytest.mark.parametrize(
    "parts",
    [
        {"head": '<meta property="article:modified_time" content="2021-03-12T06:30:00+01:00">'},
        {"above": "<p>Mis à jour le 12 mars 2021</p>"},
        {"above": '<span class="date-updated">12 mars 2021</span>'},
        {"below": '<time datetime="2021-03-01">1</time><time datetime="2021-03-02">2</time>'},
        {"below": "<p>Un rapport publié le 9 mars 2021 jugeait le port sûr.</p>"},
    ],
)
def test_other_dates_of_a_page_are_not_its_publication(
    write: Callable[..., Path], gather: Callable[..., Any], parts: dict[str, str]
) -> None:
    assert gather(write("port.html", page(**parts))).one.published_from == "unknown"


def test_a_bare_month_gives_no_day(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    read = gather(write("port.html", page('<meta name="date" content="2021-03">')))
    assert [article.published_on for article in read.articles] == [None]
    assert "'2021-03'" in read.reason


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "iso-8859-1", "cp1252"])
def test_pages_come_in_the_encoding_they_declare(
    write: Callable[..., Path], gather: Callable[..., Any], codec: str
) -> None:
    markup = page().replace('charset="utf-8"', f'charset="{codec}"').replace("’", "'").replace("œ", "oe")
    for name in ("port.html", "port.txt"):
        assert "réclamant une aide d'urgence à la région" in gather(write(name, markup.encode(codec))).one.text


def test_a_sidecar_goes_before_the_page(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    write("in/port.json", json.dumps({"id": "p9", "published_at": "2021-03-09"}))
    markup = page('<meta property="article:published_time" content="2021-03-10">')
    article = gather(write("in/port.html", markup).parent).one
    assert (article.article_id, article.published_on, article.published_from) == ("p9", date(2021, 3, 9), "sidecar")
    assert article.title == "Le port bloqué"


def test_pages_that_all_claim_the_homes_address_keep_ids_of_their_own(
    write: Callable[..., Path], gather: Callable[..., Any]
) -> None:
    markup = page().replace("https://phare.example/port-bloque", "https://phare.example/")
    assert gather(write("port.html", markup)).one.article_id.endswith("/port.html")


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Le Phare</title>
<language>fr-fr</language>
<item><guid>phare-1</guid><link>https://phare.example/1</link><title>Le port &amp; la mer</title>
<pubDate>Tue, 09 Mar 2021 00:30:00 +0100</pubDate><description>Résumé court.</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item>
<item><link>https://phare.example/2</link><title>Deux</title>
<description>Le phare d’Ambleray rallumé.</description></item>
<item><link>https://phare.example/3</link><title>Sans texte</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Harbour Gazette</title>
<entry><id>tag:gazette,1</id><link href="https://gazette.example/1"/><title>Harbour blocked</title>
<published>2021-03-09T06:30:00Z</published><updated>2021-03-12T00:00:00Z</updated>
<content type="html">&lt;p&gt;Fishermen have blocked the harbour since dawn.&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed.txt"])
def test_a_feed_gives_the_articles_it_carries(
    write: Callable[..., Path], gather: Callable[..., Any], name: str
) -> None:
    read = gather(write(name, RSS))
    first, second = read.articles
    assert (first.article_id, first.url, first.title) == ("phare-1", "https://phare.example/1", "Le port & la mer")
    assert (first.source, first.language, first.published_from) == ("Le Phare", "fr-FR", "metadata")
    assert first.published_on == date(2021, 3, 9), "the day at the place of publication"
    assert first.published_at == datetime(2021, 3, 8, 23, 30, tzinfo=UTC)
    assert first.text.startswith("Les pêcheurs d’Ambleray ont bloqué")
    assert "<p>" not in first.text
    assert (second.article_id, second.text) == ("https://phare.example/2", "Le phare d’Ambleray rallumé.")
    assert read.rejections[0].row["title"] == "Sans texte"


def test_an_atom_feed_dates_by_publication(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    article = gather(write("feed.atom", ATOM)).one
    assert (article.article_id, article.published_on) == ("tag:gazette,1", date(2021, 3, 9))
    assert article.text == "Fishermen have blocked the harbour since dawn."
