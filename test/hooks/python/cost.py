# Prints the microseconds of CPU that a request takes with each client, as JSON.
import asyncio
import http.client
import json
import os
import time

import aiohttp
import httpx
import requests

BASE = os.environ["BASE"]
COUNT = 400
costs = {}


def measure(name, call):
    for _ in range(COUNT // 8):
        call()
    start = time.process_time()
    for _ in range(COUNT):
        call()
    costs[name] = (time.process_time() - start) / COUNT * 1e6


async def measure_async(name, call):
    for _ in range(COUNT // 8):
        await call()
    start = time.process_time()
    for _ in range(COUNT):
        await call()
    costs[name] = (time.process_time() - start) / COUNT * 1e6


connection = http.client.HTTPConnection(BASE[len("http://") :])


def by_hand():
    connection.request("GET", "/")
    connection.getresponse().read()


async def main():
    async with httpx.AsyncClient() as client, aiohttp.ClientSession() as aiohttp_session:

        async def by_httpx():
            await client.get(BASE)

        async def by_aiohttp():
            async with aiohttp_session.get(BASE) as response:
                await response.read()

        await measure_async("httpx, asyncio", by_httpx)
        await measure_async("aiohttp", by_aiohttp)


measure("http.client", by_hand)
session = requests.Session()
measure("requests", lambda: session.get(BASE))
with httpx.Client() as client:
    measure("httpx", lambda: client.get(BASE))
asyncio.run(main())
print(json.dumps(costs))
