"""One answer, from the code to the receipt: what it costs, how long it takes, what a crash or a crowd does to it."""
