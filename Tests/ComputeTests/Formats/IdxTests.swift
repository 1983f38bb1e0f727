import Foundation
import Testing

@testable import Compute

@Suite struct IdxTests {
    private let sound: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]

    @Test func dimensionsAndValuesAreRead() throws {
        let idx = try Idx(sound, name: "i")
        #expect(idx.shape == [2, 3])
        #expect(idx.bytes == [1, 2, 3, 4, 5, 6])
        #expect(try Idx([0, 0, 8, 1, 0, 0, 0, 0], name: "i").bytes.isEmpty)
    }

    @Test(
        arguments: [
            ([], "two zero bytes"),
            ([0, 0, 8], "two zero bytes"),
            ([0x1f, 0x8b, 8, 1, 0, 0, 0, 0], "two zero bytes"),
            ([0, 0, 0x0d, 1, 0, 0, 0, 0], "type 13"),
            ([0, 0, 8, 0], "header ends early"),
            ([0, 0, 8, 5] + [UInt8](repeating: 0, count: 20), "header ends early"),
            ([0, 0, 8, 2, 0, 0, 0, 2], "header ends early"),
            ([0, 0, 8, 1, 0, 0, 0, 3, 1, 2], "[3] need 3 values, it has 2"),
            ([0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3, 4], "[3] need 3 values, it has 4"),
            ([0, 0, 8, 4] + [UInt8](repeating: 0xff, count: 16), "too large"),
        ] as [([UInt8], String)])
    func aDamagedFileIsAnErrorThatNamesIt(bytes: [UInt8], part: String) {
        expectBadFile("labels", part) { _ = try Idx(bytes, name: "labels") }
    }

    @Test func noCorruptionCrashesTheReader() {
        Damage.each(3000, of: Data(sound), seed: 2) { damaged in
            #expect(Damage.isHandled("i") { _ = try Idx([UInt8](damaged), name: "i") })
        }
    }
}
