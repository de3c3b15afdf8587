#!/usr/bin/env bash
# slack-message-parser (npm): a channel's id comes with a bar, and links and texts keep Slack's escapes.
#
# Expected: the README calls it a parser for Slack's message format and shows text nodes put into a page as they are. Slack's
#   page on formatting says that & < > are written as entities in every text, and that who reads messages turns them back.
#   Slack writes a mention of a channel as <#ID|name>, and with an empty name, <#ID|>, where it does not name the channel
#   (reported for slack-blocks-to-jsx as 50).
# What happens: <#C024BE7LR|> is a channel link with the id "C024BE7LR|". The address of <https://a.test/?x=1&amp;y=2> is
#   "https://a.test/?x=1&amp;y=2", with a parameter named "amp;y", and "a &amp; b" stays as it is in texts, labels and code.
#   Only "&gt;" at the beginning of a line is read, as a quotation.
# Hurts: importers, archives and filters over Slack's messages: the channel is looked up under an id that nothing has, links
#   lead elsewhere when opened, and lists of addresses never match. Undo the three entities in every leaf of the tree, once.
# Versions: slack-message-parser 3.0.2
# Seen: as said above
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts slack-message-parser@3.0.2
cat > finding.cjs <<'EOF'
const assert = require('node:assert');
const { NodeType, parse } = require('slack-message-parser');
const only = (text) => {
  const [node, ...more] = parse(text).children;
  assert.strictEqual(more.length, 0);
  console.log(text, '->', node);
  return node;
};
assert.deepStrictEqual([only('<#C024BE7LR|>').type, only('<#C024BE7LR|>').channelID], [NodeType.ChannelLink, 'C024BE7LR|']);
assert.strictEqual(only('<#C024BE7LR|general>').channelID, 'C024BE7LR');
const { url } = only('<https://a.test/?x=1&amp;y=2>');
assert.deepStrictEqual([...new URL(url).searchParams.keys()], ['x', 'amp;y']);
assert.strictEqual(only('a &amp; b').text, 'a &amp; b');
assert.strictEqual(only('&gt; quoted').type, NodeType.Quote);
EOF
node finding.cjs
