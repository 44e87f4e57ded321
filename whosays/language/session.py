"""The graph, opened for running (the only home of onnxruntime); in the background, if that is begun early enough."""

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
# ONNX Runtime fuses a sum and its normalisation into one operator that takes ten times as long as the two
SLOW: Final = ["SkipLayerNormFusion"]

_begun: dict[Path, Future[onnxruntime.InferenceSession]] = {}


def begin(folder: Path = FOLDER) -> None:
    """Opens the graph while the caller goes on, with importing spaCy for one."""
    worker = ThreadPoolExecutor(1, thread_name_prefix="whosays-session")
    _begun[folder] = worker.submit(_open, folder)
    worker.shutdown(wait=False)


def opened(folder: Path = FOLDER) -> onnxruntime.InferenceSession:
    """Raises ModelMissing where there is no graph in the folder."""
    begun = _begun.pop(folder, None)
    return begun.result() if begun else _open(folder)


def _open(folder: Path) -> onnxruntime.InferenceSession:
    if not (folder / "model.onnx").exists():
        raise ModelMissing(str(folder))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # plans memory for one length of window, and every one has another
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
    )
