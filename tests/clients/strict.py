"""Checks every answer that a boto3 client gets against the model: status, members, types, ranges, enums, patterns, declared errors.

botocore itself reads answers leniently: it drops what it does not know and misses nothing. This looks at what came over the wire.
"""

import json
import re
from collections import defaultdict

# The statuses that every operation answered, by service.
seen = defaultdict(lambda: defaultdict(set))


def strict(client):
    """Makes `client` raise when an answer is not what the model says."""
    model = client.meta.service_model

    def check(operation_model, response_dict, **_):
        status = response_dict["status_code"]
        headers = {name.lower(): value for name, value in response_dict["headers"].items()}
        seen[model.service_name][operation_model.name].add(status)
        wrong = []
        if "x-amzn-requestid" not in headers:
            wrong.append("no x-amzn-RequestId")
        if status < 300:
            check_success(operation_model, status, response_dict["body"], wrong)
        else:
            check_error(operation_model, status, headers, response_dict["body"], wrong)
        if wrong:
            raise AssertionError(f"{operation_model.name}: {'; '.join(wrong)}")

    client.meta.events.register("before-parse.*.*", check)
    return client


def check_success(operation, status, body, wrong):
    expected = operation.http.get("responseCode", 200)
    if status != expected:
        wrong.append(f"status {status}, and the model says {expected}")
    if operation.output_shape is None:
        if body.strip() not in (b"", b"{}"):
            wrong.append("a body where the model has none")
    else:
        check_value(operation.output_shape, json.loads(body or b"{}"), operation.output_shape.name, wrong)


def check_error(operation, status, headers, body, wrong):
    name = headers.get("x-amzn-errortype", "").split(":")[0]
    declared = {shape.name: shape for shape in operation.error_shapes}
    if name not in declared:
        return wrong.append(f"{name} is not declared")
    if declared[name].metadata["error"]["httpStatusCode"] != status:
        wrong.append(f"{name} with status {status}")
    check_value(declared[name], json.loads(body), name, wrong)


def check_value(shape, value, at, wrong):
    limits = shape.metadata

    def in_range(size):
        return limits.get("min", float("-inf")) <= size <= limits.get("max", float("inf"))

    match shape.type_name, value:
        case _, None:
            wrong.append(f"{at}: null on the wire")
        case "structure", dict():
            wrong.extend(f"{at}: no {name}" for name in shape.required_members if name not in value)
            for name, inner in value.items():
                if name in shape.members:
                    check_value(shape.members[name], inner, f"{at}.{name}", wrong)
                else:
                    wrong.append(f"{at}.{name}: not in the model")
        case "list", list():
            if not in_range(len(value)):
                wrong.append(f"{at}: {len(value)} items")
            for index, inner in enumerate(value):
                check_value(shape.member, inner, f"{at}[{index}]", wrong)
        case "map", dict():
            for name, inner in value.items():
                check_value(shape.value, inner, f"{at}.{name}", wrong)
        case "string", str():
            if not in_range(len(value)):
                wrong.append(f"{at}: {len(value)} characters")
            if shape.enum and value not in shape.enum:
                wrong.append(f"{at}: {value!r} is none of {shape.enum}")
            pattern = limits.get("pattern", "").replace(r"\u10000-\u10FFFF", r"\U00010000-\U0010FFFF")
            if pattern and not re.fullmatch(pattern, value):
                wrong.append(f"{at}: does not match {pattern}")
        case ("integer" | "long"), int() if not isinstance(value, bool):
            if not in_range(value):
                wrong.append(f"{at}: {value}")
        case "boolean", bool():
            pass
        case "timestamp", (int() | float()) if not isinstance(value, bool):
            pass
        case kind, _:
            wrong.append(f"{at}: {value!r} is no {kind}")
