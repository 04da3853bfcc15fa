//! OpenAPI 3.0 as JSON Schema 2020-12, closed: a property that LINE does not know is an error.
//!
//! Each schema `S` is kept open, for use within `allOf`, and gets a closed twin `S.closed` for
//! all other uses. The twin of a schema with a discriminator asks for the named sub-schema.

use jsonschema::Draft;
use serde_json::{Map, Value, json};

use super::stage::Exchange;

const REF: &str = "#/components/schemas/";

/// One of LINE's files.
pub struct Spec {
    paths: Map<String, Value>,
    schemas: Map<String, Value>,
}

impl Spec {
    /// The calls to LINE.
    pub fn messaging() -> Self {
        Self::read(include_str!("../../line/messaging-api.yml"), |_| {})
    }

    /// The webhook. `messageEdited` is newer than LINE's file and added as LINE documents it.
    pub fn webhook() -> Self {
        Self::read(include_str!("../../line/webhook.yml"), |schemas| {
            schemas["Event"]["discriminator"]["mapping"]["messageEdited"] =
                format!("{REF}MessageEditedEvent").into();
            schemas["MessageEditedEvent"] = json!({"allOf": [
                {"$ref": format!("{REF}Event")},
                {"type": "object", "required": ["message"], "properties": {
                    "replyToken": {"type": "string"},
                    "message": {"$ref": format!("{REF}MessageContent")}}}]});
        })
    }

    fn read(yaml: &str, amend: impl FnOnce(&mut Value)) -> Self {
        // Properties are called `y`, which YAML 1.1 takes for "yes".
        let options = serde_saphyr::options! { strict_booleans: true };
        let mut document: Value =
            serde_saphyr::from_str_with_options(yaml, options).expect("LINE's file is YAML");
        amend(&mut document["components"]["schemas"]);
        let Value::Object(originals) = document["components"]["schemas"].take() else {
            panic!("no schemas");
        };
        let Value::Object(paths) = document["paths"].take() else {
            panic!("no paths")
        };
        let mut schemas = Map::new();
        for (name, mut schema) in originals {
            schemas.insert(format!("{name}.closed"), closed(&name, &schema));
            close_references(&mut schema, false);
            schemas.insert(name, schema);
        }
        let paths = paths
            .into_iter()
            .map(|(path, mut operations)| {
                close_references(&mut operations, false);
                (path, operations)
            })
            .collect();
        Self { paths, schemas }
    }

    /// Whether a value is what a schema of LINE's file says, and nothing more.
    pub fn check(&self, schema: &str, value: &Value) -> Result<(), String> {
        self.check_schema(&json!({"$ref": format!("{REF}{schema}.closed")}), value)
    }

    fn check_schema(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let mut root = schema.clone();
        root["components"] = json!({"schemas": self.schemas});
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&root)
            .map_err(|error| format!("schema: {error}"))?;
        let errors: Vec<_> = validator
            .iter_errors(value)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(format!("{}\nin {value:#}", errors.join("\n")))
        }
    }

    /// Whether a call is one that LINE describes: path, host, headers, body.
    pub fn check_request(&self, call: &Exchange) -> Result<(), String> {
        let operation = self.operation(call)?;
        let data_host = operation["servers"][0]["url"] == "https://api-data.line.me";
        if data_host != call.data_host {
            return Err("wrong host".to_owned());
        }
        let token = call
            .header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "));
        if token.is_none_or(str::is_empty) {
            return Err("no bearer token".to_owned());
        }
        self.check_headers(operation, call)?;
        if operation["requestBody"].is_null() {
            return if call.request.is_empty() {
                Ok(())
            } else {
                Err("a body too much".to_owned())
            };
        }
        if call.header("content-type") != Some("application/json") {
            return Err("not application/json".to_owned());
        }
        let body = serde_json::from_slice(&call.request).map_err(|error| error.to_string())?;
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        self.check_schema(schema, &body)
    }

    /// Headers that LINE describes must be as described; a push must always have its key, since
    /// without it no attempt can ever be repeated.
    fn check_headers(&self, operation: &Value, call: &Exchange) -> Result<(), String> {
        let parameters = operation["parameters"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        for parameter in parameters
            .iter()
            .filter(|parameter| parameter["in"] == "header")
        {
            let name = parameter["name"].as_str().unwrap_or_default();
            let needed = parameter["required"] == true || name == "X-Line-Retry-Key";
            match call.header(name) {
                Some(value) => self.check_schema(&parameter["schema"], &value.into())?,
                None if needed => return Err(format!("no {name}")),
                None => {}
            }
        }
        Ok(())
    }

    /// Whether an answer is one that LINE describes. Where the file is silent, a refusal must
    /// have the form of LINE's errors.
    pub fn check_response(&self, call: &Exchange) -> Result<(), String> {
        if call.response_header("x-line-request-id").is_none() {
            return Err("no x-line-request-id".to_owned());
        }
        let operation = self.operation(call)?;
        let described = &operation["responses"][call.status.to_string()];
        if !described["content"]["*/*"].is_null() {
            return Ok(());
        }
        let schema = &described["content"]["application/json"]["schema"];
        let body = || serde_json::from_slice(&call.response).map_err(|error| error.to_string());
        match (schema.is_null(), call.status) {
            (false, _) => self.check_schema(schema, &body()?),
            (true, 400..) => self.check("ErrorResponse", &body()?),
            (true, 200 | 202) => Ok(()),
            (true, status) => Err(format!("{status} is not described")),
        }
    }

    fn operation(&self, call: &Exchange) -> Result<&Value, String> {
        let method = call.method.to_lowercase();
        let found = self.paths.iter().find(|(path, operations)| {
            matches_template(path, &call.path) && !operations[&method].is_null()
        });
        found
            .map(|(_, operations)| &operations[&method])
            .ok_or_else(|| format!("LINE has no {} {}", call.method, call.path))
    }
}

