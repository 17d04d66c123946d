"""Columns that tell who answered, from where or when."""

from __future__ import annotations

import re
from collections.abc import Iterable

from labqvt_forms.answers.matching import fold

NAMES = frozenset(
    {
        "submitdate", "datestamp", "startdate", "ipaddr", "refurl", "token", "seed", "email", "e-mail", "email_address",
        # LimeSurvey, by its titles in French and English
        "date de soumission", "date submitted", "date de départ", "date de lancement", "date started",
        "date de la dernière action", "date last action", "adresse ip", "ip address", "url de référence",
        "referrer url", "code d'accès", "access code", "invitation", "tête de série", "invitation token",
        "adresse e-mail", "adresse mail", "adresse électronique", "email address", "courriel",
        # ODK and Kobo
        "start", "end", "today", "deviceid", "device id", "username", "phonenumber", "phone number", "simserial",
        "subscriberid", "audit", "start-geopoint", "background-audio", "instanceid", "instancename", "uuid",
        "_id", "_uuid", "_submission_time", "_submitted_by", "_submission_date", "_date_modified", "_index",
        "_geolocation", "_xform_id_string", "formhub/uuid", "meta/instanceid", "meta/rootuuid",
        "meta/deprecatedid", "meta/audit", "rootuuid", "deprecatedid", "key", "submissiondate", "submittername",
        "submitterid", "_start", "_end", "__version__",
        # Others
        "timestamp", "horodateur", "horodatage", "ip", "starttime", "start time", "heure de début", "endtime",
        "end time", "completion time", "heure de fin", "heure de la dernière modification", "recipientemail",
        "recipientlastname", "recipientfirstname", "responseid", "recordeddate", "ipaddress", "enddate",
        "locationlatitude", "locationlongitude", "externalreference", "téléphone", "telephone", "phone",
        "nom d'utilisateur", "nom de l'utilisateur",
    }
)  # fmt: skip
_LIMESURVEY_NUMBERS = frozenset({"id", "id de la réponse", "response id"})
_LIMESURVEY_MARKS = frozenset({"lastpage", "dernière page", "last page", "startlanguage", "langue de départ"})
_PATH = re.compile(r"^.*[/.](?=[^/.]+$)")


def identifying(headers: Iterable[str]) -> list[str]:
    """Return the headers, among these, that hold metadata of a person; a bare ``id`` only in LimeSurvey's files.

    >>> identifying(["_uuid", "meta/instanceID", "service", "Date de soumission"])
    ['_uuid', 'meta/instanceID', 'Date de soumission']
    """
    known = list(headers)
    limesurvey = any(fold(header) in _LIMESURVEY_MARKS for header in known)
    return [
        header
        for header in known
        if (folded := fold(header)) in NAMES
        or _PATH.sub("", folded) in NAMES
        or (limesurvey and folded in _LIMESURVEY_NUMBERS)
    ]
