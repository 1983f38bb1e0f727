import Compute

/// Provenance in SVG pictures and HTML reports.
///
/// An SVG file has it as elements of a namespace of our own within `<metadata>`, an HTML file as `<meta>` entries and the
/// script as a data block.
enum MarkupProvenance {
    private static let namespace = "urn:transfer-script:provenance"
    private static let scriptType = "application/x-tx"
    private static let scriptElement = "transfer-script-source"

    // MARK: SVG

    /// The file with the record behind its first tag.
    /// - Throws: `.badFile` when there is no `<svg>`.
    static func adding(_ record: ProvenanceRecord, toSVG bytes: [UInt8], name: String) throws -> [UInt8] {
        var scanner = MarkupScanner(bytes)
        guard scanner.next("svg") != nil else { throw noSVG(name) }
        let fields = record.storedFields.map {
            "<tx:field key=\"\($0.key)\">\(MarkupText.escaped($0.value))</tx:field>\n"
        }
        let metadata =
            "\n<metadata><tx:provenance xmlns:tx=\"\(namespace)\">\n" + fields.joined() + "</tx:provenance></metadata>"
        return bytes[..<scanner.position] + Array(metadata.utf8) + bytes[scanner.position...]
    }

    static func record(ofSVG bytes: [UInt8], name: String) throws -> ProvenanceRecord {
        var scanner = MarkupScanner(bytes)
        guard scanner.next("svg") != nil else { throw noSVG(name) }
        guard let element = scanner.next("tx:provenance"), element["xmlns:tx"] == namespace else {
            throw ProvenanceRecord.missing(name)
        }
        var fields: [ProvenanceRecord.Field] = []
        while let attributes = scanner.next("tx:field"), let key = attributes["key"] {
            fields.append(.init(key, scanner.text()))
        }
        guard scanner.next("/tx:provenance") != nil, scanner.next("/svg") != nil else {
            throw ProvenanceRecord.damaged(name, "the file ends early")
        }
        return try ProvenanceRecord(storedFields: fields, name: name)
    }

    private static func noSVG(_ name: String) -> ComputeError {
        ComputeError(.badFile, "this is no SVG file", subject: name)
    }

    // MARK: HTML

    /// What a report has in its `<head>`.
    static func htmlHead(_ record: ProvenanceRecord) -> String {
        let lines = record.fields.map {
            "<meta name=\"\(ProvenanceRecord.prefix)\($0.key)\" content=\"\(MarkupText.escaped($0.value))\">\n"
        }
        guard let source = record.storedFields.first(where: { $0.key == ProvenanceRecord.scriptKey }) else {
            return lines.joined()
        }
        return lines.joined() + "<script type=\"\(scriptType)\" id=\"\(scriptElement)\">\(source.value)</script>\n"
    }

    static func record(ofHTML bytes: [UInt8], name: String) throws -> ProvenanceRecord {
        var fields: [ProvenanceRecord.Field] = []
        var metadata = MarkupScanner(bytes)
        while let attributes = metadata.next("meta") {
            guard let key = attributes["name"], key.hasPrefix(ProvenanceRecord.prefix) else { continue }
            fields.append(.init(String(key.dropFirst(ProvenanceRecord.prefix.count)), attributes["content"] ?? ""))
        }
        guard !fields.isEmpty else { throw ProvenanceRecord.missing(name) }
        guard metadata.next("/html") != nil else { throw ProvenanceRecord.damaged(name, "the file ends early") }
        var scripts = MarkupScanner(bytes)
        while let attributes = scripts.next("script") {
            guard attributes["id"] == scriptElement, attributes["type"] == scriptType else { continue }
            fields.append(.init(ProvenanceRecord.scriptKey, scripts.text()))
            break
        }
        return try ProvenanceRecord(storedFields: fields, name: name)
    }
}
