"""From a draft to the article: checks the text, tells the language, dates it, gives it its id.

Reading files does not belong here, nor do ids that several articles share (`identity`).
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlsplit

from etl.sources.dates import Published, UnreadableDate, announced_date, dateline, name_date, read_date
from etl.sources.draft import Draft
from etl.sources.record import Given, RawArticle, Rejection, clean, excerpt
from etl.sources.tags import UNDETERMINED, identify_language, language_tag

_TRACKING = re.compile(
    r"(?:utm_[a-z_]+|[fgd]clid|fbclid|msclkid|mc_[ce]id|xtor|at_medium|at_campaign)=.*", re.IGNORECASE
)


def assemble(draft: Draft, given: Given, max_chars: int) -> Iterator[RawArticle | Rejection]:
    """The article of a draft, and a rejection for what is wrong with it, if anything is."""
    fault = text_fault(draft.text, max_chars)
    if fault is not None:
        yield Rejection(draft.origin, _row(draft), (fault,))
        return
    text = str(draft.text)
    language = _language(draft, text, given)
    published, published_from, unread = _publication(draft, text, language, given)
    article = RawArticle(
        article_id=_article_id(draft, text),
        source=_said(draft, "source"),
        url=_said(draft, "url"),
        title=_said(draft, "title"),
        language=language,
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        published_from=published_from,
        text=text,
        origin=draft.origin,
    )
    yield article
    dated = f"dated {article.published_on} from {published_from}" if published else "kept without a date"
    reasons = [f"{reason}; write YYYY-MM-DD there, or pass --published. The article was {dated}." for reason in unread]
    if draft.fault is not None:
        reasons.append(f"The text {draft.fault}. The article was kept.")
    if reasons:
        yield Rejection(draft.origin, _row(draft) | {"article_id": article.article_id}, tuple(reasons), kept=True)


def text_fault(text: object, max_chars: int) -> str | None:
    """Why something cannot be an article's text, with the remedy; None if it can."""
    if text is None:
        return "The record has no text; name the field text, body or content."
    if not isinstance(text, str):
        return f"The text must be a string, not a {type(text).__name__}; join its parts into one string."
    if not text or text.isspace():
        return "The text is empty; fetch the article again."
    if len(text) > max_chars:
        return f"The text has {len(text):,} characters, more than {max_chars:,}; split it or raise the limit."
    if "\x00" in text:
        return "The text contains NUL characters; it is binary or damaged: save it again as text."
    if not _encodable(text):
        return "The text contains half of a surrogate pair, which no encoding can hold; export it again."
    return None


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _row(draft: Draft) -> dict[str, object]:
    """What is known of a draft that was refused."""
    row: dict[str, object] = {"path": draft.origin.rpartition("#")[0] if draft.line else draft.origin}
    if draft.line is not None:
        row["line"] = draft.line
    for name in ("id", "url", "title"):
        value = _said(draft, name)
        if value is not None:
            row[name] = value[:500]
    if draft.text is not None:
        row["excerpt"] = excerpt(draft.text)
    return row


def _said(draft: Draft, name: str) -> str | None:
    """A field as the most trusted place that has it says."""
    return next((value for _, fields in draft.said if (value := getattr(fields, name)) is not None), None)


def _language(draft: Draft, text: str, given: Given) -> str:
    """What the record says, else what the user says, else what the text looks like, else what the page says."""
    said = _said(draft, "language")
    told = (said and language_tag(said)) or given.language
    if told:
        return told
    identified = identify_language(text)
    if identified == UNDETERMINED and draft.language_hint:
        return language_tag(draft.language_hint) or UNDETERMINED
    return identified


def _publication(draft: Draft, text: str, language: str, given: Given) -> tuple[Published | None, str, list[str]]:
    """The date, where it was read, and what date fields could not be read though no other of their place could.

    The order is the record, the sidecar or front matter, the page, the file's name, the dateline, the user.
    """
    unread: list[str] = []
    for place, fields in draft.said:
        found, faults = _first_date(fields.dates, language)
        found = found or (announced_date(draft.visible, language) if place == "html" else None)
        if found is not None:
            return found, place, unread
        unread += faults
    named = name_date(draft.name) if draft.alone else None
    named = named or name_date(_folders(_said(draft, "url")))
    if named is not None:
        return named, "filename", unread
    found = dateline(text, language, alone=not draft.visible)
    if found is not None:
        return found, "text", unread
    if given.published is not None:
        return Published(given.published), "given", unread
    return None, "unknown", unread


def _first_date(dates: tuple[tuple[str, object], ...], language: str) -> tuple[Published | None, list[str]]:
    """The first date that can be read, with the instant of another that means the same day; and the unreadable ones."""
    found: Published | None = None
    faults: list[str] = []
    for field, value in dates:
        try:
            read = read_date(value, language)
        except UnreadableDate as error:
            faults.append(f"The date {excerpt(value)[:100]!r} in the field {field!r} {error}")
            continue
        if read is None:
            continue
        if found is None:
            found = read
        elif read.at is not None and abs((read.on - found.on).days) <= 1:
            return Published(found.on, read.at), faults
        if found.at is not None:
            break
    return found, faults


def _folders(url: str | None) -> str:
    """The path of a URL, so that its last part is not taken for a file's name: /2024/11/18/title."""
    return "" if url is None else f"{_path_of(url)}/"


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _article_id(draft: Draft, text: str) -> str:
    """The record's id, else its URL, else its path from the source's folder on.

    A record among others adds its text's hash to the path, not a line number: records that are added before it must
    not change an article's id.
    """
    own = _said(draft, "id")
    if own is not None:
        return own
    url = _said(draft, "url")
    if url is not None:
        return normal_url(url)
    if draft.alone:
        return draft.name
    return f"{draft.name}#{sha256(text.encode('utf-8')).hexdigest()[:16]}"


def normal_url(url: str) -> str:
    """A URL as an id: host in lower case, no default port, fragment or tracking parameters.

    >>> normal_url("HTTPS://News.example:443/a?utm_source=x&p=2#top")
    'https://news.example/a?p=2'
    """
    try:
        parts = urlsplit(clean(url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if not host:
        return url
    scheme = parts.scheme.lower()
    shown = "" if port is None or port == {"http": 80, "https": 443}.get(scheme) else f":{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.fullmatch(part))
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}{shown}{parts.path or '/'}{'?' if query else ''}{query}"
