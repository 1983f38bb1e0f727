import Compute
import Foundation
import GRDB

/// Results that outlive the process: an SQLite database of facts beside content-addressed files of tensors.
///
/// A result is there as a whole or not at all: its file is written atomically first, its row after that. A file that does
/// not have the hash it is named after counts as missing, so damage costs a recomputation and never a wrong number.
public final class Store: Sendable {
    public let folder: URL
    private let database: DatabaseQueue

    /// Opens the store, or makes it.
    /// - Throws: `ComputeError` that names the folder when it cannot be written or holds something else.
    public init(folder: URL) throws {
        self.folder = folder
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
            database = try DatabaseQueue(
                path: folder.appendingPathComponent("store.sqlite").path, configuration: configuration)
            try StoreSchema.migrator.migrate(database)
        } catch {
            throw Store.failure(error, doing: "open", folder: folder)
        }
    }

    /// What is stored under `key`; nil when nothing is, or when it is damaged.
    /// - Parameter wantsTensors: false spares reading the file when only the facts are needed.
    public func result<Facts: Decodable>(
        for key: Key, as type: Facts.Type, wantsTensors: Bool = true
    ) throws -> (facts: Facts, tensors: Weights)? {
        let row: Row?
        do {
            row = try database.read { database in
                try Row.fetchOne(
                    database, sql: "SELECT facts, object FROM result WHERE key = ?", arguments: [key.description])
            }
        } catch {
            throw Store.failure(error, doing: "read", folder: folder)
        }
        guard let row, let text = row["facts"] as String?,
            let facts = try? JSONDecoder().decode(Facts.self, from: Data(text.utf8))
        else { return nil }
        guard wantsTensors, let object = row["object"] as String? else { return (facts, [:]) }
        guard let tensors = tensors(object) else { return nil }
        return (facts, tensors)
    }

    /// Stores facts and tensors under `key`; what was there before is replaced.
    /// - Parameter title: one line for people, e.g. "resnet50 on fashion-mnist".
    public func save(_ facts: some Encodable, tensors: Weights? = nil, title: String, kind: String, for key: Key) throws
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            let text = String(decoding: try encoder.encode(facts), as: UTF8.self)
            let object = try tensors.map(saveTensors)
            try database.write { database in
                try database.execute(
                    sql: "INSERT OR REPLACE INTO result (key, kind, title, facts, object) VALUES (?, ?, ?, ?, ?)",
                    arguments: [key.description, kind, title, text, object])
            }
        } catch {
            throw Store.failure(error, doing: "write to", folder: folder)
        }
    }

    private func file(_ object: String) -> URL {
        folder.appendingPathComponent("objects/\(object.prefix(2))/\(object).safetensors")
    }

    private func saveTensors(_ tensors: Weights) throws -> String {
        let bytes = try Safetensors.encode(tensors)
        let object = Key.digest(of: bytes)
        let file = file(object)
        if self.tensors(object) != nil { return object }
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try AtomicFile.write(bytes, to: file.path)
        return object
    }

    private func tensors(_ object: String) -> Weights? {
        guard let bytes = try? Data(contentsOf: file(object)), Key.digest(of: bytes) == object else { return nil }
        return try? Safetensors.decode(bytes, name: file(object).path).tensors
    }

    private static func failure(_ error: any Error, doing action: String, folder: URL) -> ComputeError {
        if let error = error as? ComputeError { return error }
        let reason = (error as? DatabaseError)?.message ?? error.localizedDescription
        return ComputeError(
            .inputOutput, "cannot \(action) the store: \(reason)", subject: folder.path,
            remedy: "choose another folder with --store DIR, or free space and permissions on this one")
    }
}
