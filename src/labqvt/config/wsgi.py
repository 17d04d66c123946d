"""The WSGI application served by ``labqvt serve``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labqvt.config.settings")
application = get_wsgi_application()
