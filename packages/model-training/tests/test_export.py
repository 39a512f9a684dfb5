import gzip
import json

import numpy as np
import onnxruntime

from failure_classifier.export import to_model
from failure_classifier.features import vectors_of
from failure_classifier.parity import COUNT, made_up_texts, write_parity
from failure_classifier.train import learn
from made_up import CONTEXT, failures


def test_onnx_says_what_the_pipeline_says(tmp_path):
    classifier = learn(failures(), CONTEXT)
    texts = made_up_texts(CONTEXT)
    vectors = vectors_of(*zip(*texts), CONTEXT)
    model = to_model(classifier, vectors.shape[1]).SerializeToString()
    assert len(model) < 15 * 1024 * 1024
    session = onnxruntime.InferenceSession(model)
    probabilities, transient = session.run(
        ["probabilities", "transient"], {"features": vectors}
    )
    assert len(vectors) == COUNT
    assert np.abs(probabilities - classifier.probabilities(vectors)).max() <= 1e-4
    assert np.abs(transient[:, 0] - classifier.passes_again(vectors)).max() <= 1e-4

    path = tmp_path / "parity.json.gz"
    write_parity(path, classifier, CONTEXT)
    rows = json.loads(gzip.decompress(path.read_bytes()))
    assert len(rows) == COUNT
    assert all(abs(sum(row["probabilities"]) - 1) < 1e-5 for row in rows)
