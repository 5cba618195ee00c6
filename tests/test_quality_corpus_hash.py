"""A floor belongs to a corpus, wherever it stands."""

from pathlib import Path

from benchmarks.quality.task import corpus_hash


def _laid_out(root: Path, ours: str, theirs: str) -> list[Path]:
    paths = [root / ours / "gold" / "rows.jsonl", root / theirs / "news" / "articles.jsonl"]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_text(path.name, encoding="utf-8")
    return paths


def test_the_hash_does_not_depend_on_where_the_files_stand(tmp_path: Path) -> None:
    here = _laid_out(tmp_path / "one", "a", "b")
    there = _laid_out(tmp_path / "two", "z", "b")
    assert corpus_hash(here) == corpus_hash(reversed(here)) == corpus_hash(there)


def test_other_bytes_have_another_hash(tmp_path: Path) -> None:
    paths = _laid_out(tmp_path, "a", "b")
    before = corpus_hash(paths)
    paths[0].write_text("other", encoding="utf-8")
    assert corpus_hash(paths) != before
