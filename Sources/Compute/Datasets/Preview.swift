/// A contact sheet: the first examples of a split in a grid with a thin border between them.
extension Dataset {
    /// - Parameters:
    ///   - count: pictures, the split's first; fewer when it has fewer.
    ///   - columns: pictures a row.
    public func preview(_ split: Split, count: Int, columns: Int) -> Image {
        let examples = self[split]
        let count = max(0, min(count, examples.count))
        let (channels, height, width) = (shape[0], shape[1], shape[2])
        let columns = max(1, min(columns, count))
        let rows = max(1, (count + columns - 1) / columns)
        let (sheetWidth, sheetHeight) = (columns * (width + 2) + 2, rows * (height + 2) + 2)
        var pixels = [UInt8](repeating: 128, count: sheetWidth * sheetHeight * channels)
        for index in 0..<count {
            let bytes = examples.pixels[index * examples.imageSize..<(index + 1) * examples.imageSize]
            let picture = Image(planar: bytes, channels: channels, height: height, width: width)
            let (top, left) = (2 + index / columns * (height + 2), 2 + index % columns * (width + 2))
            for row in 0..<height {
                let from = row * width * channels
                let to = ((top + row) * sheetWidth + left) * channels
                pixels.replaceSubrange(to..<to + width * channels, with: picture.pixels[from..<from + width * channels])
            }
        }
        return Image(width: sheetWidth, height: sheetHeight, channels: channels, pixels: pixels)
    }
}
