/// Keys that libedit's tables do not know by themselves. `~/.editrc` comes after them and may bind them otherwise.
enum KeyBindings {
    typealias Binding = (key: String, function: String)

    private static let common: [Binding] = [
        ("^I", "tx-complete"), ("^D", "tx-delete-or-end"), ("^R", "tx-search-back"), ("^S", "tx-search-back"),
    ]

    static let emacs: [Binding] =
        common + [
            ("^W", "ed-delete-prev-word"), ("^U", "vi-kill-line-prev"),
            ("\\033\\015", "tx-newline"), ("\\033\\012", "tx-newline"),
            ("\\033[A", "tx-up"), ("\\033OA", "tx-up"), ("^P", "tx-up"),
            ("\\033[B", "tx-down"), ("\\033OB", "tx-down"), ("^N", "tx-down"),
            ("\\033[H", "ed-move-to-beg"), ("\\033OH", "ed-move-to-beg"), ("\\033[1~", "ed-move-to-beg"),
            ("\\033[F", "ed-move-to-end"), ("\\033OF", "ed-move-to-end"), ("\\033[4~", "ed-move-to-end"),
            ("\\033[3~", "ed-delete-next-char"),
            ("\\033[1;5D", "ed-prev-word"), ("\\033[1;3D", "ed-prev-word"),
            ("\\033[1;5C", "em-next-word"), ("\\033[1;3C", "em-next-word"),
        ]

    static let vi: [Binding] = common
}

/// Keys that no keyboard sends: control characters above ASCII, by which the reader of keys calls functions of libedit
/// in emacs' and in vi's tables alike.
enum PrivateKey: UInt8, CaseIterable {
    case paste = 0x80
    case search, up, down, left, right, home, end, delete

    /// Whether a character is none that anybody types.
    static func isOne(_ scalar: Unicode.Scalar) -> Bool { (0x80...0x9F).contains(scalar.value) }

    var scalar: Unicode.Scalar { Unicode.Scalar(rawValue) }

    /// What libedit calls the key: its octal number.
    var notation: String { "\\" + String(rawValue, radix: 8) }

    var function: String {
        switch self {
        case .paste: "tx-paste"
        case .search: "tx-search-show"
        case .up: "tx-up"
        case .down: "tx-down"
        case .left: "ed-prev-char"
        case .right: "ed-next-char"
        case .home: "ed-move-to-beg"
        case .end: "ed-move-to-end"
        case .delete: "ed-delete-next-char"
        }
    }

    /// The sequences of the keys that move, as terminals send them after Escape.
    private static let known: [(text: String, key: PrivateKey)] = [
        ("[A", .up), ("OA", .up), ("[B", .down), ("OB", .down), ("[C", .right), ("OC", .right), ("[D", .left),
        ("OD", .left), ("[H", .home), ("OH", .home), ("[1~", .home), ("[F", .end), ("OF", .end), ("[4~", .end),
        ("[3~", .delete),
    ]

    static let sequences = known.map { (bytes: [0x1B] + Array($0.text.utf8), key: $0.key) }
}