fn matches_template(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(&path)
            .all(|(part, given)| part == given || (part.starts_with('{') && !given.is_empty()))
}

fn closed(name: &str, schema: &Value) -> Value {
    let base = json!({"$ref": format!("{REF}{name}")});
    let Some(mapping) = schema["discriminator"]["mapping"].as_object() else {
        return json!({"allOf": [base], "unevaluatedProperties": false});
    };
    let property = schema["discriminator"]["propertyName"]
        .as_str()
        .expect("a discriminator's name");
    let mut all_of = vec![base];
    for (value, target) in mapping {
        all_of.push(json!({
            "if": {"properties": {property: {"const": value}}, "required": [property]},
            "then": {"$ref": target},
        }));
    }
    let known: Vec<_> = mapping.keys().collect();
    json!({
        "properties": {property: {"enum": known}},
        "required": [property],
        "allOf": all_of,
        "unevaluatedProperties": false,
    })
}

/// Points references to the closed twins, except those that are parts of an `allOf`.
fn close_references(schema: &mut Value, within_all_of: bool) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref")
                && !within_all_of
            {
                reference.push_str(".closed");
            }
            for (name, value) in object
                .iter_mut()
                .filter(|(name, _)| *name != "discriminator")
            {
                match value {
                    Value::Array(parts) if name == "allOf" => {
                        for part in parts {
                            close_references(part, true);
                        }
                    }
                    // A part of an allOf may hold properties, whose references are uses again.
                    value => close_references(value, false),
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                close_references(element, false);
            }
        }
        _ => {}
    }
}

/// The checks themselves must be able to fail.
mod tests {
    use super::*;

    fn push(message: Value) -> Value {
        json!({"to": "U1", "messages": [message]})
    }

    #[test]
    fn good_requests_pass() {
        let spec = Spec::messaging();
        for message in [
            json!({"type": "text", "text": "a", "quoteToken": "q", "sender": {"name": "Mali"}}),
            json!({"type": "sticker", "packageId": "446", "stickerId": "1988"}),
        ] {
            spec.check("PushMessageRequest", &push(message))
                .expect("as described");
        }
    }

    #[test]
    fn each_deviation_of_a_request_is_found() {
        let spec = Spec::messaging();
        for wrong in [
            json!({"messages": [{"type": "text", "text": "a"}]}),
            json!({"to": "U1", "messages": []}),
            json!({"to": "U1", "messages": [{"type": "text", "text": "a"}], "retryKey": "x"}),
            push(json!({"type": "text"})),
            push(json!({"type": "text", "text": 1})),
            push(json!({"type": "text", "text": "a", "quote_token": "q"})),
            push(json!({"type": "file", "text": "a"})),
            push(json!({"type": "sticker", "packageId": "446", "stickerId": 1988})),
            push(
                json!({"type": "text", "text": "a", "sender": {"name": "a name that is too long"}}),
            ),
            push(
                json!({"type": "image", "originalContentUrl": "not a url", "previewImageUrl": "x"}),
            ),
        ] {
            assert!(spec.check("PushMessageRequest", &wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_deviation_of_a_webhook_is_found() {
        let spec = Spec::webhook();
        let good = json!({
            "type": "message", "timestamp": 1, "mode": "active", "webhookEventId": "01H",
            "deliveryContext": {"isRedelivery": false},
            "source": {"type": "user", "userId": "U1"}, "replyToken": "r",
            "message": {"type": "text", "id": "1", "text": "a", "quoteToken": "q"},
        });
        spec.check("Event", &good).expect("as described");
        for (pointer, value) in [
            ("/type", json!("teleport")),
            ("/mode", json!("dreaming")),
            ("/timestamp", json!("1")),
            ("/deliveryContext", json!({})),
            ("/source/type", json!("planet")),
            ("/message/id", json!(1)),
            ("/message/type", json!("image")),
            ("/message", json!({"type": "text", "id": "1", "text": "a"})),
            (
                "/message",
                json!({"type": "text", "id": "1", "text": "a", "quoteToken": "q", "x": 1}),
            ),
        ] {
            let mut wrong = good.clone();
            *wrong.pointer_mut(pointer).expect("a place") = value;
            assert!(spec.check("Event", &wrong).is_err(), "{pointer}");
        }
    }
}
