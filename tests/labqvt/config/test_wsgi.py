"""What the server is given to send: waitress adds and removes nothing."""

from wsgiref.util import setup_testing_defaults

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "has_body"), [("GET", True), ("HEAD", False)])
def test_a_head_gets_the_headers_of_the_page_and_no_body(method, has_body):
    from labqvt.config.wsgi import application

    environ = {"REQUEST_METHOD": method, "PATH_INFO": "/confidentialite/"}
    setup_testing_defaults(environ)
    environ["HTTP_HOST"] = "testserver"
    headers: dict[str, str] = {}
    content = application(
        environ, lambda status, given: headers.update(given) or headers.update(status=status)
    )
    assert headers["status"] == "200 OK"
    assert int(headers["Content-Length"]) > 1000
    assert bool(b"".join(content)) is has_body
