#!/usr/bin/env bash
# discord-markdown-parser (npm): sees no link with a text of its own in ordinary messages, and no guild navigation at all.
#
# Expected: the README lists links and "guild navigation mentions", and says that the kind "extended" is for webhooks and
#   embeds, the default for messages. Discord shows [text](address) as a link in everybody's messages since 2023, and
#   documents guild navigation as <id:customize>, <id:browse>, <id:guide>, <id:linked-roles>.
# What happens: in a message, [rules](https://rules.test) is the text "[rules", "](", a bare link and ")": who reads the tree
#   gets a link that shows itself, never the text that people see. <id:customize> is cut into five texts in both kinds, as the
#   parser asks for 17 digits where Discord writes "id"; it finds <123456789012345678:customize>, which Discord never writes.
# Hurts: transcripts, and filters that compare what a link shows with where it leads: that rule never fires on messages. Word
#   filters that run over the texts of the tree see "customize" and "guide" where nobody wrote a word.
# Versions: discord-markdown-parser 1.3.1
# Seen: as said above; "extended" finds the link
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts discord-markdown-parser@1.3.1
cat > finding.cjs <<'EOF'
const assert = require('node:assert');
const { parse } = require('discord-markdown-parser');
const kinds = (text, mode) => parse(text, mode).map(({ type }) => type);

const link = '[rules](https://rules.test)';
for (const mode of ['normal', 'extended']) console.log(link, mode, kinds(link, mode).join(' '));
assert.ok(!kinds(link).includes('link') && kinds(link).includes('url'));
assert.deepStrictEqual(kinds(link, 'extended'), ['link']);

for (const place of ['customize', 'browse', 'guide', 'linked-roles']) {
  for (const mode of ['normal', 'extended']) {
    const found = new Set(kinds(`<id:${place}>`, mode));
    console.log(`<id:${place}>`, mode, ...found);
    assert.deepStrictEqual([...found], ['text']);
  }
}
assert.deepStrictEqual(kinds('<123456789012345678:customize>'), ['guildNavigation']);
EOF
node finding.cjs
