"""How far an import is: bytes of all files of the command, and the rows of the file at work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from telecom_audit.progress import SILENT, CancelledError, Progress, Step
from telecom_audit.tasks.imports_answer import ImportAnswer

_READING = 0.9  # of the time that a file takes; the rest goes into indices, sums and the disk


@dataclass(frozen=True)
class FileProgress:
    """What is told of one file of a command; sizes in bytes.

    Attributes:
        file: its name, with its place when there are several.
        before: the size of the files before it.
        size: its own.
        whole: that of all files.
    """

    progress: Progress = SILENT
    file: str = ""
    before: int = 0
    size: int = 0
    whole: int = 0

    def begins(self) -> None:
        """Tell that the file is taken up.

        Raises:
            CancelledError: the person asked to stop; so do the others.
        """
        self._tell("Import", 0.0, 0)

    def decides(self) -> Progress:
        """Tell that all its dates decide how they are spelled; the answer is asked meanwhile."""
        self._tell("Look at the dates of", 0.0, 0)
        return self.progress

    def reads(self, row: int, of: int, rows: int) -> None:
        """Tell how far it is read.

        Args:
            row: the physical row reached.
            of: how many there are, 0 when nobody knows.
            rows: the records read.
        """
        self._tell("Import", _READING * min(row / of, 1.0) if of else 0.0, rows)

    def completes(self, rows: int) -> None:
        """Tell that all rows are read, and that indices and sums are made."""
        self._tell("Complete", _READING, rows)

    def _tell(self, action: str, share: float, rows: int) -> None:
        done = self.before + int(share * self.size)
        self.progress.at(Step(f"{action} {self.file}", done, self.whole, "bytes", rows))


def of_files(files: Sequence[Path], progress: Progress) -> Iterator[FileProgress]:
    """What to tell of each file of a command."""
    sizes = [_size(path) for path in files]
    for place, path in enumerate(files):
        name = path.name if len(files) == 1 else f"{path.name} ({place + 1} of {len(files)})"
        yield FileProgress(progress, name, sum(sizes[:place]), sizes[place], sum(sizes))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):  # importing it will say what is wrong with it
        return 0


class StoppedImportError(CancelledError):
    """An import was stopped at a file; the files before it stay as they are told in `answer`."""

    def __init__(self, path: Path, answer: ImportAnswer) -> None:
        kept = [file.name for file in answer.files if file.outcome == "imported"]
        self.answer = answer
        if not kept:
            super().__init__(f"stopped at {path.name}", "Nothing was changed; import it again.")
            return
        before = f"{kept[0]} was" if len(kept) == 1 else f"{len(kept)} files before it were"
        super().__init__(
            f"stopped at {path.name}, of which nothing was kept; {before} imported whole",
            "Import the rest again; what was imported before stays, and can be taken back.",
        )
