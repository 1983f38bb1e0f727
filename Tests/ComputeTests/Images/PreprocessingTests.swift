import Testing

@testable import Compute

/// From a picture to a network's input.
struct PreprocessingTests {
    /// Red counts columns, green rows, blue is 9.
    private func picture(_ width: Int, _ height: Int) -> Image {
        var pixels: [UInt8] = []
        for row in 0..<height { for column in 0..<width { pixels += [UInt8(column), UInt8(row), 9] } }
        return Image(width: width, height: height, channels: 3, pixels: pixels)
    }

    @Test func theMiddleIsCutOut() {
        let fitted = Preprocessing(size: 4, crop: 0.5).fitted(picture(12, 8))
        #expect(fitted.width == 4 && fitted.height == 4)
        #expect(Array(fitted.pixels.prefix(3)) == [4, 2, 9] && Array(fitted.pixels.suffix(3)) == [7, 5, 9])
        #expect(Preprocessing(size: 8, crop: 1).fitted(picture(8, 8)) == picture(8, 8))
    }

    @Test func withoutACropTheWholePictureIsSeen() {
        let fitted = Preprocessing(size: 6).fitted(picture(12, 6))
        #expect(fitted.width == 6 && fitted.height == 6)
    }

    @Test func channelsHaveMeansOfTheirOwnAndMayBeReversed() {
        let plain = Normalization(mean: [0, 0.5, 0], deviation: [1, 1, 0.5])
        let numbers = Preprocessing(normalization: plain, size: 2, crop: 1).input(picture(2, 2), channels: 3)
        #expect(
            numbers == [0, 1 / 255, 0, 1 / 255, -0.5, -0.5, 1 / 255 - 0.5, 1 / 255 - 0.5]
                + [Float](repeating: Float(9) / 255 / 0.5, count: 4))
        var reversed = Normalization(mean: [0], deviation: [1])
        reversed.reversesChannels = true
        let blue = Preprocessing(normalization: reversed, size: 2, crop: 1).input(picture(2, 2), channels: 3)
        #expect(
            blue == [Float](repeating: Float(9) / 255, count: 4) + [0, 0, 1 / 255, 1 / 255] + [0, 1 / 255, 0, 1 / 255])
    }

    /// A network that is trained sees what one that only looks sees.
    @Test func batchesAreNormalisedAsPredictionsAre() throws {
        let normalization = Normalization(mean: [0.1, 0.2, 0.3], deviation: [0.5, 0.6, 0.7], reversesChannels: true)
        let image = picture(4, 4)
        let examples = Examples(imageSize: 48, pixels: image.planar, labels: [0])
        var loader = BatchLoader(
            examples, shape: [3, 4, 4], batch: 1, seed: 1, augmentation: Augmentation(), normalization: normalization)
        loader.next()
        let input = Preprocessing(normalization: normalization, size: 4, crop: 1).input(image, channels: 3)
        #expect(loader.images == input)
    }
}
