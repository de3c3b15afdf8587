#!/usr/bin/env bash
# naughty-words and leo-profanity (npm): lists of words that a look-up in small letters cannot meet, and words listed twice.
#
# Expected: a list of bad words in 28 languages is data for look-ups; 22 of them, English first, are without a capital, and
#   who tries it with English makes the text small and asks a Set. leo-profanity makes the text small before it looks, so its
#   dictionaries should be small, too, and hold each word once.
# What happens: in naughty-words 61 of the 68 Spanish entries begin with a capital, 11 of the Turkish and 7 of the Chinese
#   ones hold capitals as well; one Hindi entry ends in a blank; Filipino, Kabyle and Chinese list a word twice. In
#   leo-profanity 20 entries of the French dictionary hold a capital, and its own check() finds not one of those; 45 of the
#   248 entries of the Russian dictionary are repetitions.
# Hurts: filters in several languages: a Set of the Spanish list finds next to nothing, while the English tests pass. Counts
#   of "words covered" are too high. Make lists small, trim them and drop repetitions before use; for Turkish mind the dotless
#   i.
# Versions: naughty-words 1.2.0, leo-profanity 1.9.0
# Seen: the counts above (the entries themselves are not shown)
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts naughty-words@1.2.0 leo-profanity@1.9.0
cat > finding.mjs <<'EOF'
import assert from 'node:assert';
import leo from 'leo-profanity';
import lists from 'naughty-words';

const isSmall = (word) => word === word.toLowerCase();
const twice = (words) => words.length - new Set(words).size;
const report = {};
for (const [language, words] of Object.entries(lists)) {
  if (!Array.isArray(words)) continue;
  report[language] = {
    words: words.length,
    capitals: words.filter((word) => !isSmall(word)).length,
    blanks: words.filter((word) => word !== word.trim()).length,
    twice: twice(words),
  };
}
const marked = Object.entries(report).filter(([, { capitals, blanks, twice }]) => capitals + blanks + twice);
console.table(Object.fromEntries(marked));
assert.deepStrictEqual(report.es, { words: 68, capitals: 61, blanks: 0, twice: 0 });
assert.strictEqual(report.en.capitals, 0);
assert.deepStrictEqual([report.tr.capitals, report.zh.capitals, report.hi.blanks], [11, 7, 1]);
assert.deepStrictEqual(marked.filter(([, { twice }]) => twice).map(([language]) => language).sort(), ['fil', 'kab', 'zh']);
console.log(`${Object.keys(report).length} languages, ${Object.values(report).filter((r) => !r.capitals).length} without a capital`);

leo.loadDictionary('fr');
const french = leo.list();
const missed = french.filter((word) => !leo.check(word));
console.log(`leo-profanity, French: ${french.length} words, ${missed.length} not found by its own check()`);
assert.strictEqual(missed.length, 20);
assert.ok(missed.every((word) => !isSmall(word)) && french.filter((word) => !isSmall(word)).length === 20);
leo.loadDictionary('ru');
console.log(`leo-profanity, Russian: ${leo.list().length} words, ${twice(leo.list())} of them repetitions`);
assert.deepStrictEqual([leo.list().length, twice(leo.list())], [248, 45]);
EOF
node finding.mjs
