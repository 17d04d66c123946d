"""Closed answers in a few groups of letters that can be read aloud, with the signs of access codes.

The answers are one number in mixed radix (each question: blank, declined, or one of its answers); four bytes of
check are added, the whole is enciphered as one block that only this installation reads, then spelled. The last
group checks the letters themselves: a misread letter is told from a text of another questionnaire.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from labqvt.campaigns.codes import GROUP, SYMBOLS, grouped
from labqvt.instruments.asking import Answer, Answers, declining_code
from labqvt.instruments.sheet_parts import OTHER
from labqvt.responses.resuming import ResumeError
from labqvt.responses.state import installation_key
from labqvt_forms import Kind, MultipleChoice, Questionnaire, SingleChoice, Variable

_CHECK_BITS: Final = 32
_ROUNDS: Final = 8
_BASE: Final = len(SYMBOLS)
GROUPS_AT_MOST: Final = 16  # more is not copied by hand without a mistake: the long text is for that


def spelled(form: Questionnaire, answers: Answers, *, campaign: str, version: str) -> str | None:
    """Groups of four letters; nothing when the questionnaire is too long for them to be copied reliably."""
    if _length(form) > (GROUPS_AT_MOST - 1) * GROUP:
        return None
    number = 0
    for variable in _closed(form):
        number = number * _size(variable) + _rank(variable, answers.get(variable.id))
    number = number << _CHECK_BITS | _check(number, campaign, version)
    body = _letters(_turned(number, form, range(_ROUNDS)), _length(form))
    return grouped(body + _last_group(body))


def heard(form: Questionnaire, typed: str, *, campaign: str, version: str) -> Answers:
    """The closed answers of spelled groups; ``ResumeError`` says what is wrong with them."""
    letters = "".join(sign for sign in typed.upper() if sign.isalnum())
    if strange := [sign for sign in letters if sign not in SYMBOLS]:
        raise ResumeError(
            _("Le signe « %(sign)s » n’est jamais dans ces lettres : relisez le groupe où il est.")
            % {"sign": strange[0]}
        )
    body, last = letters[:-GROUP], letters[-GROUP:]
    sound, whole = last == _last_group(body), len(body) == _length(form)
    if not sound and not whole:
        raise ResumeError(
            _("Il faut %(expected)s signes, il y en a %(got)s : un groupe manque ou est en trop.")
            % {"expected": _length(form) + GROUP, "got": len(letters)}
        )
    if not sound:
        raise ResumeError(_("Un signe est mal recopié. Relisez les groupes un à un."))
    number = _number(body)
    if not whole or number >= 1 << _bits(form):
        raise ResumeError(_other())
    number = _turned(number, form, reversed(range(_ROUNDS)))
    check, number = number & (1 << _CHECK_BITS) - 1, number >> _CHECK_BITS
    if check != _check(number, campaign, version):
        raise ResumeError(_other())
    return _answers(form, number)


def not_held(form: Questionnaire, answers: Answers) -> list[str]:
    """Questions answered that the letters cannot hold: texts, numbers, dates, rankings."""
    held = {variable.id for variable in _closed(form)}
    return [id_ for id_ in answers if id_ not in held]


def _other() -> str:
    return _("Ces lettres viennent d’une autre enquête, ou d’une autre version du questionnaire.")


# Answers and one number


def _closed(form: Questionnaire) -> list[Variable]:
    """A ranking is not among them: its orders are too many for a few letters."""
    return [v for v in form.answer_variables if v.choices is not None and v.kind is not Kind.RANKING]


def _codes(variable: Variable) -> list[str]:
    assert variable.choices is not None
    declined, item = declining_code(variable), variable.item
    other = isinstance(item, SingleChoice | MultipleChoice) and item.other
    return [*(code for code in variable.choices.codes if code != declined), *([OTHER] if other else [])]


def _size(variable: Variable) -> int:
    """Ways to answer: blank, declined, and one code or any set of them."""
    count = len(_codes(variable))
    return 1 + (1 << count) if variable.kind is Kind.MULTIPLE else 2 + count


def _rank(variable: Variable, answer: Answer | None) -> int:
    codes = _codes(variable)
    if answer == declining_code(variable):
        return _size(variable) - 1
    if isinstance(answer, list):
        return sum(1 << codes.index(code) for code in answer)
    return 1 + codes.index(answer) if answer else 0


def _answer(variable: Variable, rank: int) -> Answer | None:
    codes = _codes(variable)
    if rank == _size(variable) - 1:
        return declining_code(variable)
    if variable.kind is Kind.MULTIPLE:
        return [code for bit, code in enumerate(codes) if rank >> bit & 1]
    return codes[rank - 1] if rank else None


def _answers(form: Questionnaire, number: int) -> Answers:
    answers: Answers = {}
    for variable in reversed(_closed(form)):
        number, rank = divmod(number, _size(variable))
        if answer := _answer(variable, rank):
            answers[variable.id] = answer
    return answers


# One number and letters


def _bits(form: Questionnaire) -> int:
    """Even, so that the block has two halves."""
    ways = 1
    for variable in _closed(form):
        ways *= _size(variable)
    bits = (ways - 1).bit_length() + _CHECK_BITS
    return bits + bits % 2


def _length(form: Questionnaire) -> int:
    """Letters of the block, in whole groups."""
    length, room = 0, 1
    while room < 1 << _bits(form):
        length, room = length + GROUP, room * _BASE**GROUP
    return length


def _letters(number: int, length: int) -> str:
    letters = []
    for _place in range(length):
        number, rank = divmod(number, _BASE)
        letters.append(SYMBOLS[rank])
    return "".join(reversed(letters))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _BASE + SYMBOLS.index(letter)
    return number


def _check(number: int, campaign: str, version: str) -> int:
    return _hashed(f"{number}|{campaign}|{version}", b"labqvt.check", _CHECK_BITS)


def _last_group(body: str) -> str:
    """Not a secret: it only tells a letter misread."""
    digest = hashlib.blake2b(body.encode(), digest_size=8, person=b"labqvt.spelled").digest()
    return _letters(int.from_bytes(digest, "big"), GROUP)


def _turned(number: int, form: Questionnaire, rounds: Iterable[int]) -> int:
    """A Feistel network over the block: its own inverse when the rounds are taken backwards and halves swapped."""
    half = _bits(form) // 2
    left, right = number >> half, number & (1 << half) - 1
    for turn in rounds:
        left, right = right, left ^ _hashed(f"{turn}|{half}|{right}", b"labqvt.letters", half)
    return right << half | left


def _hashed(text: str, purpose: bytes, bits: int) -> int:
    digest = hashlib.blake2b(text.encode(), key=installation_key(purpose), digest_size=64).digest()
    return int.from_bytes(digest, "big") & (1 << bits) - 1
