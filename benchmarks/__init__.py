import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # as whosays/language/session.py does; some parts load ONNX Runtime first
