import Foundation
import Glibc
import Lang

/// What made a file: the program, the script, and all that its numbers depend on. Pictures and reports carry it.
///
/// It holds nothing that differs between equal runs (no host, no user, no path, no clock), so that equal runs give equal
/// bytes; a date stands in it only when `SOURCE_DATE_EPOCH` fixes one (reproducible-builds.org).
public struct Provenance: Hashable, Sendable {
    /// A file or data set that the script used, with the hash of its contents.
    public struct Source: Hashable, Sendable, Comparable {
        public var name: String
        /// SHA-256 in hexadecimal digits.
        public var fingerprint: String

        public static func < (a: Source, b: Source) -> Bool { (a.name, a.fingerprint) < (b.name, b.fingerprint) }
    }

    /// Of transfer-script.
    public var version: String
    /// The script's file without its folder; empty when it came from no file.
    public var scriptName: String
    public var script: [UInt8]
    public var imports: [Source]
    public var seed: UInt64
    /// Sums run in another order for another count, so that the last digits may differ.
    public var threads: Int
    /// Data sets by the hash of their pixels and labels, other files that were read by that of their bytes.
    public var data: [Source]
    /// ISO 8601 in UTC.
    public var date: String?

    /// SHA-256 of the script in hexadecimal digits.
    public var scriptHash: String { Key.digest(of: script) }

    /// The facts as files carry them. Those that do not apply are left out.
    public var record: ProvenanceRecord {
        var fields = [ProvenanceRecord.Field("version", version)]
        if !scriptName.isEmpty { fields.append(.init("script", scriptName)) }
        fields.append(.init("hash", scriptHash))
        if !imports.isEmpty { fields.append(.init("imports", Self.lines(imports))) }
        fields.append(.init("seed", "\(seed)"))
        fields.append(.init("threads", "\(threads)"))
        if !data.isEmpty { fields.append(.init("data", Self.lines(data))) }
        if let date { fields.append(.init("date", date)) }
        return ProvenanceRecord(fields: fields, script: script)
    }

    /// As `sha256sum` writes them.
    private static func lines(_ sources: [Source]) -> String {
        sources.map { "\($0.fingerprint)  \($0.name)" }.joined(separator: "\n")
    }

    /// The date that `SOURCE_DATE_EPOCH` means; nil unless it is a number of seconds before the year 10000.
    static func date(epoch: String) -> String? {
        guard let seconds = Int(epoch), (0..<253_402_300_800).contains(seconds) else { return nil }
        var time = time_t(seconds)
        var parts = tm()
        guard gmtime_r(&time, &parts) != nil else { return nil }
        var buffer = [CChar](repeating: 0, count: 32)
        let length = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension Session {
    /// What makes the files that are written now: data that is read later is not in it.
    public func provenance() -> Provenance {
        let sources = importedFiles().map {
            Provenance.Source(name: $0.name.fileName, fingerprint: Key.digest(of: $0.bytes))
        }
        let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"]
        return Provenance(
            version: Version.text, scriptName: script?.path.map(\.fileName) ?? "", script: script?.bytes ?? [],
            imports: sources.sorted(), seed: seed, threads: threads, data: dataFingerprints.sorted(),
            date: epoch.flatMap { Provenance.date(epoch: $0) })
    }
}

extension String {
    /// The last part of a path: folders belong to one machine and are nobody's business.
    fileprivate var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
