/// What a PNG file says beside its picture: the text chunks tEXt and iTXt (PNG specification, section 11.3.4).
///
/// A file is chunks of length, type, content and checksum. Chunks are put in or read here without decoding the picture,
/// whose bytes stay as they are.
public enum PNGText {
    /// A text under its keyword.
    public struct Entry: Hashable, Sendable {
        /// 1 to 79 characters of Latin-1.
        public var keyword: String
        public var text: String

        public init(_ keyword: String, _ text: String) {
            self.keyword = keyword
            self.text = text
        }
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    public static func isPNG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

    /// The file with the entries behind its header, uncompressed, so that they can be read without unpacking.
    /// - Throws: `.badFile` when `png` is no PNG file, `.badArgument` for a keyword or text that no chunk can hold.
    public static func adding(_ entries: [Entry], to png: [UInt8], name: String) throws -> [UInt8] {
        guard let header = try chunks(of: png, name).first else { throw damaged(name, "it has no header") }
        let added = try entries.flatMap { chunk("iTXt", try content(of: $0)) }
        return Array(png[..<header.end]) + added + png[header.end...]
    }

    /// All uncompressed entries in the order of the file.
    /// - Throws: `.badFile` when `png` is no PNG file, ends early, or one of its texts is damaged.
    public static func entries(of png: [UInt8], name: String) throws -> [Entry] {
        try chunks(of: png, name).compactMap { part in
            guard part.type == "tEXt" || part.type == "iTXt" else { return nil }
            let checked = png[(part.content.lowerBound - 4)..<part.content.upperBound]
            guard CRC32.of(checked) == number(png, at: part.content.upperBound) else {
                throw damaged(name, "the checksum of a text does not fit")
            }
            return entry(png[part.content], isInternational: part.type == "iTXt")
        }
    }

    // MARK: Chunks

    private struct Chunk {
        var type: String
        var content: Range<Int>
        /// Behind the checksum.
        var end: Int { content.upperBound + 4 }
    }

    /// The chunks up to the one that ends the file.
    private static func chunks(of png: [UInt8], _ name: String) throws -> [Chunk] {
        guard isPNG(png) else { throw ComputeError(.badFile, "this is no PNG file", subject: name) }
        var chunks: [Chunk] = []
        var position = signature.count
        while chunks.last?.type != "IEND" {
            guard position + 12 <= png.count else { throw damaged(name, "it ends early") }
            let length = Int(number(png, at: position))
            guard length <= png.count - position - 12 else { throw damaged(name, "it ends early") }
            let type = String(decoding: png[(position + 4)..<(position + 8)], as: UTF8.self)
            let chunk = Chunk(type: type, content: (position + 8)..<(position + 8 + length))
            guard !chunks.isEmpty || type == "IHDR" else { throw damaged(name, "it has no header") }
            chunks.append(chunk)
            position = chunk.end
        }
        return chunks
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let checked = Array(type.utf8) + content
        return bytes(of: UInt32(content.count)) + checked + bytes(of: CRC32.of(checked))
    }

    /// Big-endian; the caller has made sure that four bytes are there.
    private static func number(_ bytes: [UInt8], at position: Int) -> UInt32 {
        bytes[position..<(position + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func bytes(of number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
    }

    private static func damaged(_ name: String, _ reason: String) -> ComputeError {
        ComputeError(.badFile, "this PNG file is damaged: \(reason)", subject: name)
    }

    // MARK: Content

    private static func content(of entry: Entry) throws -> [UInt8] {
        let keyword = entry.keyword.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        let isKeyword =
            keyword.count == entry.keyword.unicodeScalars.count && (1...79).contains(keyword.count)
            && keyword.allSatisfy { (0x20...0x7E).contains($0) || $0 > 0xA0 }
        guard isKeyword, !entry.text.utf8.contains(0), entry.text.utf8.count < 1 << 30 else {
            throw ComputeError(.badArgument, "a PNG file cannot hold this text", subject: entry.keyword)
        }
        // Not compressed, method 0, no language, no translated keyword.
        return keyword + [0, 0, 0, 0, 0] + Array(entry.text.utf8)
    }

    /// - Returns: nil for a compressed text, and for one that is not laid out as the specification says.
    private static func entry(_ content: ArraySlice<UInt8>, isInternational: Bool) -> Entry? {
        guard let end = content.firstIndex(of: 0) else { return nil }
        let keyword = latin(content[..<end])
        let rest = content[(end + 1)...]
        guard isInternational else { return Entry(keyword, latin(rest)) }
        guard rest.count >= 4, rest.first == 0 else { return nil }
        let parts = rest.dropFirst(2).split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? Entry(keyword, String(decoding: parts[2], as: UTF8.self)) : nil
    }

    private static func latin(_ bytes: ArraySlice<UInt8>) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
