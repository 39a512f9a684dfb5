"""What commands print when they fail, as the simulator has recorded it."""

import gzip
import json
from pathlib import Path

from .labelled import Labelled

# How a recording's cause begins, its category, and whether it goes away.
_CAUSES = (
    ("flaky", "flaky_test", True),
    ("upstream", "dependency", False),
    ("registry", "infrastructure", True),
    ("network", "infrastructure", True),
    ("dependency-refused", "infrastructure", True),
    ("certificate", "infrastructure", None),
    ("disk-full", "infrastructure", True),
    ("out-of-memory", "infrastructure", True),
    ("docker-daemon", "infrastructure", True),
    ("image", "infrastructure", None),
    ("credential", "configuration", False),
    ("configuration", "configuration", False),
    ("bad-deployment", "code", False),
    ("code", "code", False),
)


def read_recordings(path: Path) -> list[Labelled]:
    """Failures of a file of fragments; those that passed are left out."""
    with gzip.open(path, "rt", encoding="utf8") as file:
        fragments = json.load(file)
    found = []
    for number, fragment in enumerate(fragments):
        truth = next(
            (one for one in _CAUSES if fragment["cause"].startswith(one[0])), None
        )
        if fragment["exitCode"] == 0 or truth is None:
            continue
        _, category, transient = truth
        found.append(
            Labelled(
                id=f"recordings/{number}",
                source="recordings",
                project=f"recordings/{fragment['stack']}",
                case={
                    "log": "\n".join(_text_of(fragment)),
                    "step": f"Run {fragment['command']}",
                    "exit_codes": [fragment["exitCode"]],
                },
                category=category,
                transient=transient,
            )
        )
    return found


def _text_of(fragment: dict) -> list[str]:
    lines = [
        line if isinstance(line, str) else line[-1] for line in fragment["lines"]
    ]
    end = f"##[error]Process completed with exit code {fragment['exitCode']}."
    return [f"##[group]Run {fragment['command']}", "##[endgroup]", *lines, end]
