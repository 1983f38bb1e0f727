import Compute
import Foundation

/// Provenance as files carry it: named texts in a fixed order, and the script. Every format stores these and gives them
/// back; which facts they are is known to `Provenance` alone.
///
/// The script travels in base64: formats differ in which characters they hold, and it must come back byte for byte.
public struct ProvenanceRecord: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        /// Lower-case letters and digits, e.g. "seed".
        public var key: String
        public var value: String

        public init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }
    }

    public var fields: [Field]
    /// The bytes of the script; nil when the file carries none.
    public var script: [UInt8]?

    public init(fields: [Field], script: [UInt8]?) {
        self.fields = fields
        self.script = script
    }

    /// What stands before a key where a file holds the texts of several programs.
    static let prefix = "transfer-script:"
    /// The key under which the script stands.
    static let scriptKey = "source"
    /// More fields than any version writes: a file with more is not ours.
    private static let mostFields = 100

    public subscript(key: String) -> String? { fields.first { $0.key == key }?.value }

    /// The script as files store it; empty when there is none.
    var base64: String { Data(script ?? []).base64EncodedString() }

    /// The fields with the script as one of them, as files store them.
    var storedFields: [Field] { fields + (script == nil ? [] : [Field(Self.scriptKey, base64)]) }

    /// From what a file stores.
    /// - Throws: `.missingData` when there is nothing, `.badFile` when it cannot be provenance.
    init(storedFields stored: [Field], name: String) throws {
        guard !stored.isEmpty else { throw Self.missing(name) }
        guard stored.count <= Self.mostFields else {
            throw Self.damaged(name, "it has \(stored.count) entries")
        }
        fields = stored.filter { $0.key != Self.scriptKey }
        guard let text = stored.first(where: { $0.key == Self.scriptKey })?.value else { return }
        guard let bytes = Data(base64Encoded: text) else { throw Self.damaged(name, "the script is not base64") }
        script = [UInt8](bytes)
    }

    /// Whether the script is the one that the hash names; true where either is missing.
    public var isIntact: Bool {
        guard let script, let hash = self["hash"] else { return true }
        return Key.digest(of: script) == hash
    }

    static func missing(_ name: String) -> ComputeError {
        ComputeError(
            .missingData, "this file says nothing about how it was made", subject: name,
            remedy: "only files that transfer-script wrote do, as long as no other program wrote them anew")
    }

    static func damaged(_ name: String, _ reason: String) -> ComputeError {
        ComputeError(.badFile, "what this file says about how it was made is damaged: \(reason)", subject: name)
    }
}

// MARK: For a person

extension ProvenanceRecord {
    /// A line a field, keys in a column; lines of a field stand below each other.
    public func text(title: String) -> String {
        let width = (fields.map(\.key.count).max() ?? 0) + 2
        let margin = String(repeating: " ", count: width + 2)
        let lines = fields.map { field in
            "  " + field.key.printable.padding(toLength: width, withPad: " ", startingAt: 0)
                + field.value.split(separator: "\n").map { String($0).printable }.joined(separator: "\n" + margin)
        }
        return ([title.printable] + lines).joined(separator: "\n") + "\n"
    }
}

extension String {
    /// Without characters that a terminal would obey: the text comes from a file that anybody may have written.
    fileprivate var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}
