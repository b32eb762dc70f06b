"""Reads the article of a web page: text and metadata by trafilatura, publication date by this project's own reading.

trafilatura's dates (htmldate) are left aside on purpose: they fill in the day of a bare month and take the date of an
update for the publication. Fetching pages does not belong here.
"""

import json
import logging
import re
from collections import deque
from collections.abc import Iterator

from lxml.etree import ParserError, iterwalk  # type: ignore[import-untyped]
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped]

from etl.sources.dates import LONGEST_FIELD
from etl.sources.draft import Draft, refuse
from etl.sources.encoding import NotText, decode
from etl.sources.fields import Fields
from etl.sources.opening import Item
from etl.sources.record import Rejection, clean

MAX_PAGE_BYTES = 20_000_000
"""A larger page is not read: the text of the longest articles is a hundredth of it."""
VISIBLE_CHARS = 200_000
"""How much of a page's visible text is searched for an announced publication date."""

_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,3}=\s{0,3}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "rnews:datepublished",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "dc.date",
    "dcterms.date",
    "date",
)
"""Names of `<meta>` that hold the date of publication, the most telling first (Open Graph, schema.org, Dublin Core,
Highwire Press, Parse.ly, Sailthru, Cxense)."""
_DATED = re.compile(
    r"(?<![a-z])(?:(?:pub|post|entry|publication|publish|article)[-_]?)?(?:date|published|timestamp)(?![a-z])"
)
_UPDATE = re.compile("updat|modif|revis")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg"})
_BLOCK = re.compile(
    "address|article|aside|blockquote|br|d[dlt]|div|fig(?:caption|ure)|footer|form|h[1-6r]|header|li|main|nav|ol|p|pre"
    "|section|table|t[dhr]|time|ul"
)


def read_page(item: Item) -> Iterator[Draft | Rejection]:
    """The article of one HTML page."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is reported here
    with item.open() as stream:
        data = stream.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        yield refuse(
            item, f"The page is larger than {MAX_PAGE_BYTES:,} bytes; save its article alone.", content=data[:4096]
        )
        return
    declared = _CHARSET.search(data[:4096])
    try:
        markup, fault = decode(data, declared[1].decode("ascii") if declared else None)
        tree = document_fromstring(_without_declaration(markup))
    except (NotText, ParserError, ValueError) as error:
        yield refuse(item, f"The page cannot be read as HTML ({error}); save it again.", content=data[:4096])
        return
    dates, visible = list(_stated_dates(tree)), visible_text(tree, VISIBLE_CHARS)
    page_language = tree.get("lang") or tree.get("xml:lang")
    found = bare_extraction(tree, url=item.url, with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        yield refuse(item, "No article text was found on the page; save the article as .txt.", content=visible)
        return
    stated = Fields(
        url=_own_url(item.url or found.url),
        title=_tidy(found.title),
        source=_tidy(found.sitename or found.hostname),
        dates=tuple(dates),
    )
    yield Draft(
        item.origin,
        item.name,
        found.text,
        (("html", stated),),
        language_hint=page_language,
        visible=visible,
        fault=fault,
    )


def _tidy(value: str | None) -> str | None:
    return clean(value).strip() or None if value else None


def _own_url(url: str | None) -> str | None:
    """A page's address, unless it is that of a whole site, which some templates put on every page."""
    return url if url and re.match(r"https?://[^/]+/[^#\s]", url) else None


def _without_declaration(markup: str) -> str:
    """Markup without the XML declaration, whose encoding lxml refuses to see in a decoded string."""
    return re.sub(r"\A\s{0,100}<\?xml[^>]{0,200}\?>", "", markup)


def _stated_dates(tree: HtmlElement) -> Iterator[tuple[str, object]]:
    """What the page's markup states as its date of publication, each with its place, the most telling first."""
    yield from _json_ld_dates(tree)
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        named.setdefault(name.lower(), meta.get("content") or "")
    yield from ((f"<meta {name}>", named[name]) for name in _META_DATES if named.get(name))
    times = [(time, (time.get("datetime") or time.text_content()).strip()) for time in tree.iter("time")]
    for time, written in times:
        if "published" in _marks(time) or time.get("pubdate") is not None:
            yield "<time>", written
    dated = filter(_is_dated, tree.xpath("//*[@class or @id][not(*[2])]"))
    marked = [(element, _short_text(element)) for element in dated]
    for place, found in (("<time>", times), ("element marked as a date", marked)):
        different = {written[:10]: written for element, written in found if written and not _is_update(element)}
        if len(different) == 1:  # several would be those of other articles
            yield from ((place, written) for written in different.values())


def _marks(element: HtmlElement) -> str:
    """What markup says of an element's meaning."""
    return " ".join(element.get(name) or "" for name in ("itemprop", "class", "id")).lower()


def _is_dated(element: HtmlElement) -> bool:
    return _DATED.search(_marks(element)) is not None


def _is_update(element: HtmlElement) -> bool:
    return _UPDATE.search(_marks(element)) is not None


def _short_text(element: HtmlElement) -> str:
    """The text of an element, if it is short enough to be a date."""
    text = " ".join(element.text_content().split())
    return text if len(text) <= LONGEST_FIELD else ""


def _json_ld_dates(tree: HtmlElement) -> Iterator[tuple[str, object]]:
    """`datePublished` of the page's schema.org data, articles before anything else."""
    found: list[tuple[bool, object]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            waiting: deque[object] = deque([json.loads(script.text or "", strict=False)])
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.popleft()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                waiting.extend(value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))
                if value.get("datePublished"):
                    is_article = re.search("Article|Posting|Report", str(value.get("@type"))[:200]) is not None
                    found.append((is_article, value["datePublished"]))
    found.sort(key=lambda stated: not stated[0])
    yield from (("JSON-LD datePublished", value) for _, value in found[:5])


def visible_text(tree: HtmlElement, limit: int) -> str:
    """The text that a reader sees, blocks on lines of their own, cut at about `limit` code points."""
    pieces: list[str] = []
    length, hidden = 0, 0
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            hidden += tag in _UNSEEN
            piece = element.text
        else:
            hidden -= tag in _UNSEEN
            piece = element.tail
        if _BLOCK.fullmatch(tag):
            pieces.append("\n")
        if piece and not hidden:
            pieces.append(re.sub(r"\s+", " ", piece))
            length += len(piece)
            if length > limit:
                break
    return re.sub(r" ?\n[ \n]*", "\n", "".join(pieces)).strip()
