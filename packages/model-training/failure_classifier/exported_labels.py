"""What people said of failures, as the portal exports it: JSON lines."""

import json
from pathlib import Path

from .categories import CATEGORIES
from .labelled import Labelled


def read_exported_labels(path: Path) -> list[Labelled]:
    """Rows with a log; a verdict that names no category teaches nothing."""
    found = []
    with path.open(encoding="utf8") as file:
        for line in file:
            row = json.loads(line) if line.strip() else {}
            category = row.get("category")
            if not row.get("log") or category not in CATEGORIES:
                continue
            found.append(
                Labelled(
                    id=f"labels/{row['id']}",
                    source="labels",
                    project=str(row.get("project", "labels")),
                    case={"log": row["log"], "step": row.get("step")},
                    category=category,
                    transient=row.get("transient"),
                    at=row.get("at", ""),
                )
            )
    return found
