"""What the library raises. Messages are complete French sentences: they are printed as they are.

StatsError (a ValueError)
├── InvalidInstrumentError   the questionnaire given cannot be computed with
├── InvalidAnswersError      the answers do not fit the questionnaire, or columns differ in length
├── NotEnoughDataError       the quantity is undefined on so few (or such uniform) answers
└── RefusedParameterError    a protection below the floor was asked for
"""


class StatsError(ValueError):
    """Base of everything raised on purpose by ``labqvt_stats``."""


class InvalidInstrumentError(StatsError):
    """An item or a scale is not well formed."""


class InvalidAnswersError(StatsError):
    """Answers or columns do not match the instrument or each other."""


class NotEnoughDataError(StatsError):
    """Too few people, too few items, or no spread at all."""


class RefusedParameterError(StatsError):
    """A confidentiality parameter was set under its floor."""
