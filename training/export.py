"""Writes a trained network as the ONNX graph that whosays runs: int8, one window at a time, fused operators.

    python -m training.export --run build/run --out whosays/language/model

The graph is written by hand. That keeps it free of what a tracer would leave in it, and lets each layer be the fused
operators of ONNX Runtime. Weights are quantised by channel in reduced range (seven bits): on processors without VNNI
the eight-bit products saturate, and the answers would differ from machine to machine.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.labels import ATTRIBUTION_TAGS, NAME_TAGS, WORD_CLASSES
from training.network import HEADS, LAYERS, NAMINGS, WIDTH, Encoder, Network, Pair, minilm_folder
from whosays.language import together

FUSED = "com.microsoft"
WORDS = "words.bin"  # the word embeddings, int8, [vocabulary, width]
NAMES_AS = ("uner_ewt",)  # corpora whose guideline for names the exported model follows


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--run", type=Path, default=Path("build/run"), help="folder of a training run")
    ask.add_argument("--out", type=Path, default=Path("whosays/language/model"))
    ask.add_argument("--stories-share", type=float, default=0.45, help="0: PolNeAR's guideline, 1: the stories'")
    ask.add_argument("--bare", action="store_true", help="only the original encoder, for timing against")
    args = ask.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.bare:
        from safetensors.torch import load_file

        network = Network(1)
        network.encoder.start_from(load_file(minilm_folder() / "model.safetensors"))
        write(network, torch.zeros(WIDTH), args.out / "encoder.onnx", with_heads=False)
        return
    state = torch.load(args.run / "checkpoint.pt", weights_only=False)
    network = Network(len(state["relations"]))
    network.load_state_dict(state["average"], strict=False)
    network.name.hidden.bias.data += names_share(network)
    share = args.stories_share
    guideline = network.encoder.guideline.weight.detach()
    write(network, (1 - share) * guideline[0] + share * guideline[1], args.out / "model.onnx", with_heads=True)
    np.savez(
        args.out / "heads.npz",
        relation_weight=network.relation.weight.detach().numpy(),
        relation_bias=network.relation.bias.detach().numpy(),
        role_steps=network.role_steps.detach().numpy(),
        name_steps=network.name_steps.detach().numpy(),
        embedding_weight=network.embedding.weight.detach().numpy().astype(np.float16),
        embedding_bias=network.embedding.bias.detach().numpy(),
    )
    shutil.copy(minilm_folder() / "vocab.txt", args.out / "vocabulary.txt")
    labels = {
        "word_classes": WORD_CLASSES,
        "names": NAME_TAGS,
        "roles": ATTRIBUTION_TAGS,
        "relations": state["relations"],
        "trained_steps": state["step"],
        "stories_share": share,
        "outputs": OUTPUTS,
    }
    (args.out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    print(f"{(args.out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


def names_share(network: Network) -> torch.Tensor:
    """What the names head is to know of whose guideline it follows: the mean of those in NAMES_AS."""
    return network.naming.weight.detach()[[NAMINGS.index(name) for name in NAMES_AS]].mean(0)


OUTPUTS = (
    *("word_class", "sentence", "name", "role", "arc_dependent", "arc_head", "relation_dependent", "relation_head"),
    *("pair_from", "pair_to", "embedding"),
)


class Graph:
    """Nodes and weights of an ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: torch.Tensor | np.ndarray) -> str:
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, layer: torch.nn.Linear, name: str) -> str:
        product = self.add("MatMul", [x, self.weight(f"{name}.weight", layer.weight.detach().T)], f"{name}.product")
        return self.add("Add", [product, self.weight(f"{name}.bias", layer.bias)], name)


def write(network: Network, guideline: torch.Tensor, path: Path, with_heads: bool) -> None:
    graph = Graph()
    layers = _encoder(graph, network.encoder, guideline)
    outputs = _heads(graph, network, layers) if with_heads else [layers[-1]]
    inputs = (("ids", "pieces"), ("marks", "pieces"), ("firsts", "words"))[: 3 if with_heads else 2]
    _save(graph, inputs, outputs, path)


