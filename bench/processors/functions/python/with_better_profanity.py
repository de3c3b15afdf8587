"""A processor that masks what better-profanity finds."""

import boto3
from better_profanity import profanity

chime = boto3.client("chime-sdk-messaging")
profanity.load_censor_words()


def handler(event, context):
    received = event["ChannelMessage"]
    message = {key: received[key] for key in ("MessageId", "Metadata") if key in received}
    message["Content"] = profanity.censor(received["Content"])
    chime.channel_flow_callback(
        CallbackId=event["CallbackId"], ChannelArn=received["ChannelArn"], ChannelMessage=message
    )
