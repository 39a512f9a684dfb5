"""The classifier: two linear models over one vector, their probabilities calibrated."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from .categories import CATEGORIES

FOLDS = 5
ONE_LABEL = 0.25


@dataclass
class Classifier:
    categories: LogisticRegression
    transient: LogisticRegression

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """In the order of CATEGORIES."""
        given = self.categories.predict_proba(vectors)
        order = [list(self.categories.classes_).index(i) for i in range(len(CATEGORIES))]
        return given[:, order]

    def passes_again(self, vectors: np.ndarray) -> np.ndarray:
        return self.transient.predict_proba(vectors)[:, 1]


def balance(sources: list[str], labels: np.ndarray) -> np.ndarray:
    """
    Weights that let a source with many alike rows count as the root of their
    number. A source with one label only counts little: the words of its tools
    would stand for the label.
    """
    pairs = list(zip(sources, labels))
    counts = {pair: pairs.count(pair) for pair in set(pairs)}
    labels_of = {source: len({l for s, l in counts if s == source}) for source in set(sources)}
    weights = np.array(
        [
            (ONE_LABEL if labels_of[pair[0]] == 1 else 1) / np.sqrt(counts[pair])
            for pair in pairs
        ]
    )
    return weights * len(weights) / weights.sum()


def fit_one(vectors, labels, sources, groups, strength: float) -> LogisticRegression:
    """Learns, then divides by the temperature that makes left-out projects' probabilities true."""
    temperature = temperature_of(vectors, labels, sources, groups, strength)
    model = _learn(vectors, labels, sources, strength)
    model.coef_ = model.coef_ / temperature
    model.intercept_ = model.intercept_ / temperature
    model.temperature_ = temperature
    return model


def _learn(vectors, labels, sources, strength):
    return LogisticRegression(C=strength, max_iter=3000).fit(
        vectors, labels, sample_weight=balance(sources, labels)
    )


def left_out(vectors, labels, sources, groups, strength):
    """Scores of each row by a model that has seen nothing of its project, and the rows that have one."""
    count = len(set(groups))
    classes = np.unique(labels)
    width = 1 if len(classes) == 2 else len(classes)
    scores = np.full((len(labels), width), np.nan)
    folds = GroupKFold(n_splits=min(FOLDS, count)) if count > 1 else None
    for learn, examine in folds.split(vectors, labels, groups) if folds else ():
        if len(np.unique(labels[learn])) < len(classes):
            continue
        model = _learn(
            vectors[learn], labels[learn], [sources[i] for i in learn], strength
        )
        scores[examine] = model.decision_function(vectors[examine]).reshape(
            len(examine), width
        )
    return scores, ~np.isnan(scores[:, 0])


def to_probabilities(scores: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    if scores.shape[1] == 1:
        scores = np.hstack([np.zeros_like(scores), scores])
    powers = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def temperature_of(vectors, labels, sources, groups, strength) -> float:
    scores, known = left_out(vectors, labels, sources, groups, strength)
    if not known.any():
        return 1.0
    classes = np.unique(labels)
    places = np.searchsorted(classes, labels[known])
    weights = balance([s for s, k in zip(sources, known) if k], labels[known])

    def loss(logarithm: float) -> float:
        given = to_probabilities(scores[known], np.exp(logarithm))
        right = given[np.arange(len(places)), places]
        return float(-(weights * np.log(np.maximum(right, 1e-9))).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))
