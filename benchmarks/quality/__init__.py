"""Quality: one module a task, each with ``run(shared) -> Result | None``; floors and their gate beside them."""
