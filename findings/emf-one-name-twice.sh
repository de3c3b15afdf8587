#!/usr/bin/env bash
# Powertools for AWS Lambda: a dimension with the name of a metric loses its value in Python; TypeScript refuses it.
#
# Expected: in CloudWatch's embedded metric format a dimension's value stands under its name at the top of the line and must
#   be a string, and so does a metric's value, a number. One name cannot be both. Powertools for TypeScript 2.36 raises "EMF
#   key collision"; Powertools for Python documents checks of the format's limits ("SchemaValidationError") as well.
# What happens: in Python the metric overwrites the dimension and nothing is raised. The line names the dimension and has an
#   array of numbers under it, which the specification forbids, and what the dimension said is lost.
# Hurts: moderation metrics named by what they count: a metric "rule" with a dimension "rule", or a dimension "denied". It
#   looks right in the source and passes tests that look at the metric's value; which verdict it was is nowhere (not tried on
#   AWS).
# Versions: aws-lambda-powertools 3.37.0 (Python), @aws-lambda-powertools/metrics 2.36.0
# Seen: Python: "Dimensions":[["verdict","service"]] ... "verdict":[1.0]; TypeScript: EMF key collision on "verdict"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-lambda-powertools==3.37.0
venv/bin/python -W error - <<'EOF'
import contextlib
import io
import json

from aws_lambda_powertools import Metrics

metrics = Metrics(namespace="chat", service="filter")
metrics.add_dimension(name="verdict", value="denied")
metrics.add_metric(name="verdict", unit="Count", value=1)
with contextlib.redirect_stdout(io.StringIO()) as out:
    metrics.flush_metrics()
print("Python:", out.getvalue().strip())
line = json.loads(out.getvalue())
assert "verdict" in line["_aws"]["CloudWatchMetrics"][0]["Dimensions"][0]
assert line["verdict"] == [1.0], "the dimension's value is gone"
EOF
npm install --silent --no-audit --no-fund --ignore-scripts @aws-lambda-powertools/metrics@2.36.0
node --input-type=module -e '
import assert from "node:assert";
import { Metrics } from "@aws-lambda-powertools/metrics";
const metrics = new Metrics({ namespace: "chat", serviceName: "filter" });
assert.throws(() => {
  metrics.addDimension("verdict", "denied");
  metrics.addMetric("verdict", "Count", 1);
  metrics.serializeMetrics();
}, (error) => {
  console.log("TypeScript:", error.message);
  return /collision/.test(error.message);
});'
