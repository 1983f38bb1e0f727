@testable import Runtime

/// Tables of one to four columns with awkward entries, the same for the same seed.
struct RandomTables {
    /// Of a multiplicative generator (Knuth's MMIX, modulus 2⁶⁴).
    private var state: UInt64
    private static let pieces = [
        "a", "b", ",", ";", "\t", "\"", "\n", "\r", "\r\n", "é", "日本", " ", "NA", "1", ".5", "true", "none", "\\", "👍",
    ]

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 16
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// A text of up to five pieces, which may be empty or look like a number.
    mutating func text() -> String {
        (0..<below(6)).map { _ in RandomTables.pieces[below(RandomTables.pieces.count)] }.joined()
    }

    /// Every fifth one is missing; the others are of all magnitudes.
    mutating func number() -> Double {
        switch below(5) {
        case 0: .nan
        case 1: Double(below(100))
        case 2: Double(below(1_000_000)) / 1000
        default: Double(bitPattern: next() << 16 | next() & 0xFFFF)
        }
    }

    mutating func column(rows: Int) -> Column {
        switch below(3) {
        case 0: .numbers((0..<rows).map { _ in number() })
        case 1: .bools((0..<rows).map { _ in [true, false, nil][below(3)] })
        default: .strings((0..<rows).map { _ in below(5) == 0 ? nil : text() })
        }
    }

    mutating func table(rows: Int) throws -> Table {
        let names = ["plain", "with space", "comma,", "quote\""].prefix(1 + below(4))
        return try Table(names.map { ($0, column(rows: rows)) })
    }
}