def write_pair(pair: Pair, folder: Path) -> None:
    """Writes the cross-encoder beside the language model, which has the same word embeddings."""
    graph = Graph()
    layers = _encoder(graph, pair.encoder, torch.zeros(WIDTH))
    last, axis = layers[-1], graph.weight("pieces.axis", np.array([0]))
    other = graph.add("Unsqueeze", [graph.add("Cast", ["marks"], "other.flat", to=TensorProto.FLOAT), axis], "other")
    one = graph.add("Sub", [graph.weight("whole", np.array([1.0], np.float32)), other], "one")
    flat = graph.add("Squeeze", [last, axis], "flat")
    first = graph.add("Gather", [flat, axis], "first.vector", axis=0)
    means = [
        graph.add(
            "Div",
            [graph.add("MatMul", [side, flat], f"{side}.sum"), graph.add("ReduceSum", [side], f"{side}.count")],
            f"{side}.mean",
        )
        for side in (one, other)
    ]
    apart = graph.add("Abs", [graph.add("Sub", means, "difference")], "apart")
    compared = graph.add("Concat", [first, apart, graph.add("Mul", means, "product")], "compared", axis=1)
    hidden = graph.add("Tanh", [graph.linear(compared, pair.hidden, "hidden")], "hidden.tanh")
    graph.linear(hidden, pair.out, "odds")
    _save(graph, (("ids", "pieces"), ("marks", "pieces")), ["odds"], folder / together.GRAPH)


def _save(graph: Graph, inputs: Sequence[tuple[str, str]], outputs: Sequence[str], path: Path) -> None:
    """The graph in int8; a table of word embeddings stands in a file of its own, which all graphs of a folder share."""
    made = helper.make_graph(
        graph.nodes,
        "whosays",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [size]) for name, size in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        graph.weights,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=8)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "float.onnx"
        onnx.save(model, str(whole))
        quantize_dynamic(
            whole,
            path,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention"],
            nodes_to_exclude=["mixed.flat", "hidden.product", "odds.product"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT, "MatMulConstBOnly": True},
        )
    share_words(path)


def share_words(path: Path) -> None:
    """Moves a graph's table of word embeddings to the file beside it; raises SystemExit if another table is there."""
    model = onnx.load(str(path))
    (table,) = (weight for weight in model.graph.initializer if weight.name == "words.whole")
    rows = numpy_helper.to_array(table).tobytes()
    words = path.with_name(WORDS)
    if words.exists() and words.read_bytes() != rows:
        raise SystemExit(f"{words} holds other word embeddings: all graphs of a folder must have the same")
    words.write_bytes(rows)
    table.raw_data = rows
    onnx.external_data_helper.set_external_data(table, WORDS, 0, len(rows))
    table.ClearField("raw_data")
    path.write_bytes(model.SerializeToString())


def _encoder(graph: Graph, encoder: Encoder, guideline: torch.Tensor) -> list[str]:
    """The seven layers, [1, pieces, width] each."""
    table = encoder.words.weight.detach()
    scale = table.abs().amax(1, keepdim=True) / 127
    whole = graph.weight("words.whole", (table / scale).round().to(torch.int8))
    rows = graph.add("Gather", [whole, "ids"], "words.rows")
    rows = graph.add("Cast", [rows], "words.float", to=TensorProto.FLOAT)
    scales = graph.add("Gather", [graph.weight("words.scale", scale), "ids"], "words.scales")
    x = graph.add("Mul", [rows, scales], "words")
    count = graph.add("Shape", ["ids"], "count")
    places = graph.weight("positions.table", encoder.positions.weight + guideline)
    zero, first = graph.weight("zero", np.array([0])), graph.weight("axis", np.array([0]))
    x = graph.add("Add", [x, graph.add("Slice", [places, zero, count, first], "positions")], "placed")
    marks = graph.weight("marks.table", encoder.marks())
    x = graph.add("Add", [x, graph.add("Gather", [marks, "marks"], "marked.rows")], "marked")
    x = graph.add("Unsqueeze", [x, first], "marked.batch")
    norm = [graph.weight("norm.weight", encoder.norm.weight), graph.weight("norm.bias", encoder.norm.bias)]
    x = graph.add("LayerNormalization", [x, *norm], "layer.0", axis=-1, epsilon=1e-12)
    layers = [x]
    for k, layer in enumerate(encoder.layers):
        own = f"layer.{k + 1}"
        qkv = [
            graph.weight(f"{own}.qkv.weight", layer.query_key_value.weight.detach().T),
            graph.weight(f"{own}.qkv.bias", layer.query_key_value.bias),
        ]
        heard = graph.add("Attention", [x, *qkv], f"{own}.heard", FUSED, num_heads=HEADS)
        x = _joined(graph, heard, x, (layer.attended, layer.attended_norm), f"{own}.attended")
        inner = graph.add(
            "MatMul", [x, graph.weight(f"{own}.inner.weight", layer.inner.weight.detach().T)], f"{own}.inner.product"
        )
        inner = graph.add(
            "BiasGelu", [inner, graph.weight(f"{own}.inner.bias", layer.inner.bias)], f"{own}.inner", FUSED
        )
        x = _joined(graph, inner, x, (layer.outer, layer.outer_norm), own)
        layers.append(x)
    return layers


