"""Which encoding a text file has (the contract, section 2, "Text")."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.readers.intake import TakenFile

_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_NOT_CP1252 = re.compile(rb"[\x81-\x84\x86-\x90\x98\x9a-\x9f]")
_BLOCK = 1 << 20
_LONGEST_SEQUENCE = 4


@dataclass(frozen=True)
class Encoding:
    """How the bytes become text.

    Attributes:
        name: as Python calls it.
        keeps_bad_bytes: bytes that are no text in it are let through, to quarantine their rows.
        warning: what the user should know; "" when there is nothing.
    """

    name: str
    keeps_bad_bytes: bool = False
    warning: str = ""

    @property
    def errors(self) -> str:
        """The error handler for decoding."""
        return "surrogateescape" if self.keeps_bad_bytes else "strict"


def encoding_of(taken: TakenFile, wanted: str = "") -> Encoding:
    """The encoding of a text file.

    Args:
        taken: the file.
        wanted: what the user says it is; "" lets the bytes decide.

    Raises:
        UsageError: the wanted encoding is unknown.
        RefusedError: the bytes do not tell the encoding, or are no text.
    """
    if wanted:
        return Encoding(known_encoding(wanted), keeps_bad_bytes=True)
    if taken.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16")
    if taken.nul_bytes:
        _check_nul(taken)
    utf8 = "utf-8-sig" if taken.head.startswith(codecs.BOM_UTF8) else "utf-8"
    if taken.is_utf8:
        return Encoding(utf8)
    has_multibyte, may_be_cp1252 = _what_occurs(taken)
    if has_multibyte:
        return Encoding(utf8, keeps_bad_bytes=True)
    if may_be_cp1252:
        return Encoding(
            "cp1252",
            warning="read as Windows Western (cp1252), as it is not valid UTF-8; "
            "check the accented letters, or say --set encoding=NAME",
        )
    raise RefusedError(
        f"{taken.path.name} does not tell its encoding",
        "Say which it is, for example `--set encoding=cp1252` or `--set encoding=cp850`.",
    )


def known_encoding(name: str) -> str:
    """What Python calls an encoding; of UTF-8 the one that knows a byte order mark.

    Raises:
        UsageError: there is no such encoding of text.
    """
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except LookupError as error:
        raise UsageError(
            f"there is no encoding {name!r}", "Use a name such as utf-8, cp1252, cp850, latin-1."
        ) from error
    return "utf-8-sig" if found == "utf-8" else found


def _check_nul(taken: TakenFile) -> None:
    few = taken.head.count(0) * 50 < len(taken.head)
    if few:
        return
    even, odd = taken.head[::2].count(0), taken.head[1::2].count(0)
    name = taken.path.name
    if min(even, odd) * 20 < max(even, odd):
        likely = "utf-16-be" if even > odd else "utf-16-le"
        raise RefusedError(
            f"{name} looks like UTF-16 without its byte order mark",
            f"Say so: `--set encoding={likely}`.",
        )
    raise RefusedError(f"{name} is no text", "Ask for the file as CSV or XLSX.")


def _what_occurs(taken: TakenFile) -> tuple[bool, bool]:
    has_multibyte = False
    may_be_cp1252 = True
    tail = b""
    with taken.open() as file:
        while block := file.read(_BLOCK):
            piece = tail + block
            has_multibyte = has_multibyte or bool(_MULTIBYTE.search(piece))
            may_be_cp1252 = may_be_cp1252 and not _NOT_CP1252.search(piece)
            tail = piece[-_LONGEST_SEQUENCE + 1 :]
    return has_multibyte, may_be_cp1252
