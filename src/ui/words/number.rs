//! Numbers as people read them: in all four languages Arabic figures with a comma for thousands.

/// `4,862`.
pub(crate) fn grouped(number: usize) -> String {
    let figures = number.to_string();
    let mut out = String::with_capacity(figures.len() + 4);
    for (at, figure) in figures.char_indices() {
        if at > 0 && (figures.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(figure);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn every_third_figure_has_a_comma_before_it() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(4_862), "4,862");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
