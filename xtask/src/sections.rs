//! How are the custom sections of a compiled module left out or rewritten?
//!
//! The compiler lists in a custom section, `target_features`, what the module may use; wasm-bindgen then makes glue
//! for externrefs and multiple values, which JavaScript does not have. The module itself uses neither: dropping the
//! two names is enough. Format: WebAssembly tool conventions, "Target Features Section".

/// The module without these names in its `target_features` section: plain WebAssembly, that can become JavaScript.
pub(crate) fn without_features(module: &[u8], dropped: &[&str]) -> Vec<u8> {
    with_custom_sections(module, |name, content| {
        let rewritten = (name == b"target_features").then(|| rewrite(content, dropped)).flatten();
        Some(rewritten.unwrap_or_else(|| content.to_vec()))
    })
}

/// The module without what the linker says to those who link again: it holds no more once the module is rewritten.
pub(crate) fn without_relocations(module: &[u8]) -> Vec<u8> {
    with_custom_sections(module, |name, content| {
        let is_linking = name == b"linking" || name.starts_with(b"reloc.");
        (!is_linking).then(|| content.to_vec())
    })
}

/// The module with other contents in its custom sections, or without some; anything unforeseen stays as it is.
fn with_custom_sections(module: &[u8], change: impl Fn(&[u8], &[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
    const HEADER: usize = 8;
    let mut out = module.get(..HEADER).unwrap_or(module).to_vec();
    let mut rest = module.get(HEADER..).unwrap_or_default();
    while let Some((&id, after_id)) = rest.split_first() {
        let Some((size, body_and_rest)) = read_u32(after_id) else { break };
        let Some((body, next)) = body_and_rest.split_at_checked(size) else { break };
        rest = next;
        let mut new_body = body.to_vec();
        if let Some((name, content)) = (id == 0).then(|| read_name(body)).flatten() {
            let Some(changed) = change(name, content) else { continue };
            new_body.clear();
            write_name(&mut new_body, name);
            new_body.extend(changed);
        }
        out.push(id);
        write_u32(&mut out, new_body.len());
        out.extend(new_body);
    }
    out.extend_from_slice(rest);
    out
}

fn rewrite(content: &[u8], dropped: &[&str]) -> Option<Vec<u8>> {
    let (count, mut rest) = read_u32(content)?;
    let mut kept = Vec::new();
    for _ in 0..count {
        let (&prefix, after) = rest.split_first()?;
        let (feature, after) = read_name(after)?;
        if !dropped.iter().any(|name| name.as_bytes() == feature) {
            kept.push((prefix, feature));
        }
        rest = after;
    }
    let mut out = Vec::new();
    write_u32(&mut out, kept.len());
    for (prefix, feature) in kept {
        out.push(prefix);
        write_name(&mut out, feature);
    }
    Some(out)
}

fn read_name(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = read_u32(bytes)?;
    rest.split_at_checked(length)
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    write_u32(out, name.len());
    out.extend_from_slice(name);
}

/// LEB128.
fn read_u32(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (mut value, mut shift) = (0usize, 0);
    for (idx, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(idx + 1..)?));
        }
    }
    None
}

fn write_u32(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_features_are_dropped_and_the_rest_stays() {
        let section = |features: &[&str]| {
            let mut body = Vec::new();
            write_name(&mut body, b"target_features");
            write_u32(&mut body, features.len());
            for feature in features {
                body.push(b'+');
                write_name(&mut body, feature.as_bytes());
            }
            let mut module = b"\0asm\x01\0\0\0\x01\x01\0\0".to_vec();
            write_u32(&mut module, body.len());
            module.extend(body);
            module
        };
        let module = section(&["bulk-memory", "multivalue", "reference-types"]);
        assert_eq!(without_features(&module, &["multivalue", "reference-types"]), section(&["bulk-memory"]));
        assert_eq!(without_features(b"\0asm", &["x"]), b"\0asm");
    }
}
