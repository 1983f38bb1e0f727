import Foundation

/// An image that prose names, for a page that loads nothing: files of the script's folder are put into it.
enum ProseImage {
    /// Larger files would make a report that no mail carries.
    private static let largest = 10 << 20
    /// By the bytes with which such files begin.
    private static let types: [(name: String, start: [UInt8])] = [
        ("png", [0x89, 0x50, 0x4E, 0x47]), ("jpeg", [0xFF, 0xD8, 0xFF]), ("gif", Array("GIF8".utf8)),
        ("webp", Array("RIFF".utf8)),
    ]

    /// - Parameter folder: where relative addresses start.
    /// - Returns: nil when the address leads to the network, out of the folder, or to no image of a kind that pages show.
    static func dataURI(_ address: String, folder: String) -> String? {
        if address.hasPrefix("data:") { return address }
        guard !address.contains("://"), let path = address.removingPercentEncoding, !path.hasPrefix("/") else {
            return nil
        }
        // Links are followed first: a report that is sent away must not carry other folders' files.
        let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().pathComponents
        let file = URL(fileURLWithPath: folder + "/" + path).resolvingSymlinksInPath()
        guard file.pathComponents.count > root.count, file.pathComponents.starts(with: root),
            let facts = try? FileManager.default.attributesOfItem(atPath: file.path),
            facts[.type] as? FileAttributeType == .typeRegular, let size = facts[.size] as? Int, size <= largest,
            let bytes = FileManager.default.contents(atPath: file.path),
            let type = types.first(where: { bytes.starts(with: $0.start) })
        else { return nil }
        return "data:image/\(type.name);base64,\(bytes.base64EncodedString())"
    }
}
