"""Walks in a real Chromium, against a demonstration started as a person starts it: one command, its own folder."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.demonstration import Demonstration, shared_demonstration

WIDTHS = {"phone": 360, "tablet": 768, "desk": 1440}
Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Demonstration]:
    """One demonstration for the whole run, however many workers share it."""
    base = tmp_path_factory.getbasetemp()
    with shared_demonstration((base if worker_id == "master" else base.parent) / "demonstration") as shared:
        yield shared


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; the background services it would call are turned off."""
    return browser_type_launch_args | {
        "executable_path": os.environ.get("LABQVT_CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    }  # fmt: skip


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "fr-FR", "viewport": {"width": WIDTHS["phone"], "height": 800}}


@pytest.fixture
def phone(demo: Demonstration, new_context: Callable[..., BrowserContext]) -> Iterator[Opener]:
    """Take a phone in hand: its own memory, with or without scripts. At the end, no page complained of anything."""
    complaints: list[str] = []

    def take(*, javascript: bool = True) -> Page:
        context = new_context(base_url=demo.url, java_script_enabled=javascript, has_touch=True)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{page.url} : {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url} : {error}"))
        return page

    yield take
    # A refusal (4xx) and a network that was cut are written in the console by Chromium itself: the walk asserts
    # what the page says then.
    own = ("the server responded with a status of 4", "net::ERR_FAILED", "net::ERR_INTERNET_DISCONNECTED")
    assert [
        said for said in complaints if not any(f"Failed to load resource: {one}" in said for one in own)
    ] == []
