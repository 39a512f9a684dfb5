import numpy as np

from failure_classifier.features import TEXT_FEATURES, hash_text, vectors_of, words_of


def test_words_leave_out_what_differs_from_run_to_run():
    assert words_of("Job 17 FAILED after 9 s: status 503, 0x1f") == [
        *("job", "failed", "after", "status", "503"),
    ]
    assert words_of("x" * 40) == ["x" * 24]
    assert words_of("") == []


def test_vectors_have_length_one_or_none():
    assert np.isclose(np.linalg.norm(hash_text("no space left\non device")), 1)
    assert not hash_text("1 2 !").any()


def test_order_of_lines_does_not_matter_but_neighbours_do():
    assert (hash_text("a failed\ntest ran") == hash_text("test ran\na failed")).all()
    assert (hash_text("failed test") != hash_text("test failed")).any()


def test_context_stands_behind_the_words():
    vectors = vectors_of(["", "no"], [["b"], ["a", "unheard of"]], ["a", "b"])
    assert vectors.shape == (2, TEXT_FEATURES + 2)
    assert vectors[:, TEXT_FEATURES:].tolist() == [[0, 1], [1, 0]]
