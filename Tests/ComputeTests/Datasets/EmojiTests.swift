import Foundation
import Testing

@testable import Compute

/// A folder laid out as Gemojione, each picture of one grey level of its own.
private struct TinyEmoji {
    /// Five people of four variants each, six flags, and one entry of a category that is no class.
    let entries: [(unicode: String, category: String)] =
        (0..<5).flatMap { person in
            ["", "-1f3fb", "-1f3ff", "-200d-2640"].map { ("1f46\(person)\($0)", "people") }
        }
        + (0..<6).map { ("1f1e6-1f1f\($0)", "flags") } + [("1f3fb", "modifier")]

    /// Loads from a folder on which `change` has worked.
    func load(change: (_ folder: String) throws -> Void = { _ in }) throws -> Dataset {
        try withFolder { root in
            let folder = root + "/gemojione"
            for part in ["/config", "/assets/png"] {
                try FileManager.default.createDirectory(atPath: folder + part, withIntermediateDirectories: true)
            }
            let index = Dictionary(
                uniqueKeysWithValues: entries.enumerated().map {
                    ("name \($0)", ["unicode": $1.unicode, "category": $1.category, "moji": "x"])
                })
            try JSONEncoder().encode(index).write(to: URL(fileURLWithPath: folder + "/config/index.json"))
            for (level, entry) in entries.enumerated() {
                let image = Image(width: 4, height: 4, channels: 1, pixels: [UInt8](repeating: UInt8(level), count: 16))
                try PNG.encode(image).write(to: URL(fileURLWithPath: "\(folder)/assets/png/\(entry.unicode).png"))
            }
            try change(folder)
            do {
                return try DatasetLayout.emoji.load(searching: [root], options: DatasetOptions())
            } catch var error as ComputeError {
                error.subject = error.subject.map { ($0 as NSString).lastPathComponent }
                throw error
            }
        }
    }

    /// The entry that a picture of `load` shows.
    func entry(_ picture: [UInt8]) -> (unicode: String, category: String) { entries[Int(picture[0])] }
}

@Suite struct EmojiTests {
    @Test func everyPictureOfAClassIsReadOnceWithItsLabel() throws {
        let tiny = TinyEmoji()
        let set = try tiny.load()
        #expect(set.shape == [3, 64, 64] && set.metric == .meanPerClass)
        var seen: [String] = []
        for split in Dataset.Split.allCases {
            #expect(set[split].count > 0)
            for (picture, label) in zip(pictures(set[split]), set[split].labels) {
                #expect(Set(picture).count == 1)
                #expect(tiny.entry(picture).category == set.classes[Int(label)])
                seen.append(tiny.entry(picture).unicode)
            }
        }
        #expect(seen.sorted() == tiny.entries.filter { $0.category != "modifier" }.map(\.unicode).sorted())
    }

    @Test func noBaseCodePointStraddlesTwoSplits() throws {
        let tiny = TinyEmoji()
        let set = try tiny.load()
        var home: [String: Dataset.Split] = [:]
        for split in Dataset.Split.allCases {
            for picture in pictures(set[split]) {
                let base = baseCodePoint(tiny.entry(picture).unicode)
                #expect(home[base, default: split] == split)
                home[base] = split
            }
        }
        #expect(home.count == 11)
        #expect(try tiny.load().splits == set.splits)
    }

    @Test func flagsAreTheirOwnGroupsAndVariantsShareOne() {
        #expect(baseCodePoint("1f468-1f3fb") == baseCodePoint("1F468"))
        #expect(baseCodePoint("1f468-200d-1f373") == baseCodePoint("1f468"))
        #expect(baseCodePoint("1f1e9-1f1ea") != baseCodePoint("1f1e9-1f1f0"))
        #expect(baseCodePoint("") == "")
    }

    @Test func aGroupSplitKeepsSharesWithinEachClassAndGroupsWhole() {
        let members = (0..<600).map { GroupSplit.Member(group: "g\($0 / 3)", label: $0 % 2 == 0 ? 0 : $0 / 300) }
        let splits = GroupSplit.assign(members)
        for (split, share) in GroupSplit.shares {
            #expect(abs(splits.filter { $0 == split }.count - Int(share * 600)) <= 9)
        }
        for start in stride(from: 0, to: 600, by: 3) { #expect(Set(splits[start..<start + 3]).count == 1) }
        #expect(GroupSplit.assign([]).isEmpty)
    }

    @Test func damagedFilesAreErrorsThatNameThem() throws {
        let png = "/assets/png/1f460.png"
        for garbage in ["", "{", #"{"a":{}}"#] {
            expectBadFile("index.json", "list of emoji") {
                _ = try TinyEmoji().load { folder in
                    try Data(garbage.utf8).write(to: URL(fileURLWithPath: folder + "/config/index.json"))
                }
            }
        }
        expectBadFile("1f460.png", "PNG") {
            _ = try TinyEmoji().load { folder in
                let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + png))
                try bytes.prefix(50).write(to: URL(fileURLWithPath: folder + png))
            }
        }
        expectBadFile("1f460.png", "cannot be read") {
            _ = try TinyEmoji().load { try FileManager.default.removeItem(atPath: $0 + png) }
        }
    }

    private static let installed = (try? DatasetLayout.emoji.find(in: [systemDatasets])) != nil

    @Test(.enabled(if: installed, "Debian's ruby-gemojione is not installed"))
    func theRealEmojiFillEverySplitOfEveryClass() throws {
        var options = DatasetOptions()
        options.size = 8
        let set = try DatasetLayout.emoji.load(searching: [systemDatasets], options: options)
        let total = Dataset.Split.allCases.reduce(0) { $0 + set[$1].count }
        for (split, share) in GroupSplit.shares {
            #expect(Set(set[split].labels).count == set.classes.count)
            #expect(abs(Double(set[split].count) / Double(total) - share) < 0.02)
        }
    }
}
