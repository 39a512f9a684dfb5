"""Text as numbers, exactly as packages/diagnosis/src/features/hashText.ts makes them."""

import re

import numpy as np

TEXT_FEATURES = 4096
_LONGEST_WORD = 24
_WORD = re.compile(r"[a-z]+|[0-9]+")
_STATUS = re.compile(r"[1-5][0-9]{2}")


def place_of(word: str) -> int:
    """FNV-1a, 32 bits; words are ASCII."""
    value = 0x811C9DC5
    for byte in word.encode("ascii"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value % TEXT_FEATURES


def words_of(line: str) -> list[str]:
    # str.lower() and JavaScript's toLowerCase() agree on what becomes ASCII.
    words = _WORD.findall(line.lower())
    return [
        word[:_LONGEST_WORD]
        for word in words
        if (len(word) > 1 if word[0].isalpha() else _STATUS.fullmatch(word))
    ]


def hash_text(text: str) -> np.ndarray:
    vector = np.zeros(TEXT_FEATURES, dtype=np.float32)
    for line in text.split("\n"):
        before = None
        for word in words_of(line):
            vector[place_of(word)] = 1
            if before is not None:
                vector[place_of(f"{before} {word}")] = 1
            before = word
    length = np.sqrt(vector.sum())
    return vector / length if length > 0 else vector


def vectors_of(texts, contexts, context_features) -> np.ndarray:
    """Vectors of texts, followed by the context features that hold."""
    places = {name: place for place, name in enumerate(context_features)}
    rows = np.zeros(
        (len(texts), TEXT_FEATURES + len(context_features)), dtype=np.float32
    )
    for row, (text, context) in enumerate(zip(texts, contexts)):
        rows[row, :TEXT_FEATURES] = hash_text(text)
        for name in context:
            if name in places:
                rows[row, TEXT_FEATURES + places[name]] = 1
    return rows
