"""`cashflow` against other programs, and against what can be reckoned by hand."""

from __future__ import annotations

import io
import json
import random
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy_financial
import pytest
import pyxirr

from telecom_audit.cli.program import run
from telecom_audit.errors import RefusedError
from telecom_audit.migration.cash_flow import Terms
from telecom_audit.tasks.cashflow import cashflow


def terms(rate: str = "0.1", per_year: int = 1, **more: Any) -> Terms:
    return Terms(Fraction(rate), Fraction(rate), Fraction(rate), per_year, **more)


def answer(flows: list[str] | list[int], given: Terms) -> dict[str, Any]:
    content = "\n".join(["flow", *map(str, flows)]) + "\n"
    return cashflow(content.encode(), given)[1]


def one_root(seed: int) -> list[float]:
    """Flows in cents with one change of sign, and so exactly one root."""
    chance = random.Random(seed)
    out = [-chance.randint(1, 10**7) / 100 for _ in range(chance.randint(1, 4))]
    back = [chance.randint(1, 10**7) / 100 for _ in range(chance.randint(1, 30))]
    return out + back


@pytest.mark.parametrize("seed", range(300))
def test_flows_with_one_root_have_the_figures_of_pyxirr_and_numpy_financial(seed: int) -> None:
    flows = one_root(seed)
    rate, finance, reinvest = 0.01 * (seed % 30), 0.005 * (seed % 7), 0.01 * (seed % 11)
    given = Terms(*(Fraction(str(round(one, 6))) for one in (rate, finance, reinvest)))
    found = answer([f"{flow:.2f}" for flow in flows], given)
    assert float(found["npv"]) == pytest.approx(numpy_financial.npv(rate, flows), abs=0.00501)
    assert float(found["npv"]) == pytest.approx(pyxirr.npv(rate, flows), abs=0.00501)
    assert found["irr_roots"] == [found["irr"]]
    assert found["irr"] == pytest.approx(pyxirr.irr(flows), rel=1e-6, abs=1e-8)
    assert pyxirr.npv(found["irr"], flows) == pytest.approx(0, abs=1e-6 * sum(map(abs, flows)))
    assert found["mirr"] == pytest.approx(numpy_financial.mirr(flows, finance, reinvest), rel=1e-9)
    assert found["mirr"] == pytest.approx(pyxirr.mirr(flows, finance, reinvest), rel=1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_other_flows_have_the_roots_that_a_sign_scan_counts(seed: int) -> None:
    chance = random.Random(seed)
    flows = [chance.randint(-1000, 1000) for _ in range(chance.randint(3, 7))]
    found = answer(flows, terms(per_year=12))
    # near -99 % a month the rate of a year is too close to -1 for a float to be turned back
    for month in [(1 + rate) ** (1 / 12) - 1 for rate in found["irr_roots"]]:
        if month > -0.7:
            scale = sum(abs(flow) * (1 + month) ** -t for t, flow in enumerate(flows))
            assert abs(pyxirr.npv(month, flows)) < 1e-8 * scale
    grid = [1.001**step - 1 for step in range(-4600, 2390)]
    grid = [month for month in grid if -0.99 <= month <= 10]
    signs = [sum(flow * (1 + month) ** -t for t, flow in enumerate(flows)) > 0 for month in grid]
    seen = sum(a != b for a, b in pairwise(signs))
    assert len(found["irr_roots"]) == seen
    assert (found["irr"] is None) == (seen != 1)
    assert any(note.startswith("irr") for note in found["notes"]) == (seen != 1)


def test_a_year_of_months_has_the_rate_of_the_year() -> None:
    found = answer([-1000, *[0] * 11, 1100], terms(per_year=12))
    assert found["irr"] == pytest.approx(0.1, rel=1e-14)
    assert found["npv"] == "0.00"
    assert found["mirr"] == pytest.approx(0.1, rel=1e-14)
    assert found["discounted_payback"] == pytest.approx(12)


def test_a_quick_return_beyond_a_thousand_percent_a_year_is_answered() -> None:
    assert answer([-10, 250], terms())["irr"] == pytest.approx(24)


def test_mid_timing_discounts_half_a_period_less_and_leaves_period_0() -> None:
    found = answer([-1000, 600, 600], terms(mid=True))
    expected = -1000 + 600 * 1.1**-0.5 + 600 * 1.1**-1.5
    assert float(found["npv"]) == pytest.approx(expected, abs=0.00501)
    assert found["irr"] == answer([-1000, 600, 600], terms())["irr"]


def test_a_benefit_and_cost_table_has_the_return_over_its_costs() -> None:
    content = b'year,Benefit, COST \n0,0,"1,000"\n1,700,100\n2,900,(0)\n'
    figures, document = cashflow(content, terms())
    costs = 1000 + 100 / 1.1
    gained = 700 / 1.1 + 900 / 1.21
    assert document["total"] == "500.00"
    assert figures.roi == pytest.approx((gained - costs) / costs, rel=1e-12)
    assert figures.pi == pytest.approx(gained / costs, rel=1e-12)
    assert figures.payback == pytest.approx(1 + 400 / 900)


def test_without_a_column_cost_the_negative_flows_are_the_costs() -> None:
    found = answer([-100, 50, -10, 90], terms())
    costs = 100 + 10 / 1.21
    npv = -100 + 50 / 1.1 - 10 / 1.21 + 90 / 1.331
    assert found["roi"] == pytest.approx(npv / costs, rel=1e-12)


def test_what_does_not_exist_is_null_and_says_why() -> None:
    found = answer([5, 5], terms())
    for key in ("irr", "mirr", "roi", "pi"):
        assert found[key] is None
        assert any(key in note for note in found["notes"]), key
    assert (found["payback"], found["discounted_payback"]) == (0, 0)
    found = answer([-5, 1], terms())
    assert found["payback"] is found["discounted_payback"] is None
    assert sum("payback" in note for note in found["notes"]) == 2
    assert answer([0, 0], terms())["irr_roots"] == []


def test_a_rate_near_minus_one_only_makes_large_figures() -> None:
    found = answer([-1, *[1] * 60], terms("-0.99"))
    assert len(found["npv"]) > 100
    assert found["payback"] == 1


def test_a_present_value_of_hundreds_of_digits_is_refused() -> None:
    with pytest.raises(RefusedError, match="beyond all measure"):
        answer([-1000, *[10] * 420], terms("-0.999999999"))  # 10 ^ (9 * 420 / 12)


def test_a_return_of_hundreds_of_digits_is_null_and_says_why() -> None:
    found = answer([10**9, *[0] * 239, -1], terms("99999"))  # 10 ^ (5 * 240 / 12)
    assert (found["roi"], found["pi"]) == (None, None)
    assert "roi and pi: beyond all measure" in found["notes"]


def test_delaying_all_flows_leaves_the_rate_and_discounts_the_value() -> None:
    early, late = answer([-1000, 1300], terms()), answer([0, 0, -1000, 1300], terms())
    assert late["irr"] == early["irr"]
    assert float(late["npv"]) == pytest.approx(float(early["npv"]) / 1.21, abs=0.006)


def test_reinvesting_at_the_rate_of_return_gives_the_rate_of_return() -> None:
    rate = answer([-1000, 500, 400, 300], terms())["irr"]
    given = Fraction(rate)
    found = answer([-1000, 500, 400, 300], Terms(given, given, given))
    assert found["mirr"] == pytest.approx(rate, rel=1e-12)


def test_the_command_reads_a_file_or_stdin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "claim.csv"
    path.write_bytes(b"\xef\xbb\xbfflow\r\n-1000\r\n\r\n1100.00\r\n")
    assert run(["cashflow", str(path), "--rate", "0.1", "--json"]) == 0
    from_file = json.loads(capsys.readouterr().out)
    assert from_file["irr"] == 0.1
    stdin = io.TextIOWrapper(io.BytesIO(path.read_bytes()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert run(["cashflow", "-", "--rate", "0.1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == from_file
    assert run(["cashflow", str(path), "--rate", "0.1"]) == 0
    assert "npv" in capsys.readouterr().out


def test_finance_and_reinvest_rate_default_to_the_rate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "claim.csv"
    path.write_text("flow\n-1000\n600\n600\n")

    def mirr(*options: str) -> float:
        assert run(["cashflow", str(path), "--rate", "0.08", *options, "--json"]) == 0
        return float(json.loads(capsys.readouterr().out)["mirr"])

    assert mirr() == mirr("--finance-rate", "0.08", "--reinvest-rate", ".08")
    assert mirr("--reinvest-rate", "0") == pytest.approx((1200 / 1000) ** 0.5 - 1)


REFUSED = {
    "no known column": ("amount\n1\n", "amount"),
    "a benefit without a cost": ("benefit\n1\n", "no column flow"),
    "flow twice": ("flow,Flow\n1,1\n", "twice"),
    "flow and benefit": ("flow,benefit\n1,1\n", "flow and benefit"),
    "a cell that is no number": ("flow\n1\nabc\n", "row 3, column flow"),
    "an empty cell": ("year,flow\n0,1\n1,\n", "row 3, column flow: the cell is empty"),
    "a comma that splits a number": ("flow\n-1,000\n600\n", "row 2 has more cells"),
    "a missing cell": ("year,flow\n0\n", "row 2, column flow"),
    "an exponent": ("flow\n1e3\n", "row 2"),
    "too many periods": ("flow\n" + "1\n" * 1202, "1202 flows"),
    "no rows": ("flow\n", "no flow"),
    "an empty file": ("", "no column"),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_without_flows_is_refused_and_the_row_named(
    content: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "claim.csv"
    path.write_text(content)
    assert run(["cashflow", str(path), "--rate", "0.1", "--json"]) == 3
    shown = capsys.readouterr()
    assert words in json.loads(shown.out)["error"]["message"]
    assert shown.err.startswith("error: ")


@pytest.mark.parametrize(
    "options",
    [["--rate", "ten"], ["--rate", "-1"], [], ["--rate", "0.1", "--periods", "week"],
     ["--rate", "0.1", "--timing", "start"], ["--rate", "0.1", "--finance-rate", "8%"]],
)  # fmt: skip
def test_a_bad_option_is_wrong_usage(options: list[str], tmp_path: Path) -> None:
    path = tmp_path / "claim.csv"
    path.write_text("flow\n-1\n2\n")
    assert run(["cashflow", str(path), *options]) == 2


def test_empty_rows_are_no_periods(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "claim.csv"
    path.write_text('flow,note\n"-1,000",,\n\n1100,back\n,\n\n')
    assert run(["cashflow", str(path), "--rate", "0", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["total"], answer["irr"]) == ("100.00", pytest.approx(0.1))


def test_a_missing_file_and_a_directory_are_wrong_usage(tmp_path: Path) -> None:
    assert run(["cashflow", str(tmp_path / "none.csv"), "--rate", "0"]) == 2
    assert run(["cashflow", str(tmp_path), "--rate", "0"]) == 2
