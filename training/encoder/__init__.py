"""Training the encoder and its heads: examples, network, the two phases, export. Needs the ``train`` extra."""
