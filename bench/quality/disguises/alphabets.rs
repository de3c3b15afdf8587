//! Alphabets of letters that look like Latin ones: a table for each, with the replacements of `a` to `z`.

/// Maps each letter of a word to its group in `alphabet`, which contains 26 groups of characters.
pub(crate) fn dressed(alphabet: &str, word: &str) -> String {
    let groups: Vec<&str> = alphabet.split(' ').collect();
    assert_eq!(groups.len(), 26, "{alphabet:?} must have 26 letters");
    let letter = |c: char| (u32::from(c)).checked_sub(u32::from('a')).and_then(|at| groups.get(at as usize));
    word.chars().map(|c| letter(c).map_or_else(|| c.to_string(), |letter| (*letter).to_owned())).collect()
}

/// Maps the letters of a word to a contiguous alphabet that begins at `first`.
pub(crate) fn shifted(first: char, word: &str) -> String {
    let shifted = |c: char| char::from_u32(u32::from(first) + u32::from(c) - u32::from('a')).unwrap_or(c);
    word.chars().map(shifted).collect()
}

/// Alphabets that are contiguous in Unicode.
pub(crate) const BLOCKS: &[(&str, char)] = &[
    ("fullwidth upper", 'Ａ'),
    ("fullwidth", 'ａ'),
    ("bold upper", '𝐀'),
    ("bold", '𝐚'),
    ("bold italic", '𝒂'),
    ("bold script", '𝓪'),
    ("bold script upper", '𝓐'),
    ("fraktur", '𝔞'),
    ("double struck", '𝕒'),
    ("bold fraktur", '𝖆'),
    ("sans", '𝖺'),
    ("sans bold", '𝗮'),
    ("sans italic", '𝘢'),
    ("sans bold italic", '𝙖'),
    ("monospace", '𝚊'),
    ("monospace upper", '𝙰'),
    ("circled", 'ⓐ'),
    ("circled upper", 'Ⓐ'),
    ("circled negative", '🅐'),
    ("squared", '🄰'),
    ("squared negative", '🅰'),
    ("parenthesised", '⒜'),
    ("parenthesised upper", '🄐'),
    ("regional indicators", '🇦'),
    ("tag characters", '\u{e0061}'),
];

