#!/usr/bin/env bash
# moto: AppConfig's lock against lost updates is taken and not looked at, nor are version labels.
#
# Expected: CreateHostedConfigurationVersion documents LatestVersionNumber as "an optional locking token used to prevent race
#   conditions from overwriting configuration updates": with another number than the latest the call is refused. VersionLabel
#   names a version in place of its number. moto implements the operation and takes both.
# What happens: a stale number, and one that never was, make a new version without a word; the same label goes to two
#   versions. ListHostedConfigurationVersions, by which one would look the label up, is NotImplementedError.
# Hurts: tools that publish rule files through AppConfig: the test of "somebody else published meanwhile" cannot fail, and the
#   branch that handles it is first run against AWS.
# Versions: moto 5.2.5, boto3 1.44.8
# Seen: versions 1, 2, 3 made with LatestVersionNumber 99 for the second and the label of the first for the third
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check moto==5.2.5 boto3==1.44.8
export AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1
venv/bin/python - <<'EOF'
import boto3
from moto import mock_aws

with mock_aws():
    client = boto3.client("appconfig")
    application = client.create_application(Name="chat")["Id"]
    profile = client.create_configuration_profile(ApplicationId=application, Name="rules", LocationUri="hosted")["Id"]

    def publish(content, **more):
        made = client.create_hosted_configuration_version(
            ApplicationId=application,
            ConfigurationProfileId=profile,
            ContentType="application/toml",
            Content=content,
            **more,
        )
        print(content.decode(), more, "-> version", made["VersionNumber"], "label", made.get("VersionLabel"))
        return made["VersionNumber"], made.get("VersionLabel")

    assert publish(b"mine", VersionLabel="spring") == (1, "spring")
    assert publish(b"yours", LatestVersionNumber=99)[0] == 2
    assert publish(b"theirs", VersionLabel="spring") == (3, "spring")
    try:
        client.list_hosted_configuration_versions(ApplicationId=application, ConfigurationProfileId=profile)
        raise SystemExit("versions are listed now")
    except NotImplementedError as error:
        print(error)
EOF
