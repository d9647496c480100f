"""OpenAI's SDK for Python through the gateway: nothing is set but the base URL and the key."""

import base64
import io
import json
import time

import openai
from common import CITIES, QUESTION, WEATHER, arguments, run_checks

TOOL = {"type": "function", "function": {"name": "weather", "description": "Tells it", "parameters": WEATHER}}


def ask(text):
    return [{"role": "user", "content": text}]


def check_whole(client, models):
    """chats, whole"""
    for model in models:
        answer = client.chat.completions.create(model=model, messages=ask("Hi"), max_completion_tokens=99)
        assert answer.choices[0].message.content == "Hello", answer
        assert answer.choices[0].finish_reason == "stop", answer
        assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (10, 5), answer.usage


def check_raw(client, models):
    """tells what an answer cost in its head"""
    raw = client.chat.completions.with_raw_response.create(model=models[0], messages=ask("Hi"))
    assert raw.headers["x-tollgate-cost-usd"] == "0.00006", raw.headers
    assert raw.parse().choices[0].message.content == "Hello"


def check_stream(client, models):
    """chats, streamed, with usage only where it was asked for"""
    for model in models:
        for options in ({}, {"stream_options": {"include_usage": True}}):
            text, usages = "", []
            for chunk in client.chat.completions.create(model=model, messages=ask("Hi"), stream=True, **options):
                text += "".join(choice.delta.content or "" for choice in chunk.choices)
                usages += [chunk.usage] if chunk.usage is not None else []
            assert text == "Hello", text
            assert [usage.total_tokens for usage in usages] == ([15] if options else []), usages


def check_tools(client, models):
    """calls two tools at once and hears the rest, whole"""
    for model in models:
        messages = [{"role": "system", "content": "Be brief."}, *ask(QUESTION)]
        first = client.chat.completions.create(model=model, messages=messages, tools=[TOOL])
        calls = first.choices[0].message.tool_calls
        assert [json.loads(call.function.arguments) for call in calls] == CITIES, calls
        assert first.choices[0].finish_reason == "tool_calls", first
        messages.append(first.choices[0].message)
        messages += [{"role": "tool", "tool_call_id": call.id, "content": "fine"} for call in calls]
        second = client.chat.completions.create(model=model, messages=messages, tools=[TOOL])
        assert second.choices[0].message.content == "Cold there, warm here.", second


def check_tool_deltas(client, models):
    """puts two calls together from their pieces, by the SDK's own helper"""
    for model in models:
        with client.chat.completions.stream(model=model, messages=ask(QUESTION), tools=[TOOL]) as stream:
            kinds = {event.type for event in stream}
            calls = stream.get_final_completion().choices[0].message.tool_calls
        assert "tool_calls.function.arguments.delta" in kinds, kinds
        assert [json.loads(call.function.arguments) for call in calls] == CITIES, calls


def check_structured(client, models):
    """parses structured output"""
    schema = {"name": "place", "schema": WEATHER, "strict": True}
    for model in models:
        answer = client.chat.completions.create(
            model=model,
            messages=ask("A place as JSON"),
            response_format={"type": "json_schema", "json_schema": schema},
        )
        assert json.loads(answer.choices[0].message.content) == {"city": "Oslo"}, answer


def check_responses(client, models):
    """has responses, whole and streamed"""
    for model in models[1:]:
        answer = client.responses.create(model=model, input="Hi", instructions="Be brief.")
        assert answer.output_text == "Hello", answer
        with client.responses.stream(model=model, input="Hi") as stream:
            text = "".join(event.delta for event in stream if event.type == "response.output_text.delta")
            final = stream.get_final_response()
        assert (text, final.output_text, final.status) == ("Hello", "Hello", "completed"), final


def check_embeddings(client, models):
    """embeds, in floats and in base64"""
    for options in ({}, {"encoding_format": "float"}):
        answer = client.embeddings.create(model="openai/text-embedding-3-small", input=["a", "b"], **options)
        assert [one.embedding for one in answer.data] == [[0.25, -0.5, 1.0]] * 2, answer
    translated = client.embeddings.create(model="gemini/gemini-embedding-001", input=["a", "b"])
    assert [one.embedding for one in translated.data] == [[0.25, -0.5, 1.0]] * 2, translated


def check_images(client, models):
    """makes and edits images"""
    made = client.images.generate(model="openai/gpt-image-1", prompt="A pixel", size="1024x1024")
    assert base64.b64decode(made.data[0].b64_json) == b"image", made
    picture = ("a.png", io.BytesIO(b"\x89PNG"), "image/png")
    edited = client.images.edit(model="openai/gpt-image-1", prompt="Larger", image=picture)
    assert edited.usage.output_tokens == 1056, edited


def check_audio(client, models):
    """speaks and listens"""
    spoken = client.audio.speech.create(model="openai/gpt-4o-mini-tts", voice="alloy", input="Hi").read()
    assert spoken == bytes((at * 37) % 256 for at in range(4096)), len(spoken)
    heard = client.audio.transcriptions.create(
        model="openai/gpt-4o-transcribe", file=("a.wav", io.BytesIO(spoken), "audio/wav")
    )
    assert len(heard.text) == 8 and heard.usage.input_token_details.audio_tokens == 10, heard


def check_models(client, models):
    """lists models, and finds one"""
    listed = [model.id for model in client.models.list()]
    assert all(model in listed for model in models), listed[:20]
    assert client.models.retrieve(models[1]).id == models[1]


def check_errors(client, models):
    """raises the exceptions that belong to the failures"""
    expected = {
        "bad key": openai.AuthenticationError,
        "forbidden": openai.PermissionDeniedError,
        "missing": openai.NotFoundError,
        "too much": openai.RateLimitError,
        "broken": openai.InternalServerError,
        "malformed": openai.BadRequestError,
    }
    patient = client.with_options(max_retries=0)
    for model in models:
        for text, kind in expected.items():
            try:
                patient.chat.completions.create(model=model, messages=ask(text))
                raise AssertionError(f"{model} answered {text!r}")
            except openai.APIStatusError as error:
                assert type(error) is kind, (model, text, type(error))
                assert text in error.message, error.message
    try:
        patient.chat.completions.create(model="nobody/nothing", messages=ask("Hi"))
        raise AssertionError("a model that is not there")
    except openai.NotFoundError as error:
        assert error.code == "not_found", error


def check_retry(client, models):
    """waits as long as it is told and tries again"""
    for model in models:
        start = time.monotonic()
        answer = client.chat.completions.create(model=model, messages=ask("Slow down once " + model))
        assert answer.choices[0].message.content == "Hello", answer
        assert time.monotonic() - start >= 1, "it did not wait for the second that it was told"


if __name__ == "__main__":
    url, key, names = arguments()
    run_checks(globals(), openai.OpenAI(base_url=url + "/v1", api_key=key), names)
