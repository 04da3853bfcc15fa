//! Lists of which one element that cannot be read does not hide the others.

use serde::{Deserialize, Deserializer};

/// A value, unless it cannot be read. From text that is read as it comes, what follows cannot be
/// read then either; a browser reads from a tree.
struct Maybe<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(T::deserialize(deserializer).ok()))
    }
}

fn readable<T>(list: Vec<Maybe<T>>) -> Vec<T> {
    list.into_iter().filter_map(|element| element.0).collect()
}

/// The elements that can be read.
pub(super) fn list<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Vec::deserialize(deserializer).map(readable)
}

/// As [`list`], where there is one.
pub(super) fn optional_list<'de, T, D>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(|list| list.map(readable))
}

/// The value, where there is one that can be read.
pub(super) fn optional<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(|value: Option<Maybe<T>>| value.and_then(|it| it.0))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::Timestamp;
    use super::super::reading::read;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Times {
        #[serde(deserialize_with = "super::list")]
        all: Vec<Timestamp>,
        #[serde(default, deserialize_with = "super::optional_list")]
        some: Option<Vec<Timestamp>>,
        #[serde(default, deserialize_with = "super::optional")]
        last: Option<Timestamp>,
    }

    #[test]
    fn what_cannot_be_read_hides_nothing_beside_it() {
        let text = r#"{"all":["x","1970-01-01T00:00:00.001Z",7,null],"last":"+33658-09-27",
            "some":["1970-01-01T00:00:00.002Z",{}]}"#;
        let times = Times {
            all: vec![Timestamp(1)],
            some: Some(vec![Timestamp(2)]),
            last: None,
        };
        assert_eq!(read(text), Ok(times));
        assert_eq!(
            read(r#"{"all":[]}"#),
            Ok(Times {
                all: Vec::new(),
                some: None,
                last: None
            })
        );
        assert!(read::<Times>(r#"{"all":7}"#).is_err());
    }
}
