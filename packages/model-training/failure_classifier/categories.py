"""The categories, in the order of the model's probabilities."""

CATEGORIES = (
    "flaky_test",
    "dependency",
    "infrastructure",
    "configuration",
    "code",
)
