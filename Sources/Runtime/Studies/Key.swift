import Compute
import Crypto
import Foundation

/// The name of a stored result: SHA-256 over everything that decides its numbers.
///
/// Two keys are equal exactly when kind and ingredients are: fields are written length-prefixed, so that no two
/// different lists of ingredients give the same bytes.
public struct Key: Hashable, Sendable, CustomStringConvertible {
    /// 64 hexadecimal digits.
    public let description: String

    /// Raised when a change of the engine, the solvers or the data readers alters numbers: older results are then computed anew.
    static let numericsVersion = "1"

    /// - Parameters:
    ///   - kind: what is stored, e.g. "weights" or "features".
    ///   - ingredients: name and value of each thing that decides the numbers, in a fixed order.
    public init(_ kind: String, _ ingredients: [(name: String, value: String)]) {
        var hash = SHA256()
        for part in [kind, Key.numericsVersion] + ingredients.flatMap({ [$0.name, $0.value] }) {
            hash.update(data: Data("\(part.utf8.count):\(part)".utf8))
        }
        description = Key.hexadecimal(hash.finalize())
    }

    /// The hash of a file's or an array's bytes.
    public static func digest(of bytes: some DataProtocol) -> String {
        hexadecimal(SHA256.hash(data: bytes))
    }

    /// As `digest(of:)`, for arrays that take long.
    /// - Throws: `.cancelled` from the monitor.
    static func digest(of bytes: [UInt8], _ monitor: any Monitor) throws -> String {
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try monitor.check()
            bytes[start..<min(bytes.count, start + piece)].withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        return hexadecimal(hash.finalize())
    }

    /// Bytes between two questions whether to stop.
    private static let piece = 1 << 24

    static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
