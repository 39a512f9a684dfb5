"""How good a model is on failures that it has not learned from."""

import numpy as np

from .categories import CATEGORIES
from .features import vectors_of
from .figures import calibration_error, f1_figure, share
from .model import Classifier, left_out, to_probabilities
from .prepare import Prepared
from .public_sets import MEASURED_ONLY


def evaluate(classifier, learning, rows, held, context_features, strength) -> dict:
    """By project (cross-validation over what was learned), by time, and on a set never learned from."""
    vectors = lambda some: vectors_of(  # noqa: E731
        [row.text for row in some], [row.context for row in some], context_features
    )
    figures = {"by_project": _by_project(learning, vectors, strength, classifier)}
    newest = [row for row in rows if row.labelled.id in held]
    figures["newest_third"] = _on(classifier, newest, vectors)
    for source in sorted(MEASURED_ONLY):
        some = [row for row in rows if row.labelled.source == source]
        figures[source] = _on(classifier, some, vectors)
    return figures


def _by_project(rows: list[Prepared], vectors, strength, classifier: Classifier) -> dict:
    known = [row for row in rows if row.labelled.category is not None]
    labels = np.array([CATEGORIES.index(row.labelled.category) for row in known])
    scores, examined = left_out(
        vectors(known),
        labels,
        [row.labelled.source for row in known],
        [row.labelled.project for row in known],
        strength,
    )
    given = to_probabilities(scores[examined], classifier.categories.temperature_)
    right = given.argmax(axis=1) == labels[examined]
    return {
        "category": share(right),
        "calibration_error": round(calibration_error(given.max(axis=1), right), 3),
    }


def _on(classifier: Classifier, rows: list[Prepared], vectors) -> dict:
    figures = {}
    known = [row for row in rows if row.labelled.category is not None]
    if known:
        given = classifier.probabilities(vectors(known))
        labels = np.array([CATEGORIES.index(row.labelled.category) for row in known])
        figures["category"] = share(given.argmax(axis=1) == labels)
    timed = [row for row in rows if row.labelled.transient is not None]
    if timed:
        truth = np.array([row.labelled.transient for row in timed])
        given = classifier.passes_again(vectors(timed)) >= 0.5
        figures["transient_f1"] = f1_figure(truth, given)
    return figures
