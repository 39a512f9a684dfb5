"""Figures of a model, each with its number of cases and a 95 % interval."""

import math

import numpy as np

_Z = 1.959964


def wilson(hits: int, cases: int) -> tuple[float, float]:
    if cases == 0:
        return 0.0, 1.0
    share = hits / cases
    scale = 1 + _Z**2 / cases
    middle = (share + _Z**2 / (2 * cases)) / scale
    half = (
        _Z * math.sqrt(share * (1 - share) / cases + _Z**2 / (4 * cases**2)) / scale
    )
    return middle - half, middle + half


def share(right: np.ndarray) -> dict:
    hits, cases = int(right.sum()), len(right)
    low, high = wilson(hits, cases)
    return {
        "value": round(hits / cases, 3) if cases else None,
        "n": cases,
        "low": round(low, 3),
        "high": round(high, 3),
    }


def f1(truth: np.ndarray, given: np.ndarray) -> float:
    hits = int((truth & given).sum())
    wrong = int((truth != given).sum())
    return 2 * hits / (2 * hits + wrong) if hits + wrong else 0.0


def f1_figure(truth: np.ndarray, given: np.ndarray) -> dict:
    """The interval is from 2,000 resamplings with a fixed seed."""
    random = np.random.default_rng(20240229)
    values = []
    for _ in range(2000):
        pick = random.integers(0, len(truth), len(truth))
        values.append(f1(truth[pick], given[pick]))
    low, high = np.quantile(values, [0.025, 0.975])
    return {
        "value": round(f1(truth, given), 3),
        "n": len(truth),
        "low": round(float(low), 3),
        "high": round(float(high), 3),
    }


def calibration_error(probabilities: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """How far stated probabilities are from what came true, on average."""
    places = np.minimum((probabilities * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(probabilities[places == one].mean() - right[places == one].mean())
            * (places == one).mean()
            for one in set(places)
        )
    )
