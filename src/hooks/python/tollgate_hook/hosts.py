"""Which hosts are led to the gateway, by the lists of its state."""
import os


class Hosts:
    """
    `api.example.com`, `.example.com` for all below it, `*` for any; each may end in `:port`. Mind that other protocols
    than HTTP have ports, too: an entry without one holds for ports 80 and 443. `ca`: the file of the certificate that is
    to be trusted, or None, where TLS may not be led there. `trusts`: files that the gateway trusts itself.
    """

    def __init__(self, state):
        self.pid = state["pid"]
        self.included = frozenset(state.get("hosts") or ())
        self.excluded = frozenset(state.get("exclude") or ())
        self.ca = state.get("ca")
        self.trusts = frozenset([*(state.get("trusts") or ()), *filter(None, [state.get("bundle")])])

    def has(self, host, port):
        """Whether connections there are to be led to the gateway."""
        if not self.included or self.pid == os.getpid() or os.environ.get("TOLLGATE_REROUTE") == "off":
            return False
        if not isinstance(host, str) or not isinstance(port, int) or (port == 443 and not self.ca):
            return False
        names = _names_of(host)
        withport = ["%s:%d" % (name, port) for name in names]
        if not self.excluded.isdisjoint(names) or not self.excluded.isdisjoint(withport):
            return False
        if not self.included.isdisjoint(withport):
            return True
        return port in (80, 443) and not self.included.isdisjoint(names)


def _names_of(host):
    """The entries that stand for a host."""
    name = host.lower().rstrip(".").strip("[]")
    if ":" in name:
        return ["[%s]" % name, "*"]
    if name.replace(".", "").isdigit():
        return [name, "*"]
    parts = name.split(".")
    return [name, *("." + ".".join(parts[at:]) for at in range(1, len(parts))), "*"]
