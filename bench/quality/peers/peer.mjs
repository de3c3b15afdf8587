// Runs a filter written in JavaScript: `node peer.mjs NAME FOLDER`, where FOLDER/node_modules holds it.
//
// Says its version in a first line, then answers each line `["text"]` with `[flagged, spans or null, nanoseconds]`. Spans are in code
// points. The time is what the processor worked for the filter alone.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [name, folder] = process.argv.slice(2);
const home = `${folder}/node_modules/${name}`;

// Each gives a function of a text: whether it is flagged, or the spans that are, in UTF-16 units.
const filters = {
  obscenity({ RegExpMatcher, englishDataset, englishRecommendedTransformers }) {
    const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
    return (text) => matcher.getAllMatches(text, true).map(({ startIndex, endIndex }) => [startIndex, endIndex + 1]);
  },
  'bad-words'({ Filter }) {
    const filter = new Filter();
    return (text) => filter.isProfane(text);
  },
  '@2toad/profanity'({ Profanity }) {
    const filter = new Profanity();
    return (text) => filter.exists(text);
  },
  'glin-profanity'({ Filter }) {
    const filter = new Filter({
      languages: ['english'],
      detectLeetspeak: true,
      leetspeakLevel: 'aggressive',
      normalizeUnicode: true,
    });
    return (text) => filter.isProfane(text);
  },
  allprofanity({ default: filter }) {
    return (text) => filter.check(text);
  },
};

const about = JSON.parse(readFileSync(`${home}/package.json`, 'utf8'));
const entry = (exported) =>
  typeof exported === 'string' ? exported : exported && entry(exported.import ?? exported.default ?? exported['.']);
const main = entry(about.exports) ?? about.module ?? about.main;
const filter = filters[name](await import(pathToFileURL(`${home}/${main}`)));
process.stdout.write(`${JSON.stringify(about.version)}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const [text] = JSON.parse(line);
  const start = process.cpuUsage();
  const found = filter(text);
  const { user, system } = process.cpuUsage(start);
  const nanos = (user + system) * 1000;
  const points = (units) => [...text.slice(0, units)].length;
  const answer = Array.isArray(found) ? [found.length > 0, found.map((span) => span.map(points))] : [found, null];
  process.stdout.write(`${JSON.stringify([...answer, nanos])}\n`);
}
