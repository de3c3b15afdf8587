#!/usr/bin/env python3
"""Looks for everyday words that the lists of `core/src/detect/profanity/languages` would flag.

    pip install 'wordfreq[cjk]'
    python3 bench/lists/collisions.py --check            entries that are common words of another language; fails if any is new
    python3 bench/lists/collisions.py --hits de          what the starred entries of a language hit in that language

`wordfreq` knows how common a word is in some forty languages, on the Zipf scale: 3.5 is three in a million, 6 is one in a thousand.
An entry that is at least `--zipf` (3.5) common in another language of the lists is a collision, unless it stands in that language's list,
too. What is left and wanted is in `accepted.txt`, with the reason; the rest is dropped from the list, made a phrase, or made exact.

The comparison here is the plain one: case and accents are folded, exact entries only in case, stars are prefixes and suffixes.
"""

import argparse
import math
import re
import sys
import unicodedata
from pathlib import Path

from wordfreq import get_frequency_dict

ROOT = Path(__file__).resolve().parents[2]
LISTS = ROOT / "core/src/detect/profanity/languages"
ACCEPTED = Path(__file__).with_name("accepted.txt")
# What `wordfreq` calls a language; it has no Thai.
WORDFREQ = {"no": "nb", "th": None}
# Every entry of these is found inside anything.
UNSPACED = {"zh", "ja"}

# Letters that are written in several ways, of those that `core/src/text/spelling.rs` knows the ones that tell words of these lists apart.
SPELLED = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"},
        **{"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ـ": ""},
        **{chr(hiragana): chr(hiragana + 96) for hiragana in range(0x3041, 0x3097)},
    }
)


def fold(text, exact=False):
    """Text as the lists compare it."""
    if exact:
        return unicodedata.normalize("NFC", text.lower())
    letters = unicodedata.normalize("NFKD", text).lower().translate(SPELLED)
    return unicodedata.normalize("NFC", "".join(c for c in letters if unicodedata.combining(c) < 200))


class Entry:
    """An entry of a list."""

    def __init__(self, written, section):
        self.written, self.section = written, section
        self.exact = section.endswith("exact")
        self.core = fold(written.strip("*"), self.exact)
        self.starred = "*" in written
        before, after = (".*" if end else "" for end in (written.startswith("*"), written.endswith("*")))
        self.pattern = re.compile(before + re.escape(self.core) + after)


def read(code):
    """The entries of a language, and what it allows."""
    entries, allowed, section = [], [], None
    for line in (LISTS / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
            continue
        for written in filter(None, map(str.strip, line.split(","))):
            (allowed if section == "allow" else entries).append(Entry(written, section))
    return entries, allowed


def frequencies(code):
    """The words of a language that are worth looking at, with their Zipf frequencies."""
    name = WORDFREQ.get(code, code)
    if not name:
        return {}
    words = get_frequency_dict(name, wordlist="best")
    return {word: math.log10(share) + 9 for word, share in words.items() if share > 3e-8}


def hits(entries, allowed, words, unspaced):
    """Pairs of an entry and a word that it finds."""
    plain = {exact: {} for exact in (False, True)}
    for entry in entries:
        if not entry.starred:
            plain[entry.exact][entry.core] = entry
    starred = [entry for entry in entries if entry.starred]
    quick = re.compile("|".join(re.escape(entry.core) for entry in starred)) if starred else None
    for word in words:
        forms = {exact: fold(word, exact) for exact in (False, True)}
        if any(allow.pattern.fullmatch(forms[allow.exact]) for allow in allowed if allow.core in forms[False]):
            continue
        for exact, form in forms.items():
            if form in plain[exact]:
                yield plain[exact][form], word
        if unspaced:
            yield from ((e, word) for e in entries if e.core in forms[e.exact] and e.core != forms[e.exact])
        elif quick and (quick.search(forms[False]) or quick.search(forms[True])):
            yield from ((e, word) for e in starred if e.pattern.fullmatch(forms[e.exact]))


def accepted():
    """The collisions that are wanted: (language of the list, word, language of the word)."""
    lines = (line.split("#")[0].split() for line in ACCEPTED.read_text(encoding="utf-8").splitlines())
    return {tuple(line[:3]) for line in lines if line}


def check(codes, zipf):
    """Prints the collisions between languages that are not accepted; says how many."""
    lists = {code: read(code) for code in codes}
    words = {code: {w: z for w, z in frequencies(code).items() if z >= zipf} for code in [*codes, "en"]}
    own = {code: {word for _, word in hits(*lists[code], words[code], False)} for code in codes}
    known, count = accepted(), 0
    for code in codes:
        for other in words:
            if other == code:
                continue
            for entry, word in hits(*lists[code], words[other], False):
                if word not in own.get(other, ()) and (code, word, other) not in known:
                    count += 1
                    print(f"{code} {word} {other} # {words[other][word]:.1f} `{entry.written}` [{entry.section}]")
    return count


def show_hits(code, zipf):
    """Prints what the starred entries of a language hit in it, the most common first."""
    entries, allowed = read(code)
    words = frequencies(code)
    found = {}
    for entry, word in hits(entries, allowed, words, code in UNSPACED):
        if words[word] >= zipf and (entry.starred or code in UNSPACED) and fold(word, entry.exact) != entry.core:
            found.setdefault(entry.written, []).append((words[word], word))
    for written, of in sorted(found.items()):
        print(f"{written}: " + ", ".join(f"{word} {z:.1f}" for z, word in sorted(of, reverse=True)[:25]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="look for collisions with other languages")
    parser.add_argument("--hits", metavar="CODE", help="show what the starred entries of a language hit")
    parser.add_argument("--own", metavar="CODE", help="show the entries of a language that are common in it")
    parser.add_argument("--zipf", type=float, default=3.5, help="how common a word must be (3.5)")
    args = parser.parse_args()
    codes = sorted(path.stem for path in LISTS.glob("*.txt") if path.stem != "everyday")
    if args.hits:
        show_hits(args.hits, min(args.zipf, 2.0))
    if args.own:
        entries, allowed = read(args.own)
        words = frequencies(args.own)
        common = [(words[word], word) for _, word in hits(entries, allowed, words, False) if words[word] >= args.zipf]
        print(", ".join(f"{word} {z:.1f}" for z, word in sorted(set(common), reverse=True)))
    if args.check:
        return 1 if check(codes, args.zipf) else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
