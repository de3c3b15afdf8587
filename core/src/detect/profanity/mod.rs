//! `profanity`: swearing, slurs and obscenities, obfuscated or not, in English and the languages of [`languages`].
//!
//! ```text
//! text ──stream──> symbols ──zones──> what the engine may see ──matcher──> runs ──verify──> words ──meant──> spans
//!                     │  └──signs──> the same with signs as signs ──matcher──> runs ──verify──┤
//!                     └────────────────────odd words, words in zones──────────────────────────┘
//! ```
//!
//! Before that, the [`screen`] decides for most texts that nothing can be found in them.
//!
//! The engine finds words like rustrict, whose list it uses: it recognizes more obfuscation than anything else, but has far too many false
//! positives. So its findings are only proposals: it never sees text that is not prose, and every proposal is verified as a reader would
//! judge it.
//!
//! A finding may hide another, beside it or in a phrase with it. So a text in which something was found is read again without that.

#[cfg(test)]
mod again;
mod alone;
mod around;
mod chance;
pub(super) mod commonest;
mod context;
mod cores;
mod dressed;
mod encoded;
mod engine;
mod english;
mod gaps;
mod glued;
mod grading;
mod hidden;
mod innocent;
mod kind;
mod languages;
mod lookalikes;
mod marked;
mod matcher;
mod meant;
mod odd;
#[cfg(test)]
mod ordinary;
#[cfg(test)]
mod plainly;
mod reading;
mod respelled;
mod screen;
mod searched;
mod settings;
mod severe_phrases;
mod signs;
mod spelling;
mod stream;
#[cfg(test)]
mod tests;
mod tongues;
mod undisguised;
mod verify;
mod zones;

use std::mem;
use std::ops::Range;
use std::sync::Arc;

use self::around::broken_at_a_line_end;
use self::commonest::is_english;
use self::context::{LOOK_COST, MAX_LOOKS, is_harmless, looks_like_a_name};
use self::engine::Type;
use self::grading::{Rated, Word, merged};
use self::kind::Kind;
use self::languages::{ENGLISH, Everyday, Multilingual, everyday};
use self::matcher::Matcher;
use self::meant::Reading;
use self::reading::read;
use self::searched::{Searched, Words};
pub(super) use self::settings::Profanity;
use self::stream::{Stream, Symbol};
use self::tongues::Around;
use self::verify::Verifier;
use self::zones::Zone;
use super::at_most::beyond;
use super::words::Allow;
use super::{
    Budget, Context, Detector, Example, Exhausted, Found, NearMiss, Problem, Rulebook, Settings, Severity,
    WordRead,
};
use crate::message::Message;
use crate::shape::Shape;
use crate::text::View;

