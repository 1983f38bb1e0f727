/// Tags of SVG and HTML files, as far as provenance needs them: the next tag of a name, its attributes, the text behind
/// it. No tree is built, so that a file of any size and any nesting is read in one pass.
struct MarkupScanner {
    private let bytes: [UInt8]
    private(set) var position = 0

    /// A longer tag is no tag of ours; without a limit, one quote that is never closed would be sought again and again.
    private static let longestTag = 1 << 22

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The attributes of the next tag `<name …>`, and `position` behind it; nil when there is none, or when one is broken.
    mutating func next(_ name: String) -> [String: String]? {
        let opening = Array("<\(name)".utf8)
        while let start = find(opening) {
            position = start + opening.count
            guard let byte = next, isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") else {
                continue
            }
            return attributes()
        }
        return nil
    }

    /// The text up to the next tag, entities resolved.
    mutating func text() -> String {
        let start = position
        while let byte = next, byte != UInt8(ascii: "<") { position += 1 }
        return MarkupText.unescaped(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    /// Where `pattern` starts next.
    private func find(_ pattern: [UInt8]) -> Int? {
        guard let first = pattern.first else { return nil }
        var start = position
        while let found = bytes[start...].firstIndex(of: first) {
            if bytes[found...].starts(with: pattern) { return found }
            start = found + 1
        }
        return nil
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    /// Up to `>`.
    private mutating func attributes() -> [String: String]? {
        let limit = min(bytes.count, position + Self.longestTag)
        var attributes: [String: String] = [:]
        while position < limit, let byte = next {
            if byte == UInt8(ascii: ">") {
                position += 1
                return attributes
            }
            if isSpace(byte) || byte == UInt8(ascii: "/") {
                position += 1
                continue
            }
            let name = word(limit)
            guard next == UInt8(ascii: "=") else {
                if name.isEmpty { return nil }
                attributes[name] = ""
                continue
            }
            position += 1
            guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
            guard let end = bytes[(position + 1)..<max(position + 1, limit)].firstIndex(of: quote) else { return nil }
            let value = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
            attributes[name] = MarkupText.unescaped(value)
            position = end + 1
        }
        return nil
    }

    private mutating func word(_ limit: Int) -> String {
        let start = position
        while position < limit, let byte = next, !isSpace(byte), !"=/>\"'".utf8.contains(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}

/// Text between and within tags.
enum MarkupText {
    /// Fit for text and for attributes in either kind of quotes; line breaks survive in attributes too.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            case "\n", "\t", "\r": "&#\(scalar.value);"
            // XML 1.0 has no way to write these.
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: "\u{FFFD}"
            default: String(scalar)
            }
        }.joined()
    }

    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        let parts = text.split(separator: "&", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: String(parts.first ?? "")) { result, part in
            // The longest reference of use, "#1114111", has eight characters.
            guard let end = part.prefix(10).firstIndex(of: ";"), let character = character(part[..<end]) else {
                result += "&" + part
                return
            }
            result.unicodeScalars.append(character)
            result += part[part.index(after: end)...]
        }
    }

    private static func character(_ reference: Substring) -> Unicode.Scalar? {
        switch reference {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        case _ where reference.hasPrefix("#x"): UInt32(reference.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where reference.hasPrefix("#"): UInt32(reference.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }
}
