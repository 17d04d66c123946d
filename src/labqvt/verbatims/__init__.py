"""Free texts after the opening: read from outside, masked, looked at a second time, shown to everyone at once."""
