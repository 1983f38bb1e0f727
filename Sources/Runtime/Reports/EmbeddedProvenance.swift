import Foundation
import Lang

/// What made a report, as the report itself carries it: named texts, and the script in base64, so that it comes back byte
/// for byte.
///
/// - HTML: `<meta name="transfer-script:KEY" content="VALUE">` for each text and
///   `<script type="application/x-tx" id="transfer-script-source">BASE64</script>`, a block of data that nothing runs.
/// - Jupyter: an object `"transfer-script"` in the notebook's metadata, a text for each key, the script under `source`.
/// - Markdown: that object on one line in a comment at the end, `<!-- transfer-script {…} -->`.
struct EmbeddedProvenance: Sendable {
    var fields: [(key: String, value: String)]
    var script: [UInt8]

    static let notebookKey = "transfer-script"

    var htmlHead: String {
        let lines = fields.map {
            "<meta name=\"transfer-script:\($0.key)\" content=\"\(HTMLText.escaped($0.value))\">\n"
        }
        return lines.joined()
            + "<script type=\"application/x-tx\" id=\"transfer-script-source\">\(base64)</script>\n"
    }

    var object: Record {
        Record((fields + [(key: "source", value: base64)]).map { ($0.key, .string($0.value)) })
    }

    /// - Throws: nothing in practice: JSON holds every text.
    func markdownComment() throws -> String {
        let bytes = try JSONWriter.bytes(of: .record(object), indent: 0).dropLast()
        // Two hyphens would end the comment; outside of texts JSON has none.
        let json = String(decoding: bytes, as: UTF8.self).replacing("--", with: "-\\u002d")
        return "<!-- transfer-script \(json) -->\n"
    }

    var base64: String { Data(script).base64EncodedString() }
}
