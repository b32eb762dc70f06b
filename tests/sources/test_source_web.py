"""Sources on the web, over real HTTP on the loopback."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from etl.sources import web

PAGE = """<html><head><title>Harbour blocked</title><meta property="og:site_name" content="The Harbour Gazette"></head>
<body><article><p>Published on 9 March 2021 at 6:30</p><p>Fishermen have blocked the harbour since dawn, asking for
urgent help from the county.</p></article></body></html>"""


class Gazette(BaseHTTPRequestHandler):
    """A small outlet: each path behaves in its own way."""

    asked: dict[str, int]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        asked = self.server.asked  # type: ignore[attr-defined]
        asked[self.path] = asked.get(self.path, 0) + 1
        if self.path == "/shaky" and asked[self.path] < 3:
            self.answer(503, b"busy")
        elif self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/2021/03/09/harbour?utm_source=feed")
            self.end_headers()
        elif self.path in ("/shaky", "/2021/03/09/harbour?utm_source=feed", "/page.php"):
            self.answer(200, PAGE.encode())
        elif self.path == "/packed":
            self.answer(200, gzip.compress(PAGE.encode()), "gzip")
        elif self.path == "/articles.jsonl":
            self.answer(200, json.dumps({"id": "g1", "text": "Fishermen have blocked the harbour."}).encode())
        elif self.path == "/bomb":
            self.answer(200, gzip.compress(bytes(web.MAX_PAGE_BYTES + 70_000)), "gzip")
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(PAGE.encode())
        else:
            self.answer(404, b"gone")

    def answer(self, status: int, body: bytes, encoding: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server on the loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Gazette) as server:
        server.asked = {}  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/page.php", "/packed", "/shaky"])
def test_a_page_is_fetched_and_dated(site: str, gather: Callable[..., Any], path: str) -> None:
    article = gather(site + path).one
    assert "Fishermen have blocked the harbour since dawn" in article.text
    assert article.article_id == article.url == article.origin == site + path
    assert (article.source, article.published_on) == ("The Harbour Gazette", date(2021, 3, 9))
    assert article.published_from == "html"


def test_redirects_are_followed_and_tracking_dropped(site: str, gather: Callable[..., Any]) -> None:
    assert gather(f"{site}/moved").one.article_id == f"{site}/2021/03/09/harbour"


def test_records_may_lie_on_the_web(site: str, gather: Callable[..., Any]) -> None:
    assert gather(f"{site}/articles.jsonl").one.article_id == "g1"


@pytest.mark.parametrize(
    ("path", "reason"), [("/nowhere", "HTTP status 404"), ("/bomb", "larger than"), ("/cut", "could not be fetched")]
)
def test_an_address_that_does_not_serve_is_refused_and_the_next_is_read(
    site: str, gather: Callable[..., Any], path: str, reason: str
) -> None:
    read = gather(site + path, f"{site}/page.php")
    assert len(read.articles) == 1
    assert reason in read.reason
    assert read.rejections[0].row == {"path": site + path}


def test_a_host_that_is_not_there_is_refused(gather: Callable[..., Any]) -> None:
    assert "could not be fetched" in gather("http://127.0.0.1:9/x").reason
    assert "could not be fetched" in gather("http://[bad/x").reason
