// A processor that masks what obscenity finds.

import { ChannelFlowCallbackCommand, ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import {
  RegExpMatcher,
  TextCensor,
  asteriskCensorStrategy,
  englishDataset,
  englishRecommendedTransformers,
} from 'obscenity';

const chime = new ChimeSDKMessagingClient({});
const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
const censor = new TextCensor().setStrategy(asteriskCensorStrategy());

export const handler = async ({ CallbackId, ChannelMessage: { ChannelArn, MessageId, Content, Metadata } }) => {
  const ChannelMessage = { MessageId, Content: censor.applyTo(Content, matcher.getAllMatches(Content)), Metadata };
  await chime.send(new ChannelFlowCallbackCommand({ CallbackId, ChannelArn, ChannelMessage }));
};
