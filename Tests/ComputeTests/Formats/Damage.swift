import Compute
import Foundation
import Testing

/// Corrupted copies of sound files, for decoders that must answer them with an error or a value, never a crash.
enum Damage {
    /// Calls `body` with `count` copies of `bytes` in which one to four bytes differ, some of them cut short or grown.
    static func each(_ count: Int, of bytes: Data, seed: UInt64, within area: Int? = nil, _ body: (Data) throws -> Void)
        rethrows
    {
        for index in 0..<count {
            var random = Philox(seed: seed, purpose: "damage", index: UInt64(index))
            var copy = [UInt8](bytes)
            for _ in 0...random.below(4) {
                copy[random.below(area ?? copy.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            switch random.below(8) {
            case 0: copy.removeLast(random.below(copy.count))
            case 1: copy += (0...random.below(9)).map { UInt8($0) }
            default: break
            }
            try body(Data(copy))
        }
    }

    /// Whether `decode` takes the bytes or refuses them with a `.badFile` error that names the file.
    static func isHandled(_ name: String, _ decode: () throws -> Void) -> Bool {
        do {
            try decode()
            return true
        } catch let error as ComputeError {
            return error.kind == .badFile && error.subject == name && !error.message.isEmpty
        } catch {
            return false
        }
    }
}

/// Expects a `.badFile` error about `name` whose message has `part`; an empty part stands for any message.
func expectBadFile(
    _ name: String, _ part: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
    let error = #expect(throws: ComputeError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error?.kind == .badFile, sourceLocation: sourceLocation)
    #expect(error?.subject == name, sourceLocation: sourceLocation)
    let message = error?.message ?? "no error"
    #expect(part.isEmpty || message.contains(part), "\(message)", sourceLocation: sourceLocation)
}

/// A folder of its own for a test, removed afterwards.
func withFolder<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("compute-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}
