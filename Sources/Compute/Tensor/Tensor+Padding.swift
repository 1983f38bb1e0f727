/// Growing a tensor by zeros at the end of its axes and cutting them off again: how plain weights meet layouts that store whole
/// blocks of channels.
extension Tensor {
    /// The tensor in the first corner of zeros.
    /// - Precondition: no axis of `larger` is shorter.
    func padded(to larger: [Int]) -> Tensor {
        guard shape != larger else { return self }
        var result = Tensor(zeros: larger)
        Tensor.forEachRow(of: shape, in: larger) { small, large, count in
            for i in 0..<count { result.values[large + i] = values[small + i] }
        }
        return result
    }

    /// The first corner.
    /// - Precondition: no axis of `smaller` is longer.
    func cropped(to smaller: [Int]) -> Tensor {
        guard shape != smaller else { return self }
        var result = Tensor(zeros: smaller)
        Tensor.forEachRow(of: smaller, in: shape) { small, large, count in
            for i in 0..<count { result.values[small + i] = values[large + i] }
        }
        return result
    }

    /// Visits the rows of a corner: offset in the corner, offset in the whole, length.
    private static func forEachRow(of small: [Int], in large: [Int], _ body: (Int, Int, Int) -> Void) {
        precondition(small.count == large.count && zip(small, large).allSatisfy(<=), "\(small) must fit into \(large)")
        guard let width = small.last, let pitch = large.last else { return }
        for row in 0..<small.dropLast().reduce(1, *) {
            var (rest, offset, stride) = (row, 0, pitch)
            for axis in (0..<small.count - 1).reversed() {
                offset += rest % small[axis] * stride
                rest /= small[axis]
                stride *= large[axis]
            }
            body(row * width, offset, width)
        }
    }
}
