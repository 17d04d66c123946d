from tests.labqvt.programmes.conftest import _today, cast

__all__ = ["_today", "cast"]
