"""Failures of the tests' own making."""

from failure_classifier.categories import CATEGORIES
from failure_classifier.labelled import Labelled
from failure_classifier.prepare import Prepared

SAYS = {
    "flaky_test": "test timed out after 300 ms",
    "dependency": "no matching version of the package",
    "infrastructure": "could not resolve host",
    "configuration": "token expired",
    "code": "undefined reference in module",
}
CONTEXT = ["exit:1", "step:test"]


def failures(projects: int = 6, each: int = 3) -> list[Prepared]:
    return [
        Prepared(
            Labelled(
                id=f"{project}/{category}/{number}",
                source="made-up",
                project=f"project-{project}",
                case={"log": ""},
                category=category,
                transient=category in ("flaky_test", "infrastructure"),
                at=f"2024-0{1 + project}-0{1 + number}",
            ),
            text=f"{SAYS[category]}\nservice number {'abcdefgh'[project]}{number}",
            context=[CONTEXT[number % 2]],
        )
        for project in range(projects)
        for category in CATEGORIES
        for number in range(each)
    ]
