import Foundation

/// An image that prose names, for a page that loads nothing: files of the script's folder are put into it.
enum ProseImage {
    /// Larger files would make a report that no mail carries.
    private static let largest = 10 << 20
    private static let types = ["png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"]

    /// - Parameter folder: where relative addresses start.
    /// - Returns: nil when the address leads to the network, or to no image of a kind that pages show.
    static func dataURI(_ address: String, folder: String) -> String? {
        if address.hasPrefix("data:") { return address }
        guard !address.contains("://"), let path = address.removingPercentEncoding,
            let type = types[(path as NSString).pathExtension.lowercased()]
        else { return nil }
        let file = path.hasPrefix("/") ? path : folder + "/" + path
        guard let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int, size <= largest,
            let bytes = FileManager.default.contents(atPath: file)
        else { return nil }
        return "data:image/\(type);base64,\(bytes.base64EncodedString())"
    }
}
