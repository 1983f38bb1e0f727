import Compute

/// Provenance in pictures: put in when a script saves one, each format in its own way. The picture itself stays as it is.
extension ProvenanceRecord {
    /// The bytes of a picture with this record in them.
    /// - Throws: `ComputeError` when `bytes` are no picture of that format.
    func added(to bytes: [UInt8], as format: PictureFormat, name: String) throws -> [UInt8] {
        switch format {
        case .png:
            let entries = storedFields.map { PNGText.Entry(Self.prefix + $0.key, $0.value) }
            return try PNGText.adding([PNGText.Entry("Software", software)] + entries, to: bytes, name: name)
        case .svg: return try MarkupProvenance.adding(self, toSVG: bytes, name: name)
        case .pdf:
            let entries = storedFields.map { (name: Self.prefix + $0.key, text: $0.value) }
            return try PDFInfo.adding([(name: "Creator", text: software)] + entries, to: bytes, name: name)
        }
    }

    /// The program as other programs show it: the entry that the formats themselves have for it.
    private var software: String { "transfer-script \(self["version"] ?? "")" }

    /// - Throws: `ComputeError` for a file that is damaged, of another format, or without a record.
    static func record(of bytes: [UInt8], as format: PictureFormat, name: String) throws -> ProvenanceRecord {
        switch format {
        case .png: return try record(of: PNGText.entries(of: bytes, name: name).map { ($0.keyword, $0.text) }, name)
        case .svg: return try MarkupProvenance.record(ofSVG: bytes, name: name)
        case .pdf: return try record(of: PDFInfo.entries(of: bytes, name: name).map { ($0.name, $0.text) }, name)
        }
    }

    private static func record(of entries: [(name: String, text: String)], _ name: String) throws -> ProvenanceRecord {
        let own = entries.filter { $0.name.hasPrefix(prefix) }
        return try ProvenanceRecord(
            storedFields: own.map { Field(String($0.name.dropFirst(prefix.count)), $0.text) }, name: name)
    }
}
