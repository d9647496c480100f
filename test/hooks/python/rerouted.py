# Calls to hosts that exist nowhere: what comes back has gone through the gateway.
import asyncio
import http.client
import urllib.request

import aiohttp
import httpx
import openai
import requests
import stripe
import urllib3

HOST = "https://api.listed.invalid"
PLAIN = "http://api.listed.invalid"

urllib.request.urlopen(HOST + "/mark-urllib_tls").read()
urllib.request.urlopen(PLAIN + "/mark-urllib_plain").read()
connection = http.client.HTTPSConnection("api.listed.invalid")
connection.request("GET", "/mark-httpclient_tls")
connection.getresponse().read()
connection.request("GET", "/mark-httpclient_kept")
connection.getresponse().read()
pool = urllib3.PoolManager()
pool.request("GET", HOST + "/mark-urllib3_tls")
pool.request("GET", PLAIN + "/mark-urllib3_plain")
requests.get(HOST + "/mark-requests_tls")
with requests.Session() as session:
    session.get(HOST + "/mark-requests_session")
    session.get(HOST + "/mark-requests_again")
httpx.get(HOST + "/mark-httpx_tls")
httpx.get(PLAIN + "/mark-httpx_plain")
with httpx.Client() as client:
    client.post(HOST + "/post", json={"a": "mark-httpx_client"})
ask = {"model": "m", "messages": [{"role": "user", "content": "mark-openai_tls"}]}  # no call
openai.OpenAI(api_key="key", base_url=HOST).chat.completions.create(**ask)  # @openai_tls
stripe.api_key = "sk_test_key"
stripe.api_base = HOST
stripe.Customer.create(name="mark-stripe_tls")


async def main():
    async with httpx.AsyncClient() as client:
        await client.get(HOST + "/mark-httpx_async")
        await client.get(PLAIN + "/mark-httpx_asyncplain")
    async with aiohttp.ClientSession() as session:
        async with session.get(HOST + "/mark-aiohttp_tls") as response:
            await response.read()
        async with session.get(PLAIN + "/mark-aiohttp_plain") as response:
            await response.read()
    message = {"role": "user", "content": "mark-openai_async"}  # no call
    completions = openai.AsyncOpenAI(api_key="key", base_url=HOST).chat.completions
    await completions.create(model="m", messages=[message])  # @openai_async


asyncio.run(main())
