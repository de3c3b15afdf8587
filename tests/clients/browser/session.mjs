// Two people in a chat, each in a page of their own: prints what each of them is told, one line an event.
import { join } from 'node:path';
import { until, withBrowser } from './browser.mjs';

const [bundle, pictures] = process.argv.slice(2);

await withBrowser(bundle, async ({ open, service }) => {
  const pages = { ann: await open(), bob: await open(), eve: await open() };
  const heard = name => pages[name].evaluate(() => window.chat.heard);
  const hears = (name, line, after = 0) => until(`\`${line}\` at ${name}`, async () => (await heard(name)).slice(after).includes(line));
  const counts = async () => ({ ann: (await heard('ann')).length, bob: (await heard('bob')).length });
  const local = (path, body) => fetch(new URL(path, service), { method: 'POST', body: JSON.stringify(body) }).then(answer => answer.json());

  // Ann's page is pointed at the service, Bob's asks AWS's own host names.
  await pages.ann.evaluate(endpoint => window.chat.connectTo(endpoint), service.origin);
  for (const name of ['bob', 'eve']) await pages[name].evaluate(() => window.chat.connectTo());
  const { ann, bob, ChannelArn } = await pages.ann.evaluate(() => window.chat.house());
  await pages.ann.evaluate(arn => window.chat.start(arn, true), ann);
  await pages.bob.evaluate(arn => window.chat.start(arn, false), bob);

  const ask = (name, command, input) =>
    pages[name].evaluate((command, input) => window.chat.ask(command, input), command, { ChannelArn, ChimeBearer: name === 'ann' ? ann : bob, ...input });
  const send = (Content, more = {}) => ask('ann', 'SendChannelMessage', { Content, Type: 'STANDARD', Persistence: 'PERSISTENT', ...more });
  const ids = [];
  for (const [content, wanted] of [['hello', 'CREATE_CHANNEL_MESSAGE SENT hello'], ['what the fuck', 'CREATE_CHANNEL_MESSAGE SENT what the ****']]) {
    ids.push((await send(content)).MessageId);
    await Promise.all(['ann', 'bob'].map(name => hears(name, wanted)));
  }
  await send('use AKIATESTKEYNOTREAL23');
  await hears('ann', 'DENIED_CREATE_CHANNEL_MESSAGE DENIED use AKIATESTKEYNOTREAL23');

  await ask('ann', 'UpdateChannelMessage', { MessageId: ids[0], Content: 'hello, shit' });
  await Promise.all(['ann', 'bob'].map(name => hears(name, 'UPDATE_CHANNEL_MESSAGE SENT hello, ****')));
  await ask('ann', 'RedactChannelMessage', { MessageId: ids[1] });
  await Promise.all(['ann', 'bob'].map(name => hears(name, 'REDACT_CHANNEL_MESSAGE SENT (redacted)')));
  await send('{"Typing":"Indicator"}', { Type: 'CONTROL', Persistence: 'NON_PERSISTENT' });
  await Promise.all(['ann', 'bob'].map(name => hears(name, 'CREATE_CHANNEL_MESSAGE SENT {"Typing":"Indicator"}')));
  console.log(`refused ${(await ask('bob', 'DeleteChannelMessage', { MessageId: ids[0] })).error}`);

  // Bob's connection breaks without a word. The client comes back by itself, and reads what it missed.
  await local('/_local/faults', { fault: 'socket-close', code: 1006, user: bob });
  const { bob: before } = await counts();
  await hears('bob', 'SESSION_ESTABLISHED', before - 1);
  await send('are you there?');
  await Promise.all(['ann', 'bob'].map(name => hears(name, 'CREATE_CHANNEL_MESSAGE SENT are you there?')));
  const { ChannelMessages } = await ask('bob', 'ListChannelMessages', { SortOrder: 'ASCENDING' });
  console.log(`read ${ChannelMessages.map(message => message.Redacted ? '(redacted)' : message.Content).join(' | ')}`);

  // Ann is told by a code that clients do not come back after.
  await local('/_local/faults', { fault: 'socket-close', code: 4003, user: ann });
  await hears('ann', 'stopped 4003');
  await pages.bob.evaluate(() => window.chat.stop());
  await until('the end of Bob\'s session', async () => (await heard('bob')).some(line => line.startsWith('stopped')));
  await pages.eve.evaluate(arn => window.chat.start(arn, false), `${bob}-nobody`);

  for (const name of ['ann', 'bob', 'eve']) (await heard(name)).forEach(line => console.log(`${name} ${line}`));
  await pages.ann.screenshot({ path: join(pictures, 'session.png') });
});
