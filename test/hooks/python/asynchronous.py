import asyncio
import os

import aiohttp
import httpx
import requests

BASE = os.environ["BASE"]


def make(client):
    return client.get(BASE + "/mark-httpx_made")


def make_also(client):
    return client.get(BASE + "/mark-httpx_run")


async def together(client, name):
    await client.get(BASE + name)  # 20 times mark-httpx_crowd @httpx_crowd


async def main():
    async with httpx.AsyncClient() as client, aiohttp.ClientSession() as session:
        await client.get(BASE + "/mark-httpx_await")
        await client.post(BASE + "/post", json={"a": "mark-httpx_reused"})
        await asyncio.gather(
            client.get(BASE + "/mark-httpx_gathera"),
            client.get(BASE + "/mark-httpx_gatherb"),
        )
        await asyncio.gather(*(client.get(BASE + "/mark-httpx_gatherall") for _ in range(3)))  # 3 times mark-httpx_gatherall
        await asyncio.gather(*(together(client, "/mark-httpx_crowd") for _ in range(20)))
        task = asyncio.create_task(client.get(BASE + "/mark-httpx_task"))
        await asyncio.sleep(0)
        await task
        early = client.get(BASE + "/mark-httpx_early")
        await asyncio.sleep(0)
        await early
        await make(client)
        await asyncio.wait_for(client.get(BASE + "/mark-httpx_waitfor"), 5)
        waited = client.get(BASE + "/mark-httpx_waited")
        await asyncio.wait_for(waited, 5)
        done = [part async for part in parts(client)]
        assert done
        async with client.stream("GET", BASE + "/mark-httpx_astream") as response:
            await response.aread()
        forgotten = asyncio.ensure_future(client.get(BASE + "/mark-httpx_forgotten"))

        async with session.get(BASE + "/mark-aiohttp_with") as response:
            await response.read()
        response = await session.post(BASE + "/post", data="mark-aiohttp_await")
        await response.read()
        later = session.get(BASE + "/mark-aiohttp_early")
        await asyncio.sleep(0)
        await (await later).read()
        await asyncio.gather(session.get(BASE + "/mark-aiohttp_gathera"), session.get(BASE + "/mark-aiohttp_gatherb"))
        async with session.get(BASE + "/redirect?to=/mark-aiohttp_redirected") as response:  # 2 times mark-aiohttp_redirected
            await response.read()

        requests.get(BASE + "/mark-requests_within")
        await asyncio.to_thread(requests.get, BASE + "/mark-requests_tothread")
        await asyncio.get_running_loop().run_in_executor(None, requests.get, BASE + "/mark-requests_executor")
        await forgotten


async def parts(client):
    response = await client.get(BASE + "/mark-httpx_generator")
    yield response.text


asyncio.run(main())
asyncio.run(make_also(httpx.AsyncClient()))
