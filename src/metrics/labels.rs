//! Enums whose variants are the values of a label: a variant and its label stand together, so that
//! neither can be there without the other.

/// Declares such an enum, with `LABELS`, in order, and `label`.
macro_rules! labels {
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$variant_about:meta])* $variant:ident = $label:literal,)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name {
            $($(#[$variant_about])* $variant,)+
        }

        impl $name {
            const LABELS: [&'static str; [$($label),+].len()] = [$($label),+];

            const fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                }
            }
        }
    };
}
pub(super) use labels;

#[cfg(test)]
mod tests {
    labels! {
        /// Some.
        enum Weather {
            /// Some.
            Fine = "fine",
            /// Some.
            SoSo = "so_so",
        }
    }

    #[test]
    fn each_variant_is_counted_under_its_label() {
        assert_eq!(Weather::LABELS, ["fine", "so_so"]);
        assert_eq!(Weather::Fine.label(), "fine");
        assert_eq!(Weather::SoSo.label(), "so_so");
    }
}
