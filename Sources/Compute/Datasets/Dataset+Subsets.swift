/// Seeded parts of data sets: a held-out validation split, fewer examples a class.
extension Dataset {
    /// The same data set with a validation split: its own, or a stratified share of the training examples.
    ///
    /// - Parameter fraction: share of each class that is held out, at least one example of a class that has two.
    public func withValidation(fraction: Double, seed: UInt64) -> Dataset {
        guard self[.validation].count == 0 else { return self }
        let (kept, held) = Dataset.divided(self[.train].labels, seed: seed, purpose: "validation") { count in
            count < 2 ? count : count - max(1, Int((Double(count) * fraction).rounded()))
        }
        var result = self
        result.splits[.train] = self[.train].selecting(kept)
        result.splits[.validation] = self[.train].selecting(held)
        return result
    }

    /// At most `count` training examples of each class, which alone the last fit is on. The validation split stays
    /// whole; where there is none a fifth is held out before the draw.
    public func subset(perClass count: Int, seed: UInt64) -> Dataset {
        var result = withValidation(fraction: 0.2, seed: seed)
        let train = result[.train]
        let (kept, _) = Dataset.divided(train.labels, seed: seed, purpose: "subset") { min(count, $0) }
        result.splits[.train] = train.selecting(kept)
        result.joinsValidation = false
        return result
    }

    /// Draws from each class how many `keep` says of its size; both parts in the original order.
    private static func divided(
        _ labels: [Int32], seed: UInt64, purpose: String, keep: (Int) -> Int
    ) -> (kept: [Int], rest: [Int]) {
        let classes = Dictionary(grouping: labels.indices) { labels[$0] }
        var (kept, rest): ([Int], [Int]) = ([], [])
        for label in classes.keys.sorted() {
            let members = classes[label] ?? []
            var generator = Philox(seed: seed, purpose: purpose, index: UInt64(label))
            let order = generator.permutation(members.count).map { members[$0] }
            kept += order.prefix(keep(members.count))
            rest += order.dropFirst(keep(members.count))
        }
        return (kept.sorted(), rest.sorted())
    }
}
