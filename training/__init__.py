import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # as whosays/language/session.py does, before ONNX Runtime is loaded
