"""The benchmark suite: what a page, an answer, a diagnosis costs, with its reference in the same run."""
