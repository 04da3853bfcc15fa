//! Templates.

use crate::protocol::text::isolated;

/// Puts the arguments, which keep their direction to themselves, where `{0}`, `{1}`, … stand in the template.
pub(crate) fn fill(template: &str, arguments: &[&str]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let number = rest.as_bytes().get(at + 1).map(|b| b.wrapping_sub(b'0'));
        if let Some(argument) = number.and_then(|n| arguments.get(usize::from(n))) {
            out.push_str(&isolated(argument));
        }
        rest = rest.get(at + 3..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn templates_take_their_arguments_in_any_order() {
        assert_eq!(fill("{1} and {0}{0}", &["a", "ข"]), "ข and aa");
        assert_eq!(fill("nothing", &["a"]), "nothing");
        assert_eq!(fill("{0} left", &["נטע"]), "\u{2068}נטע\u{2069} left");
    }
}