def _joined(graph: Graph, x: str, beside: str, parts: tuple, name: str) -> str:
    """A linear layer, then the sum with ``beside``, normalised.

    ONNX Runtime's fused operator for the last two takes ten times as long as they do apart, a quarter of the whole.
    """
    linear, norm = parts
    total = graph.add("Add", [graph.linear(x, linear, f"{name}.linear"), beside], f"{name}.sum")
    weights = [graph.weight(f"{name}.{n}", v) for n, v in (("gamma", norm.weight), ("beta", norm.bias))]
    return graph.add("LayerNormalization", [total, *weights], name, axis=-1, epsilon=1e-12)


def _heads(graph: Graph, network: Network, layers: list[str]) -> list[str]:
    """One output a head, [words, …]; word 0 is the window's CLS."""
    gathered = [graph.add("Gather", [layer, "firsts"], f"{layer}.words", axis=1) for layer in layers]
    stacked = graph.add("Concat", gathered, "stacked", axis=0)
    flat = graph.add("Reshape", [stacked, graph.weight("flat.shape", np.array([LAYERS + 1, -1]))], "flat")
    mixed = graph.add("MatMul", [graph.weight("mix", network.mix.detach().softmax(0).T), flat], "mixed.flat")
    shape = graph.weight("mixed.shape", np.array([len(network.MIXES), -1, WIDTH]))
    mixed = graph.add("Reshape", [mixed, shape], "mixed")
    view = {
        name: graph.add("Gather", [mixed, graph.weight(f"{name}.number", np.array(k))], f"{name}.view", axis=0)
        for k, name in enumerate(network.MIXES)
    }
    graph.linear(view["word_class"], network.word_class, "word_class")
    graph.linear(view["sentence"], network.sentence, "sentence")
    for name in ("name", "role"):
        head = getattr(network, name)
        hidden = graph.linear(view[name], head.hidden, f"{name}.hidden")
        graph.linear(_gelu(graph, hidden), head.out, name)
    dependent = _gelu(graph, graph.linear(view["arc"], network.arc_dependent, "arc_dependent.hidden"))
    product = graph.add("MatMul", [dependent, graph.weight("arc.weight", network.arc)], "arc.product")
    graph.add("Add", [product, graph.weight("arc.bias", network.arc_bias)], "arc_dependent")
    hidden = graph.linear(view["arc"], network.arc_head, "arc_head.hidden")
    graph.add("Identity", [_gelu(graph, hidden)], "arc_head")
    graph.linear(view["relation"], network.relation_dependent, "relation_dependent")
    graph.linear(view["relation"], network.relation_head, "relation_head")
    pair = graph.linear(view["pair"], network.pair_from, "pair_from.hidden")
    graph.add("MatMul", [pair, graph.weight("pair.weight", network.pair)], "pair_from")
    graph.linear(view["pair"], network.pair_to, "pair_to")
    graph.add("Identity", [view["embedding"]], "embedding")
    return list(OUTPUTS)


def _gelu(graph: Graph, x: str) -> str:
    return graph.add("Gelu", [x], f"{x}.gelu", FUSED)


if __name__ == "__main__":
    main()
