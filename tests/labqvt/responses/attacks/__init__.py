"""What a thief tries against a collection: each attack first succeeds with the protection off, then fails with it on.

Where rows lie in SQLite: ``test_order``; backups: ``tests/labqvt/cli/test_backup``; codes kept back: ``test_hat``.
"""
