"""Speed: the whole reading against the bare parser on the same texts in the same run."""
