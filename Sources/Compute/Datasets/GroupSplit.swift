/// Divides examples into train, validation and test (60, 20 and 20%) so that no group of near-duplicates straddles two.
///
/// Stratified: the groups of a class go, in an order that depends on nothing but their names, to the split that lacks most.
enum GroupSplit {
    struct Member {
        let group: String
        let label: Int
    }

    static let shares: [(split: Dataset.Split, share: Double)] = [(.train, 0.6), (.validation, 0.2), (.test, 0.2)]

    /// The split of each member.
    static func assign(_ members: [Member]) -> [Dataset.Split] {
        var sizes: [String: Int] = [:]
        var labels: [String: Int] = [:]
        for member in members {
            sizes[member.group, default: 0] += 1
            // A group with members of several classes counts for the first one's.
            if labels[member.group] == nil { labels[member.group] = member.label }
        }
        var splits: [String: Dataset.Split] = [:]
        for label in Set(labels.values).sorted() {
            let groups = labels.filter { $0.value == label }.keys.sorted { order($0) < order($1) }
            assign(groups.map { ($0, sizes[$0] ?? 0) }, to: &splits)
        }
        return members.map { splits[$0.group] ?? .train }
    }

    private static func assign(_ groups: [(name: String, size: Int)], to splits: inout [String: Dataset.Split]) {
        var counts: [Dataset.Split: Int] = [:]
        var total = 0
        // Large groups first: the small ones then even out what they leave.
        for (name, size) in groups.sorted(by: { $0.size > $1.size }) {
            total += size
            let lacking = shares.max { lack($0, total, counts) < lack($1, total, counts) }
            let split = lacking?.split ?? .train
            splits[name] = split
            counts[split, default: 0] += size
        }
    }

    private static func lack(
        _ wanted: (split: Dataset.Split, share: Double), _ total: Int, _ counts: [Dataset.Split: Int]
    ) -> Double { wanted.share * Double(total) - Double(counts[wanted.split] ?? 0) }

    private static func order(_ group: String) -> UInt64 {
        var generator = Philox(seed: 0, purpose: "group split \(group)")
        return generator.next()
    }
}
