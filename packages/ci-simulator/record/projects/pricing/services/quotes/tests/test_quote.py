from decimal import Decimal

from quotes.letter import letter
from quotes.quote import Line, Quote


def quote():
    return Quote("DE", [Line("TEA-1", 4, Decimal("12.50")), Line("CUP-3", 1, Decimal("8.99"))])


def test_net_is_the_sum_of_the_lines():
    assert quote().net == Decimal("58.99")


def test_gross_includes_tax():
    assert quote().gross == Decimal("70.20")


def test_empty_quote_costs_nothing():
    assert Quote("FR").gross == Decimal("0.00")


def test_letter_lists_every_line():
    text = letter("Ada", quote())
    assert "4 x TEA-1: 50.00" in text
    assert "Total: 70.20 EUR" in text


def test_letter_escapes_names():
    assert "&lt;b&gt;" in letter("<b>", quote())
