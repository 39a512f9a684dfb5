import numpy as np

from failure_classifier.evaluate import evaluate
from failure_classifier.features import vectors_of
from failure_classifier.figures import calibration_error, f1, wilson
from failure_classifier.model import balance, left_out, temperature_of
from failure_classifier.split import newest_third
from failure_classifier.train import learn
from made_up import CONTEXT, SAYS, failures


def test_learns_what_words_mean_and_tells_it_as_probabilities():
    classifier = learn(failures(), CONTEXT)
    vectors = vectors_of(list(SAYS.values()), [[]] * 5, CONTEXT)
    given = classifier.probabilities(vectors)
    assert (given.argmax(axis=1) == range(5)).all()
    assert np.allclose(given.sum(axis=1), 1)
    assert (classifier.passes_again(vectors) > 0.5).tolist() == [
        *(True, False, True, False, False),
    ]


def test_nobody_is_examined_by_a_model_that_knows_the_project():
    # The label is the project: whoever has not seen it can only guess.
    vectors = np.eye(12, dtype=np.float32)
    labels = np.array([0, 1] * 6)
    groups = [f"project-{number}" for number in range(12)]
    scores, examined = left_out(vectors, labels, ["a"] * 12, groups, 1.0)
    assert examined.all()
    assert np.abs(scores).max() < 0.5


def test_too_sure_is_softened():
    random = np.random.default_rng(1)
    vectors = random.normal(size=(200, 30)).astype(np.float32)
    labels = (random.random(200) < 0.5).astype(int)
    groups = [str(number % 10) for number in range(200)]
    assert temperature_of(vectors, labels, ["a"] * 200, groups, 100.0) > 1.5


def test_a_source_with_one_label_counts_less():
    weights = balance(["one", "two", "two"], np.array([0, 0, 1]))
    assert weights[0] < weights[1] == weights[2]


def test_the_newest_third_of_each_source_is_held_back():
    rows = [row.labelled for row in failures(projects=3, each=1)]
    held = newest_third(rows)
    assert len(held) == 5
    assert {row.project for row in rows if row.id in held} == {"project-2"}


def test_figures():
    low, high = wilson(8, 10)
    assert 0.49 < low < 0.8 < high < 0.95
    assert wilson(0, 0) == (0.0, 1.0)
    truth = np.array([True, True, False, False])
    assert f1(truth, np.array([True, False, True, False])) == 0.5
    assert f1(np.array([False]), np.array([False])) == 0.0
    assert calibration_error(np.array([0.9, 0.9]), np.array([True, True])) < 0.11


def test_evaluation_names_what_was_measured_on_how_many():
    rows = failures()
    held = newest_third([row.labelled for row in rows])
    learning = [row for row in rows if row.labelled.id not in held]
    figures = evaluate(learn(learning, CONTEXT), learning, rows, held, CONTEXT, 1.0)
    assert figures["by_project"]["category"]["n"] == len(learning)
    assert figures["newest_third"]["transient_f1"]["value"] > 0.9
    assert figures["newest_third"]["category"]["low"] <= 1