impl Settings for Profanity {
    const NAME: &'static str = "profanity";
    const SUMMARY: &'static str = "swearing, slurs and obscenities, disguised or not, in English unless `languages` names others; \"strict\" finds mild ones too, \"severe\" only the worst. Kinds: `profane` (swearing), `offensive` (slurs, hate), `sexual` (anatomy too), `mean` (insults), `evasive`";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: "\"work\"", text: "what the fuck", finds: &["fuck"] },
        Example {
            settings: "\"work\"",
            text: "f u c k, sh!t and ｆｕсk",
            finds: &["f u c k", "sh!t", "ｆｕсk"],
        },
        Example { settings: "\"work\"", text: "just push it to Scunthorpe, assassin", finds: &[] },
        Example {
            settings: "\"work\"",
            text: "www.fuckyou.com, b*tch, |=|_|(|<",
            finds: &["fuckyou", "b*tch", "|=|_|(|<"],
        },
        Example { settings: "\"work\"", text: "homo sapiens, summa cum laude; ask Dick", finds: &[] },
        Example { settings: "\"work\"", text: "damn, that hurts", finds: &[] },
        Example { settings: "\"strict\"", text: "damn, that hurts", finds: &["damn"] },
        Example {
            settings: "\"work\"",
            text: "she is lesbian and pregnant; sexual health, s3x",
            finds: &["s3x"],
        },
        Example { settings: "{ max = 1 }", text: "oh shit, what the fuck", finds: &["fuck"] },
        Example { settings: "{ kinds = [\"sexual\"] }", text: "porn is shit", finds: &["porn"] },
        Example { settings: "{ kinds = [\"sexual\"] }", text: "a breast exam", finds: &["breast"] },
        Example { settings: "{ kinds = [\"offensive\"] }", text: "shit, you bastard", finds: &["bastard"] },
        Example {
            settings: "{ level = \"strict\", kinds = [\"mean\"] }",
            text: "damn, you idiot",
            finds: &["idiot"],
        },
        Example { settings: "\"severe\"", text: "fuck, what a cunt", finds: &["cunt"] },
        Example {
            settings: "{ allow = [\"pussy cat*\", \"shit\"] }",
            text: "pussy cats, no shit; a pussy",
            finds: &["pussy"],
        },
        Example {
            settings: "{ level = \"strict\", kinds = [\"profane\"], languages = [\"en\"] }",
            text: "oh crap",
            finds: &["crap"],
        },
        Example {
            settings: "{ languages = [\"de\", \"fr\"] }",
            text: "So eine Scheibe, so eine Scheiße! Et merde, shit",
            finds: &["Scheiße", "merde"],
        },
        Example {
            settings: "{ languages = [\"en\", \"es\"] }",
            text: "joder, fuck",
            finds: &["joder", "fuck"],
        },
    ];

    const SHAPE: Shape = settings::SHAPE;

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let (threshold, least, languages) = (self.threshold(), self.least(), self.languages());
        let allow = || Allow::new(&self.allow, rulebook.fold);
        let english: Option<Box<dyn Detector>> = if languages.contains(&ENGLISH) {
            let factual = self.wants_factual_words();
            let everyday = everyday(&languages)?;
            Some(Box::new(Finder { threshold, least, factual, everyday, allow: allow()? }))
        } else {
            None
        };
        match english {
            Some(english) if languages.iter().all(|language| *language == ENGLISH) => {
                Ok(beyond(self.max, english))
            }
            english => {
                let all = Multilingual::new(&languages, threshold, least, english, allow()?)?;
                Ok(beyond(self.max, Box::new(all)))
            }
        }
    }
}

/// The cost of the screen per byte, in budget units.
const SCREENED: u64 = 5;

/// How often a text is read: one finding may hide another, next to it or in a phrase with it, which is found once the first is masked.
const ROUNDS: usize = 4;

/// What reading a text may have cost, in budget units, so that it is read again. Only texts that are made to be costly cost more.
const AFFORDABLE: u64 = 500_000;

/// Finds words with a rating in `threshold`.
struct Finder {
    threshold: Type,
    /// The minimum severity.
    least: Severity,
    /// Whether factual words, which are not swearing, count when they are written plainly.
    factual: bool,
    /// The everyday words of the other languages that the rule names.
    everyday: Everyday,
    /// The allow-list of the rule.
    allow: Allow,
}

impl Detector for Finder {
    fn looks_again(&self) -> bool {
        true
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        self.allow.near_misses(text, "profane")
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let glyphs = text.glyphs();
        let read = (!glyphs.is_plain()).then(|| Stream::of(glyphs));
        let may_find = || match &read {
            Some(stream) => screen::may_find_in(&stream.symbols, self.threshold),
            None => screen::may_find(text.text(), self.threshold),
        };
        if screen::judges(self.threshold) && !may_find() {
            #[cfg(test)]
            self.check_screen(&Stream::of(glyphs), text, cx);
            return cx.budget.spend(SCREENED * text.text().len() as u64);
        }
        let stream = read.unwrap_or_else(|| Stream::of(glyphs));
        for Rated { bytes, kind, severity, .. } in self.find_all(stream, text, cx)? {
            found.push_graded(bytes, kind, severity);
        }
        Ok(())
    }

