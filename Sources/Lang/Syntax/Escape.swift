// Escapes of strings: `\n`, `\t`, `\r`, `\0`, `\\`, `\"`, `\{`, `\}`, `\u{1F600}`.

enum Escape {
    private static let simple: [Character: Unicode.Scalar] = [
        "n": "\n", "t": "\t", "r": "\r", "0": "\0", "\\": "\\", "\"": "\"", "{": "{", "}": "}",
    ]

    /// Takes what follows a backslash; nil when it is no escape.
    static func take(from rest: inout Substring) -> Unicode.Scalar? {
        guard let letter = rest.popFirst() else { return nil }
        if letter == "u" { return takeUnicode(from: &rest) }
        return simple[letter]
    }

    private static func takeUnicode(from rest: inout Substring) -> Unicode.Scalar? {
        guard rest.first == "{", let end = rest.firstIndex(of: "}") else { return nil }
        let digits = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        guard digits.count <= 6, let code = UInt32(digits, radix: 16) else { return nil }
        return Unicode.Scalar(code)
    }

    /// A string as its literal: what display shows inside lists.
    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case "\0": result += "\\0"
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "{": result += "{{"
            case "}": result += "}}"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
