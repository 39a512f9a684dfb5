"""Public sets of labelled build logs, in a folder that is given. Nothing of them is copied."""

import gzip
import json
from pathlib import Path
from typing import Iterator

from .labelled import Labelled

LICENCES = {
    "veloren": "MIT; github.com/ahenrij/efficient-detection-intermittent-job-failures",
    "bump": "MIT; github.com/chains-project/bump",
    "pytorch_log_classifier": "BSD-3-Clause; github.com/pytorch/test-infra",
}

# Its licence is not stated: models are measured with it and learn nothing from it.
MEASURED_ONLY = {"flaky_builds_279"}

# By category and root cause of the set. What shows as a compile error but came
# from a broken cache, and the like, cannot be told from its words: left out.
_FLAKY_BUILDS = {
    ("Network Fluctuation", None): "infrastructure",
    ("Memory Limit", None): "infrastructure",
    ("API Service Unavailable", None): "infrastructure",
    ("Concurrency Issue", "Lock Contention"): "infrastructure",
    ("Execution Crash", None): "infrastructure",
    ("Plugin/Tool Errors", None): "infrastructure",
    ("Cache Errors", None): "infrastructure",
    ("File System Interaction Error", "Network Issue"): "infrastructure",
    ("Git Repository Errors", None): "configuration",
    ("Dependency Resolution Issue", "Missing Dependency"): "dependency",
    ("Dependency Resolution Issue", "Network Issue"): "infrastructure",
    ("External Environment Inconsistency", "Authentication Failure"): "configuration",
}
_CATEGORY_SAYS_NOTHING = {
    "Compilation Error",
    "Static Analysis Error",
    "Code Logic Errors",
}

_PYTORCH = {
    "infrastructure": (
        "Action archive download failure",
        "Artifact download failure",
        "CUDA out of memory (torch.OutOfMemoryError)",
        "GitHub API rate limit exceeded",
        "GHA cancellation",
        "GHA timeout",
        "Runner pod failed to come online",
        "uv python download metadata fetch failed",
    ),
    "configuration": (
        "AWS credentials could not be loaded",
        "git checkout ref not found",
        "S3 access denied",
        "PR exceeds maximum size",
        "ghstack too deep - refusing to run CI",
    ),
    "code": (
        "Python AssertionError",
        "Python SyntaxError",
        "Compile error",
        "Dirty checkout",
        "Lintrunner failure",
        "Lintrunner general linter failure",
        "MSVC compiler error",
        "ninja build step failed",
        "pytest failure",
        "Python unittest failure",
        "Test class does not extend TestCase",
        "pr_time_benchmarks regression",
        "Python Test File RuntimeError",
    ),
}


def _rows(path: Path) -> list[dict]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _veloren(rows: list[dict]) -> Iterator[Labelled]:
    for row in rows:
        intermittent = row["ground_truth"]["intermittent"]
        yield Labelled(
            id=f"veloren/{row['id']}",
            source="veloren",
            project="veloren",
            case={"path": row["path"]},
            category=_veloren_category(row, intermittent),
            transient=intermittent,
            at=row["created_at"],
        )


def _veloren_category(row: dict, intermittent: bool) -> str | None:
    """The set has no categories; what jobs do stands for them where that is clear."""
    job = row.get("job_name", "")
    if intermittent:
        return None if job in ("gittag", "translation") else "infrastructure"
    if job == "security":
        return "dependency"
    return "code" if job in ("code-quality", "unittests") else None


def _flaky_builds(rows: list[dict]) -> Iterator[Labelled]:
    for row in rows:
        truth = row["ground_truth"]
        name, cause = truth["category"], truth["root_cause"]
        category = _FLAKY_BUILDS.get((name, None)) or _FLAKY_BUILDS.get((name, cause))
        yield Labelled(
            id=f"flaky_builds/{row['id']}",
            source="flaky_builds_279",
            project=row.get("repo") or row["id"],
            case={"log": row["log"]},
            category=category,
            transient=None if name in _CATEGORY_SAYS_NOTHING else True,
        )


def _bump(rows: list[dict]) -> Iterator[Labelled]:
    for row in rows:
        project = (row.get("pr") or row["id"]).split("/pull/")[0]
        yield Labelled(
            id=f"bump/{row['id']}",
            source="bump",
            project=project,
            case={"path": row["path"]},
            category="dependency",
            transient=False,
        )


def _pytorch(rows: list[dict]) -> Iterator[Labelled]:
    by_rule = {rule: name for name, rules in _PYTORCH.items() for rule in rules}
    for row in rows:
        category = by_rule.get(row["label"])
        if category:
            yield Labelled(
                id=f"pytorch/{row['id']}",
                source="pytorch_log_classifier",
                project="pytorch",
                case={"path": row["path"]},
                category=category,
            )


_SETS = {
    "veloren": ("veloren.jsonl", _veloren),
    "flaky_builds_279": ("flaky_builds_279.jsonl.gz", _flaky_builds),
    "bump": ("bump.jsonl", _bump),
    "pytorch_log_classifier": ("pytorch_log_classifier.jsonl", _pytorch),
}


def read_public_sets(data: Path) -> list[Labelled]:
    """All sets that the folder has."""
    return [
        one
        for name, read in _SETS.values()
        if (data / name).exists()
        for one in read(_rows(data / name))
    ]
