"""A graph, opened for running (the only home of onnxruntime); in the background, if that is begun early enough."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

# Builds of ONNX Runtime from 1.31 on report their use to Microsoft unless they are told not to before they are loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

from whosays.errors import ModelMissing

onnxruntime.disable_telemetry_events()  # should another library have loaded it before

FOLDER: Final = Path(__file__).parent / "model"
GRAPH: Final = "model.onnx"  # of the language model
# ONNX Runtime fuses a sum and its normalisation into one operator that takes ten times as long as the two
SLOW: Final = ["SkipLayerNormFusion"]

# What runs the graph, by the names that a user gives: the first of these that there is.
DEVICES: Final = {
    "cpu": ("CPUExecutionProvider",),
    "gpu": ("CUDAExecutionProvider", "ROCMExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider"),
}

_begun: dict[tuple[Path, str], Future[onnxruntime.InferenceSession]] = {}
_used: list[str] = ["cpu"]


def has(device: str) -> bool:
    """Whether ONNX Runtime finds such a device, ``cpu`` or ``gpu``."""
    return any(name in onnxruntime.get_available_providers() for name in DEVICES[device])


def use(device: str) -> None:
    """What the graphs that are opened from now on run on: ``cpu``, ``gpu``, or ``auto``: a GPU where there is one."""
    _used[0] = ("gpu" if has("gpu") else "cpu") if device == "auto" else device


def begin(folder: Path = FOLDER) -> None:
    """Opens the language model's graph while the caller goes on, with importing spaCy for one."""
    worker = ThreadPoolExecutor(1, thread_name_prefix="whosays-session")
    _begun[folder, GRAPH] = worker.submit(_open, folder, GRAPH)
    worker.shutdown(wait=False)


def opened(folder: Path = FOLDER, graph: str = GRAPH) -> onnxruntime.InferenceSession:
    """Raises ModelMissing where there is no such graph in the folder."""
    begun = _begun.pop((folder, graph), None)
    return begun.result() if begun else _open(folder, graph)


def _open(folder: Path, graph: str) -> onnxruntime.InferenceSession:
    if not (folder / graph).exists():
        raise ModelMissing(str(folder))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # plans memory for one length of window, and every one has another
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    found = onnxruntime.get_available_providers()
    chosen = [name for name in DEVICES[_used[0]] if name in found][:1]
    return onnxruntime.InferenceSession(
        str(folder / graph),
        options,
        providers=list(dict.fromkeys([*chosen, "CPUExecutionProvider"])),
        disabled_optimizers=SLOW,
    )
