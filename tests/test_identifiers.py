import pytest

from telecom_audit.identifiers import service_key, vendor_key


@pytest.mark.parametrize(
    "text",
    [
        "2255550123",
        "(225) 555-0123",
        "225-555-0123",
        "225.555.0123",
        "+1 225 555 0123",
        "12255550123",
    ],
)
def test_a_telephone_number_has_one_key(text):
    assert service_key(text) == "2255550123"


@pytest.mark.parametrize(
    "text", ["70/HCGS/123456//SB", "70.hcgs.123456..sb", " 70/HCGS/123456//SB/ "]
)
def test_a_circuit_has_one_key(text):
    assert service_key(text) == "70.HCGS.123456..SB"


@pytest.mark.parametrize("text", ["00123456", "1E5", "123-45", "12255550123456", "015550123"])
def test_no_digit_of_another_identifier_is_lost(text):
    assert service_key(text) == text


def test_vendors_are_one_in_any_case_and_spacing():
    assert vendor_key("  Pelican   TELEPHONE ") == vendor_key("pelican telephone")
