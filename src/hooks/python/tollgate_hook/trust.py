"""Whom TLS trusts: on connections that are led to the gateway its authority, else whoever the program says."""
import functools
import os
from weakref import WeakKeyDictionary

from .gateway import gateway

#: What programs said of their contexts, of which contexts do not tell: what is theirs alone, and protocols.
_particular = WeakKeyDictionary()
_protocols = WeakKeyDictionary()
_system = ("/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


def watch_contexts(ssl):
    """Once `ssl` is loaded."""
    context = ssl.SSLContext
    if hasattr(context.load_verify_locations, "__wrapped__"):
        return
    load, chain, offer = context.load_verify_locations, context.load_cert_chain, context.set_alpn_protocols

    @functools.wraps(load)
    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        if cadata is not None or not (_is_usual(cafile) and _is_usual(capath)):
            _particular[self] = True
        return load(self, cafile, capath, cadata)

    @functools.wraps(chain)
    def load_cert_chain(self, *args, **options):
        _particular[self] = True
        return chain(self, *args, **options)

    @functools.wraps(offer)
    def set_alpn_protocols(self, alpn_protocols):
        _protocols[self] = list(alpn_protocols)
        return offer(self, alpn_protocols)

    context.load_verify_locations = load_verify_locations
    context.load_cert_chain = load_cert_chain
    context.set_alpn_protocols = set_alpn_protocols


def _is_usual(file):
    if file is None or not isinstance(file, (str, os.PathLike)):
        return file is None
    path = os.path.realpath(file)
    # What a library brings along is not the user's.
    if "/site-packages/" in path.replace("\\", "/"):
        return True
    state = gateway()
    usual = [*_system, *(state[2].trusts if state is not None else ())]
    return path in {os.path.realpath(one) for one in usual}


def for_gateway(context):
    """A context that trusts the gateway's authority alone, for one connection; None where the program's own matters."""
    import ssl

    state = gateway()
    if type(context).__module__.startswith("truststore."):
        # The system's certificates, which the gateway trusts, too.
        context = context._ctx
    if state is None or not state[2].ca or type(context).__module__ != "ssl" or context in _particular:
        return None
    if context.verify_mode != ssl.CERT_REQUIRED or not _is_usual(os.environ.get("SSL_CERT_FILE") or None):
        return None
    made = type(context)(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = context.check_hostname
    made.minimum_version = context.minimum_version
    made.maximum_version = context.maximum_version
    if context in _protocols:
        made.set_alpn_protocols(_protocols[context])
    with open(state[2].ca, encoding="ascii") as file:
        made.load_verify_locations(cadata=file.read())
    return made
