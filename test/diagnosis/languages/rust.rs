//! Reads a JSON body and writes it again, on lines when the argument says so.
use std::io::Read;

fn main() {
    let mut body = String::new();
    std::io::stdin().read_to_string(&mut body).unwrap();
    let value: serde_json::Value = serde_json::from_str(&body).unwrap();
    if std::env::args().any(|word| word == "pretty") {
        print!("{}", serde_json::to_string_pretty(&value).unwrap());
    } else {
        print!("{}", value);
    }
}
