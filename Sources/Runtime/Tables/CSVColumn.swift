/// A column of a CSV file while it is read. Its kind is that of its first entry; when a later one does not fit, the
/// column is one of strings, and as the texts of the earlier entries are gone it must be read again
/// (`mustBeReadAgain`).
///
/// A column is of numbers or of bools when all its entries read as such, otherwise of strings. A number with a leading
/// zero ("007") and a whole number that a double would change make it one of strings: they are
/// identifiers. In columns of numbers and bools the words of `wordsForMissing` are missing too.
struct CSVColumn {
    /// nil until an entry that is not missing was read.
    private(set) var kind: ColumnKind?
    /// Whether entries of two kinds met, or a word for missing stood before a string.
    private(set) var mustBeReadAgain = false
    private let isForced: Bool
    private var numbers: [Double] = []
    private var bools: [Bool?] = []
    private var strings: [String?] = []
    /// Entries before the first that is not missing.
    private var leading = 0
    private var hasLeadingWord = false

    private static let wordsForMissing: Set<String> = ["na", "n/a", "#n/a", "nan", "null", "none"]

    /// - Parameter kind: what the column must hold; nil to find out.
    init(kind: ColumnKind? = nil) {
        self.kind = kind
        isForced = kind != nil
    }

    mutating func appendMissing() {
        switch kind {
        case nil: leading += 1
        case .number: numbers.append(.nan)
        case .string: strings.append(nil)
        case .bool: bools.append(nil)
        }
    }

    /// Adds an entry that is not plainly missing.
    /// - Throws: `MalformedFile` when the column's kind is given and the entry is of another, or is not UTF-8.
    mutating func append(_ field: CSVScanner.Field, _ scanner: CSVScanner) throws {
        if kind == nil { decide(field, scanner) }
        switch kind {
        case nil: break
        case .number:
            if let number = CSVColumn.number(field, scanner, allowsIdentifiers: isForced) {
                numbers.append(number)
            } else {
                try appendUnfit(field, scanner)
            }
        case .bool:
            if let bool = CSVColumn.bool(field, scanner) {
                bools.append(bool)
            } else {
                try appendUnfit(field, scanner)
            }
        case .string: strings.append(try scanner.text(of: field))
        }
    }

    private mutating func decide(_ field: CSVScanner.Field, _ scanner: CSVScanner) {
        if CSVColumn.number(field, scanner, allowsIdentifiers: false) != nil {
            kind = .number
            numbers = [Double](repeating: .nan, count: leading)
        } else if CSVColumn.bool(field, scanner) != nil {
            kind = .bool
            bools = [Bool?](repeating: nil, count: leading)
        } else if field.range.isEmpty || CSVColumn.isWordForMissing(field, scanner) {
            hasLeadingWord = true
            leading += 1
        } else {
            kind = .string
            strings = [String?](repeating: nil, count: leading)
            mustBeReadAgain = hasLeadingWord
        }
    }

    private mutating func appendUnfit(_ field: CSVScanner.Field, _ scanner: CSVScanner) throws {
        if field.range.isEmpty || CSVColumn.isWordForMissing(field, scanner) {
            appendMissing()
        } else if isForced, let kind {
            throw MalformedFile(line: field.line, "'\(try scanner.text(of: field))' is not a \(kind)")
        } else {
            mustBeReadAgain = true
        }
    }

    /// All entries; without any that is not missing, a column of numbers.
    var column: Column {
        switch kind {
        case nil: .missing(.number, count: leading)
        case .number: .numbers(numbers)
        case .string: .strings(strings)
        case .bool: .bools(bools)
        }
    }

    /// Whether the column must be read again as strings, now that all entries were seen.
    var endsAsStrings: Bool { mustBeReadAgain || kind == nil && hasLeadingWord }

    // MARK: Entries

    private static func number(
        _ field: CSVScanner.Field, _ scanner: CSVScanner, allowsIdentifiers: Bool
    ) -> Double? {
        let bytes = trimmed(field, scanner)
        if let text = NumberText(bytes) {
            let isIdentifier = text.hasLeadingZero || text.isInteger && !text.isExactInteger
            return isIdentifier && !allowsIdentifiers ? nil : text.value(bytes)
        }
        guard (3...9).contains(bytes.count), bytes.last.map({ UInt8(ascii: "A") <= $0 }) ?? false else { return nil }
        return switch String(decoding: bytes, as: UTF8.self).lowercased() {
        case "inf", "+inf", "infinity", "+infinity": .infinity
        case "-inf", "-infinity": -.infinity
        case "nan", "-nan": .nan
        default: nil
        }
    }

    private static func bool(_ field: CSVScanner.Field, _ scanner: CSVScanner) -> Bool? {
        let bytes = trimmed(field, scanner)
        guard bytes.count == 4 || bytes.count == 5 else { return nil }
        return switch String(decoding: bytes, as: UTF8.self) {
        case "true", "TRUE", "True": true
        case "false", "FALSE", "False": false
        default: nil
        }
    }

    private static func isWordForMissing(_ field: CSVScanner.Field, _ scanner: CSVScanner) -> Bool {
        guard field.range.count <= 4 else { return false }
        return wordsForMissing.contains(String(decoding: scanner.bytes[field.range], as: UTF8.self).lowercased())
    }

    /// Numbers and bools may have spaces around them; in strings they count (RFC 4180).
    private static func trimmed(_ field: CSVScanner.Field, _ scanner: CSVScanner) -> Slice<UnsafeBufferPointer<UInt8>> {
        var range = field.range
        while let first = range.first, isSpace(scanner.bytes[first]) { range.removeFirst() }
        while let last = range.last, isSpace(scanner.bytes[last]) { range.removeLast() }
        return scanner.bytes[range]
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
