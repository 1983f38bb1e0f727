import Foundation

/// Emoji by category, from the pictures of Emoji One that Debian's `ruby-gemojione` carries (CC-BY-SA 4.0).
///
/// Skin tones, genders and other variants of one emoji are near-duplicates: all pictures with the same base code point fall into
/// one split. Transparent pixels show white. Classes are unbalanced, so the metric is the mean per-class accuracy.
extension DatasetLayout {
    public static let emoji = DatasetLayout(
        "emoji", title: "Emoji categories (Gemojione 3.3)", page: "https://github.com/bonusly/gemojione",
        package: "ruby-gemojione", metric: .meanPerClass, classes: categories, nativeShape: [3, 64, 64],
        expects: ["config/index.json", "assets/png"],
        folders: ["gemojione", "../rubygems-integration/all/gems/gemojione-*"]
    ) { folder, shape, _, monitor in try readEmoji(folder, shape, monitor) }
}

private let categories = ["activity", "flags", "food", "nature", "objects", "people", "symbols", "travel"]

private struct Entry: Decodable {
    let unicode: String
    let category: String
}

private func readEmoji(
    _ folder: String, _ shape: [Int], _ monitor: any Monitor
) throws -> [Dataset.Split: Examples] {
    let index = folder + "/config/index.json"
    let entries: [Entry]
    do {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: index))
        entries = try JSONDecoder().decode([String: Entry].self, from: bytes).values.sorted { $0.unicode < $1.unicode }
    } catch {
        throw ComputeError(.badFile, "the list of emoji cannot be read: \(error.localizedDescription)", subject: index)
    }
    let known = entries.compactMap { entry in categories.firstIndex(of: entry.category).map { (entry, $0) } }
    let splits = GroupSplit.assign(known.map { GroupSplit.Member(group: baseCodePoint($0.0.unicode), label: $0.1) })
    var pixels: [Dataset.Split: [UInt8]] = [:]
    var labels: [Dataset.Split: [Int32]] = [:]
    for (done, ((entry, label), split)) in zip(known, splits).enumerated() {
        try monitor.advance(Progress(task: "read emoji", done: done, total: known.count, unit: "images"))
        let picture = try PNG.decode(path: "\(folder)/assets/png/\(entry.unicode).png")
        pixels[split, default: []] += picture.fitted(to: shape)
        labels[split, default: []].append(Int32(label))
    }
    return Dictionary(
        uniqueKeysWithValues: Dataset.Split.allCases.map { split in
            let examples = Examples(
                imageSize: shape.reduce(1, *), pixels: pixels[split] ?? [], labels: labels[split] ?? [])
            return (split, examples)
        })
}

/// The first code point; for flags, which are pairs of regional indicators, both.
func baseCodePoint(_ unicode: String) -> String {
    let points = unicode.uppercased().split(separator: "-").map(String.init)
    let isFlag = points.count == 2 && points.allSatisfy { ("1F1E6"..."1F1FF").contains($0) }
    return isFlag ? points.joined(separator: "-") : points.first ?? unicode
}
