import os
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import requests
import urllib3
from requests.adapters import HTTPAdapter

BASE = os.environ["BASE"]
pool = urllib3.PoolManager()
pool.request("GET", BASE + "/mark-urllib3_get")
pool.request("POST", BASE + "/post", fields={"a": "mark-urllib3_post"})
pool.request("GET", BASE + "/mark-urllib3_retried", retries=urllib3.Retry(2, status_forcelist=[500]))  # 2 times mark-urllib3_retried

requests.get(BASE + "/mark-requests_get")
requests.post(BASE + "/post", json={"a": "mark-requests_post"})
with requests.Session() as session:
    session.mount("http://", HTTPAdapter(max_retries=urllib3.Retry(2, status_forcelist=[500])))
    session.get(BASE + "/mark-requests_session")
    session.get(  # @requests_lines
        BASE + "/lines",
        params={"a": "mark-requests_lines"},
    )
    session.get(BASE + "/mark-requests_retried")  # 2 times mark-requests_retried
    session.get(BASE + "/redirect?to=/mark-requests_redirected")  # 2 times mark-requests_redirected
    with session.get(BASE + "/mark-requests_streamed", stream=True) as response:
        list(response.iter_content())
    session.post(BASE + "/upload", data=(part for part in [b"mark-requests_upload", b"..."]))


def all_of(names):
    return [requests.get(BASE + name) for name in names]  # @requests_comprehension


all_of(["/mark-requests_comprehension"])
with ThreadPoolExecutor(2) as executor:
    executor.submit(requests.get, BASE + "/mark-requests_submit").result()
    executor.submit(lambda: requests.get(BASE + "/mark-requests_lambda")).result()
thread = threading.Thread(target=requests.get, args=(BASE + "/mark-requests_thread",))
thread.start()  # @requests_thread
thread.join()

httpx.get(BASE + "/mark-httpx_get")
with httpx.Client() as client:
    client.post(BASE + "/post", json={"a": "mark-httpx_client"})
    with client.stream("GET", BASE + "/mark-httpx_stream") as response:
        response.read()
    client.get(BASE + "/redirect?to=/mark-httpx_redirected", follow_redirects=True)  # 2 times mark-httpx_redirected
