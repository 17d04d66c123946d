"""What stands before ``/r/``: how often a wrong code may be tried."""

from typing import Final

from labqvt.foundation.wrong_tries import WrongTries

WRONG_CODES_AN_HOUR: Final = 30  # a whole break room may share one address

wrong_codes: Final = WrongTries(WRONG_CODES_AN_HOUR)
