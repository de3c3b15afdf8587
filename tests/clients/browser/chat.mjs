// What a page with a chat has: the AWS SDK and the session of `amazon-chime-sdk-js`, as they come. The test drives it by `window.chat`.
import {
  ConsoleLogger, DefaultMessagingSession, LogLevel, MessagingSessionConfiguration, PrefetchOn,
} from 'amazon-chime-sdk-js';
import * as identity from '@aws-sdk/client-chime-sdk-identity';
import * as messaging from '@aws-sdk/client-chime-sdk-messaging';

const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:chimeflow';
let chat, people, session;
const heard = [];

/** Points the clients at `endpoint`; without one they ask AWS's own host names. */
function connectTo(endpoint) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const config = { region: 'us-east-1', credentials, ...(endpoint ? { endpoint } : {}) };
  chat = new messaging.ChimeSDKMessagingClient(config);
  people = new identity.ChimeSDKIdentityClient(config);
}

/** Sends a command of the messaging service; an error is told by its name. */
async function ask(command, input) {
  try {
    return JSON.parse(JSON.stringify(await chat.send(new messaging[`${command}Command`](input))));
  } catch (error) {
    return { error: error.name };
  }
}

/** An app instance with two users, a channel they are both in, and a flow on it. */
async function house() {
  const { AppInstanceArn } = await people.send(new identity.CreateAppInstanceCommand({ Name: 'House' }));
  const user = async Name =>
    (await people.send(new identity.CreateAppInstanceUserCommand({ AppInstanceArn, AppInstanceUserId: Name.toLowerCase(), Name }))).AppInstanceUserArn;
  const [ann, bob] = [await user('Ann'), await user('Bob')];
  const { ChannelArn } = await ask('CreateChannel', { AppInstanceArn, Name: 'general', MemberArns: [bob], ChimeBearer: ann });
  const Processors = [{
    Name: 'chimeflow', ExecutionOrder: 1, FallbackAction: 'ABORT',
    Configuration: { Lambda: { ResourceArn: FUNCTION, InvocationType: 'ASYNC' } },
  }];
  const { ChannelFlowArn } = await ask('CreateChannelFlow', { AppInstanceArn, Name: 'moderation', Processors });
  await ask('AssociateChannelFlow', { ChannelArn, ChannelFlowArn, ChimeBearer: ann });
  return { ann, bob, ChannelArn };
}

/** Starts a session; everything that happens to it is a line of `heard`. */
async function start(userArn, prefetch) {
  const configuration = new MessagingSessionConfiguration(userArn, null, undefined, chat);
  if (prefetch) configuration.prefetchOn = PrefetchOn.Connect;
  session = new DefaultMessagingSession(configuration, new ConsoleLogger('session', LogLevel.OFF));
  session.addObserver({
    messagingSessionDidStartConnecting: reconnecting => say(reconnecting ? 'reconnecting' : 'connecting'),
    messagingSessionDidReceiveMessage({ type, payload }) {
      const message = payload ? JSON.parse(payload) : {};
      const text = message.Redacted ? '(redacted)' : message.Content;
      say([type, message.Status?.Value, text].filter(Boolean).join(' '));
    },
    messagingSessionDidStop: event => say(`stopped ${event.code}`),
  });
  await session.start().catch(event => say(`rejected ${event.code}`));
}

function say(line) {
  heard.push(line);
  document.body.append(Object.assign(document.createElement('div'), { textContent: line }));
}

window.chat = { connectTo, ask, house, start, stop: () => session.stop(), heard };
