from decimal import Decimal

import pytest
from quotes.tax import UnknownCountry, tax


@pytest.mark.parametrize(
    ("country", "expected"),
    [("DE", "19.00"), ("FR", "20.00"), ("NL", "21.00"), ("AT", "20.00")],
)
def test_rate_of_each_country(country, expected):
    assert tax(Decimal("100.00"), country) == Decimal(expected)


def test_rounds_half_up():
    assert tax(Decimal("0.50"), "NL") == Decimal("0.11")


def test_unknown_country():
    with pytest.raises(UnknownCountry):
        tax(Decimal("1.00"), "XX")
