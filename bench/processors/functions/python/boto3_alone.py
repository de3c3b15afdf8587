"""A processor that lets every message pass: what the runtime and the SDK cost by themselves."""

import boto3

chime = boto3.client("chime-sdk-messaging")


def handler(event, context):
    received = event["ChannelMessage"]
    message = {key: received[key] for key in ("MessageId", "Content", "Metadata") if key in received}
    chime.channel_flow_callback(
        CallbackId=event["CallbackId"], ChannelArn=received["ChannelArn"], ChannelMessage=message
    )
