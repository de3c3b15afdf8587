// A chat front end made of what AWS's own chat demo is made of: the components of `amazon-chime-sdk-component-library-react`, the session of
// `amazon-chime-sdk-js`, and the demo's sequence of calls, credentials first. It knows nothing of a local service: it asks AWS's host names.
import React, { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ThemeProvider } from 'styled-components';
import {
  ChannelItem, ChannelList, ChatBubble, ChatBubbleContainer, GlobalStyles, lightTheme,
} from 'amazon-chime-sdk-component-library-react';
import {
  ConsoleLogger, DefaultMessagingSession, LogLevel, MessagingSessionConfiguration,
} from 'amazon-chime-sdk-js';
import * as identity from '@aws-sdk/client-chime-sdk-identity';
import * as messaging from '@aws-sdk/client-chime-sdk-messaging';

/** Signs in, and gives who that is with clients that act as them. */
async function signIn(exchange, user) {
  const answer = await fetch(exchange, { method: 'POST', body: JSON.stringify({ user }) });
  const { ChimeAppInstanceUserArn: arn, ChimeDisplayName: name, ChimeCredentials: keys } = await answer.json();
  const credentials = { accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey, sessionToken: keys.SessionToken };
  const chat = new messaging.ChimeSDKMessagingClient({ region: 'us-east-1', credentials });
  const people = new identity.ChimeSDKIdentityClient({ region: 'us-east-1', credentials });
  const ask = (command, input) => chat.send(new messaging[`${command}Command`]({ ChimeBearer: arn, ...input }));
  return { arn, name, chat, people, ask, instance: arn.split('/user/')[0] };
}

/** What is read when a channel is opened. */
async function opened(me, channel) {
  const about = { ChannelArn: channel };
  const { Channel } = await me.ask('DescribeChannel', about);
  const { ChannelMemberships } = await me.ask('ListChannelMemberships', about);
  const flow = Channel.ChannelFlowArn ? (await me.chat.send(new messaging.DescribeChannelFlowCommand({ ChannelFlowArn: Channel.ChannelFlowArn }))).ChannelFlow.Name : 'none';
  const { ChannelMessages } = await me.ask('ListChannelMessages', { ...about, SortOrder: 'ASCENDING' });
  // Only who runs a channel may see who does.
  const moderators = await me.ask('ListChannelModerators', about).then(answer => answer.ChannelModerators.length, () => 0);
  return { members: ChannelMemberships.map(({ Member }) => Member.Name), flow, moderators, messages: ChannelMessages };
}

function Chat({ me }) {
  const [channels, setChannels] = useState([]);
  const [open, setOpen] = useState();
  const [room, setRoom] = useState();
  const [messages, setMessages] = useState([]);

  useEffect(() => {
    const session = new DefaultMessagingSession(new MessagingSessionConfiguration(me.arn, null, undefined, me.chat), new ConsoleLogger('session', LogLevel.OFF));
    session.addObserver({
      messagingSessionDidReceiveMessage({ type, payload, headers }) {
        if (!type.endsWith('_CHANNEL_MESSAGE') || headers['x-amz-chime-message-type'] !== 'STANDARD') return;
        const message = JSON.parse(payload);
        setMessages(all => [...all.filter(one => one.MessageId !== message.MessageId), message]);
      },
    });
    session.start().then(async () => {
      await me.people.send(new identity.ListAppInstanceUsersCommand({ AppInstanceArn: me.instance }));
      const { ChannelMemberships } = await me.ask('ListChannelMembershipsForAppInstanceUser', {});
      await me.ask('ListChannelsModeratedByAppInstanceUser', {});
      await me.ask('ListChannels', { AppInstanceArn: me.instance, Privacy: 'PUBLIC' });
      setChannels(ChannelMemberships.map(({ ChannelSummary }) => ChannelSummary));
    });
    return () => session.stop();
  }, []);

  const choose = async channel => {
    const room = await opened(me, channel.ChannelArn);
    setOpen(channel.ChannelArn);
    setRoom(room);
    setMessages(room.messages);
  };
  window.send = async (content, more) => {
    const typing = { Content: '{"Typing":"Indicator"}', Type: 'CONTROL', Persistence: 'NON_PERSISTENT' };
    await me.ask('SendChannelMessage', { ChannelArn: open, ...typing });
    // The demo sends what was typed as a part of a URL.
    await me.ask('SendChannelMessage', { ChannelArn: open, Content: encodeURIComponent(content), Type: 'STANDARD', Persistence: 'PERSISTENT', ...more });
  };

  return (
    <div style={{ display: 'grid', gridTemplateColumns: '14rem 1fr', gap: '1rem', padding: '1rem' }}>
      <ChannelList>
        {channels.map(channel => (
          <ChannelItem key={channel.ChannelArn} name={channel.Name} isSelected={channel.ChannelArn === open} onClick={() => choose(channel)} actions={<span />} />
        ))}
      </ChannelList>
      <div id="room">
        {room && <p id="about">{`${room.members.join(', ')}; flow ${room.flow}; moderators ${room.moderators}`}</p>}
        {messages.map(message => (
          <ChatBubbleContainer key={message.MessageId} timestamp={new Date(message.CreatedTimestamp).toLocaleTimeString('en')}>
            <ChatBubble variant={message.Sender.Arn === me.arn ? 'outgoing' : 'incoming'} senderName={message.Sender.Name} redacted={message.Redacted} showTail>
              <span className="said">{shown(message)}</span>
            </ChatBubble>
          </ChatBubbleContainer>
        ))}
      </div>
    </div>
  );
}

function shown({ Content, Status }) {
  const note = { DENIED: ' (DENIED)', FAILED: ' (FAILED)', PENDING: ' (PENDING)' }[Status?.Value] ?? '';
  return decodeURIComponent(Content ?? '') + note;
}

window.enter = async (exchange, user) => {
  const me = await signIn(exchange, user);
  createRoot(document.getElementById('root')).render(
    <ThemeProvider theme={lightTheme}><GlobalStyles /><Chat me={me} /></ThemeProvider>,
  );
};
