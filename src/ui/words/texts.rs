//! The macro that takes a text in all languages, and what the compiler checks of it.

/// The texts of one part of the screen: `Texts`, with a method for each line.
///
/// ```text
/// texts! {
///     send: "Send", "ส่ง", "送信", "傳送";
///     note_by(name): "Note by {0}", "โน้ตโดย {0}", "{0}さんのメモ", "{0} 的備註";
///     unread[messages]: "{0} unread message|{0} unread messages", "{0} ข้อความยังไม่อ่าน", "未読{0}件", "{0} 則未讀";
/// }
/// let texts = use_texts::<Texts>();
/// texts.send();          // &'static str
/// texts.note_by("Mali"); // String: the arguments stand for {0}, {1}, …
/// texts.unread(3);       // String: the form that the number asks for
/// ```
///
/// English, Thai, Japanese, Traditional Chinese, in this order, and always all four. The compiler
/// refuses a text that misses a language, an argument, or a form. A list stands in one line, its
/// items parted by `|`. Names of texts are methods, so `new` and Rust's keywords are taken.
macro_rules! texts {
    ($(
        $name:ident $(($($argument:ident),+))? $([$count:ident])? :
        $en:literal, $th:literal, $ja:literal, $zh:literal;
    )+) => {
        /// The texts of this part of the screen, in one language.
        #[derive(Clone, Copy)]
        pub(crate) struct Texts(&'static $crate::ui::words::Slots);

        /// Where each text stands.
        #[expect(non_camel_case_types, reason = "each has the name of its text")]
        enum TextPlace {
            $($name,)+
            /// How many there are.
            count_,
        }

        impl Texts {
            $($crate::ui::words::texts! { @method $name $(($($argument),+))? $([$count])? })+
        }

        impl $crate::ui::words::Group for Texts {
            const NAME: &'static str = module_path!();
            #[cfg(feature = "ssr")]
            const TEXTS: &'static [&'static str] = &[$(stringify!($name)),+];
            #[cfg(feature = "ssr")]
            const TABLES: [&'static $crate::ui::words::Slots; 4] =
                [&[$($en),+], &[$($th),+], &[$($ja),+], &[$($zh),+]];

            fn new(slots: &'static $crate::ui::words::Slots) -> Self {
                Self(slots)
            }
        }

        // Evaluated on both sides and in neither binary.
        const _: () = {
            use $crate::ui::words::{Shape, check};

            check::group(TextPlace::count_ as usize);
            $(check::text(
                &[$en, $th, $ja, $zh],
                $crate::ui::words::texts! { @shape $(($($argument),+))? $([$count])? },
            );)+
        };
    };
    (@method $name:ident) => {
        pub(crate) fn $name(self) -> &'static str {
            self.0[TextPlace::$name as usize]
        }
    };
    (@method $name:ident ($($argument:ident),+)) => {
        pub(crate) fn $name(self, $($argument: &str),+) -> String {
            $crate::ui::words::fill(self.0[TextPlace::$name as usize], &[$($argument),+])
        }
    };
    (@method $name:ident [$count:ident]) => {
        pub(crate) fn $name(self, $count: u32) -> String {
            $crate::ui::words::counted(self.0[TextPlace::$name as usize], $count)
        }
    };
    (@shape) => { Shape::Words };
    (@shape ($($argument:ident),+)) => { Shape::Filled(&[$(stringify!($argument)),+]) };
    (@shape [$count:ident]) => { Shape::Counted };
}
pub(crate) use texts;

/// What a text's line says of its arguments.
pub(crate) enum Shape {
    /// None.
    Words,
    /// One for each name.
    Filled(&'static [&'static str]),
    /// A number, which decides the form.
    Counted,
}

/// What the compiler checks. A panic here is an error of the compiler.
pub(crate) mod check {
    use super::Shape;
    use crate::ui::words::carried::MOST;
    use crate::ui::words::plural::FORMS;

    /// A group must fit into what the browser keeps for one.
    pub(crate) const fn group(count: usize) {
        assert!(count <= MOST, "too many texts for one group");
    }

    /// All languages say it, with the same arguments, and in as many forms as each has.
    pub(crate) const fn text(texts: &[&str; 4], shape: Shape) {
        let first = marks(texts[0]);
        let mut at = 0;
        while at < texts.len() {
            let (places, bars) = marks(texts[at]);
            match &shape {
                Shape::Words => {
                    assert!(
                        places == 0,
                        "a placeholder without an argument that is named"
                    );
                    assert!(bars == first.1, "lists of different length");
                }
                Shape::Filled(names) => {
                    assert!(
                        places == (1 << names.len()) - 1,
                        "a text misses an argument or has one too many"
                    );
                }
                Shape::Counted => {
                    assert!(
                        places == 1,
                        "a text with a number has one placeholder, for it"
                    );
                    assert!(
                        bars + 1 == FORMS[at],
                        "a language has too many or too few forms"
                    );
                }
            }
            at += 1;
        }
    }

    /// Which of `{0}` to `{9}` stand in the text, as bits, and how many `|`.
    const fn marks(text: &str) -> (u16, usize) {
        let bytes = text.as_bytes();
        assert!(!bytes.is_empty(), "a language says nothing");
        let (mut places, mut bars, mut at) = (0, 0, 0);
        while at < bytes.len() {
            match bytes[at] {
                b'|' => bars += 1,
                b'{' => {
                    assert!(
                        at + 2 < bytes.len()
                            && bytes[at + 1].is_ascii_digit()
                            && bytes[at + 2] == b'}',
                        "a brace that is no argument"
                    );
                    places |= 1 << (bytes[at + 1] - b'0');
                }
                b'<' | b'\n' => panic!("a text with `<` or a line break cannot stand in a page"),
                _ => {}
            }
            at += 1;
        }
        (places, bars)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn refused(texts: [&'static str; 4], shape: Shape) -> bool {
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| text(&texts, shape))).is_err()
        }

        #[test]
        fn whole_texts_pass() {
            text(&["Send", "ส่ง", "送信", "傳送"], Shape::Words);
            text(&["a|b", "ก|ข", "あ|い", "甲|乙"], Shape::Words);
            text(
                &["{0} by {1}", "{1} {0}", "{1}{0}", "{0} {1}"],
                Shape::Filled(&["a", "b"]),
            );
            text(
                &["{0} chat|{0} chats", "{0} แชท", "{0}件", "{0} 則"],
                Shape::Counted,
            );
        }

        #[test]
        fn what_one_language_misses_is_refused() {
            assert!(refused(["Send", "", "送信", "傳送"], Shape::Words));
            assert!(refused(["a|b", "ก", "あ|い", "甲|乙"], Shape::Words));
            assert!(refused(
                ["By {0}", "โดย", "{0}の", "{0} 的"],
                Shape::Filled(&["name"])
            ));
            assert!(refused(
                ["By {0}", "{0}", "{1}", "{0}"],
                Shape::Filled(&["name"])
            ));
            assert!(refused(["{0} chats", "{0}", "{0}", "{0}"], Shape::Counted));
            assert!(refused(
                ["a {b}", "{0}", "{0}", "{0}"],
                Shape::Filled(&["name"])
            ));
            assert!(refused(["</script>", "a", "a", "a"], Shape::Words));
        }
    }
}
