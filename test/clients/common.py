"""What both programs share: each check is a function; its outcome is a line of JSON."""

import inspect
import json
import sys
import traceback

WEATHER = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
QUESTION = "Weather in Oslo and Rome?"
CITIES = [{"city": "Oslo"}, {"city": "Rome"}]


def run_checks(namespace, *given):
    """Runs all functions whose names begin with check_ and tells what became of them."""
    for name, check in list(namespace.items()):
        if not name.startswith("check_") or not inspect.isfunction(check):
            continue
        title = (check.__doc__ or name).strip()
        try:
            check(*given)
            error = None
        except BaseException:  # A check may fail in any way, and the next is still of interest.
            error = traceback.format_exc()
        print(json.dumps({"title": title, "error": error}), flush=True)


def arguments():
    """The gateway's address, the key, and the models to speak to."""
    return sys.argv[1], sys.argv[2], sys.argv[3].split(",")
