//! Thai and Japanese words that are as frequent as words are: the n-th most frequent one is n times
//! as rare as the first (Zipf). The lists are made of syllables, the same each time.

/// Words of each language.
const WORDS: usize = 20_000;

const THAI_FIRST: &[&str] = &[
    "ก", "ข", "ค", "ง", "จ", "ช", "ซ", "ด", "ต", "ท", "น", "บ", "ป", "ผ", "พ", "ฟ", "ม", "ย", "ร",
    "ล", "ว", "ส", "ห", "อ", "กร", "ปล", "พร", "คล", "หม", "หล",
];
const THAI_REST: &[&str] = &[
    "า",
    "าง",
    "าน",
    "าม",
    "าย",
    "าว",
    "ี",
    "ีย",
    "ิน",
    "ือ",
    "ุก",
    "ู",
    "่า",
    "้า",
    "้อง",
    "่อ",
    "็น",
    "ัน",
    "ัก",
    "ัง",
    "ำ",
    "ะ",
    "อก",
    "อย",
    "่าง",
    "้วย",
    "ั้น",
    "ิ่ง",
    "ู่",
    "ู้",
];
const KANA: &[&str] = &[
    "あ", "い", "う", "え", "お", "か", "き", "く", "け", "こ", "さ", "し", "す", "せ", "そ", "た",
    "ち", "つ", "て", "と", "な", "に", "の", "は", "ひ", "ま", "み", "も", "や", "よ", "ら", "り",
    "る", "れ", "を", "ん", "が", "で", "ア", "イ", "カ", "ク", "サ", "シ", "ス", "タ", "ト", "ナ",
    "ラ", "ル", "ン", "ー",
];
/// The words with which most lists of the two languages begin.
const THAI_COMMON: &[&str] = &[
    "ครับ",
    "ค่ะ",
    "ที่",
    "ไหม",
    "ได้",
    "มี",
    "ขอ",
    "ไม่",
    "ส่ง",
    "และ",
    "ราคา",
    "สี",
    "ผ้าไหม",
    "ขอบคุณ",
    "แล้ว",
];
const JAPANESE_COMMON: &[&str] = &[
    "です",
    "ます",
    "の",
    "に",
    "を",
    "は",
    "が",
    "お願いします",
    "ありますか",
    "商品",
    "入荷",
    "送料",
    "青い",
    "注文",
];

/// Numbers that look like chance and are the same each time (Marsaglia's xorshift).
pub struct Dice(u64);

impl Dice {
    /// From 0 on, below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    /// The rank of a thing of so many, the first being the most frequent.
    pub fn rank(&mut self, count: usize) -> usize {
        // The sum of 1/n grows as the logarithm does, so this is its inverse.
        let share = self.below(1 << 30) as f64 / f64::from(1 << 30);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "below the count"
        )]
        let rank = (count as f64).powf(share) as usize - 1;
        rank.min(count - 1)
    }
}

/// Somebody who writes.
pub struct Speech {
    pub dice: Dice,
    thai: Vec<String>,
    japanese: Vec<String>,
}

impl Speech {
    pub fn new() -> Self {
        let mut dice = Dice(0x5a1a_0022);
        let mut thai: Vec<String> = THAI_COMMON.iter().map(|word| (*word).to_owned()).collect();
        while thai.len() < WORDS {
            let syllables = 1 + dice.below(3);
            let syllable = |dice: &mut Dice| {
                let first = THAI_FIRST[dice.rank(THAI_FIRST.len())];
                format!("{first}{}", THAI_REST[dice.rank(THAI_REST.len())])
            };
            thai.push((0..syllables).map(|_| syllable(&mut dice)).collect());
        }
        let mut japanese: Vec<String> = JAPANESE_COMMON
            .iter()
            .map(|word| (*word).to_owned())
            .collect();
        while japanese.len() < WORDS {
            let kanji = dice.below(3);
            let mut word: String = (0..kanji).map(|_| self::kanji(dice.rank(2_000))).collect();
            for _ in 0..=dice.below(3) {
                word.push_str(KANA[dice.rank(KANA.len())]);
            }
            japanese.push(word);
        }
        Self {
            dice,
            thai,
            japanese,
        }
    }

    /// The words of one language or the other.
    fn words(&mut self) -> (&[String], &mut Dice) {
        if self.dice.below(2) == 0 {
            (&self.thai, &mut self.dice)
        } else {
            (&self.japanese, &mut self.dice)
        }
    }

    /// A message of 3 to 14 words.
    pub fn message(&mut self) -> String {
        let count = 3 + self.dice.below(12);
        let (words, dice) = self.words();
        let mut text = String::new();
        for at in 0..count {
            if at > 0 && dice.below(4) == 0 {
                text.push(' ');
            }
            text.push_str(&words[dice.rank(WORDS)]);
        }
        text
    }

    /// A name of two words.
    pub fn name(&mut self) -> String {
        let (words, dice) = self.words();
        let first = &words[dice.below(WORDS)];
        format!("{first} {}", words[dice.below(WORDS)])
    }

    /// Characters of words of these ranks, as many as asked for.
    pub fn part(&mut self, from: usize, to: usize, length: usize) -> String {
        let (words, dice) = self.words();
        let mut part = Vec::new();
        while part.len() < length {
            part.extend(words[from + dice.below(to - from)].chars());
        }
        part.truncate(length);
        part.into_iter().collect()
    }
}

fn kanji(rank: usize) -> char {
    let code = 0x4e00 + u32::try_from(rank).unwrap() * 7;
    char::from_u32(code).unwrap()
}
