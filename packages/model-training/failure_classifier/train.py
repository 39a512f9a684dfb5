"""
Trains the model and writes it with its card:

    python -m failure_classifier.train --data DIR --output packages/model-service/models/failure-classifier/1
"""

import argparse
import json
import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path

# A machine is shared; matrices of this size gain nothing from threads.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np  # noqa: E402

from .card import card_of  # noqa: E402
from .categories import CATEGORIES  # noqa: E402
from .evaluate import evaluate  # noqa: E402
from .export import to_model  # noqa: E402
from .exported_labels import read_exported_labels  # noqa: E402
from .features import TEXT_FEATURES, vectors_of  # noqa: E402
from .model import Classifier, fit_one  # noqa: E402
from .parity import write_parity  # noqa: E402
from .prepare import Prepared, prepare  # noqa: E402
from .public_sets import MEASURED_ONLY, read_public_sets  # noqa: E402
from .recordings import read_recordings  # noqa: E402
from .split import newest_third  # noqa: E402

STRENGTH = 1.0
COMMAND = ("yarn", "--silent", "model-service")


def learn(rows: list[Prepared], context_features: list[str]) -> Classifier:
    """Learns from rows with a category, and from rows of which it is known whether they went away."""
    vectors = vectors_of(
        [row.text for row in rows], [row.context for row in rows], context_features
    )

    def fit(label_of):
        known = [i for i, row in enumerate(rows) if label_of(row.labelled) is not None]
        return fit_one(
            vectors[known],
            np.array([int(label_of(rows[i].labelled)) for i in known]),
            [rows[i].labelled.source for i in known],
            [rows[i].labelled.project for i in known],
            STRENGTH,
        )

    return Classifier(
        categories=fit(
            lambda one: CATEGORIES.index(one.category) if one.category else None
        ),
        transient=fit(lambda one: one.transient),
    )


def main() -> None:
    options = _options()
    labelled = [
        *read_public_sets(options.data),
        *(read_recordings(options.recordings) if options.recordings else []),
        *(read_exported_labels(options.labels) if options.labels else []),
    ]
    rows = prepare(labelled, options.data, list(COMMAND))
    context_features = json.loads(
        subprocess.run(
            [*COMMAND, "context-features"], check=True, stdout=subprocess.PIPE
        ).stdout
    )
    held = newest_third(labelled)
    learning = [
        row
        for row in rows
        if row.labelled.id not in held and row.labelled.source not in MEASURED_ONLY
    ]
    classifier = learn(learning, context_features)
    figures = evaluate(classifier, learning, rows, held, context_features, STRENGTH)
    _write(options.output, classifier, context_features, figures, learning)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains failure-classifier")
    parser.add_argument("--data", type=Path, required=True, help="the public sets")
    parser.add_argument("--recordings", type=Path, help="fragments.json.gz of the simulator")
    parser.add_argument("--labels", type=Path, help="labels as `yarn ci-medic labels export` writes them")
    parser.add_argument("--output", type=Path, required=True, help="folder of the version")
    return parser.parse_args()


def _write(output, classifier, context_features, figures, learning) -> None:
    trained_at = datetime.now(timezone.utc).replace(microsecond=0).isoformat()
    width = TEXT_FEATURES + len(context_features)
    output.mkdir(parents=True, exist_ok=True)
    (output / "model.onnx").write_bytes(to_model(classifier, width).SerializeToString())
    description = {
        "categories": CATEGORIES,
        "textFeatures": TEXT_FEATURES,
        "contextFeatures": context_features,
        "trainedAt": trained_at,
    }
    (output / "model.json").write_text(json.dumps(description, indent=2) + "\n")
    write_parity(output / "parity.json.gz", classifier, context_features)
    (output / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    (output / "README.md").write_text(card_of(output.name, trained_at, figures, learning))


if __name__ == "__main__":
    main()