    fn words_read(&self, text: &View) -> Vec<WordRead> {
        let message = Message::default();
        let mut cx = Context { message: &message, budget: Budget::RULE };
        let words = self.find_all(Stream::of(text.glyphs()), text, &mut cx).unwrap_or_default();
        words.into_iter().map(|Rated { bytes, word, .. }| WordRead { range: bytes, word }).collect()
    }
}

impl Finder {
    /// Returns the words in `stream`, which is of `text`: those of the first reading, and those that they hid.
    fn find_all(
        &self,
        mut stream: Stream,
        text: &View,
        cx: &mut Context<'_>,
    ) -> Result<Vec<Rated>, Exhausted> {
        let mut all = Vec::new();
        let affordable = cx.budget.left().saturating_sub(AFFORDABLE);
        for round in 0..ROUNDS {
            let search = || Searched::of(&stream.symbols);
            // Later rounds hide what this rule found, so no other rule shares them.
            let searched = if round == 0 { text.shared(search) } else { Arc::new(search()) };
            let rated = self.find_exactly(&stream, &searched, text, cx)?;
            if rated.is_empty() {
                break;
            }
            stream.hide(rated.iter().map(|rated| &rated.bytes));
            all.extend(rated);
            if cx.budget.left() < affordable {
                break;
            }
            cx.budget.spend(SCREENED * text.text().len() as u64)?;
            if screen::judges(self.threshold) && !screen::may_find_in(&stream.symbols, self.threshold) {
                #[cfg(test)]
                self.check_screen(&stream, text, cx);
                break;
            }
        }
        Ok(grading::joined(all))
    }

    /// Checks that the exact pass also finds nothing in `stream`, which is of `text`.
    #[cfg(test)]
    fn check_screen(&self, stream: &Stream, text: &View, cx: &Context<'_>) {
        let mut cx = Context { message: cx.message, budget: Budget::RULE };
        let searched = Searched::of(&stream.symbols);
        let found = self.find_exactly(stream, &searched, text, &mut cx).unwrap_or_default();
        assert!(found.is_empty(), "the screen misses what is found in {:?}: {found:?}", text.text());
    }

