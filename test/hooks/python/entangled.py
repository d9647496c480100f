# Calls that come about in roundabout ways.
import asyncio
import contextlib
import functools
import os
import threading

import aiohttp
import anyio
import httpx
import requests

BASE = os.environ["BASE"]


def repeated(function):
    @functools.wraps(function)
    async def repeating(*parameters):
        return await function(*parameters)

    return repeating


class Service:
    def __init__(self, client):
        self.client = client

    def get(self, path):
        return self.client.get(BASE + path)  # @httpx_wrapped

    @repeated
    async def decorated(self, path):
        return await self.client.get(BASE + path)  # @httpx_decorated

    @property
    def lazy(self):
        return self.client.get(BASE + "/mark-httpx_property")

    async def __aenter__(self):
        await self.client.get(BASE + "/mark-httpx_enter")
        return self

    async def __aexit__(self, *_details):
        pass


async def produce(queue, client):
    await queue.put(client.get(BASE + "/mark-httpx_queued"))


async def consume(queue):
    await (await queue.get())


async def hook(_request):
    async with httpx.AsyncClient() as client:
        await client.get(BASE + "/mark-httpx_hook")


def generate(paths):
    for path in paths:
        yield requests.get(BASE + path)  # @requests_generator


async def main():
    loop = asyncio.get_running_loop()
    async with httpx.AsyncClient() as client:
        service = Service(client)
        await service.get("/mark-httpx_wrapped")
        await service.decorated("/mark-httpx_decorated")
        await service.lazy
        async with service:
            pass
        queue = asyncio.Queue()
        await asyncio.gather(produce(queue, client), consume(queue))
        calls = [
            client.get(BASE + "/mark-httpx_completeda"),
            client.get(BASE + "/mark-httpx_completedb"),
        ]
        for call in asyncio.as_completed(calls):
            await call
        await asyncio.wait({asyncio.ensure_future(client.get(BASE + "/mark-httpx_wait"))})
        await asyncio.shield(client.get(BASE + "/mark-httpx_shield"))

        def later():
            asyncio.ensure_future(client.get(BASE + "/mark-httpx_callback"))

        loop.call_later(0.01, later)
        await asyncio.sleep(0.1)
        async with httpx.AsyncClient(event_hooks={"request": [hook]}) as hooked:
            await hooked.get(BASE + "/mark-httpx_hooked")
        async with contextlib.AsyncExitStack() as stack:
            response = await stack.enter_async_context(client.stream("GET", BASE + "/mark-httpx_stack"))
            await response.aread()
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(client.get(BASE + "/mark-httpx_safely"), loop))
        await (
            client.get(BASE + "/mark-httpx_parentheses")
        )
        async with anyio.create_task_group() as group:
            group.start_soon(client.get, BASE + "/mark-httpx_taskgroup")
        await anyio.to_thread.run_sync(requests.get, BASE + "/mark-requests_anyio")
        await functools.partial(client.get, BASE + "/partial")(params={"a": "mark-httpx_partial"})
        request = client.build_request("GET", BASE + "/mark-httpx_built")
        await client.send(request)  # @httpx_built
    async with aiohttp.ClientSession() as session:
        call = session.post(BASE + "/post", data="mark-aiohttp_variable")
        async with call as response:  # the call was made above
            await response.read()


asyncio.run(main())
list(generate(["/mark-requests_generator"]))
list(map(requests.get, [BASE + "/mark-requests_map"]))


async def together():
    async with httpx.AsyncClient() as client:
        await asyncio.gather(client.get(BASE + "/mark-httpx_thread"))


thread = threading.Thread(target=lambda: asyncio.run(together()))
thread.start()
thread.join()
timer = threading.Timer(0.01, requests.get, args=(BASE + "/mark-requests_timer",))
timer.start()  # @requests_timer
timer.join()
