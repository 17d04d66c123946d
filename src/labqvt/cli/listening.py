"""The address a server listens on, or the sentence that says why it cannot."""

import socket

from labqvt.cli.outcome import Refused


def bound(host: str, port: int) -> socket.socket:
    """Return a socket bound to this address; refuse, and say what to type instead, when it cannot be."""
    if not 0 < port < 65536:
        raise Refused(f"le port {port} n’existe pas : un port va de 1 à 65535.")
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Refused(f"l’adresse « {host} » est inconnue de cette machine ({error.strerror}).") from error
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except OSError as error:
        listening.close()
        other = port + 1 if port < 65535 else port - 1
        raise Refused(
            f"impossible d’écouter sur {host}:{port} ({error.strerror}). "
            f"Arrêtez le programme qui occupe ce port, ou choisissez-en un autre : --port {other}."
        ) from error
    return listening
