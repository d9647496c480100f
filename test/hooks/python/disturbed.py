# Shows all that a hook could disturb: answers, refusals, tracebacks, warnings, paths, threads, exit.
import asyncio
import http.client
import os
import sys
import threading
import traceback
import urllib.request
from concurrent.futures import ThreadPoolExecutor

BASE = os.environ["BASE"]
CLOSED = "http://127.0.0.1:9"
print(sys.path, getattr(sys.modules.get("sitecustomize"), "WHO", None))
print(urllib.request.urlopen(BASE + "/some").read())
connection = http.client.HTTPConnection(BASE[len("http://") :])
for path in ["/one", "/two"]:
    connection.request("GET", path)
    print(connection.getresponse().read())
print(http.client.HTTPConnection.send.__qualname__, "sock" in vars(connection), connection.sock is None)
try:
    http.client.HTTPConnection(CLOSED[len("http://") :]).request("GET", "/")
except OSError:
    traceback.print_exc()
with ThreadPoolExecutor(1) as executor:
    print(executor.submit(urllib.request.urlopen, CLOSED).exception())
    print(executor.submit(sum, 1).exception())


def fail():
    raise ValueError("in a thread")


thread = threading.Thread(target=fail)
thread.start()
thread.join()


async def never():
    pass


async def main():
    never()
    task = asyncio.create_task(never())
    await task
    try:
        await asyncio.to_thread(urllib.request.urlopen, CLOSED)
    except OSError:
        traceback.print_exc()


asyncio.run(main())
urllib.request.urlopen(CLOSED)
