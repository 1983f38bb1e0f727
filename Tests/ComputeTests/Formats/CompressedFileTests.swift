import Foundation
import Testing

@testable import Compute

/// Gzip files without compression, made by hand (RFC 1951 section 3.2.4, RFC 1952).
enum Gzip {
    /// - Precondition: at most 65,535 bytes, what one stored block holds.
    static func stored(_ bytes: [UInt8]) -> Data {
        precondition(bytes.count <= 0xffff, "a stored block has a 16-bit length")
        let length = UInt16(bytes.count)
        var file = Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1])
        for word in [length, ~length] { withUnsafeBytes(of: word.littleEndian) { file.append(contentsOf: $0) } }
        file.append(contentsOf: bytes)
        for word in [CRC32.of(bytes), UInt32(bytes.count)] {
            withUnsafeBytes(of: word.littleEndian) { file.append(contentsOf: $0) }
        }
        return file
    }
}

@Suite struct CompressedFileTests {
    private let contents = (0..<500).map { UInt8(truncatingIfNeeded: $0 * $0) }

    private func read(_ bytes: Data, limit: Int = 1 << 20) throws -> [UInt8] {
        try withFolder { folder in
            let path = folder + "/file"
            try bytes.write(to: URL(fileURLWithPath: path))
            do {
                return try CompressedFile.read(path, limit: limit)
            } catch var error as ComputeError {
                #expect(error.subject == path)
                error.subject = "file"
                throw error
            }
        }
    }

    @Test func checksumIsThatOfTheStandard() {
        // The check value of CRC-32 in every catalogue of such codes.
        #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.of([UInt8]()) == 0)
    }

    @Test func plainAndCompressedFilesGiveTheirContents() throws {
        #expect(try read(Data(contents)) == contents)
        #expect(try read(Gzip.stored(contents)) == contents)
        #expect(try read(Data()) == [])
        #expect(try read(Gzip.stored([])) == [])
    }

    /// "hello\n" as gzip, bzip2 and xz pack it.
    @Test(arguments: [
        "H4sIAAAAAAACA8tIzcnJ5wIAIDA6NgYAAAA=",
        "QlpoOTFBWSZTWcHAgOIAAAFBAAAQAkSgADDNAMNGKZcXckU4UJDBwIDi",
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAFaGVsbG8KAAAApWCX8ZT2/eAAAR4GwS+kHR+2830BAAAAAARZWg==",
    ])
    func filesOfTheUsualProgramsAreUnpacked(base64: String) throws {
        #expect(try read(#require(Data(base64Encoded: base64))) == Array("hello\n".utf8))
    }

    @Test func severalMembersAreReadAsOneFile() throws {
        #expect(try read(Gzip.stored(contents) + Gzip.stored([1, 2])) == contents + [1, 2])
    }

    @Test func aFileCutAnywhereIsAnError() throws {
        let whole = Gzip.stored(contents)
        for length in [11, 20, 300, whole.count - 9, whole.count - 8, whole.count - 4, whole.count - 1] {
            expectBadFile("file", "") { _ = try read(whole.prefix(length)) }
        }
    }

    @Test func aChangedByteIsAnError() throws {
        let whole = Gzip.stored(contents)
        for position in [15, 400, whole.count - 8, whole.count - 4] {
            var damaged = whole
            damaged[position] ^= 0x10
            expectBadFile("file", "gzip checksum") { _ = try read(damaged) }
        }
    }

    @Test func moreThanTheLimitIsRefused() throws {
        #expect(try read(Gzip.stored(contents), limit: 500).count == 500)
        expectBadFile("file", "more than 499 bytes") { _ = try read(Gzip.stored(contents), limit: 499) }
    }

    @Test func anAbsentFileIsAnErrorThatNamesIt() {
        expectBadFile("/absent/file", "cannot be read") { _ = try CompressedFile.read("/absent/file") }
    }
}
