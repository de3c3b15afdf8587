//! `profanity`: swearing, slurs and obscenities, obfuscated or not, in English and the languages of [`languages`].
//!
//! ```text
//! text ──stream──> symbols ──zones──> what the engine may see ──matcher──> runs ──verify──> words ──meant──> spans
//!                     │  └──signs──> the same with signs as signs ──matcher──> runs ──verify──┤
//!                     └────────────────────odd words, words in zones──────────────────────────┘
//! ```
//!
//! This is the [exact pass](exactly). Before it, the [`screen`] decides for most texts that nothing can be found in them.
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
mod exactly;
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
mod short;
mod signs;
mod spelling;
mod stream;
#[cfg(test)]
mod tests;
mod tongues;
mod undisguised;
mod verify;
mod zones;

use std::sync::Arc;

use self::engine::Type;
use self::grading::Rated;
use self::languages::{ENGLISH, Everyday, Multilingual, everyday};
use self::matcher::Matcher;
use self::searched::Searched;
pub(super) use self::settings::Profanity;
use self::stream::Stream;
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
        let mut matcher = Matcher::new(self.threshold);
        let affordable = cx.budget.left().saturating_sub(AFFORDABLE);
        for round in 0..ROUNDS {
            let search = || Searched::of(&stream.symbols);
            // Later rounds hide what this rule found, so no other rule shares them.
            let searched = if round == 0 { text.shared(search) } else { Arc::new(search()) };
            let rated = self.find_exactly(&stream, &searched, text, &mut matcher, cx)?;
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
        let found = self
            .find_exactly(stream, &searched, text, &mut Matcher::new(self.threshold), &mut cx)
            .unwrap_or_default();
        assert!(found.is_empty(), "the screen misses what is found in {:?}: {found:?}", text.text());
    }
}
