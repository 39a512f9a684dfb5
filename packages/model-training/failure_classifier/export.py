"""scikit-learn to ONNX: one input `features`, outputs `probabilities` and `transient`."""

import onnx
from onnx import TensorProto, helper
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType

from .categories import CATEGORIES
from .model import Classifier

OPSET = {"": 17, "ai.onnx.ml": 3}


def _part(model, width: int, prefix: str):
    """The nodes of one model with names of their own, and the name of its probabilities."""
    converted = to_onnx(
        model,
        initial_types=[("features", FloatTensorType([None, width]))],
        options={id(model): {"zipmap": False, "output_class_labels": False}},
        target_opset=OPSET,
    )
    renamed = onnx.compose.add_prefix(
        converted, prefix, rename_inputs=False, rename_outputs=True
    )
    graph = renamed.graph
    # The names of inputs stay, so that both parts read the same one.
    return graph.node, graph.initializer, f"{prefix}probabilities"


def to_model(classifier: Classifier, width: int) -> onnx.ModelProto:
    nodes, initializers = [], []
    outputs = {}
    for name, model in (
        ("probabilities", classifier.categories),
        ("transient", classifier.transient),
    ):
        part, values, output = _part(model, width, f"{name}_")
        nodes.extend(part)
        initializers.extend(values)
        outputs[name] = output
    # Of the two probabilities that a rerun fails and passes, the second is wanted.
    initializers.append(helper.make_tensor("second", TensorProto.INT64, [1], [1]))
    nodes.append(
        helper.make_node("Gather", [outputs["transient"], "second"], ["transient"], axis=1)
    )
    nodes.append(helper.make_node("Identity", [outputs["probabilities"]], ["probabilities"]))
    graph = helper.make_graph(
        nodes,
        "failure-classifier",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])],
        [
            helper.make_tensor_value_info(
                "probabilities", TensorProto.FLOAT, [None, len(CATEGORIES)]
            ),
            helper.make_tensor_value_info("transient", TensorProto.FLOAT, [None, 1]),
        ],
        initializers,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid(name, version) for name, version in OPSET.items()],
    )
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model
