import Testing

@testable import Compute

@Suite struct ResizeTests {
    @Test func resizingEqualsPillowWithinOneGreyLevel() throws {
        let cases = try ImageReference.read().resize
        #expect(cases.count == 12)
        for item in cases {
            let filter = try #require(Image.Filter(rawValue: item.filter))
            let expected = item.expected.image
            let resized = item.source.image.resized(width: expected.width, height: expected.height, filter: filter)
            let difference = try #require(largestDifference(resized, expected))
            #expect(difference <= 1, "\(item.filter) \(item.source.width) × \(item.source.height)")
        }
    }

    @Test func greyEqualsPillow() throws {
        let item = try ImageReference.read().grey
        #expect(item.source.image.converted(toChannels: 1) == item.expected.image)
    }

    @Test func greyAsColourHasThreeEqualChannels() {
        let image = Image(width: 2, height: 1, channels: 1, pixels: [7, 200])
        #expect(image.converted(toChannels: 3).pixels == [7, 7, 7, 200, 200, 200])
        #expect(image.converted(toChannels: 3).converted(toChannels: 1) == image)
    }

    @Test func aConstantStaysConstantAtEverySize() {
        let image = Image(width: 13, height: 9, channels: 1, pixels: [UInt8](repeating: 119, count: 117))
        for side in [1, 2, 9, 13, 40] {
            for filter in Image.Filter.allCases {
                #expect(Set(image.resized(width: side, height: side, filter: filter).pixels) == [119])
            }
        }
    }

    @Test func planarAndInterleavedAreInverse() {
        let image = Image(width: 2, height: 2, channels: 3, pixels: Array(0..<12))
        #expect(image.planar == [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
        #expect(Image(planar: image.planar, channels: 3, height: 2, width: 2) == image)
    }
}
