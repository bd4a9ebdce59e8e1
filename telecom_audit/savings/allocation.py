"""Account-level tax and usage, shared among the services of the same invoice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from telecom_audit.money import largest_remainder
from telecom_audit.savings.bill_lines import Numbers

_LARGEST_PRODUCT = 1 << 62


@dataclass(frozen=True)
class Weights:
    """Per bill the services with a positive sum of MRC lines on it, in service key order.

    `first[b]` to `first[b + 1]` are the positions of bill b in `service` and `weight`.
    """

    first: Numbers
    service: Numbers
    weight: Numbers

    def has(self, bills: Numbers) -> np.typing.NDArray[np.bool_]:
        """Whether each of the bills has a service to bear an account-level line."""
        found: np.typing.NDArray[np.bool_] = self.first[bills + 1] > self.first[bills]
        return found


@dataclass(frozen=True)
class Shares:
    """What each service bears of each line: positions of lines and services, and micros."""

    line: Numbers
    service: Numbers
    amount: Numbers


def allocated(lines: Numbers, bills: Numbers, amounts: Numbers, weights: Weights) -> Shares:
    """Split each line among the services of its bill (the contract, section 7).

    Args:
        lines: positions of account-level lines, all on bills that have weights.
        bills: the bill of each of them.
        amounts: micros of each of them.
        weights: who bears them.
    """
    starts, ends = weights.first[bills], weights.first[bills + 1]
    services = [weights.service[start:end] for start, end in zip(starts, ends, strict=True)]
    parts = [
        _split(int(amount), weights.weight[start:end])
        for amount, start, end in zip(amounts, starts, ends, strict=True)
    ]
    if not parts:
        none = np.zeros(0, np.int64)
        return Shares(none, none, none)
    return Shares(np.repeat(lines, ends - starts), np.concatenate(services), np.concatenate(parts))


def _split(amount: int, weights: Numbers) -> Numbers:
    if len(weights) == 1:
        return np.array([amount], np.int64)
    if abs(amount) * int(weights.max()) >= _LARGEST_PRODUCT:
        return np.array(largest_remainder(amount, weights.tolist()), np.int64)
    shares, remainders = np.divmod(abs(amount) * weights, int(weights.sum()))
    left = abs(amount) - int(shares.sum())
    shares[np.argsort(-remainders, kind="stable")[:left]] += 1
    return shares if amount >= 0 else -shares
