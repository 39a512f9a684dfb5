"""Texts of the project's own making, and what the pipeline says of them, for the test in TypeScript."""

import gzip
import json
import random
from pathlib import Path

from .features import vectors_of
from .model import Classifier

COUNT = 500
_WORDS = """
error failed cannot connect timeout resolve host npm pip cargo mvn gradle test assert expected
received NullPointerException OutOfMemoryError ECONNRESET heap disk device space left module found
version package conflict checkout fetch refused denied token expired runner docker daemon image
pull job exit code 1 137 404 503 2024 a I src/cart.ts(12,7) 0x1f --flag=x über straße İstanbul K
日本語 ● ✖ \u001b end-of-file e.g. snake_case kebab-case CamelCaseWord aVeryLongWordThatGoesOnAndOnForEver
""".split()


def made_up_texts(context_features: list[str]) -> list[tuple[str, list[str]]]:
    """Always the same."""
    chance = random.Random(20240229)
    texts = []
    for number in range(COUNT):
        lines = [
            " ".join(chance.choices(_WORDS, k=chance.randint(0, 14)))
            for _ in range(chance.randint(0, 12))
        ]
        known = chance.sample(context_features, chance.randint(0, min(6, len(context_features))))
        texts.append(("\n".join(lines), known if number % 3 else []))
    return texts


def write_parity(path: Path, classifier: Classifier, context_features: list[str]) -> None:
    texts = made_up_texts(context_features)
    vectors = vectors_of(*zip(*texts), context_features)
    probabilities = classifier.probabilities(vectors)
    transient = classifier.passes_again(vectors)
    rows = [
        {
            "text": text,
            "context": context,
            "probabilities": [round(float(one), 7) for one in probabilities[row]],
            "transient": round(float(transient[row]), 7),
        }
        for row, (text, context) in enumerate(texts)
    ]
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(json.dumps(rows, ensure_ascii=False).encode("utf8"))
