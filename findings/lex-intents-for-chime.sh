#!/usr/bin/env bash
# AWS's models: an intent that Amazon Lex allows cannot be the welcome intent of a Chime SDK bot.
#
# Expected: CreateAppInstanceBot takes in Configuration.Lex.WelcomeIntent "the name of the welcome intent configured in the
#   Amazon Lex V2 bot". So every name that Lex V2 allows is good.
# What happens: Lex V2 allows ^([0-9a-zA-Z][_-]?){1,100}$, digits and hyphens included. Chime's model has ^([A-Za-z]_?)+$ for
#   the same name: no digit, no hyphen. Names such as "Welcome2" or "help-desk" are good in Lex and not in Chime. botocore
#   looks at no pattern before it sends; a service or a mock that holds requests against the model does.
# Hurts: whoever wires a Lex bot to a chat, or generates clients, mocks and validators from the models: a bot that has run in
#   Lex for years is not to be attached, by the model, until its intent has a new name (not tried on AWS). The alias has a gap
#   of its own: the pattern of LexBotAliasArn knows the partition "aws" only, that of Lambda functions in other models
#   "aws-us-gov" and "aws-cn" too.
# Versions: botocore 1.44.8
# Seen: Lex takes Welcome, Welcome2, help-desk, 24h; Chime takes Welcome only
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check botocore==1.44.8
venv/bin/python - <<'EOF'
import re

import botocore.session

session = botocore.session.get_session()


def pattern(service, shape):
    return session.get_service_model(service).shape_for(shape).metadata["pattern"]


lex = pattern("lexv2-models", "Name")
chime = pattern("chime-sdk-identity", "LexIntentName")
welcome = session.get_service_model("chime-sdk-identity").shape_for("LexConfiguration").members["WelcomeIntent"]
assert welcome.name == "LexIntentName"
assert session.get_service_model("lexv2-models").shape_for("CreateIntentRequest").members["intentName"].name == "Name"
print("Lex:  ", lex)
print("Chime:", chime)
for name, in_chime in {"Welcome": True, "Welcome2": False, "help-desk": False, "24h": False}.items():
    assert re.fullmatch(lex, name)
    assert bool(re.fullmatch(chime, name)) == in_chime
    print(f"{name}: good in Lex, {'good' if in_chime else 'not allowed'} in Chime")
alias = pattern("chime-sdk-identity", "LexBotAliasArn")
assert alias.startswith("arn:aws:lex:"), alias
EOF
