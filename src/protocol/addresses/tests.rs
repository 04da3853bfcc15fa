//! Addresses in sentences of several scripts, and what a browser makes of them.

use proptest::prelude::*;

use super::*;

/// All addresses of a text, as they are shown.
fn shown(text: &str) -> Vec<String> {
    let (mut all, mut from) = (Vec::new(), 0);
    while let Some(address) = next_address(text, from) {
        from = address.end;
        all.push(address.shown);
    }
    all
}

#[test]
fn an_address_ends_where_the_sentence_goes_on() {
    for (text, address) in [
        ("https://a.example", "https://a.example"),
        ("ดูที่https://a.example/ผ้า", "https://a.example/"),
        ("https://a.example/x（หน้าแรก）", "https://a.example/x"),
        ("https://a.example/x、次", "https://a.example/x"),
        ("https://a.example/x。", "https://a.example/x"),
        ("「https://a.example/x」", "https://a.example/x"),
        ("『https://a.example』", "https://a.example"),
        ("【https://a.example】", "https://a.example"),
        ("https://a.example\u{3000}x", "https://a.example"),
        ("https://a.example，x", "https://a.example"),
        ("(https://a.example/x)y", "https://a.example/x"),
        ("[https://a.example/x]", "https://a.example/x"),
        ("https://a.example/x(ดู)", "https://a.example/x"),
        ("https://a.example/a_(b).", "https://a.example/a_(b)"),
        ("https://a.example/?a[0]=1", "https://a.example/?a[0]=1"),
        ("See https://a.example, please", "https://a.example"),
        ("https://a.example/x?y=1!", "https://a.example/x?y=1"),
        ("https://a.example?", "https://a.example"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("\"https://a.example/x\"", "https://a.example/x"),
        (
            "https://a.example/%E0%B8%81x",
            "https://a.example/%E0%B8%81x",
        ),
        ("https://a.exampleครับ", "https://a.example"),
        ("https://a.exampleです。", "https://a.example"),
        ("https://a.example:8080/x", "https://a.example:8080/x"),
        ("https://a.example:ครับ", "https://a.example"),
        ("https://a.example:99999/x", "https://a.example"),
        ("HTTPS://A.Example/x", "HTTPS://A.Example/x"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("https://a.example\\@evil.example", "https://a.example"),
        ("javascript:https://a.example", "https://a.example"),
    ] {
        assert_eq!(shown(text), [address], "{text}");
    }
    assert_eq!(
        shown("https://a.example/1 https://b.example/2"),
        ["https://a.example/1", "https://b.example/2"]
    );
}

#[test]
fn what_is_no_address_stays_words() {
    for text in [
        "",
        "://",
        "http://",
        "https://a",
        "https://.example",
        "javascript:alert(1)",
        "javascript://a.example/%0aalert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "xhttps://a.example",
        "www.a.example",
        "mali@a.example",
        "https://line.me@evil.example/",
        "https://line.me:80@evil.example/",
        "https://1.2.3.256",
        "https://a.0x1",
        "https://1.2.3",
        "https://[::1]/x",
        "https://a.x",
    ] {
        assert_eq!(shown(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_host_that_could_pass_for_another_is_shown_in_ascii() {
    for (text, address) in [
        ("https://ร้านผ้า.example", "https://ร้านผ้า.example"),
        ("https://日本語.example/x", "https://日本語.example/x"),
        ("https://müller.example", "https://müller.example"),
        // The second letter is Cyrillic.
        (
            "https://p\u{430}ypal.example/x",
            "https://xn--pypal-4ve.example/x",
        ),
        (
            "https://www.p\u{430}ypal.example",
            "https://www.xn--pypal-4ve.example",
        ),
        (
            "https://ร้านshop.example",
            "https://xn--shop-kho3czfpi.example",
        ),
        // All of them are, which the eye does not see.
        (
            "https://\u{430}\u{440}\u{440}\u{4cf}\u{435}.example",
            "https://xn--80ak6aa92e.example",
        ),
        ("https://l\u{131}ne.example", "https://xn--lne-jua.example"),
        // A sign that looks like the slash before a path.
        (
            "https://line.meノx.example",
            "https://line.xn--mex-ln4b.example",
        ),
    ] {
        assert_eq!(shown(text), [address], "{text}");
    }
}

/// Addresses whose end is not in doubt.
fn plain() -> impl Strategy<Value = String> {
    "https?://([a-z][a-z0-9]{0,5}\\.){1,3}[a-z]{2,6}(:[1-9][0-9]{1,3})?(/[A-Za-z0-9%._~/-]{0,12}[a-z0-9/])?"
        .prop_filter("no punycode", |address| !address.contains("xn--"))
}

proptest! {
    #[test]
    fn text_directly_behind_an_address_stays_outside(
        address in plain(),
        behind in "[ก-\u{e3a}เ-\u{e4e}ぁ-んァ-ヶ一-龠、。，）」』】\u{3000}][ก-ฮ。、一-龠 a-z]{0,8}",
    ) {
        let text = format!("{address}{behind}");
        prop_assert_eq!(shown(&text), vec![address]);
    }

    #[test]
    fn whatever_is_written_an_address_is_what_a_browser_makes_of_it(
        text in "([ -~]|[ก-๛]|[а-я]|[ぁ-ん]|[、。，）」』】\u{200b}\u{202e}]|https?://|[a-z]{2}\\.[a-z]{2}){0,24}",
    ) {
        let mut from = 0;
        while let Some(address) = next_address(&text, from) {
            prop_assert!(address.start >= from && address.end > address.start);
            prop_assert!(text.is_char_boundary(address.start) && text.is_char_boundary(address.end));
            from = address.end;
            let shown = &address.shown;
            prop_assert!(shown.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("http")));
            prop_assert!(!shown.chars().any(|c| c.is_whitespace() || crate::protocol::text::is_invisible(c)));
            let (_, rest) = shown.split_once("://").expect("a scheme");
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            prop_assert!(rest[end..].is_ascii(), "{shown}");
            let host = rest[..end].split(':').next().unwrap_or_default();
            if host.is_ascii() && !text.contains("xn--") {
                let host = host.to_ascii_lowercase();
                let parsed = reqwest::Url::parse(shown);
                prop_assert!(parsed.is_ok() || shown.contains("xn--"), "{shown}");
                if let Ok(url) = parsed {
                    prop_assert_eq!(url.host_str(), Some(host.as_str()));
                    prop_assert_eq!((url.username(), url.password()), ("", None));
                }
            } else if let Ok(url) = reqwest::Url::parse(shown) {
                prop_assert_eq!((url.username(), url.password()), ("", None));
            }
        }
    }

    #[test]
    fn punycode_is_what_browsers_write(label in "[a-z]{0,6}[а-яก-ฮ一-龠]{1,8}[a-z0-9]{0,4}[а-я一-龠]{0,4}") {
        let url = reqwest::Url::parse(&format!("https://{label}.example/")).expect("an address");
        let expected = url.host_str().and_then(|host| host.strip_suffix(".example")).expect("its host");
        prop_assert_eq!(format!("xn--{}", punycode::encode(&label).expect("a short label")), expected);
    }
}
