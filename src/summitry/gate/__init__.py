"""The gate: a cheap look at a page before it is read, at memory speed."""
