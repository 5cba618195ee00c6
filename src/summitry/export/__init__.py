"""The record for other people's tools: each format is opened by a real reader of it in the tests."""
