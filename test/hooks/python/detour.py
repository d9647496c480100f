# Calls of all kinds to hosts that are led to the gateway, and what becomes of them; see `detours.ts`.
import os
import sys
import urllib.error
import urllib.request

SECURE, PLAIN, WRONG = (os.environ[name] for name in ("SECURE", "PLAIN", "WRONG"))


def show(name, what):
    print("%s: %s" % (name, what), flush=True)


def kind_of(error):
    while getattr(error, "reason", None) is not None and isinstance(error.reason, BaseException):
        error = error.reason
    return type(error).__name__


def get(url, data=None):
    with urllib.request.urlopen(url, data, timeout=20) as answer:
        return answer.read().decode()


show("urllib", get(SECURE + "/urllib"))
show("plain", get(PLAIN + "/plain"))
show("posted", get(SECURE + "/posted", b"x" * 300000))
show("stream", get(SECURE + "/stream").replace("\n", " "))
try:
    show("wrong", get(WRONG + "/wrong"))
except urllib.error.URLError as error:
    show("wrong", kind_of(error))
try:
    show("refused", get("https://localhost:9/"))
except urllib.error.URLError as error:
    show("refused", kind_of(error))
if "packages" in sys.argv:
    import asyncio

    import aiohttp
    import httpx
    import requests

    show("requests", requests.get(SECURE + "/requests", timeout=20).text)
    show("httpx", httpx.get(SECURE + "/httpx", timeout=20).text)
    try:
        show("wrong requests", requests.get(WRONG + "/wrong", timeout=20).status_code)
    except requests.exceptions.SSLError:
        show("wrong requests", "SSLError")

    async def asynchronous():
        async with httpx.AsyncClient(timeout=20) as client:
            show("async httpx", (await client.get(SECURE + "/async-httpx")).text)
        async with aiohttp.ClientSession(trust_env=True) as session:
            async with session.get(SECURE + "/aiohttp") as answer:
                show("aiohttp", await answer.text())

    asyncio.run(asynchronous())
try:
    show("half", len(get(SECURE + [one for one in sys.argv if one.startswith("/half")][0])))
except Exception:
    show("half", "cut off")
show("after", get(SECURE + "/after"))
