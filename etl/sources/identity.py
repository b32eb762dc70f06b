"""Keeps apart the articles of one batch that claim the same id. Choosing an article's own id belongs in `assemble`."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b, sha256

from etl.sources.record import RawArticle, Rejection, excerpt


class Identities:
    """The ids given out so far: 16 bytes of hash per id, and as many per content."""

    def __init__(self) -> None:
        self._contents: dict[bytes, bytes] = {}

    def settle(self, article: RawArticle) -> Iterator[RawArticle | Rejection]:
        """The article under an id of its own, and a rejection that says so if its id was taken.

        The first of an id keeps it; another text or day under the same id gets `id~` and eight hexadecimal digits
        of the hash of both. The same text and day under the same id is the same article: given once.
        """
        content = _content(article)
        if self._take(article.article_id, content):
            yield article
            return
        if self._contents[_key(article.article_id)] == content:
            return
        own = f"{article.article_id}~{content.hex()[:8]}"
        if not self._take(own, content):
            return
        yield replace(article, article_id=own)
        row: dict[str, object] = {
            "path": article.origin,
            "id": article.article_id,
            "article_id": own,
            "excerpt": excerpt(article.text),
        }
        reason = (
            f"The id {article.article_id!r} already belongs to an article with another text or date in this batch; "
            f"this one was kept as {own!r}. Give each article an id of its own."
        )
        yield Rejection(article.origin, row, (reason,), kept=True)

    def _take(self, article_id: str, content: bytes) -> bool:
        """Claim an id; False if it is taken."""
        return self._contents.setdefault(_key(article_id), content) is content


def _key(article_id: str) -> bytes:
    return blake2b(article_id.encode("utf-8"), digest_size=16).digest()


def _content(article: RawArticle) -> bytes:
    """What makes two articles of one id different: the text and the day."""
    return sha256(f"{article.published_on}\n{article.text}".encode()).digest()[:16]
