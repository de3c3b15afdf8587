// Two people in a chat, with the client library that web pages use: prints what each of them is told, one line an event.
globalThis.window = globalThis;
globalThis.WebSocket = require('ws');
globalThis.CloseEvent ??= class CloseEvent extends Event {
  constructor(type, { code = 1000, reason = '', wasClean = false } = {}) {
    super(type);
    Object.assign(this, { code, reason, wasClean });
  }
};
const { ConsoleLogger, DefaultMessagingSession, LogLevel, MessagingSessionConfiguration, PrefetchOn } = require('amazon-chime-sdk-js');
const identity = require('@aws-sdk/client-chime-sdk-identity');
const messaging = require('@aws-sdk/client-chime-sdk-messaging');

const chat = new messaging.ChimeSDKMessagingClient({});
const people = new identity.ChimeSDKIdentityClient({});
const heard = [];

async function until(what) {
  for (let tries = 0; tries < 200 && !what(); tries++) await new Promise(resolve => setTimeout(resolve, 25));
}

async function connect(name, arn, prefetch) {
  const configuration = new MessagingSessionConfiguration(arn, null, undefined, chat);
  if (prefetch) configuration.prefetchOn = PrefetchOn.Connect;
  const session = new DefaultMessagingSession(configuration, new ConsoleLogger('session', LogLevel.OFF));
  session.addObserver({
    messagingSessionDidReceiveMessage({ type, payload }) {
      const message = payload ? JSON.parse(payload) : {};
      heard.push([name, type, message.Status?.Value, message.Content].filter(Boolean).join(' '));
    },
    messagingSessionDidStop(event) { heard.push(`${name} stopped ${event.code}`); },
  });
  await session.start();
  return session;
}

async function main() {
  const { AppInstanceArn } = await people.send(new identity.CreateAppInstanceCommand({ Name: 'House' }));
  const user = async AppInstanceUserId =>
    (await people.send(new identity.CreateAppInstanceUserCommand({ AppInstanceArn, AppInstanceUserId, Name: AppInstanceUserId }))).AppInstanceUserArn;
  const [ann, bob] = [await user('ann'), await user('bob')];
  const { ChannelArn } = await chat.send(new messaging.CreateChannelCommand({ AppInstanceArn, Name: 'general', MemberArns: [bob], ChimeBearer: ann }));
  const Processors = [{
    Name: 'chimeflow', ExecutionOrder: 1, FallbackAction: 'ABORT',
    Configuration: { Lambda: { ResourceArn: 'arn:aws:lambda:us-east-1:111122223333:function:chimeflow', InvocationType: 'ASYNC' } },
  }];
  const { ChannelFlowArn } = await chat.send(new messaging.CreateChannelFlowCommand({ AppInstanceArn, Name: 'moderation', Processors }));
  await chat.send(new messaging.AssociateChannelFlowCommand({ ChannelArn, ChannelFlowArn, ChimeBearer: ann }));

  const sessions = [await connect('ann', ann, true), await connect('bob', bob, false)];
  for (const [Content, last] of [['hello', 'bob CREATE'], ['what the fuck', 'bob CREATE'], ['use AKIATESTKEYNOTREAL23', 'ann DENIED']]) {
    const before = heard.length;
    await chat.send(new messaging.SendChannelMessageCommand({ ChannelArn, Content, Type: 'STANDARD', Persistence: 'PERSISTENT', ChimeBearer: ann }));
    await until(() => heard.slice(before).some(line => line.startsWith(last)) && heard.slice(before).some(line => /^ann (CREATE|DENIED)/.test(line)));
  }
  await connect('eve', `${bob}-nobody`, false).catch(event => heard.push(`eve rejected ${event.code}`));
  sessions.forEach(session => session.stop());
  await until(() => heard.filter(line => line.includes('stopped')).length === sessions.length);
  console.log(heard.join('\n'));
}

main().catch(error => { console.error(error); process.exit(1); });
