"""People who answer over HTTP, as a phone without script does: forms filled, buttons pressed, one connection each."""

import html
import http.client
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from labqvt.bench.intake.collection import FIELDS, questionnaire_of
from labqvt_forms.questionnaire import variables_of

_STATE: Final = re.compile(r'name="state" value="([^"]*)"')
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
SEND: Final = "/r/envoyer/"


class Unexpected(Exception):  # noqa: N818 - what came back, not a fault of ours
    """The server said something else than the next page."""


def answers_of(pages: int, seed: object) -> dict[str, str]:
    """A whole sheet, always the same for the same seed."""
    chance = random.Random(str(seed))  # noqa: S311 - answers of a measure, not a secret
    form = questionnaire_of(pages)
    answers = {
        variable.id: chance.choice(variable.choices.codes)
        if variable.choices
        else f"{seed} {chance.random()}"
        for variable in form.answer_variables
    }
    assert len(answers) == FIELDS
    return answers


@dataclass
class Person:
    """One person at one phone. ``times`` holds the seconds each page took."""

    port: int
    pages: int
    timeout: float = 30.0
    think: Callable[[], float] = lambda: 0.0
    times: list[float] = field(default_factory=list)
    _line: http.client.HTTPConnection | None = None

    def fill(self, code: str, answers: dict[str, str]) -> str:
        """Walk to the last look. Returns the state to send: nothing is kept on the server yet."""
        self._ask("GET", "/r/")
        state = self._state(self._ask("POST", "/r/", {"code": code, "language": "fr"}))
        state = self._state(self._ask("POST", "/r/page/1/", {"state": state}))
        form = questionnaire_of(self.pages)
        for number, group in enumerate(form.groups, 1):
            here = {variable.id for item in group.items for variable in variables_of(item)}
            given = {f"a.{id_}": answer for id_, answer in answers.items() if id_ in here}
            state = self._state(self._ask("POST", f"/r/page/{number + 1}/", {"state": state} | given))
        return state

    def send(self, state: str) -> int:
        """Press « Envoyer ». Returns the status: 200 is the receipt, 409 a code that has served."""
        return self._ask("POST", SEND, {"state": state}, expected=(200, 409))[0]

    def answer(self, code: str, answers: dict[str, str]) -> int:
        try:
            return self.send(self.fill(code, answers))
        finally:
            self.hang_up()

    def look(self, path: str) -> None:
        """Open a page, whatever it is."""
        self._ask("GET", path)

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(
        self, method: str, path: str, fields: dict[str, str] | None = None, expected: tuple[int, ...] = (200,)
    ) -> tuple[int, str]:
        time.sleep(self.think())
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        begun = time.perf_counter()
        self._line.request(method, path, urlencode(fields) if fields else None, _FORM if fields else {})
        response = self._line.getresponse()
        body = response.read().decode()
        self.times.append(time.perf_counter() - begun)
        if response.status not in expected:
            raise Unexpected(f"{method} {path} : {response.status}")
        return response.status, body

    @staticmethod
    def _state(answered: tuple[int, str]) -> str:
        found = _STATE.search(answered[1])
        if found is None:
            raise Unexpected("page sans état")
        return html.unescape(found[1])
