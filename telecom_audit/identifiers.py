"""Canonical keys of services and vendors; the spelling as billed is kept beside them."""

from __future__ import annotations

import re

_TELEPHONE = re.compile(r"\+?1?[ .\-]*\(?([2-9][0-9]{2})\)?[ .\-/]*([0-9]{3})[ .\-]*([0-9]{4})")
_SPACES = re.compile(r"\s+")


def service_key(text: str) -> str:
    """The canonical key of a service.

    A North American telephone number becomes its ten digits, however it is punctuated. Any other
    identifier (a circuit id, mostly) is upper-cased, loses its spaces, gets "." for "/" and loses
    leading and trailing dots, so that "70/HCGS/123456//SB" and "70.hcgs.123456..sb" are one.
    """
    trimmed = text.strip()
    telephone = _TELEPHONE.fullmatch(trimmed)
    if telephone:
        return "".join(telephone.groups())
    return _SPACES.sub("", trimmed).upper().replace("/", ".").strip(".") or trimmed


def vendor_key(text: str) -> str:
    """A vendor's name in lower case with single spaces: spellings with one key are one vendor."""
    return _SPACES.sub(" ", text.strip()).casefold()
