#!/usr/bin/env bash
# Grapheme libraries: one letter of Hindi, Bengali, Telugu, Malayalam or Khmer is one, two or three, by the library.
#
# Expected: UAX 29 keeps Indic conjuncts together since Unicode 15.1 (2023, rule GB9c), and the libraries say that they split
#   text into what a reader takes for one character, by UAX 29. PyPI's grapheme and npm's graphemer (what typescript-eslint
#   used) and grapheme-splitter are the names one finds first.
# What happens: those three still go by older rules and count Devanagari ksha as 2 and Telugu stri as 3. Intl.Segmenter of
#   Node 20, npm's unicode-segmenter and PyPI's regex (\X) count 1. Tamil, Gurmukhi and Kannada are the same in all, so a test
#   in one Indian language proves nothing for another.
# Hurts: length limits, masks with one sign a letter and cursors of editors: the browser's count and the server's differ for
#   readers of these scripts, a limit is reached early, and a mask put over "half" a conjunct leaves a bare virama behind.
# Versions: grapheme 0.6.0, regex 2026.11.19; graphemer 1.4.0, grapheme-splitter 1.0.4, unicode-segmenter 0.17.3
# Seen: ksha (Devanagari): 2 2 2 against 1 1 1; stri (Telugu): 3 3 3 against 1 1 1; Tamil "Tamil": 3 in all
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts graphemer@1.4.0 grapheme-splitter@1.0.4 unicode-segmenter@0.17.3
cat > finding.mjs <<'EOF'
import assert from 'node:assert';
import graphemer from 'graphemer';
import Splitter from 'grapheme-splitter';
import { countGrapheme } from 'unicode-segmenter/grapheme';

const Graphemer = graphemer.default ?? graphemer;
const [old1, old2, now] = [new Graphemer(), new Splitter(), new Intl.Segmenter()];
const wanted = { 'क्ष': [2, 1], 'ক্ষ': [2, 1], 'స్త్రీ': [3, 1], 'ക്ഷ': [2, 1], 'தமிழ்': [3, 3] };
for (const [text, [before, since]] of Object.entries(wanted)) {
  const older = [old1.countGraphemes(text), old2.countGraphemes(text)];
  const newer = [countGrapheme(text), [...now.segment(text)].length];
  console.log(text, 'graphemer, grapheme-splitter:', ...older, ' unicode-segmenter, Intl.Segmenter:', ...newer);
  // Intl.Segmenter is Node's own and goes by the Unicode of that Node: shown only.
  assert.deepStrictEqual([older, newer[0]], [[before, before], since]);
}
EOF
node finding.mjs
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check grapheme==0.6.0 regex==2026.11.19
venv/bin/python - <<'EOF'
import grapheme
import regex

for text, wanted in {"क्ष": (2, 1), "స్త్రీ": (3, 1), "தமிழ்": (3, 3)}.items():
    counts = grapheme.length(text), len(regex.findall(r"\X", text))
    print(text, "grapheme, regex:", *counts)
    assert counts == wanted
EOF
