"""Taking a file in: its digest, what kind of bytes it has, and what it really is."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from telecom_audit.errors import RefusedError, UsageError
from telecom_audit.progress import SILENT, Progress

_CHUNK = 1 << 20
_BUFFER = 1 << 16
_GZIP = b"\x1f\x8b"
_MOST_UNPACKED = 16 << 30
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old or a password-protected workbook",
     "Open it in the spreadsheet program and save it as an unprotected XLSX or CSV."),
    (b"%PDF", "a PDF", "Ask for the bill as CSV or XLSX."),
    (b"\xff\xd8\xff", "a picture", "Ask for the bill as CSV or XLSX."),
    (b"\x89PNG", "a picture", "Ask for the bill as CSV or XLSX."),
    (b"GIF8", "a picture", "Ask for the bill as CSV or XLSX."),
    (b"SQLite format 3", "a database", "Name the bill or the inventory, not a project."),
    (b"7z\xbc\xaf", "an archive", "Unpack it first."),
    (b"Rar!", "an archive", "Unpack it first."),
    (b"BZh", "an archive", "Unpack it first."),
    (b"\xfd7zXZ", "an archive", "Unpack it first."),
    (b"MZ", "a program", "Ask for the bill as CSV or XLSX."),
    (b"\x7fELF", "a program", "Ask for the bill as CSV or XLSX."),
)  # fmt: skip


@dataclass(frozen=True)
class TakenFile:
    """A file that was read once from end to end.

    Attributes:
        sha256: of the bytes as they lie there.
        is_gzip: the text is packed; the facts below are of what is unpacked.
        head: the first bytes of the content.
        is_utf8: the whole content is valid UTF-8.
        nul_bytes: how many NUL bytes it has.
        lines: how many line feeds it has.
        progress: is asked at each piece that is read of it whether to go on.
    """

    path: Path
    sha256: str
    size: int
    is_gzip: bool
    head: bytes
    is_utf8: bool
    nul_bytes: int
    lines: int = 0
    progress: Progress = field(default=SILENT, repr=False, compare=False)

    @property
    def is_workbook(self) -> bool:
        """Whether the content is an archive, as an XLSX is."""
        return self.head.startswith(b"PK\x03\x04") and not self.is_gzip

    def open(self) -> BinaryIO:
        """The content, unpacked."""
        return _opened(self.path, self.progress, is_gzip=self.is_gzip)


class _Asking(io.BufferedReader):
    """A file that asks before each piece whether to go on."""

    def __init__(self, raw: io.RawIOBase, progress: Progress) -> None:
        super().__init__(raw, _BUFFER)
        self._progress = progress

    def read(self, size: int | None = -1, /) -> bytes:
        """As any file does."""
        self._progress.check()
        return super().read(size)

    def read1(self, size: int = -1, /) -> bytes:
        """As any file does."""
        self._progress.check()
        return super().read1(size)


def take(path: Path, progress: Progress = SILENT) -> TakenFile:
    """Read a file once: its digest and the facts about its bytes.

    Raises:
        UsageError: there is no such file, or it is a directory.
        RefusedError: it cannot be read, is empty, or is no table at all.
        CancelledError: the person asked to stop.
    """
    _check_there(path)
    try:
        with _opened(path, progress, is_gzip=False) as file:
            sha256, size, start = _digest(file)
        is_gzip = start.startswith(_GZIP)
        with _opened(path, progress, is_gzip=is_gzip) as file:
            facts = _facts(file, path)
    except (OSError, EOFError, zlib.error) as error:
        raise RefusedError(
            f"{path.name} cannot be read ({error})", "Check the file, or ask for it again."
        ) from error
    taken = TakenFile(path, sha256, size, is_gzip, *facts, progress)
    _check_kind(taken)
    return taken


def _opened(path: Path, progress: Progress, *, is_gzip: bool) -> BinaryIO:
    raw = gzip.open(path, "rb") if is_gzip else path.open("rb", buffering=0)  # noqa: SIM115
    return _Asking(cast("io.RawIOBase", raw), progress)


def _check_there(path: Path) -> None:
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a directory", "Name the files in it.")
        if not path.exists():
            raise UsageError(f"there is no file {path}", "Check the name.")
    except (OSError, ValueError) as error:
        raise UsageError(f"{str(path)[:200]!r} is no file name", "Check the name.") from error


def _digest(file: BinaryIO) -> tuple[str, int, bytes]:
    digest = hashlib.sha256()
    size = 0
    start = b""
    for chunk in _chunks(file):
        start = start or chunk[:8]
        size += len(chunk)
        digest.update(chunk)
    return digest.hexdigest(), size, start


def _facts(file: BinaryIO, path: Path) -> tuple[bytes, bool, int, int]:
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    head = b""
    nul_bytes = unpacked = lines = 0
    for chunk in _chunks(file):
        head = head or chunk[:65536]
        lines += chunk.count(b"\n")
        nul_bytes += chunk.count(0) if b"\0" in chunk else 0
        decoder = _still_utf8(decoder, chunk)
        unpacked += len(chunk)
        if unpacked > _MOST_UNPACKED:
            raise RefusedError(f"{path.name} unpacks to more than 16 GiB", "Split it.")
    return head, _still_utf8(decoder, b"", final=True) is not None, nul_bytes, lines


def _still_utf8(
    decoder: codecs.IncrementalDecoder | None, chunk: bytes, *, final: bool = False
) -> codecs.IncrementalDecoder | None:
    if decoder is None or (chunk.isascii() and not final and decoder.getstate()[0] == b""):
        return decoder
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _check_kind(taken: TakenFile) -> None:
    name = taken.path.name
    if not taken.head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise RefusedError(f"{name} is empty: it has no records", "Ask for the file again.")
    for magic, what, remedy in _OTHERS:
        if taken.head.startswith(magic):
            raise RefusedError(f"{name} is {what}, not a table", remedy)
    start = taken.head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise RefusedError(
            f"{name} is a web page or XML that only bears the name of a table",
            "Open it in the spreadsheet program and save it as XLSX or CSV.",
        )
