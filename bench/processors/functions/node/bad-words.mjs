// A processor that masks what bad-words finds.

import { ChannelFlowCallbackCommand, ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import { Filter } from 'bad-words';

const chime = new ChimeSDKMessagingClient({});
const filter = new Filter();

export const handler = async ({ CallbackId, ChannelMessage: { ChannelArn, MessageId, Content, Metadata } }) => {
  const ChannelMessage = { MessageId, Content: filter.clean(Content), Metadata };
  await chime.send(new ChannelFlowCallbackCommand({ CallbackId, ChannelArn, ChannelMessage }));
};
