import Testing

@testable import Compute

@Suite struct DNNTests {
    @Test func refusalsAreErrorsWithOneDNNsReason() throws {
        let context = try DNN.Context(threads: 1)
        #expect(throws: ComputeError.self) { try DNN.Layout([1, 2, 3, 4, 5, 6], .plain, in: context) }
        #expect(throws: ComputeError.self) { try DNN.Layout([2, 3], .map, in: context) }
        let layout = try DNN.Layout([2, 3], .plain, in: context)
        let wide = try DNN.Layout([2, 4], .plain, in: context)
        do {
            _ = try DNN.Primitive(reorder: layout, to: wide, in: context)
            Issue.record("a reorder between shapes was made")
        } catch let error as ComputeError {
            #expect(error.kind == .engine && error.message.hasPrefix("oneDNN: "))
        }
    }

    @Test func primitivesOfAnotherKindAreNoHint() throws {
        let context = try DNN.Context(threads: 1)
        let map = try DNN.Layout([1, 16, 4, 4], .map, in: context)
        let forward = try DNN.Primitive(activation: .relu, map, in: context)
        #expect(throws: ComputeError.self) {
            try DNN.Primitive(batchNormBackward: map, epsilon: 1e-5, relu: false, forward: forward)
        }
    }

    @Test func layoutsSayWhatTheyAre() throws {
        let context = try DNN.Context(threads: 1)
        #expect(try DNN.Layout([2, 3, 4, 5], .plain, in: context).description == "abcd")
        let map = try DNN.Layout([2, 16, 4, 5], .map, in: context)
        #expect(map.description == (context.block == 1 ? "abcd" : "aBcd\(context.block)b"))
        #expect(map.bytes == 2 * 16 * 4 * 5 * 4)
        #expect(DNN.version.hasPrefix("oneDNN "))
    }

    @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
    func productsEqualLoops(_ transposed: (Bool, Bool)) throws {
        let (rows, inner, columns) = (5, 7, 3)
        let (a, b) = (scattered(rows * inner, seed: 1), scattered(inner * columns, seed: 2))
        var c = [Float](repeating: .nan, count: rows * columns)
        let context = try DNN.Context(threads: 2)
        try a.withUnsafeBufferPointer { a in
            try b.withUnsafeBufferPointer { b in
                try c.withUnsafeMutableBufferPointer { c in
                    try DNN.multiply(
                        a, transposed.0 ? .transposed : .normal, b, transposed.1 ? .transposed : .normal, into: c,
                        rows: rows, inner: inner, columns: columns, in: context)
                }
            }
        }
        let expected = (0..<rows * columns).map { index in
            (0..<inner).reduce(0.0) { sum, k in
                let (i, j) = (index / columns, index % columns)
                let left = transposed.0 ? a[k * rows + i] : a[i * inner + k]
                return sum + Double(left) * Double(transposed.1 ? b[j * inner + k] : b[k * columns + j])
            }
        }
        expectClose(c, expected, tolerance: 1e-6)
    }

    @Test func channelsAreCopiedAcrossBlocks() throws {
        let context = try DNN.Context(threads: 2)
        let (batch, positions, block) = (2, 3, 4)
        // Channel c of a map of 8 stored channels lies in block c / 4, lane c % 4.
        func offset(_ n: Int, _ c: Int, _ p: Int) -> Int {
            (n * 8 + c / block * block) * positions + p * block + c % block
        }
        var source = (0..<batch * 8 * positions).map(Float.init)
        var target = [Float](repeating: -1, count: source.count)
        source.withUnsafeMutableBufferPointer { from in
            target.withUnsafeMutableBufferPointer { to in
                guard let from = from.baseAddress, let to = to.baseAddress else { return }
                context.copyChannels(
                    .init(data: from, stored: 8, first: 1), to: .init(data: to, stored: 8, first: 3), count: 5,
                    batch: batch, positions: positions, block: block)
            }
        }
        for n in 0..<batch {
            for p in 0..<positions {
                for c in 0..<8 {
                    let expected = c < 3 ? -1 : source[offset(n, c - 2, p)]
                    #expect(target[offset(n, c, p)] == expected)
                }
            }
        }
    }

    @Test func threadsAreCounted() {
        #expect(Threads.available >= 1)
    }
}
