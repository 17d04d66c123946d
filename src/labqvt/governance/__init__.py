"""Steering and joint bodies: who sits, when they meet, what they decide, and what their decisions do."""
