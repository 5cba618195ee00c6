"""Reading by shards: parts of a large input that are read by themselves, anywhere, and kept until all are there."""
