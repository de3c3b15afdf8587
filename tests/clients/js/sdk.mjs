// What the SDK for JavaScript makes of answers of the local service: prints one line of JSON for each thing that is tried.
//
// usage: chimeflow local exec -- node sdk.mjs
import { ChimeSDKIdentityClient, CreateAppInstanceCommand, CreateAppInstanceUserCommand } from '@aws-sdk/client-chime-sdk-identity';
import * as messaging from '@aws-sdk/client-chime-sdk-messaging';

const endpoint = process.env.CHIMEFLOW_LOCAL;
const people = new ChimeSDKIdentityClient({});
const chat = new messaging.ChimeSDKMessagingClient({});
const say = (about, told) => console.log(JSON.stringify({ about, ...told }));
const plan = fault => fetch(`${endpoint}/_local/faults`, { method: 'POST', body: JSON.stringify(fault) });

// How a call ended: the attempts that it took, and its error.
async function ended(call) {
  try {
    const { $metadata } = await call;
    return { status: $metadata.httpStatusCode, attempts: $metadata.attempts };
  } catch (error) {
    const { httpStatusCode: status, attempts } = error.$metadata;
    return { status, attempts, error: error.name, code: error.Code, typed: error instanceof (messaging[error.name] ?? Error) };
  }
}

const { AppInstanceArn } = await people.send(new CreateAppInstanceCommand({ Name: 'House' }));
const { AppInstanceUserArn: ann } = await people.send(
  new CreateAppInstanceUserCommand({ AppInstanceArn, AppInstanceUserId: 'ann', Name: 'Ann' }));
const { ChannelArn } = await chat.send(new messaging.CreateChannelCommand({ AppInstanceArn, Name: 'general', ChimeBearer: ann }));
const describe = (client = chat, bearer = ann) =>
  ended(client.send(new messaging.DescribeChannelCommand({ ChannelArn, ChimeBearer: bearer })));

for (const fault of ['throttle', 'unavailable', 'failure', 'unauthorized']) {
  await plan({ fault, operation: 'DescribeChannel' });
  say(fault, await describe());
  await fetch(`${endpoint}/_local/faults`, { method: 'DELETE' });
}
say('no bearer', await describe(chat, ''));
say('a stranger', await describe(chat, `${ann}x`));
say('no callback id', await ended(chat.send(new messaging.ChannelFlowCallbackCommand(
  { ChannelArn, CallbackId: '', ChannelMessage: { MessageId: 'x' } }))));
for (const slashes of ['/', '//']) {
  say(`endpoint ${slashes}`, await describe(new messaging.ChimeSDKMessagingClient({ endpoint: endpoint + slashes })));
}
const { Channel } = await chat.send(new messaging.DescribeChannelCommand({ ChannelArn, ChimeBearer: ann }));
say('time', { milliseconds: Math.abs(Channel.CreatedTimestamp - Date.now()) < 60_000, isDate: Channel.CreatedTimestamp instanceof Date });
// Signs that one client escapes and another does not, in text and in an id.
const Content = 'ünï "quoted" 日本語 👍 %20';
const { MessageId } = await chat.send(new messaging.SendChannelMessageCommand(
  { ChannelArn, ChimeBearer: ann, Content, Type: 'STANDARD', Persistence: 'PERSISTENT' }));
const { ChannelMessage } = await chat.send(new messaging.GetChannelMessageCommand({ ChannelArn, MessageId, ChimeBearer: ann }));
say('text', { same: ChannelMessage.Content === Content });
