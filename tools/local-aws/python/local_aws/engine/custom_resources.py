"""A custom resource whose function fails is a failed resource, at once.

MiniStack waits for the function's answer for up to an hour even when the function could not start. (AWS waits too, but
there a function has been retried and its error can be looked up meanwhile.)

Functions that the custom resource's own function calls get the same event, and may fail: the CDK's provider framework
polls with a function that fails until what it waits for has happened.
"""

from .. import hooks

LAMBDA = "ministack.services.lambda_svc"
custom_resource = hooks.borrow("ministack.services.cloudformation.custom_resource", "_pending", "deliver_response")

_RESPONSE_PATH = "/_ministack/cfn-response/"


def _answering_for_failures(original):
    def execute(function, event):
        result = original(function, event)
        response_url = event.get("ResponseURL", "") if isinstance(event, dict) else ""
        if result.get("error") and _RESPONSE_PATH in response_url and _is_of_the_resource(function, event):
            token = response_url.split(_RESPONSE_PATH)[1]
            # A function that answered and failed afterwards has answered.
            if (custom_resource._pending.get(token) or {}).get("result") is None:
                custom_resource.deliver_response(token, {"Status": "FAILED", "Reason": _reason(result)})
        return result

    return execute


def _is_of_the_resource(function: dict, event: dict) -> bool:
    return function["config"]["FunctionArn"] == event.get("ResourceProperties", {}).get("ServiceToken")


def _reason(result: dict) -> str:
    body = result.get("body")
    message = body.get("errorMessage") if isinstance(body, dict) else body
    return f"The function of the custom resource failed: {message or 'it ended without an answer'}"


hooks.wrap(LAMBDA, "_execute_function_with_config_scope", _answering_for_failures)