/// Alphabets whose characters are scattered over Unicode.
pub(crate) const COLLECTED: &[(&str, &str)] = &[
    ("small capitals", "ᴀ ʙ ᴄ ᴅ ᴇ ꜰ ɢ ʜ ɪ ᴊ ᴋ ʟ ᴍ ɴ ᴏ ᴘ ǫ ʀ ꜱ ᴛ ᴜ ᴠ ᴡ x ʏ ᴢ"),
    ("superscript", "ᵃ ᵇ ᶜ ᵈ ᵉ ᶠ ᵍ ʰ ⁱ ʲ ᵏ ˡ ᵐ ⁿ ᵒ ᵖ q ʳ ˢ ᵗ ᵘ ᵛ ʷ ˣ ʸ ᶻ"),
    ("superscript upper", "ᴬ ᴮ ᶜ ᴰ ᴱ ᶠ ᴳ ᴴ ᴵ ᴶ ᴷ ᴸ ᴹ ᴺ ᴼ ᴾ Q ᴿ ˢ ᵀ ᵁ ⱽ ᵂ ˣ ʸ ᶻ"),
    ("subscript", "ₐ b c d ₑ f g ₕ ᵢ ⱼ ₖ ₗ ₘ ₙ ₒ ₚ q ᵣ ₛ ₜ ᵤ ᵥ w ₓ y z"),
    ("cyrillic", "а Ь с ԁ е ғ ɡ һ і ј к ӏ м п о р ԛ г ѕ т у ѵ ѡ х у z"),
    ("cyrillic upper", "А В С D Е Ғ Ԍ Н І Ј К L М И О Р Q Я Ѕ Т U Ѵ Ш Х У Z"),
    ("greek", "α β ϲ δ ε ƒ g η ι j κ l m η ο ρ q r σ τ υ ν ω χ γ ζ"),
    ("greek upper", "Α Β C D Ε F G Η Ι J Κ L Μ Ν Ο Ρ Q R S Τ U V W Χ Υ Ζ"),
    ("armenian", "ա ƅ ϲ ԁ ҽ f ց հ ї յ k ӏ m ո օ ք զ ր ѕ է ս v ա x վ z"),
    ("cherokee", "Ꭺ Ᏼ Ꮯ Ꭰ Ꭼ F Ꮐ Ꮋ Ꮖ Ꭻ Ꮶ Ꮮ Ꮇ N O Ꮲ Q Ꮢ Ꮪ Ꭲ U Ꮩ Ꮃ X Ꭹ Ꮓ"),
    ("lisu", "ꓮ ꓐ ꓚ ꓓ ꓰ ꓝ ꓖ ꓧ ꓲ ꓙ ꓗ ꓡ ꓟ ꓠ ꓳ ꓑ Q ꓣ ꓢ ꓔ ꓴ ꓦ ꓪ ꓫ ꓬ ꓜ"),
    ("coptic", "ⲁ ⲃ ⲥ d ⲉ f g h ⲓ j ⲕ l ⲙ n ⲟ ⲣ q ⲅ s ⲧ u v ⲱ ⲭ y ⲍ"),
    ("deseret and friends", "𐊠 𐊡 𐊢 ꓓ 𐊆 𐊇 𐐎 𐋏 𐊊 ꓙ ꓗ 𐐛 𐊰 𐔓 𐊒 𐊕 ꓳ ꓣ 𐊖 𐊗 ꓴ ꓦ ꓪ 𐊐 𐊲 𐋵"),
    ("hebrew and thai", "ค ๒ ς ๔ є Ŧ ﻮ ђ เ ן к ɭ ๓ ภ ๏ ק ợ г ร t ย ש ฬ א ץ չ"),
    ("georgian", "Ⴙ ხ ς ძ ჹ f ց ᕼ ი ʝ ƙ l ო Ⴖ ი ჶ ყ Ⴡ ʂ ƭ մ v ɯ ჯ ყ ʐ"),
    ("phonetic", "ɑ ɓ ƈ ɗ ɛ ƒ ɠ ɦ ɨ ʝ ƙ ɭ ɱ ɳ ɵ ρ ʠ ɽ ʂ ƭ ʋ ʋ ɯ ϰ ყ ʐ"),
    ("hooks", "ą ƀ ç đ ę ƒ ğ ħ į ĵ ķ ł m ŋ ø þ q ŗ ş ŧ ų v ŵ x ÿ ž"),
    ("acute", "á b ć d é f ǵ h í j ḱ ĺ ḿ ń ó ṕ q ŕ ś t ú v ẃ x ý ź"),
    ("dots below", "ạ ḅ c ḍ ẹ f g ḥ ị j ḳ ḷ ṃ ṇ ọ p q ṛ ṣ ṭ ụ ṿ ẉ x ỵ ẓ"),
    ("umlauts", "ä b c d ë f g ḧ ï j k l m n ö p q r s ẗ ü v ẅ ẍ ÿ z"),
    ("currency", "₳ ฿ ₵ Đ € ₣ ₲ Ħ ł J ₭ Ⱡ ₥ ₦ Ø ₱ Q Ɽ $ ₮ Ʉ V ₩ Ӿ ¥ Ⱬ"),
    ("syllabics", "ᗩ ᗷ ᑕ ᗪ ᗴ ᖴ ᘜ ᕼ I ᒍ K ᒪ ᗰ ᑎ O ᑭ ᑫ ᖇ ᔕ T ᑌ ᐯ ᗯ ᙭ Y ᘔ"),
    ("barred", "Ⱥ Ƀ Ȼ Đ Ɇ F Ǥ Ħ Ɨ Ɉ Ꝁ Ł M N Ø Ᵽ Q Ɍ S Ŧ Ʉ V W X Ɏ Ƶ"),
    ("combined squares", "a⃞ b⃞ c⃞ d⃞ e⃞ f⃞ g⃞ h⃞ i⃞ j⃞ k⃞ l⃞ m⃞ n⃞ o⃞ p⃞ q⃞ r⃞ s⃞ t⃞ u⃞ v⃞ w⃞ x⃞ y⃞ z⃞"),
    ("combined circles", "a⃝ b⃝ c⃝ d⃝ e⃝ f⃝ g⃝ h⃝ i⃝ j⃝ k⃝ l⃝ m⃝ n⃝ o⃝ p⃝ q⃝ r⃝ s⃝ t⃝ u⃝ v⃝ w⃝ x⃝ y⃝ z⃝"),
    ("leet light", "4 b c d 3 f g h 1 j k l m n 0 p q r s t u v w x y z"),
    ("leet digits", "4 8 c d 3 f 9 h 1 j k 1 m n 0 p q r 5 7 u v w x y 2"),
    ("leet signs", "@ b ( d 3 f g h ! j k | m n 0 p q r $ + u v w x y z"),
    ("leet signs light", "@ b c d e f g h ! j k l m n o p q r $ t u v w x y z"),
    ("leet art", "4 |3 ( |) 3 |= 6 # 1 _| |< |_ |\\/| |\\| 0 |> 9 |2 5 7 |_| \\/ \\/\\/ >< `/ 2"),
    ("leet art f", "a b c d e |= g h i j k l m n o p q r s t u v w x y z"),
    ("leet art k", "a b c d e f g h i j |< l m n o p q r s t u v w x y z"),
    ("leet art u", "a b c d e f g h i j k l m n o p q r s t |_| v w x y z"),
    ("leet art h", "a b c d e f g |-| i j k l m n o p q r s t u v w x y z"),
    ("leet art d", "a b c |) e f g h i j k l m n o p q r s t u v w x y z"),
    ("leet art n", "a b c d e f g h i j k l m |\\| o p q r s t u v w x y z"),
    ("leet brackets c", "a b [ d e f g h i j k l m n o p q r s t u v w x y z"),
    ("leet braces c", "a b { d e f g h i j k l m n o p q r s t u v w x y z"),
    ("leet angle c", "a b < d e f g h i j k l m n o p q r s t u v w x y z"),
    ("leet cent c", "a b ¢ d e f g h i j k l m n o p q r s t u v w x y z"),
    ("leet round o", "a b c d e f g h i j k l m n () p q r s t u v w x y z"),
    ("leet v for u", "a b c d e f g h i j k l m n o p q r s t v v w x y z"),
    ("leet w", "a b c d e f g h i j k l m n o p q r s t u v vv x y z"),
    ("leet z for s", "a b c d e f g h i j k l m n o p q r z t u v w x y z"),
    ("leet k for c", "a b k d e f g h i j k l m n o p q r s t u v w x y z"),
    ("leet ph for f", "a b c d e ph g h i j k l m n o p q r s t u v w x y z"),
    ("leet q", "a b q d e f g h i j q l m n o p q r s t u v w x y z"),
    ("leet oo for u", "a b c d e f g h i j k l m n o p q r s t oo v w x y z"),
    ("leet pound", "a b c d £ f g h ¡ j k £ m n ° p q r § † µ v w × ¥ z"),
    ("emoji letters", "🅰️ 🅱️ ©️ d 📧 🎏 g ♓ ℹ️ 🎷 🎋 👢 Ⓜ️ ♑ ⭕ 🅿️ q ®️ 💲 ✝️ ⛎ ♈ 〰️ ❌ ✌️ 💤"),
];

/// The letters that look like letters upside down.
pub(crate) const TURNED: &str = "ɐ q ɔ p ǝ ɟ ƃ ɥ ᴉ ɾ ʞ l ɯ u o d b ɹ s ʇ n ʌ ʍ x ʎ z";
