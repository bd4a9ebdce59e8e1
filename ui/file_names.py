"""Names that are offered for files: every system takes them."""

from __future__ import annotations

import re

_TAKEN_NOWHERE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def offered_name(text: str, ending: str) -> str:
    """A title or an organization as the name of a file, without what Windows has in no name.

    Args:
        text: what the file is about.
        ending: with its dot.
    """
    return _TAKEN_NOWHERE.sub("-", text).strip(" .") + ending
