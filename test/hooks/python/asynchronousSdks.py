import asyncio
import os

import stripe
from anthropic import AsyncAnthropic
from google import genai
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI

BASE = os.environ["BASE"]


def ask(content):
    return {"model": "m", "messages": [{"role": "user", "content": content}]}


async def main():
    openai = AsyncOpenAI(api_key="key", base_url=BASE + "/openai")
    await openai.chat.completions.create(**ask("mark-openai_await"))
    await openai.chat.completions.create(**ask("mark-openai_aretried"))  # 2 times mark-openai_aretried
    asked = [openai.chat.completions.create(**ask("mark-openai_gather")) for _ in range(3)]  # 3 times mark-openai_gather
    await asyncio.gather(*asked)
    pending = openai.chat.completions.create(**ask("mark-openai_early"))
    await asyncio.sleep(0)
    await pending
    stream = await openai.chat.completions.create(**ask("mark-openai_astream"), stream=True)
    async for part in stream:
        pass
    async with openai.chat.completions.with_streaming_response.create(**ask("mark-openai_astreaming")) as response:
        await response.read()
    async for model in openai.models.list(extra_query={"a": "mark-openai_alist"}):
        pass

    anthropic = AsyncAnthropic(api_key="key", base_url=BASE + "/anthropic")
    await anthropic.messages.create(max_tokens=9, **ask("mark-anthropic_await"))

    gemini = genai.Client(api_key="key", http_options={"base_url": BASE})
    await gemini.aio.models.generate_content(model="gemini", contents="mark-gemini_await")

    customers = stripe.StripeClient("sk_test_1", base_addresses={"api": BASE}).v1.customers
    await customers.list_async({"email": "mark-stripe_await"})

    llm = ChatOpenAI(api_key="key", base_url=BASE + "/langchain", model="m")
    await llm.ainvoke("mark-langchain_ainvoke")
    await llm.abatch(["mark-langchain_abatch"])
    async for part in llm.astream("mark-langchain_astream"):
        pass
    chain = ChatPromptTemplate.from_template("{a}") | llm
    await chain.ainvoke({"a": "mark-langchain_achain"})
    async for part in chain.astream({"a": "mark-langchain_achainstream"}):
        pass


asyncio.run(main())
