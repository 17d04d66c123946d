"""Settings: one file, environment only (all variables prefixed ``LABQVT_``), refusing to start on a doubt.

docs/guides/administrateur.md lists every variable with its default.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from labqvt.config.errors import ConfigurationError

env = environ.Env()
env.prefix = "LABQVT_"

PACKAGE_DIR = Path(__file__).resolve().parent.parent
BASE_DIR = PACKAGE_DIR.parent.parent
# Everything the instance writes lives under one folder: database, files, keys, mail of the demonstration.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))


def _flag(name: str, *, default: bool) -> bool:
    raw = env.str(name, default="")
    if raw == "":
        return default
    if raw not in {"0", "1", "true", "false", "True", "False"}:
        raise ConfigurationError(f"LABQVT_{name} vaut « {raw} » : écrivez 1 (oui) ou 0 (non).")
    return raw in {"1", "true", "True"}


def _secret_key() -> str:
    if key := env.str("SECRET_KEY", default=""):
        return key
    kept = VAR_DIR / "secret-key"
    if kept.is_file():
        return kept.read_text(encoding="ascii").strip()
    if DEBUG:
        return "insecure-key-for-development-only"
    raise ConfigurationError(
        "LABQVT_SECRET_KEY manque : donnez à cette variable une longue valeur tirée au hasard, "
        "ou lancez « ./labqvt demo », qui crée la sienne."
    )


def _database() -> dict[str, object]:
    url = env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'labqvt.sqlite3'}"
    scheme = urlsplit(url).scheme
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ConfigurationError(
            f"LABQVT_DATABASE_URL commence par « {scheme} » : "
            "attendu sqlite:///chemin ou postgresql://compte:secret@hote/base."
        )
    try:
        database = env.db_url_config(url)
    except (ValueError, ImproperlyConfigured) as error:
        raise ConfigurationError(f"LABQVT_DATABASE_URL est illisible : {error}.") from error
    if scheme == "sqlite":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an answer acknowledged is an answer kept, power cut included. secure_delete: what was
            # destroyed is overwritten, not merely unlinked.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
            # Rows set aside while the order of sheets is dealt again never touch the disk.
            "PRAGMA temp_store=MEMORY;",
        }
        # A file, not memory: write-ahead logging and hidden row order exist only in a real file.
        database["TEST"] = {"NAME": str(VAR_DIR / "test" / "labqvt-test.sqlite3")}
    # Opening a connection and setting its pragmas costs more than most pages.
    database["CONN_MAX_AGE"] = 60
    return database


DEBUG = _flag("DEBUG", default=False)
SECRET_KEY = _secret_key()
# The demonstration shows what production hides: outgoing mail, logins of the roles, what is simulated.
DEMONSTRATION = _flag("DEMONSTRATION", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SECURE_COOKIES = _flag("SECURE_COOKIES", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "labqvt.foundation",
    "labqvt.documents",
    "labqvt.people",
    "labqvt.programmes",
    "labqvt.governance",
    "labqvt.instruments",
    "labqvt.campaigns",
    "labqvt.structure_surveys",
    "labqvt.responses",
    "labqvt.evidence",
    "labqvt.verbatims",
    "labqvt.diagnostics",
    "labqvt.action_plans",
    "labqvt.indicators",
    "labqvt.cockpit",
    "labqvt.public_site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "labqvt.responses.apart.answer_apart",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "labqvt.foundation.private_pages.keep_out_of_caches",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # deny by default
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "labqvt.config.urls"
WSGI_APPLICATION = "labqvt.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "labqvt.foundation.context.surroundings",
            ],
        },
    }
]
FORM_RENDERER = "labqvt.foundation.forms_rendering.Renderer"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
# scrypt: as strong as PBKDF2 at its million rounds, six times quicker to check on a small machine.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "cockpit:home"
LOGOUT_REDIRECT_URL = "public_site:home"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = "Europe/Paris"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILES_DIR = VAR_DIR / "files"
# Private keys of campaigns: beside the database, never in it, never in a backup.
KEYS_DIR = VAR_DIR / "keys"
OUTBOX_DIR = VAR_DIR / "outbox"

if email_url := env.str("EMAIL_URL", default=""):
    try:
        vars().update(env.email_url_config(email_url))
    except (KeyError, ValueError, ImproperlyConfigured) as error:
        raise ConfigurationError(
            f"LABQVT_EMAIL_URL est illisible ({error}) : attendu smtp+tls://compte:secret@hote:587."
        ) from error
else:
    EMAIL_BACKEND = "labqvt.foundation.mail.OutboxBackend"
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="Lab’QVT <ne-pas-repondre@labqvt.invalid>")

# The State’s « Recherche d’entreprises »; empty, the tool never asks it anything.
COMPANY_SEARCH_URL = env.str("COMPANY_SEARCH_URL", default="https://recherche-entreprises.api.gouv.fr/search")
MIN_GROUP = env.str("MIN_GROUP", default="6")
if not MIN_GROUP.isdigit() or int(MIN_GROUP) < 6:
    raise ConfigurationError(
        f"LABQVT_MIN_GROUP vaut « {MIN_GROUP} » : un entier d’au moins 6 est attendu "
        "(le seuil peut être relevé, jamais abaissé)."
    )
MIN_GROUP = int(MIN_GROUP)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_AGE = 60 * 60 * 12
# A slow or hostile upload never reaches a form: the upload gate has the last word under these ceilings.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"labqvt": {"level": "INFO"}},
}
