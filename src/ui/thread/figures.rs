//! Lengths and sizes of files, as people read them.

/// `0:14`, and `1:02:03` from an hour on.
pub(super) fn clock(ms: u64) -> String {
    let seconds = ms / 1_000;
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

/// Bytes as people read them.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::{clock, size};

    #[test]
    fn lengths_are_written_as_clocks_count() {
        assert_eq!(clock(0), "0:00");
        assert_eq!(clock(14_999), "0:14");
        assert_eq!(clock(3_723_000), "1:02:03");
    }

    #[test]
    fn sizes_have_three_units() {
        assert_eq!(size(999), "999 B");
        assert_eq!(size(184_320), "184 KB");
        assert_eq!(size(2_400_000), "2.4 MB");
    }
}