    /// Returns what the exact pass finds in `stream`, which is of `text`.
    fn find_exactly(
        &self,
        stream: &Stream,
        searched: &Searched,
        text: &View,
        cx: &mut Context<'_>,
    ) -> Result<Vec<Rated>, Exhausted> {
        let symbols = &stream.symbols;
        let zones = &searched.zones;
        let mut matcher = Matcher::new(self.threshold);
        let mut certain = searched.odd.clone();
        cx.budget.spend(searched.cost)?;
        let in_zones = zones.iter().flat_map(|zone| zones::plain_words(symbols, zone));
        certain.extend(in_zones.filter(|(span, _)| matcher.knows_as_profane(&read(&symbols[span.clone()]))));
        certain.retain(|(_, core)| matcher.is_profane(core));
        certain.extend(undisguised::exact_words(symbols, self.threshold));
        let mut words: Vec<Word> = certain.into_iter().map(|(span, core)| (span, Some(core))).collect();
        words.extend(alone::torn(symbols, &mut matcher).map(|span| (span, None)));
        words.extend(confirmed(&searched.words, symbols, &mut matcher, self.threshold, cx)?);
        words.retain(|word| {
            let is_framed = signs::is_only_framed(symbols, &word.0) || signs::is_emphasized(symbols, &word.0);
            !is_framed && !signs::is_masked(symbols, word)
        });
        words.retain(|(span, _)| {
            let stem = innocent::before_an_apostrophe(&symbols[span.clone()]);
            stem.is_none_or(|stem| matcher.is_profane(&stem) && !innocent::is_innocent(&stem))
        });
        if let Some((without_signs, parts)) = &searched.signs {
            for part in parts {
                let plain = confirmed(part, without_signs, &mut matcher, self.threshold, cx)?;
                words.retain(|(span, _)| !plain.iter().any(|(word, _)| signs::frames(symbols, span, word)));
                words.extend(plain);
            }
        }
        let is_word = |range: Range<usize>| {
            let piece = read(&symbols[range]);
            piece.len() > 2 && is_english(&piece)
        };
        words.retain(|(span, _)| {
            broken_at_a_line_end(symbols, span).is_none_or(|whole| {
                let is_compound = is_word(whole.start..span.start) || is_word(span.end..whole.end);
                let whole = read(&symbols[whole]);
                !is_english(&whole) && (is_compound || matcher.is_profane(&whole))
            })
        });
        let mut looks = MAX_LOOKS;
        words.retain(|(span, _)| !is_harmless(symbols, span, &mut looks));
        cx.budget.spend((MAX_LOOKS - looks) * LOOK_COST)?;
        let is_everyday = |span: &Range<usize>| self.everyday.holds(&text.text()[stream.bytes(span.clone())]);
        drop_what_is_not_meant(symbols, &mut words, zones, is_everyday);
        let mut rated = Vec::new();
        for (span, core) in merged(words) {
            cx.budget.spend(mem::take(&mut matcher.spent))?;
            let word = core.map_or_else(|| read(&symbols[span.clone()]), str::to_owned);
            let rating = undisguised::rating(&word).unwrap_or_else(|| matcher.rate(&word)) & self.threshold;
            let severity = grading::severity(&word, rating);
            let bytes = stream.bytes(span);
            let factual = !self.factual && innocent::is_factual(&text.text()[bytes.clone()]);
            if severity >= self.least && !factual {
                rated.push(Rated { bytes, word, kind: Kind::of(rating).name(), severity });
            }
        }
        cx.budget.spend(matcher.spent)?;
        // Apply the allow-list to all at once, because it searches the whole text.
        let mut left: Vec<_> = rated.iter().map(|word| word.bytes.clone()).collect();
        self.allow.apply(text, cx, &mut left)?;
        let mut left = left.into_iter().peekable();
        rated.retain(|word| left.next_if_eq(&word.bytes).is_some());
        Ok(rated)
    }
}

/// Drops those of `words` that are more likely words of the surrounding language.
fn drop_what_is_not_meant(
    symbols: &[Symbol],
    words: &mut Vec<Word>,
    zones: &[Zone],
    is_everyday: impl Fn(&Range<usize>) -> bool,
) {
    let reading = |(span, core): &Word| match Reading::of(symbols, span, *core) {
        _ if is_everyday(span) => Reading::Far,
        Reading::Respelled | Reading::Far if looks_like_a_name(symbols, span) => Reading::Name,
        reading => reading,
    };
    let readings: Vec<Reading> = words.iter().map(reading).collect();
    if readings.iter().all(|reading| *reading == Reading::Certain) {
        return;
    }
    let silent =
        words.iter().map(|(span, _)| span.clone()).chain(zones.iter().map(|zone| zone.symbols.clone()));
    let swearing = readings.iter().filter(|reading| **reading == Reading::Certain).count();
    let around = Around::new(symbols, silent, swearing);
    let in_zone = |span: &Range<usize>| {
        // Zones are in order.
        let after = zones.partition_point(|zone| zone.symbols.start <= span.start);
        after > 0 && span.end <= zones[after - 1].symbols.end
    };
    let mut readings = readings.into_iter();
    words.retain(|(span, _)| {
        readings.next().is_none_or(|reading| reading.is_meant(span, &around)) || in_zone(span)
    });
}

/// Returns those of `words`, which are in `symbols`, that the verifier confirms.
fn confirmed(
    words: &Words,
    symbols: &[Symbol],
    matcher: &mut Matcher,
    threshold: Type,
    cx: &mut Context<'_>,
) -> Result<Vec<Word>, Exhausted> {
    let mut confirmed = Vec::new();
    for run in words.runs(threshold) {
        cx.budget.spend(mem::take(&mut matcher.spent))?;
        let judged = Verifier { symbols, matcher }.judge(run);
        confirmed.extend(judged.into_iter().map(|span| (span, None)));
    }
    Ok(confirmed)
}
