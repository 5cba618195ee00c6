"""The shared encoder and its heads: subwords, one pass a window, scores. onnxruntime and numpy alone."""

from summitry.reader.encoder.document import DocumentEncoding
from summitry.reader.encoder.heads import Heads
from summitry.reader.encoder.model import Encoded, Encoder

__all__ = ["DocumentEncoding", "Encoded", "Encoder", "Heads"]
