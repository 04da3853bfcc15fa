//! What is taken, and as what.

use image::ImageFormat;
use sala::protocol::time::DAY_MS;
use serde_json::json;

use super::{a_chat, kept, nothing_left, sweep_after};
use crate::harness::files::{
    gif_and_script, heic, m4a, mp3, mp4, photo, taken, tells_place, written,
};
use crate::harness::{TestApp, both_databases};

both_databases!(
    a_photograph_stands_upright_and_says_no_more_where_it_was_taken,
    |app| {
        let (customer, mali) = a_chat(app).await;
        let original = photo(6, 600, 400);
        assert!(tells_place(&original));
        let answer = mali
            .upload(&customer.room(), "C:\\DCIM\\IMG_1.png", &original)
            .await;
        let file = taken(answer);
        assert_eq!(file["kind"], "image");
        assert_eq!(file["content_type"], "image/jpeg");
        assert_eq!(file["name"], "IMG_1.jpg");
        assert_eq!(
            (&file["width"], &file["height"]),
            (&json!(400), &json!(600))
        );
        let bytes = mali.bytes(file["url"].as_str().expect("an address")).await;
        assert_eq!(file["size"], bytes.len());
        let small = file["preview_url"].as_str().expect("an address");
        let small = mali.bytes(small).await;
        for bytes in [&bytes, &small] {
            assert!(!tells_place(bytes));
            let shown = image::load_from_memory(bytes).expect("a picture");
            assert_eq!((shown.width(), shown.height()), (400, 600));
        }
        // Upright already: the pixels are the same ones.
        let file = taken(
            mali.upload(&customer.room(), "a.jpg", &photo(1, 300, 200))
                .await,
        );
        let bytes = mali.bytes(file["url"].as_str().expect("an address")).await;
        assert!(!tells_place(&bytes));
        assert!(photo(1, 300, 200).ends_with(&bytes[bytes.len() / 2..]));
    }
);

both_databases!(a_picture_is_what_its_bytes_are_whatever_its_name, |app| {
    let (customer, mali) = a_chat(app).await;
    for (name, bytes, end) in [
        ("a.jpg", written(ImageFormat::Png, 40, 30), "png"),
        ("a.exe", written(ImageFormat::Gif, 40, 30), "jpg"),
        ("a.gif", gif_and_script(), "jpg"),
        ("a.webp", written(ImageFormat::WebP, 40, 30), "jpg"),
        ("a.bmp", written(ImageFormat::Bmp, 40, 30), "jpg"),
        ("a.tif", written(ImageFormat::Tiff, 40, 30), "jpg"),
    ] {
        let file = taken(mali.upload(&customer.room(), name, &bytes).await);
        assert_eq!(file["kind"], "image", "{name}: {file}");
        let kind = if end == "png" {
            "image/png"
        } else {
            "image/jpeg"
        };
        assert_eq!(file["content_type"], kind, "{name}");
        assert_eq!(file["name"], format!("a.{end}"), "{name}");
        let got = mali.bytes(file["url"].as_str().expect("an address")).await;
        assert_eq!(file["size"], got.len(), "{name}");
        assert!(!got.windows(6).any(|it| it == b"alert("), "{name}");
    }
});

both_databases!(
    films_and_sounds_are_known_by_their_boxes_and_frames,
    |app| {
        let (customer, mali) = a_chat(app).await;
        for (name, bytes, kind, content_type, ms) in [
            ("a.jpg", mp4(2_500), "video", "video/mp4", 2_500),
            ("a.mp4", m4a(1_500), "audio", "audio/mp4", 1_500),
            ("voice", mp3(100), "audio", "audio/mpeg", 2_612),
        ] {
            let file = taken(mali.upload(&customer.room(), name, &bytes).await);
            assert_eq!(file["kind"], kind, "{name}: {file}");
            assert_eq!(file["content_type"], content_type, "{name}");
            assert_eq!(file["name"], name);
            assert_eq!(file["duration_ms"], ms, "{name}");
            if kind == "video" {
                assert_eq!(
                    (&file["width"], &file["height"]),
                    (&json!(320), &json!(180))
                );
            }
            let got = mali.bytes(file["url"].as_str().expect("an address")).await;
            assert_eq!(
                (got.len(), &file["size"]),
                (bytes.len(), &json!(bytes.len()))
            );
            assert!(!tells_place(&got), "{name}");
        }
    }
);

