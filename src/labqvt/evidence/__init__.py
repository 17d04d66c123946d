"""THE DOOR: the only reader of raw answers. What leaves it may be printed on a wall."""
