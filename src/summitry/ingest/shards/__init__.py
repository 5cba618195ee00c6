"""Reading by shards: parts of a large input that are read by themselves, anywhere, and kept until they are all there."""
