import os

import stripe
from anthropic import Anthropic
from google import genai
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from openai import OpenAI

BASE = os.environ["BASE"]


def ask(content):
    return {"model": "m", "messages": [{"role": "user", "content": content}]}


openai = OpenAI(api_key="key", base_url=BASE + "/openai")
openai.chat.completions.create(**ask("mark-openai_chat"))
openai.chat.completions.create(**ask("mark-openai_retried"))  # 2 times mark-openai_retried
for part in openai.chat.completions.create(**ask("mark-openai_stream"), stream=True):
    pass
with openai.chat.completions.with_streaming_response.create(**ask("mark-openai_streaming")) as response:
    response.read()
openai.chat.completions.with_raw_response.create(**ask("mark-openai_raw"))
list(openai.models.list(extra_query={"a": "mark-openai_list"}))

anthropic = Anthropic(api_key="key", base_url=BASE + "/anthropic")
anthropic.messages.create(max_tokens=9, **ask("mark-anthropic_messages"))
anthropic.messages.create(max_tokens=9, **ask("mark-anthropic_retried"))  # 2 times mark-anthropic_retried

gemini = genai.Client(api_key="key", http_options={"base_url": BASE})
gemini.models.generate_content(model="gemini", contents="mark-gemini_generate")

customers = stripe.StripeClient("sk_test_1", base_addresses={"api": BASE}).v1.customers
customers.list({"email": "mark-stripe_list"})

llm = ChatOpenAI(api_key="key", base_url=BASE + "/langchain", model="m")
llm.invoke("mark-langchain_invoke")
for part in llm.stream("mark-langchain_stream"):
    pass
llm.batch(["mark-langchain_batch"])
chain = ChatPromptTemplate.from_template("{a}") | llm
chain.invoke({"a": "mark-langchain_chain"})
