# OpenRouter with nothing installed. Run it: python3 plan.py
import json
import os
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

gateway = os.environ.get("TOLLGATE_URL") or sys.exit("TOLLGATE_URL is not set. Open a new terminal in VS Code.")


def complete(content):
    body = {"model": "openai/gpt-5", "max_tokens": 2048, "messages": [{"role": "user", "content": content}]}
    request = Request(f"{gateway}/openrouter/api/v1/chat/completions", data=json.dumps(body).encode())
    request.add_header("content-type", "application/json")
    request.add_header("authorization", f"Bearer {os.environ.get('OPENROUTER_API_KEY', 'sandbox')}")
    with urlopen(request) as response:
        return json.load(response)["choices"][0]["message"]["content"]


try:
    print(complete("Plan a week of tests."))
except HTTPError as error:
    sys.exit(f"Refused: {error.code} {error.read().decode()}")
