"""From bytes to text: UTF-8, UTF-16, Windows code pages. Line ends and everything else are left as they are.

What kind of file the bytes are does not belong here.
"""

import codecs
import re
from typing import NamedTuple

HEAD_BYTES = 65_536
"""How much of a file is looked at to tell its encoding and kind."""

_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTERS = re.compile(rb"[A-Za-z]")
_FOREIGN_SHARE = 0.4
"""Above this share of non-ASCII bytes among the letters a text is not in the Latin script: measured on French and
Czech (at most 0.2) against Russian and Greek (at least 0.9)."""


class NotText(ValueError):
    """Bytes that are no text; the message says what they look like, as the end of a sentence."""


class Decoded(NamedTuple):
    """A text, and what had to be replaced in it, as the end of a sentence, with the remedy; None if nothing."""

    text: str
    fault: str | None = None


def utf16(head: bytes) -> str | None:
    """The codec's name if the bytes are UTF-16: by their byte order mark, or by NULs in every other place."""
    if head.startswith(_UTF16_BOMS):
        return "utf-16"
    pairs = len(head) // 2
    if pairs < 2 or b"\x00" not in head:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text that the bytes hold, without a byte order mark.

    The order is strict UTF-8, UTF-16, the encoding that a page declares, UTF-8 with a few damaged characters
    (replaced by U+FFFD, and said), a code page: cp1252 for the Latin script, else what charset-normalizer finds.

    Raises:
        NotText: the bytes are no text in any encoding known here.
    """
    codec = utf16(data[:HEAD_BYTES])
    if codec is not None:
        try:
            return Decoded(data.decode(codec).removeprefix("\ufeff"))
        except UnicodeDecodeError as error:
            if codec == "utf-16":
                return Decoded(data.decode(codec, "replace").removeprefix("\ufeff"), _damage("UTF-16", error))
    try:
        return Decoded(data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        damage = _damage("UTF-8", error)
    if len(_CONTROL.findall(data[:HEAD_BYTES])) > 0.01 * min(len(data), HEAD_BYTES):
        raise NotText("is binary, not text")
    if declared is not None:
        try:
            return Decoded(data.decode(declared).removeprefix("\ufeff"))
        except (LookupError, UnicodeDecodeError):
            pass
    repaired = data.decode("utf-8", "replace")
    if _mostly_utf8(repaired):
        return Decoded(repaired.removeprefix("\ufeff"), damage)
    return Decoded(data.decode(_likely_code_page(data)))


def _damage(encoding: str, error: UnicodeDecodeError) -> str:
    place = f"first at byte {error.start}"
    return f"is damaged {encoding} ({place}) and had its bad characters replaced by U+FFFD; save it again as UTF-8"


def _mostly_utf8(repaired: str) -> bool:
    """Whether most of what is beyond ASCII could be decoded."""
    lost = repaired.count("\ufffd")
    return sum(character > "\x7f" for character in repaired) - lost > 3 * lost


def code_page(head: bytes) -> str | None:
    """The codec of a file of records that begins with these bytes, if it is neither UTF-8 nor UTF-16."""
    if head.isascii() or utf16(head) or _mostly_utf8(head.decode("utf-8", "replace")):
        return None
    return _likely_code_page(head)


def _likely_code_page(data: bytes) -> str:
    """A codec that can decode the data: cp1252 for the Latin script, else what charset-normalizer finds."""
    head = data[:HEAD_BYTES]
    high = len(_HIGH.findall(head))
    found = ["cp1252"]
    if high > _FOREIGN_SHARE * (high + len(_LETTERS.findall(head))):
        from charset_normalizer import from_bytes

        best = from_bytes(head).best()
        found[:0] = [] if best is None else [best.encoding]
    for codec in found:
        try:
            data.decode(codec)
            return codec
        except UnicodeDecodeError:
            continue
    return "latin-1"  # five bytes mean nothing in cp1252
