"""Fetches one page or feed over HTTP. Understanding what comes back, and following links, does not belong here."""

import time
from functools import cache
from urllib.parse import urljoin

import urllib3

from etl.sources.opening import Item
from etl.sources.pages import MAX_PAGE_BYTES

TIMEOUT = urllib3.Timeout(connect=10, read=30)
TOTAL_SECONDS = 120
"""How long one page may take altogether, however slowly it drips."""
RETRIES = urllib3.Retry(
    total=3,
    redirect=5,
    backoff_factor=0.5,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=("GET",),
    raise_on_status=False,
)
_HEADERS = {
    "User-Agent": "chronique/0.1 (news archive reader)",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


class FetchError(Exception):
    """A page could not be fetched; the message says why, as the end of a sentence, with the remedy."""


@cache
def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(retries=RETRIES, timeout=TIMEOUT, headers=_HEADERS)


def fetch(url: str) -> Item:
    """The content behind an http(s) URL, at most `MAX_PAGE_BYTES` of it.

    Raises:
        FetchError: it cannot be reached, answers with an error, is too large or too slow.
    """
    try:
        with _pool().request("GET", url, preload_content=False) as response:
            if response.status != 200:
                raise FetchError(f"answered with HTTP status {response.status}; open it in a browser to see why")
            content = _body(response)
            address = url
            for step in response.retries.history if response.retries else ():
                address = urljoin(address, step.redirect_location or "")
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise FetchError(f"could not be fetched ({_cause(error)}); check the address and the network") from error
    name = urllib3.util.parse_url(address)
    return Item(f"{name.host or ''}{name.path or '/'}", url, content=content, url=address)


def _body(response: urllib3.BaseHTTPResponse) -> bytes:
    """The whole body, within the limits of size and time."""
    end = time.monotonic() + TOTAL_SECONDS
    pieces: list[bytes] = []
    length = 0
    for piece in response.stream(65_536, decode_content=True):
        pieces.append(piece)
        length += len(piece)
        if length > MAX_PAGE_BYTES:
            raise FetchError(f"is larger than {MAX_PAGE_BYTES:,} bytes; download it and name the file")
        if time.monotonic() > end:
            raise FetchError(f"took more than {TOTAL_SECONDS} seconds; try again later, or download it")
    return b"".join(pieces)


def _cause(error: BaseException) -> str:
    """The innermost reason that a reader can do something with."""
    reason = getattr(error, "reason", None)
    return _cause(reason) if isinstance(reason, BaseException) else str(error)[:200]
