"""The model card: what the model is, what it learned from, and how good it is."""

from collections import Counter

from .public_sets import LICENCES


def _line(name: str, figure: dict) -> str:
    return (
        f"- {name}: {figure['value']} (95 % {figure['low']} to {figure['high']}, "
        f"n = {figure['n']})"
    )


def card_of(version: str, trained_at: str, figures: dict, learning) -> str:
    counts = Counter(row.labelled.source for row in learning)
    categories = Counter(
        row.labelled.category for row in learning if row.labelled.category
    )
    by_project = figures["by_project"]
    newest = figures["newest_third"]
    other = figures.get("flaky_builds_279", {})
    lines = [
        f"# failure-classifier {version}",
        "",
        "Two linear models over one vector: the category of a failed CI job, and",
        "whether the same commit passes when it is run again. It advises; signatures",
        "and history weigh beside it.",
        "",
        f"Trained {trained_at} by `packages/model-training`.",
        "",
        "## What it reads",
        "",
        "Words and pairs of words of the lines that explain the failure, each hashed to",
        "one of 4,096 places, then what is known besides: kind of step, exit codes,",
        "findings of tools, and which signatures match. The names stand in `model.json`.",
        "No text of any log is in the model.",
        "",
        "## What it learned from",
        "",
        *(
            f"- {source}: {count} failures"
            + (f" ({LICENCES[source]})" if source in LICENCES else "")
            for source, count in sorted(counts.items())
        ),
        "",
        "By category: "
        + ", ".join(f"{name} {count}" for name, count in sorted(categories.items()))
        + ".",
        "",
        "Recordings are what commands really printed when they failed on the project's",
        "own machines. Of veloren the newest third was left out. The set has no",
        "categories: there a job's purpose stands for it (a security job that fails for",
        "good: dependency; quality checks and unit tests: code; what went away by",
        "itself: infrastructure), so figures of categories on it say little.",
        "",
        "## How good it is alone",
        "",
        "On projects that it had not seen (cross-validation):",
        "",
        _line("category right", by_project["category"]),
        f"- calibration error: {by_project['calibration_error']}",
        "",
        "On the newest third of veloren, learned from older failures only:",
        "",
        *(
            _line(title, newest[key])
            for key, title in (
                ("category", "category right (as above)"),
                ("transient_f1", "F1 of transient"),
            )
            if key in newest
        ),
        "",
        *(
            [
                "On flaky builds of GitHub Actions, read from screenshots, a set that it never",
                "learned from, because no licence is stated:",
                "",
                _line("category right", other["category"]),
                "",
            ]
            if "category" in other
            else []
        ),
        "## Limits",
        "",
        "Few flaky tests are in the data, and what tells them from broken code is",
        "mostly not in the log: history decides there. Signatures were written by people who had",
        "seen the public sets; figures that rest on them are better than on logs of",
        "other kinds. All logs are in English.",
        "",
    ]
    return "\n".join(lines)
