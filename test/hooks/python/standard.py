# What needs nothing installed.
import asyncio
import http.client
import os
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor

BASE = os.environ["BASE"]
connection = http.client.HTTPConnection(BASE[len("http://") :])
connection.request("GET", "/mark-httpclient_get")
connection.getresponse().read()
connection.request("POST", "/reused", body=b"mark-httpclient_reused")
connection.getresponse().read()
connection.putrequest("POST", "/by-hand")
connection.putheader("content-length", "23")
connection.endheaders()  # @httpclient_steps
connection.send(b"mark-httpclient_steps..")
connection.getresponse().read()

urllib.request.urlopen(BASE + "/mark-urllib_urlopen").read()
request = urllib.request.Request(BASE + "/post", data=b"mark-urllib_request", headers={"a": "b"})
with urllib.request.urlopen(request) as response:  # @urllib_request
    response.read()


class Client:
    def ask(self, path):
        return urllib.request.urlopen(BASE + path).read()  # @urllib_method


Client().ask("/mark-urllib_method")
exec("urllib.request.urlopen(BASE + '/mark-urllib_exec').read()")

with ThreadPoolExecutor(2) as executor:
    executor.submit(urllib.request.urlopen, BASE + "/mark-urllib_submit").result().read()
    list(executor.map(urllib.request.urlopen, [BASE + "/mark-urllib_map"]))


def load():
    for _ in range(20):
        urllib.request.urlopen(BASE + "/mark-urllib_crowd").read()  # 160 times mark-urllib_crowd


crowd = [threading.Thread(target=load) for _ in range(8)]
for one in crowd:
    one.start()
for one in crowd:
    one.join()
thread = threading.Thread(target=urllib.request.urlopen, args=(BASE + "/mark-urllib_thread",))
thread.start()  # @urllib_thread
thread.join()


async def main():
    loop = asyncio.get_running_loop()
    urllib.request.urlopen(BASE + "/mark-urllib_within").read()
    await loop.run_in_executor(None, urllib.request.urlopen, BASE + "/mark-urllib_executor")
    await asyncio.to_thread(urllib.request.urlopen, BASE + "/mark-urllib_tothread")
    work = asyncio.to_thread(urllib.request.urlopen, BASE + "/mark-urllib_early")
    await asyncio.sleep(0)
    await work


asyncio.run(main())
