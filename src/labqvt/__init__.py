"""Lab'QVT: from the first survey to the evaluated, published result."""

__version__ = "0.1.0"
