import Foundation
import TestSupport
import Testing

@testable import Compute

/// What Pillow made of the same pictures.
struct ImageReference: Decodable {
    struct Picture: Decodable {
        let width: Int
        let height: Int
        let channels: Int
        let pixels: Data

        var image: Image { Image(width: width, height: height, channels: channels, pixels: [UInt8](pixels)) }
    }

    struct File: Decodable {
        let name: String
        let bytes: Data
        let expected: Picture
    }

    struct Resizing: Decodable {
        let filter: String
        let source: Picture
        let expected: Picture
    }

    struct Conversion: Decodable {
        let source: Picture
        let expected: Picture
    }

    let png: [File]
    let jpeg: [File]
    let resize: [Resizing]
    let grey: Conversion

    static func read() throws -> ImageReference { try ReferenceFile.read("images/images.json") }
}

/// The largest difference of two pictures of one size in grey levels; nil when the sizes differ.
func largestDifference(_ one: Image, _ other: Image) -> Int? {
    guard (one.width, one.height, one.channels) == (other.width, other.height, other.channels) else { return nil }
    return zip(one.pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max()
}

@Suite struct ImageFilesTests {
    @Test func pngFilesOfEveryKindDecodeAsPillowDoes() throws {
        for file in try ImageReference.read().png {
            let difference = try largestDifference(PNG.decode(file.bytes, name: file.name), file.expected.image)
            #expect(try #require(difference) <= (file.name == "sixteen bits" ? 1 : 0), "\(file.name)")
        }
    }

    @Test func jpegFilesDecodeAsPillowDoes() throws {
        for file in try ImageReference.read().jpeg {
            let difference = try largestDifference(JPEG.decode(file.bytes, name: file.name), file.expected.image)
            // Two decoders may round the inverse transform differently: two levels after the colour conversion.
            #expect(try #require(difference) <= 2, "\(file.name)")
        }
    }

    @Test func pngKeepsWhatItWrites() throws {
        var random = Philox(seed: 1, purpose: "pixels")
        for channels in [1, 3] {
            let pixels = (0..<7 * 5 * channels).map { _ in UInt8(random.below(256)) }
            let image = Image(width: 7, height: 5, channels: channels, pixels: pixels)
            #expect(try PNG.decode(PNG.encode(image), name: "written") == image)
        }
    }

    /// A header that promises 10562 × 16000 pixels, the largest picture that a Debian package is known to carry.
    @Test func hugeDimensionsAreRefusedByName() throws {
        var bytes = try PNG.encode(Image(width: 1, height: 1, channels: 1, pixels: [0]))
        bytes.replaceSubrange(16..<24, with: [0, 0, 0x29, 0x42, 0, 0, 0x3e, 0x80])
        let header = bytes[12..<29]
        bytes.replaceSubrange(29..<33, with: withUnsafeBytes(of: CRC32.of(header).bigEndian) { Data($0) })
        let error = #expect(throws: ComputeError.self) { try PNG.decode(bytes, name: "bomb.png") }
        #expect(error?.message.contains("10562 × 16000") == true)
        #expect(error?.subject == "bomb.png")
    }

    @Test func emptyAndTruncatedFilesAreErrorsThatNameTheFile() throws {
        let reference = try ImageReference.read()
        for file in reference.png {
            for length in [0, 7, 20, file.bytes.count / 2] {
                let bytes = file.bytes.prefix(length)
                let error = #expect(throws: ComputeError.self) { try PNG.decode(bytes, name: "a.png") }
                #expect(error?.kind == .badFile && error?.subject == "a.png", "\(file.name) of \(length) bytes")
            }
        }
        for length in [0, 1, 20, 300] {
            let bytes = reference.jpeg[0].bytes.prefix(length)
            let error = #expect(throws: ComputeError.self) { try JPEG.decode(bytes, name: "a.jpg") }
            #expect(error?.kind == .badFile && error?.subject == "a.jpg", "\(length) bytes")
        }
    }

    @Test func noCorruptionCrashesTheReaders() throws {
        let reference = try ImageReference.read()
        for (number, file) in reference.png.enumerated() {
            Damage.each(300, of: file.bytes, seed: UInt64(number)) { damaged in
                #expect(Damage.isHandled("a.png") { _ = try PNG.decode(damaged, name: "a.png") }, "\(file.name)")
            }
        }
        for (number, file) in reference.jpeg.enumerated() {
            Damage.each(800, of: file.bytes, seed: UInt64(number)) { damaged in
                #expect(Damage.isHandled("a.jpg") { _ = try JPEG.decode(damaged, name: "a.jpg") }, "\(file.name)")
            }
        }
    }

    @Test func anAbsentPNGFileIsAnErrorThatNamesIt() {
        expectBadFile("/absent/a.png", "cannot be read") { _ = try PNG.decode(path: "/absent/a.png") }
    }

    @Test func theBackgroundShowsThroughTransparentPixels() throws {
        let reference = try ImageReference.read()
        let file = try #require(reference.png.first { $0.name == "grey on white" })
        let (white, black) = (
            try PNG.decode(file.bytes, name: "a"), try PNG.decode(file.bytes, name: "a", background: 0)
        )
        #expect(white != black)
        #expect(zip(white.pixels, black.pixels).allSatisfy { $0 == $1 || ($0 == 255 && $1 == 0) })
    }
}
