"""What a model reads of logs, made by the same code that serves it."""

import json
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from .labelled import Labelled


@dataclass(frozen=True)
class Prepared:
    labelled: Labelled
    text: str
    context: list[str] = field(hash=False)


def prepare(rows: list[Labelled], root: Path, command: list[str]) -> list[Prepared]:
    """
    Reads the logs of all rows.

    command: what runs `model-service`, such as `["yarn", "--silent", "model-service"]`
    """
    with tempfile.TemporaryDirectory() as folder:
        cases = Path(folder, "cases.jsonl")
        with cases.open("w", encoding="utf8") as file:
            for row in rows:
                file.write(json.dumps({"id": row.id, **row.case}) + "\n")
        output = subprocess.run(
            [*command, "prepare", "--cases", str(cases), "--root", str(root)],
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
    by_id = {row.id: row for row in rows}
    return [
        Prepared(by_id[one["id"]], one["text"], one["context"])
        for one in map(json.loads, output.decode("utf8").splitlines())
    ]
