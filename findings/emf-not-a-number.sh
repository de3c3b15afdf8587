#!/usr/bin/env bash
# Powertools for AWS Lambda: a metric that is not a number is written all the same, and takes its whole line with it.
#
# Expected: the specification of CloudWatch's embedded metric format asks for a line that is valid JSON and for metric values
#   that are numbers or arrays of numbers. Both Powertools document that they check metrics and raise an error for a value
#   that is not a number ("MetricValueError", "is not a valid number"), as they do for the text "1".
# What happens: float("nan") passes Python's check; the line says [NaN], which is no JSON, so by the specification nothing on
#   that line is a metric, the counters beside it neither. In TypeScript NaN passes likewise and the line says null. Neither
#   raises nor warns. AWS's other library, aws-embedded-metrics, refuses NaN in both languages.
# Hurts: rates such as hits/messages in a quiet period (0/0 in numpy or JavaScript): the alarm on the *count* of messages goes
#   blind just then, and nothing but the service's own EMFParsingErrors metric would tell (read, not tried on AWS).
# Versions: aws-lambda-powertools 3.37.0 (Python), @aws-lambda-powertools/metrics 2.36.0, aws-embedded-metrics 3.5.0 and 4.2.1
# Seen: Python: "messages":[7.0],"rate":[NaN]; TypeScript: "messages":7,"rate":null
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-lambda-powertools==3.37.0 aws-embedded-metrics==3.5.0
venv/bin/python - <<'EOF'
import contextlib
import io
import json

from aws_embedded_metrics.exceptions import InvalidMetricError
from aws_embedded_metrics.logger.metrics_logger_factory import create_metrics_logger
from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricValueError

metrics = Metrics(namespace="chat", service="filter")
try:
    metrics.add_metric("messages", "Count", "7")
    raise SystemExit("a text is a number now")
except MetricValueError as error:
    print("Python, a text:", error)
metrics.add_metric("messages", "Count", 7)
metrics.add_metric("rate", "None", float("nan"))
with contextlib.redirect_stdout(io.StringIO()) as out:
    metrics.flush_metrics()
line = out.getvalue().strip()
print("Python:", line)
assert '"rate":[NaN]' in line


def refuse(name):
    raise ValueError(f"{name} is no JSON")


try:
    json.loads(line, parse_constant=refuse)
    raise SystemExit("the line is JSON")
except ValueError as error:
    print("Python, read strictly:", error)
try:
    create_metrics_logger().put_metric("rate", float("nan"), "None")
    raise SystemExit("aws-embedded-metrics takes it")
except InvalidMetricError as error:
    print("aws-embedded-metrics for Python:", error)
EOF
npm install --silent --no-audit --no-fund --ignore-scripts @aws-lambda-powertools/metrics@2.36.0 aws-embedded-metrics@4.2.1
cat > finding.mjs <<'EOF'
import assert from 'node:assert';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { createMetricsLogger } from 'aws-embedded-metrics';

const metrics = new Metrics({ namespace: 'chat', serviceName: 'filter' });
assert.throws(() => metrics.addMetric('messages', 'Count', '7'), /not a valid number/);
metrics.addMetric('messages', 'Count', 7);
metrics.addMetric('rate', 'None', NaN);
const line = JSON.stringify(metrics.serializeMetrics());
console.log('TypeScript:', line);
assert.strictEqual(JSON.parse(line).rate, null);
assert.throws(() => createMetricsLogger().putMetric('rate', NaN), /not a number/);
console.log('aws-embedded-metrics for JavaScript refuses it');
EOF
node finding.mjs
