"""Readers and writers, one module per exchange format."""
