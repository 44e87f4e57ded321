"""The arithmetic limit of this processor for the encoder, and what a bare pass reaches of it.

    pip install onnx
    python -m benchmarks.processor

The largest rate of multiplications of 8-bit integers that ONNX Runtime's kernels reach here, one thread a processor, on
matrices of several sizes; divided by what one word piece takes in a six-layer MiniLM, that is how many pieces a second
no program on this encoder can pass, whatever else it does. Prints JSON.
"""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

LAYERS, WIDTH, INNER = 6, 384, 1536
PIECES = 200  # of a window: attention takes each piece past each other
# rows, inner and columns of the products; the last two are the encoder's own
SHAPES = ((1024, 1024, 1024), (512, 2048, 2048), (PIECES, WIDTH, INNER), (PIECES, WIDTH, WIDTH))
SECONDS = 1.0


def main() -> None:
    each = LAYERS * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER + 2 * PIECES * WIDTH)
    rates = {"x".join(map(str, shape)): rate(*shape) for shape in SHAPES}
    best = max(rates.values())
    found = {
        "processors": os.cpu_count(),
        "multiplications a piece": each,
        "8-bit multiplications a second (10^9)": {name: round(own / 1e9, 1) for name, own in rates.items()},
        "pieces a second at the most": round(best / each),
    }
    print(json.dumps(found, indent=1))


def rate(rows: int, inner: int, columns: int) -> float:
    """Multiplications a second, all processors together."""
    session = _session(inner, columns)
    given = {"a": np.random.default_rng(1).integers(0, 255, (rows, inner), np.uint8)}
    threads = os.cpu_count() or 1

    def work(_: int) -> float:
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < SECONDS:
            session.run(None, given)
            done += 1
        return done * rows * inner * columns / (time.perf_counter() - begun)

    with ThreadPoolExecutor(threads) as workers:
        list(workers.map(work, range(threads)))  # warm
        return sum(workers.map(work, range(threads)))


def _session(inner: int, columns: int) -> onnxruntime.InferenceSession:
    weights = np.random.default_rng(2).integers(-127, 127, (inner, columns), np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["c"])],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, [None, inner])],
        [helper.make_tensor_value_info("c", TensorProto.INT32, [None, columns])],
        [onnx.numpy_helper.from_array(weights, "b")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    main()
