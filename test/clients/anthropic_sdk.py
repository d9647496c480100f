"""Anthropic's SDK for Python through the gateway: nothing is set but the base URL and the key."""

import time

import anthropic
from common import CITIES, QUESTION, WEATHER, arguments, run_checks

TOOL = {"name": "weather", "description": "Tells it", "input_schema": WEATHER}


def ask(text):
    return [{"role": "user", "content": text}]


def check_whole(client, models):
    """chats, whole"""
    for model in models:
        answer = client.messages.create(model=model, max_tokens=99, messages=ask("Hi"), system="Be brief.")
        assert [block.text for block in answer.content] == ["Hello"], answer
        assert answer.stop_reason == "end_turn", answer
        assert (answer.usage.input_tokens, answer.usage.output_tokens) == (10, 5), answer.usage


def check_stream(client, models):
    """chats, streamed"""
    for model in models:
        with client.messages.stream(model=model, max_tokens=99, messages=ask("Hi")) as stream:
            text = "".join(stream.text_stream)
            final = stream.get_final_message()
        assert (text, final.stop_reason, final.usage.output_tokens) == ("Hello", "end_turn", 5), final


def check_tools(client, models):
    """calls two tools at once, streamed, and hears the rest"""
    for model in models:
        messages = ask(QUESTION)
        with client.messages.stream(model=model, max_tokens=99, messages=messages, tools=[TOOL]) as stream:
            pieces = [event.delta.partial_json for event in stream if is_piece(event)]
            first = stream.get_final_message()
        calls = [block for block in first.content if block.type == "tool_use"]
        assert len(pieces) >= 2 and [call.input for call in calls] == CITIES, first
        assert first.stop_reason == "tool_use", first
        messages.append({"role": "assistant", "content": first.content})
        results = [{"type": "tool_result", "tool_use_id": call.id, "content": "fine"} for call in calls]
        messages.append({"role": "user", "content": results})
        second = client.messages.create(model=model, max_tokens=99, messages=messages, tools=[TOOL])
        assert second.content[0].text == "Cold there, warm here.", second


def is_piece(event):
    return event.type == "content_block_delta" and event.delta.type == "input_json_delta"


def check_images(client, models):
    """shows an image"""
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    source = {"type": "base64", "media_type": "image/png", "data": pixel}
    content = [{"type": "image", "source": source}, {"type": "text", "text": "Hi"}]
    for model in models:
        answer = client.messages.create(model=model, max_tokens=99, messages=[{"role": "user", "content": content}])
        assert answer.content[0].text == "Hello", answer


def check_models(client, models):
    """lists models"""
    listed = [model.id for model in client.models.list(limit=1000)]
    assert all(model in listed for model in models), listed[:20]


def check_errors(client, models):
    """raises the exceptions that belong to the failures"""
    expected = {
        "bad key": anthropic.AuthenticationError,
        "forbidden": anthropic.PermissionDeniedError,
        "missing": anthropic.NotFoundError,
        "too much": anthropic.RateLimitError,
        "malformed": anthropic.BadRequestError,
        "broken": anthropic.InternalServerError,
    }
    patient = client.with_options(max_retries=0)
    for model in models:
        for text, kind in expected.items():
            try:
                patient.messages.create(model=model, max_tokens=9, messages=ask(text))
                raise AssertionError(f"{model} answered {text!r}")
            except anthropic.APIStatusError as error:
                assert type(error) is kind, (model, text, type(error))
                assert text in str(error.body), error.body


def check_retry(client, models):
    """waits as long as it is told and tries again"""
    for model in models:
        start = time.monotonic()
        answer = client.messages.create(model=model, max_tokens=9, messages=ask("Slow down once, Claude " + model))
        assert answer.content[0].text == "Hello", answer
        assert time.monotonic() - start >= 1, "it did not wait for the second that it was told"


if __name__ == "__main__":
    url, key, names = arguments()
    run_checks(globals(), anthropic.Anthropic(base_url=url, api_key=key), names)
