// Sorting that can be stopped: runs are sorted by the standard library, with a look for interruption between them, and
// then merged. Equal elements keep their order.

public enum StableSort {
    /// A run takes some milliseconds.
    private static let run = 1 << 14

    /// - Parameter check: called every few milliseconds; what it throws ends the sorting.
    /// - Complexity: O(n log n)
    public static func sorted<Element>(
        _ elements: [Element], check: () throws -> Void, by isBefore: (Element, Element) -> Bool
    ) throws -> [Element] {
        guard elements.count > run else { return elements.sorted(by: isBefore) }
        var runs: [Element] = []
        runs.reserveCapacity(elements.count)
        for start in stride(from: 0, to: elements.count, by: run) {
            try check()
            runs += elements[start..<min(start + run, elements.count)].sorted(by: isBefore)
        }
        var width = run
        while width < elements.count {
            runs = try merged(runs, width: width, check: check, by: isBefore)
            width *= 2
        }
        return runs
    }

    /// Merges neighbouring runs of a width.
    private static func merged<Element>(
        _ runs: [Element], width: Int, check: () throws -> Void, by isBefore: (Element, Element) -> Bool
    ) throws -> [Element] {
        var merged: [Element] = []
        merged.reserveCapacity(runs.count)
        for start in stride(from: 0, to: runs.count, by: width * 2) {
            let middle = min(start + width, runs.count)
            let end = min(middle + width, runs.count)
            var (left, right) = (start, middle)
            while left < middle, right < end {
                if merged.count & (run - 1) == 0 { try check() }
                // Only what is truly before overtakes.
                if isBefore(runs[right], runs[left]) {
                    merged.append(runs[right])
                    right += 1
                } else {
                    merged.append(runs[left])
                    left += 1
                }
            }
            merged += runs[left..<middle]
            merged += runs[right..<end]
        }
        return merged
    }
}
