/// The order that sorts numbers, found by their bits: a radix sort, which no comparison slows down (Knuth 1998, "Sorting
/// and searching", section 5.2.5).
enum SortOrder {
    /// Below so many a comparison sort is as fast.
    private static let fewest = 256
    private static let digitBits = 11

    /// Positions in ascending order of the values; equal ones, 0 and −0 among them, stay in the order given.
    ///
    /// - Parameters:
    ///   - values: without NaN, fewer than 2³¹.
    ///   - given: the positions to be sorted; all, in their order, unless given.
    static func ascending(_ values: [Double], _ given: [Int32]? = nil) -> [Int32] {
        let order = given ?? (0..<Int32(truncatingIfNeeded: values.count)).map { $0 }
        guard order.count >= fewest else {
            return order.enumerated().sorted {
                (values[Int($0.element)], $0.offset) < (values[Int($1.element)], $1.offset)
            }.map(\.element)
        }
        return radixSorted(order.map { (key(values[Int($0)]), $0) })
    }

    /// Bits that order as the numbers do.
    private static func key(_ value: Double) -> UInt64 {
        // Adding 0 makes −0 positive.
        let bits = (value + 0).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }

    private static func radixSorted(_ items: [(key: UInt64, position: Int32)]) -> [Int32] {
        var (items, spare) = (items, items)
        let mask = UInt64(1) << digitBits - 1
        for shift in stride(from: 0, to: 64, by: digitBits) {
            var starts = [Int](repeating: 0, count: 1 << digitBits)
            for item in items { starts[Int(item.key >> UInt64(shift) & mask)] += 1 }
            // Numbers of one magnitude share their upper digits.
            guard starts.max() != items.count else { continue }
            var total = 0
            for digit in starts.indices { (starts[digit], total) = (total, total + starts[digit]) }
            items.withUnsafeBufferPointer { items in
                spare.withUnsafeMutableBufferPointer { spare in
                    for item in items {
                        let digit = Int(item.key >> UInt64(shift) & mask)
                        spare[starts[digit]] = item
                        starts[digit] += 1
                    }
                }
            }
            swap(&items, &spare)
        }
        return items.map(\.position)
    }
}
