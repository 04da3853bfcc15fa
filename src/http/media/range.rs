//! `Range` of one span (RFC 9110 section 14); several spans are answered with the whole.

/// Some bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The first one, from 0.
    pub(super) first: u64,
    /// How many.
    pub(super) length: u64,
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The file.
    All,
    /// A part that the file has.
    Part(Span),
    /// A part beyond its end.
    Unsatisfiable,
}

/// Reads the header for a file of `size` bytes. What is not understood counts as absent.
pub(super) fn read(header: Option<&str>, size: u64) -> Asked {
    let spec = header
        .and_then(|header| header.strip_prefix("bytes="))
        .map(str::trim);
    let Some((first, last)) = spec.and_then(|spec| spec.split_once('-')) else {
        return Asked::All;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (first, last) {
        ("", suffix) => match number(suffix) {
            None => Asked::All,
            Some(0) => Asked::Unsatisfiable,
            Some(_) if size == 0 => Asked::Unsatisfiable,
            Some(length) => part(size - length.min(size), size),
        },
        (first, "") => match number(first) {
            None => Asked::All,
            Some(first) if first >= size => Asked::Unsatisfiable,
            Some(first) => part(first, size),
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last && first >= size => Asked::Unsatisfiable,
            (Some(first), Some(last)) if first <= last => {
                part(first, last.saturating_add(1).min(size))
            }
            _ => Asked::All,
        },
    }
}

fn part(first: u64, end: u64) -> Asked {
    Asked::Part(Span {
        first,
        length: end - first,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: u64, length: u64) -> Asked {
        Asked::Part(Span { first, length })
    }

    #[test]
    fn single_ranges_are_understood() {
        for (header, asked) in [
            ("bytes=0-", span(0, 10)),
            ("bytes=0-0", span(0, 1)),
            ("bytes=3-5", span(3, 3)),
            ("bytes=3-99", span(3, 7)),
            ("bytes=9-", span(9, 1)),
            ("bytes=-4", span(6, 4)),
            ("bytes=-99", span(0, 10)),
            ("bytes=0-18446744073709551615", span(0, 10)),
        ] {
            assert_eq!(read(Some(header), 10), asked, "{header}");
        }
    }

    #[test]
    fn beyond_the_end_is_unsatisfiable_and_nonsense_is_ignored() {
        for header in [
            "bytes=10-",
            "bytes=10-11",
            "bytes=-0",
            "bytes=99999999999999999999-",
        ] {
            assert_eq!(read(Some(header), 10), Asked::Unsatisfiable, "{header}");
        }
        assert_eq!(read(Some("bytes=-1"), 0), Asked::Unsatisfiable);
        for header in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-3",
            "bytes=0-1,3-4",
            "lines=0-1",
        ] {
            assert_eq!(read(Some(header), 10), Asked::All, "{header}");
        }
        assert_eq!(read(None, 10), Asked::All);
    }
}
