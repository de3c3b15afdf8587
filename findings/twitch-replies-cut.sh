#!/usr/bin/env bash
# irc-message-ts (npm): values of message tags stay escaped and end at a second "=", so quoted replies are cut.
#
# Expected: the README names "support for IRCv3 message tags". The specification escapes ; space \ CR LF in values (as \: \s
#   \\ \r \n) and has clients undo it; "=" is not escaped, as only the first one ends the key. Twitch sends the message
#   somebody replies to in such a tag, reply-parent-msg-body.
# What happens: "two\sis\s1+1=2" is read as "two\sis\s1+1": escapes stay, and everything from the second "=" on is gone. Links
#   with a query (?v=...), formulas and code in quoted messages end there. irc-framework, irctokens and the irc package for
#   Python read the whole value, without escapes.
# Hurts: bots and moderation tools that look at the quoted message, and archives of chats: words run together with an "s"
#   between them (words and patterns do not match), and the end is missing.
# Versions: irc-message-ts 3.0.6, irc-framework 4.14.0, irctokens 2.0.2
# Seen: as said above
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
line='@id=1;reply-parent-msg-body=two\sis\s1+1=2 :ann!ann@ann.test PRIVMSG #chat :indeed'
export line
npm install --silent --no-audit --no-fund --ignore-scripts irc-message-ts@3.0.6 irc-framework@4.14.0
cat > finding.mjs <<'EOF'
import assert from 'node:assert';
import ircMessage from 'irc-message-ts';
import parseLine from 'irc-framework/src/irclineparser.js';

const read = ircMessage.parse(process.env.line).tags['reply-parent-msg-body'];
const witness = parseLine(process.env.line).tags['reply-parent-msg-body'];
console.log('irc-message-ts:', read);
console.log('irc-framework: ', witness);
assert.strictEqual(read, 'two\\sis\\s1+1');
assert.strictEqual(witness, 'two is 1+1=2');
EOF
node finding.mjs
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check irctokens==2.0.2
venv/bin/python - <<'EOF'
import os

import irctokens

read = irctokens.tokenise(os.environ["line"]).tags["reply-parent-msg-body"]
print("irctokens:     ", read)
assert read == "two is 1+1=2"
EOF
