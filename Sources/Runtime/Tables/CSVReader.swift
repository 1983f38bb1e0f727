/// CSV text to a table (RFC 4180): names from the first record, the kind of each column from its entries (`CSVColumn`).
///
/// A byte-order mark is skipped, and so are empty lines of a file with several columns. An unquoted field that is empty
/// or says `NA` is missing; `""` is the empty string. An empty name becomes `column_3`, a name that stood before gets a
/// number ("score", "score_2"). Memory is the bytes and the columns: a field is turned into its entry where it is
/// found, and only columns whose kind was first mistaken are read a second time.
public struct CSVReader {
    /// The byte between fields; ";" or a tab in other dialects.
    public var delimiter = UInt8(ascii: ",")
    /// Whether the first record has the names; otherwise they are column_1, column_2, ….
    public var hasHeader = true
    /// Texts that mean missing in every column unless they are quoted, beside the empty one.
    public var missing = ["NA"]
    /// Columns whose kind is not to be found out.
    public var kinds: [String: ColumnKind] = [:]

    public init() {}

    /// - Throws: `MalformedFile` for a record of the wrong length, an open quote, text that is not UTF-8 or an entry
    ///   that is not of its column's given kind; `TableError` when `kinds` names no column of the file.
    /// - Complexity: linear in the number of bytes.
    public func table(_ bytes: [UInt8]) throws -> Table {
        try bytes.withUnsafeBufferPointer { buffer in
            try CSVReader.checkText(buffer)
            var scanner = CSVScanner(buffer, delimiter: delimiter)
            let names = try names(&scanner)
            for name in kinds.keys.sorted() where !names.contains(name) {
                throw TableError.unknownColumn(name, among: names)
            }
            var columns = names.map { CSVColumn(kind: kinds[$0]) }
            try fill(&columns, from: scanner)
            let again = columns.indices.filter { columns[$0].endsAsStrings }
            if !again.isEmpty {
                for index in again { columns[index] = CSVColumn(kind: .string) }
                try fill(&columns, from: scanner, only: Set(again))
            }
            return try Table(zip(names, columns).map { ($0, $1.column) })
        }
    }

    /// Bytes that no text file has are told from a malformed table.
    private static func checkText(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard let position = bytes.firstIndex(of: 0) else { return }
        throw MalformedFile(
            line: 1 + bytes.lineBreaks(before: position), "this is not text, it has a zero byte",
            help: "a CSV file is UTF-8 text; save UTF-16 and spreadsheets as \"CSV UTF-8\"")
    }

    /// The names in the first record; without a header the record is left to be read again.
    private func names(_ scanner: inout CSVScanner) throws -> [String] {
        guard !scanner.isAtEnd else { return [] }
        var rest = scanner
        var names: [String] = []
        var taken: Set<String> = []
        var isLast = false
        while !isLast {
            let field = try rest.next()
            isLast = field.endsRecord
            let text = hasHeader ? try rest.text(of: field) : ""
            var name = text.isEmpty ? "column_\(names.count + 1)" : text
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(text)_\(number)"
                number += 1
            }
            names.append(name)
        }
        if hasHeader { scanner = rest }
        return names
    }

    /// Reads all records into the columns, or only into those of the given positions.
    private func fill(_ columns: inout [CSVColumn], from start: CSVScanner, only: Set<Int>? = nil) throws {
        var scanner = start
        let isWanted = columns.indices.map { only?.contains($0) ?? true }
        let missing = missing.map { Array($0.utf8) }
        var count = 0
        var fields = 0
        while !scanner.isAtEnd {
            fields += 1
            if fields & 0xFFFF == 0 { try Interrupt.check() }
            let field = try scanner.next()
            let isEmpty = field.range.isEmpty && !field.isQuoted
            // An empty line says nothing where a record has several fields.
            if count == 0, isEmpty, field.endsRecord, columns.count > 1 { continue }
            if count < columns.count, isWanted[count], !columns[count].mustBeReadAgain {
                if isEmpty
                    || !field.isQuoted && missing.contains(where: { $0.elementsEqual(scanner.bytes[field.range]) })
                {
                    columns[count].appendMissing()
                } else {
                    try columns[count].append(field, scanner)
                }
            }
            count += 1
            guard field.endsRecord else { continue }
            guard count == columns.count else { throw ragged(count, columns.count, field.line) }
            count = 0
        }
    }

    private func ragged(_ count: Int, _ expected: Int, _ line: Int) -> MalformedFile {
        let found = count == 1 ? "1 field" : "\(count) fields"
        let wanted = expected == 1 ? "1 column" : "\(expected) columns"
        return MalformedFile(
            line: line, "\(found) where the first line has \(wanted)",
            help: count > expected
                ? "put quotes around fields that hold the delimiter" : "is 'delimiter' right? it was \(delimiterText)")
    }

    private var delimiterText: String {
        delimiter == UInt8(ascii: "\t") ? "a tab" : "'\(String(decoding: [delimiter], as: UTF8.self))'"
    }
}
