"""Promotion rules, read from a YAML document."""

from dataclasses import dataclass

import yaml


@dataclass(frozen=True)
class Rule:
    code: str
    percent: int
    categories: frozenset[str]

    def applies_to(self, category: str) -> bool:
        return not self.categories or category in self.categories


def load_rules(text: str) -> list[Rule]:
    document = yaml.safe_load(text) or []
    return [
        Rule(entry["code"], entry["percent"], frozenset(entry.get("categories", [])))
        for entry in document
    ]


def best(rules: list[Rule], category: str) -> Rule | None:
    fitting = [rule for rule in rules if rule.applies_to(category)]
    return max(fitting, key=lambda rule: rule.percent, default=None)
