"""Walking ``/r/`` as a browser without JavaScript does: forms filled, buttons pressed, nothing else."""

from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client


@dataclass
class Walker:
    """A phone: it keeps no cookie, follows no script."""

    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    response: Any = None

    def get(self, address: str = "/r/", **headers: str) -> "Walker":
        return self._received(self.client.get(address, headers=headers))

    def press(self, label: str, headers: dict[str, str] | None = None, **typed: Any) -> "Walker":
        """Press the button of this label, with what the page already holds and what is typed."""
        button = next(b for b in self.page.find_all("button") if label in " ".join(b.get_text().split()))
        form = self.page.find(id=button["form"]) if button.get("form") else button.find_parent("form")
        data = self._filled(form) | typed
        if button.get("name"):
            data[button["name"]] = button.get("value", "")
        return self._received(
            self.client.post(button.get("formaction") or form["action"], data, headers=headers or {})
        )

    def _received(self, response: Any) -> "Walker":
        assert not response.cookies, f"cookie posé : {response.cookies}"
        assert "Set-Cookie" not in response.headers
        self.response = response
        return self

    @staticmethod
    def _filled(form: Tag) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for control in form.find_all(["input", "textarea", "select"]):
            kind = control.get("type", "text")
            if kind in {"radio", "checkbox"} and not control.has_attr("checked"):
                continue
            data.setdefault(control["name"], []).append(_value_of(control))
        return data

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.content, "lxml")

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    @property
    def title(self) -> str:
        return " ".join(self.page.title.get_text().split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.h1.get_text().split())

    def checked(self) -> dict[str, str]:
        return {control["name"]: control["value"] for control in self.page.select("input[checked]")}


def _value_of(control: Tag) -> str:
    """What a browser would send of it; the new line a browser drops at the start of a long text is not there."""
    if control.name == "textarea":
        return control.text.removeprefix("\n")
    if control.name == "select":
        chosen = control.select_one("option[selected]") or control.find("option")
        return chosen["value"]
    return control.get("value", "")


def enter(code: str, **headers: str) -> Walker:
    return Walker().get().press("Continuer", headers=headers, code=code)
