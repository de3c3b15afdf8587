//! [`Flaw`]: why a text in the format of a secret is not a secret.

/// Why a text in the format of a secret is not a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Its issuer prints it in its documentation.
    Documented,
    /// It contains this word, which marks samples.
    SampleWord(&'static str),
    /// No part of it can vary.
    Fixed,
    /// It repeats one character.
    Row,
    /// Its characters follow each other as in the alphabet.
    Sequence,
    /// It has few different characters.
    FewCharacters,
    /// It repeats a piece.
    Repetition,
    /// It consists of words.
    Words,
    /// It is encoded data and mostly filler.
    Filler,
    /// It is a placeholder of a template.
    Template,
    /// It is a word that people write instead of a password.
    Placeholder,
    /// It is the name of a constant.
    Constant,
    /// It is too short for a password.
    Short,
    /// It is a number that may be a port.
    Port,
    /// It has the form of words or names, without a digit or a sign.
    OnlyWords,
    /// It is a number or a version.
    Number,
    /// It is an expression of a program, a path or a URL.
    Expression,
    /// Its host is reserved for documentation, and the password is a word.
    SampleHost,
    /// It is a default of local development.
    LocalDefault,
    /// The user and the password are the same.
    SameAsUser,
}

impl Flaw {
    /// Returns the reason as the end of a sentence.
    fn why(self) -> &'static str {
        match self {
            Self::Documented => "it is a sample from the issuer's documentation",
            Self::SampleWord(_) => "",
            Self::Fixed => "it has nothing that differs from key to key",
            Self::Row => "it has too little entropy: one character is repeated many times",
            Self::Sequence => "it has too little entropy: it is a sequence such as `abcd` or `1234`",
            Self::FewCharacters => "it has too little entropy: the same few characters occur again and again",
            Self::Repetition => "it has too little entropy: a piece of it is repeated",
            Self::Words => "it reads like words, and a key is random",
            Self::Filler => "it has too little entropy: most of it is filler",
            Self::Template => "a template fills in its value",
            Self::Placeholder => "it is a placeholder",
            Self::Constant => "it is the name of a constant",
            Self::Short => "it is too short for a password",
            Self::Port => "it is a number such as a port",
            Self::OnlyWords => "it has neither a digit nor a sign, so it may be a word or a name",
            Self::Number => "it is a number or a version",
            Self::Expression => "it is an expression, a path or a URL",
            Self::SampleHost => {
                "its host is reserved for documentation (RFC 2606), and its password is a word"
            }
            Self::LocalDefault => "it is a usual default of development on the local machine",
            Self::SameAsUser => "the password is the name of the user",
        }
    }
}

impl From<Flaw> for String {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::SampleWord(word) => format!("it contains `{word}`, as samples do"),
            flaw => flaw.why().to_owned(),
        }
    }
}