both_databases!(
    all_else_goes_as_it_is_under_a_type_that_nothing_runs,
    |app| {
        const UNKNOWN: &str = "application/octet-stream";
        let (customer, mali) = a_chat(app).await;
        let text = "plain words".repeat(40_000);
        for (name, bytes, content_type, clean) in [
            ("IMG.jpg", &heic()[..], "image/heic", "IMG.jpg"),
            ("a.mp4", text.as_bytes(), UNKNOWN, "a.mp4"),
            ("../a.jpg", b"<html><script>", UNKNOWN, "a.jpg"),
            ("a.svg", b"<svg onload=alert(1)>", UNKNOWN, "a.svg"),
            (
                "bill\u{202e}fdp.exe",
                b"%PDF-1.7",
                "application/pdf",
                "billfdp.exe",
            ),
            ("ใบเสร็จ.pdf", b"%PDF-1.7", "application/pdf", "ใบเสร็จ.pdf"),
        ] {
            let file = taken(mali.upload(&customer.room(), name, bytes).await);
            assert_eq!(file["kind"], "file", "{name}: {file}");
            assert_eq!(file["content_type"], content_type, "{name}");
            assert_eq!(file["name"], clean, "{name}");
            let got = mali.bytes(file["url"].as_str().expect("an address")).await;
            assert_eq!(got, bytes, "{name}");
        }
        let long = format!("{}.pdf", "ก็".repeat(300));
        let file = taken(mali.upload(&customer.room(), &long, b"%PDF-1.7").await);
        let name = file["name"].as_str().expect("a name");
        assert!(name.len() <= 240 && name.ends_with("ก็.pdf"), "{name}");
    }
);

both_databases!(
    a_film_bears_the_picture_that_came_with_it_or_a_neutral_one,
    |app| {
        let (customer, mali) = a_chat(app).await;
        let room = customer.room();
        let first = photo(1, 640, 360);
        let (clip, fields) = (mp4(1_000), |preview| {
            let room: (&str, Option<&str>, &[u8]) = ("room", None, room.as_bytes());
            [room, preview]
        });
        let [room_field, preview] = fields(("preview", Some("first.jpg"), &first[..]));
        for form in [
            [room_field, preview, ("file", Some("a.mp4"), &clip[..])],
            [room_field, ("file", Some("a.mp4"), &clip[..]), preview],
        ] {
            let file = taken(mali.upload_form(&form).await);
            let small = mali.bytes(file["preview_url"].as_str().expect("one")).await;
            assert!(!tells_place(&small));
            let small = image::load_from_memory(&small).expect("a picture");
            assert_eq!((small.width(), small.height()), (640, 360));
        }
        let file = taken(mali.upload(&room, "a.mp4", &clip).await);
        let small = mali.bytes(file["preview_url"].as_str().expect("one")).await;
        let small = image::load_from_memory(&small).expect("a picture");
        assert_eq!(
            (small.width(), small.height()),
            (640, 360),
            "of the film's shape"
        );
    }
);

both_databases!(
    a_picture_beyond_lines_bounds_becomes_a_jpeg_within_them,
    |app| {
        let (customer, mali) = a_chat(app).await;
        let wide = photo(1, 5_000, 400);
        let file = taken(mali.upload(&customer.room(), "wide.jpg", &wide).await);
        assert_eq!(
            (&file["width"], &file["height"]),
            (&json!(4_096), &json!(328))
        );
        let bytes = mali.bytes(file["url"].as_str().expect("an address")).await;
        let shown = image::load_from_memory(&bytes).expect("a picture");
        assert_eq!((shown.width(), shown.height()), (4_096, 328));
        assert_eq!(kept(app).await.0, 1);
    }
);

both_databases!(what_no_message_uses_is_gone_after_a_day, |app| {
    let (customer, mali) = a_chat(app).await;
    let large = vec![b'x'; 5 << 20];
    let file = taken(mali.upload(&customer.room(), "a.txt", &large).await);
    taken(
        mali.upload(&customer.room(), "a.jpg", &photo(1, 60, 40))
            .await,
    );
    assert_eq!(kept(app).await, (2, 21));
    assert_eq!(sweep_after(app, DAY_MS - 60_000).await, 0);
    assert_eq!(sweep_after(app, DAY_MS + 1).await, 2);
    nothing_left(app).await;
    let url = app.url(file["url"].as_str().expect("an address"));
    let asking = crate::harness::customer::harness_client().get(url);
    let answer = asking.header("cookie", &mali.cookie).send().await;
    assert_eq!(answer.expect("an answer").status(), 404);
    let mut reader = app.state.db.reader().await.expect("reads");
    assert_eq!(reader.conn().media_bytes().await.expect("reads"), 0);
});
