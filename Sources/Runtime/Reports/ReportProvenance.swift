import Compute
import Lang

/// Provenance in notebooks and Markdown reports: one JSON object of texts, in a notebook's metadata, in a comment at the end
/// of a Markdown file.
enum ReportProvenance {
    /// The name of the object in a notebook's `metadata`.
    static let notebookKey = "transfer-script"
    private static let commentStart = "<!-- transfer-script "
    private static let commentEnd = " -->"

    /// A text for every key.
    static func object(_ record: ProvenanceRecord) -> Record {
        Record(record.storedFields.map { ($0.key, Value.string($0.value)) })
    }

    static func json(_ record: ProvenanceRecord) throws -> String {
        let bytes = try JSONWriter.bytes(of: .record(object(record)), indent: 0)
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }

    /// What stands at the end of a Markdown report.
    static func markdownComment(_ record: ProvenanceRecord) throws -> String {
        // Two hyphens would end the comment; outside of texts JSON has none.
        let json = try json(record).replacing("--", with: "-\\u002d")
        return commentStart + json + commentEnd + "\n"
    }

    static func record(ofNotebook bytes: [UInt8], name: String) throws -> ProvenanceRecord {
        let notebook: Value
        do {
            notebook = try JSONReader.value(bytes)
        } catch let error as MalformedFile {
            throw ComputeError(
                .badFile, "this is no notebook: \(error.message)", subject: error.place(in: name))
        }
        guard let object = notebook.asRecord?["metadata"]?.asRecord?[notebookKey]?.asRecord else {
            throw ProvenanceRecord.missing(name)
        }
        return try record(of: object, name)
    }

    static func record(ofMarkdown bytes: [UInt8], name: String) throws -> ProvenanceRecord {
        let text = String(decoding: bytes, as: UTF8.self)
        // The last one: prose may show what such a comment looks like.
        guard let start = text.ranges(of: commentStart).last else { throw ProvenanceRecord.missing(name) }
        guard let end = text[start.upperBound...].firstRange(of: commentEnd),
            let value = try? JSONReader.value(Array(text[start.upperBound..<end.lowerBound].utf8)),
            let object = value.asRecord
        else { throw ProvenanceRecord.damaged(name, "the comment that holds it cannot be read") }
        return try record(of: object, name)
    }

    private static func record(of object: Record, _ name: String) throws -> ProvenanceRecord {
        let fields = try object.map { key, value -> ProvenanceRecord.Field in
            guard let text = value.asString else { throw ProvenanceRecord.damaged(name, "'\(key)' is no text") }
            return .init(key, text)
        }
        return try ProvenanceRecord(storedFields: fields, name: name)
    }
}
