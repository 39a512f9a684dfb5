import pytest
from promotions.rules import best, load_rules

RULES = """
- {code: SPRING, percent: 10}
- {code: TEA25, percent: 25, categories: [tea]}
"""


@pytest.fixture
def rules():
    return load_rules(RULES)


def test_reads_every_rule(rules):
    assert [rule.code for rule in rules] == ["SPRING", "TEA25"]


def test_best_rule_of_a_category(rules):
    assert best(rules, "tea").code == "TEA25"


def test_falls_back_to_general_rules(rules):
    assert best(rules, "cups").code == "SPRING"


def test_empty_document_has_no_rules():
    assert load_rules("") == []
    assert best([], "tea") is None


def test_missing_percent_is_an_error():
    with pytest.raises(KeyError):
        load_rules("- {code: BROKEN}")
