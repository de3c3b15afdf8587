"""DynamoDB on this machine: dynoxide, because moto loses concurrent updates. It is there for one platform only."""

import platform
import sys
import unittest
from contextlib import contextmanager
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from support import ROOT, Program, free_port, packages
from template import Template

WANTED = Path(__file__).parent / "dynamodb" / "package.json"
INSTALLED = ROOT / "target" / "clients-dynamodb"
TABLE = "chimeflow-state"
IS_HERE = (sys.platform, platform.machine()) == ("linux", "x86_64")
# What the function that uses the table here is started with.
KEYS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}

needed = unittest.skipUnless(IS_HERE, "dynoxide is a program for Linux on x86_64")


def program():
    """The emulator, installed."""
    return packages(WANTED, INSTALLED) / "node_modules" / "@dynoxide" / "linux-x64" / "dynoxide"


@contextmanager
def table():
    """A client of DynamoDB, in which the table of the template was made. It is gone when the block ends."""
    port = free_port()
    with Program(program(), "--port", port) as emulator:
        # Retries: the emulator may still be starting.
        config = Config(retries={"mode": "standard", "total_max_attempts": 8})
        endpoint = f"http://127.0.0.1:{port}"
        client = boto3.client("dynamodb", region_name="us-east-1", endpoint_url=endpoint, config=config, **KEYS)
        emulator.wait_for(lambda _: answers(client), "answer", 20)
        [made] = Template(State="dynamodb").all("AWS::DynamoDB::Table").values()
        ttl = made.pop("TimeToLiveSpecification")
        client.create_table(TableName=TABLE, **made)
        client.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=ttl)
        yield client


def answers(client):
    try:
        return client.list_tables()
    except BotoCoreError:
        return None


def settings(endpoint):
    """The variables of a function that keeps its state in the table at an endpoint."""
    return {
        "CHIMEFLOW_STATE": f"dynamodb:{TABLE}",
        "CHIMEFLOW_STATE_KEY": "a secret for a table of which nothing is kept",
        "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
    }
