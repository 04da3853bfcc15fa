//! Reading what the server says, with little code.
//!
//! Serde's own JSON reader is compiled anew for every type, which made an eighth of the browser's
//! binary. Here text becomes a tree once, and types are read from the tree: a struct by asking the
//! tree for its fields in their order, which is the shortest code that serde derives.

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

/// The text is not JSON or not of the expected form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is not of the expected form")]
pub struct Unreadable;

impl de::Error for Unreadable {
    /// What exactly is wrong helps nobody in a browser, and saying it takes code for each type.
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
}

/// Reads a value from its JSON.
///
/// # Errors
/// [`Unreadable`].
pub fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Unreadable> {
    Node::parse(text)?.read()
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        serde_json::from_str(text).map_err(|_| Unreadable)
    }

    pub(super) fn read<'de, T: Deserialize<'de>>(&'de self) -> Result<T, Unreadable> {
        T::deserialize(self)
    }

    /// Takes a field out of an object.
    pub(super) fn take(&mut self, name: &str) -> Option<Self> {
        match self {
            Self::Object(fields) => {
                let at = fields.iter().position(|(known, _)| known == name)?;
                Some(fields.swap_remove(at).1)
            }
            _ => None,
        }
    }

    fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields
                .iter()
                .find_map(|(known, node)| (known == name).then_some(node)),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Growing)
    }
}

struct Growing;

impl<'de> Visitor<'de> for Growing {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "as JavaScript reads such a number"
    )]
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Float(value as f64), Node::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element()? {
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Node::Object(fields))
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self {
                Node::Integer(value) => visitor.visit_i64(*value),
                _ => Err(Unreadable),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        // Nothing in the protocol is read without knowing its type.
        Err(Unreadable)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    #[expect(clippy::cast_precision_loss, reason = "coordinates are small")]
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Node::Float(value) => visitor.visit_f64(*value),
            Node::Integer(value) => visitor.visit_f64(*value as f64),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Node::Bool(value) => visitor.visit_bool(*value),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Node::Text(value) => visitor.visit_str(value),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Node::Null => visitor.visit_unit(),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Node::List(list) => visitor.visit_seq(List(list.iter())),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Node::Object(fields) => visitor.visit_map(Map {
                fields,
                value: None,
            }),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self {
            Node::Object(_) => visitor.visit_seq(Fields { node: self, names }),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self {
            Node::Text(name) => visitor.visit_enum(Variant(name, &Node::Null)),
            Node::Object(fields) => match fields.as_slice() {
                [(name, content)] => visitor.visit_enum(Variant(name, content)),
                _ => Err(Unreadable),
            },
            _ => Err(Unreadable),
        }
    }

    forward_to_deserialize_any! {
        i128 u128 f32 char bytes byte_buf unit_struct tuple tuple_struct ignored_any
    }
}

struct List<'de>(std::slice::Iter<'de, Node>);

impl<'de> de::SeqAccess<'de> for List<'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|node| seed.deserialize(node)).transpose()
    }
}

/// The fields of a struct in the order of its declaration.
struct Fields<'de> {
    node: &'de Node,
    names: &'static [&'static str],
}

impl<'de> de::SeqAccess<'de> for Fields<'de> {
    type Error = Unreadable;

    /// An absent field reads as null where that is a value (an `Option`), and otherwise as no
    /// element, for which serde takes the default where there is one.
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        let Some((name, rest)) = self.names.split_first() else {
            return Ok(None);
        };
        self.names = rest;
        let field = self.node.field(name);
        match seed.deserialize(field.unwrap_or(&Node::Null)) {
            Err(_) if field.is_none() => Ok(None),
            read => read.map(Some),
        }
    }
}

struct Map<'de> {
    fields: &'de [(String, Node)],
    value: Option<&'de Node>,
}

impl<'de> de::MapAccess<'de> for Map<'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unreadable> {
        let Some(((name, value), rest)) = self.fields.split_first() else {
            return Ok(None);
        };
        self.fields = rest;
        self.value = Some(value);
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Unreadable> {
        seed.deserialize(self.value.take().unwrap_or(&Node::Null))
    }
}

/// An enum's variant with its content.
struct Variant<'de>(&'de str, &'de Node);

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = Unreadable;
    type Variant = &'de Node;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, &'de Node), Unreadable> {
        let variant = seed.deserialize(StrDeserializer::<Unreadable>::new(self.0))?;
        Ok((variant, self.1))
    }
}

impl<'de> de::VariantAccess<'de> for &'de Node {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_struct("", names, visitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
        Named {
            of: u32,
        },
        Wrapped(Vec<i64>),
        #[serde(other)]
        Unknown,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Thing {
        #[serde(rename = "type")]
        kind: Kind,
        text: String,
        note: Option<String>,
        #[serde(default)]
        flag: bool,
        at: f64,
        revs: BTreeMap<String, i64>,
    }

    #[test]
    fn a_value_is_read_as_serde_json_reads_it() {
        for kind in [
            r#""plain""#,
            r#"{"named":{"of":7,"x":[]}}"#,
            r#"{"wrapped":[1,-2]}"#,
            r#""new_in_the_next_version""#,
        ] {
            let text = format!(
                r#"{{"later":{{"a":[null,true,1e3]}},"revs":{{"b":2,"a":-1}},"at":13,"text":"ก\u0e02\n","type":{kind}}}"#
            );
            let read: Thing = read(&text).expect("reads");
            assert_eq!(Some(read), serde_json::from_str(&text).ok(), "{kind}");
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_refused() {
        for text in [
            "",
            "{",
            "[]",
            r#"{"type":"plain","at":1,"revs":{}}"#,
            r#"{"type":"plain","at":1,"revs":{},"text":null}"#,
            r#"{"type":"plain","at":1,"revs":{},"text":"","flag":"yes"}"#,
            r#"{"type":{"named":{}},"at":1,"revs":{},"text":""}"#,
        ] {
            assert_eq!(read::<Thing>(text), Err(Unreadable), "{text}");
        }
    }
}
